"""The kommune's protected figures in the yearly evaluation. The room that keeps them names itself when it starts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from varde.access import Reader
from varde.protect.problem import FLOOR

HIDDEN = ":"
HOW = (
    f"Tall under {FLOOR}, også 0, vises ikke, og heller ikke tall som de kunne vært regnet ut av. Skjermede saker, "
    "og saker som noen er stengt ute av, er aldri med. Det er heller ikke saker som er slettet. Derfor kan det være "
    "færre enn kommunen sender til regionen."
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one closed period: what may be printed. A hidden figure is None."""

    label: str
    cases: int | None
    tables: Sequence[dict[str, Any]]
    said: str


type Source = Callable[[Reader, int], Sequence[Figures]]
_sources: list[Source] = []


def shown_by(source: Source) -> None:
    """Register the one who knows what has been given of a year."""
    if source not in _sources:
        _sources.append(source)


def of_year(by: Reader, year: int) -> list[Figures]:
    """What has been given of the year to those who see no cases, as this reader may see it."""
    return [found for source in _sources for found in source(by, year)]
