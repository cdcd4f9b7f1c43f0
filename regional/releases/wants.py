"""What can be asked for, as it lies in a wish: one record per kind, read strictly, without free text. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from shared.contracts.fields import BadLetter, from_json, to_json
from varde.refusal import Refused

NOT_READ = "Det som er bedt om, kan ikke leses."


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """Close a half-year. `without`: also where somebody who should has not sent."""

    period: str
    without: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Give out all that a closed period offers."""

    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    """Show a release no more; its number in the ledger."""

    release: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Somebody else has published a figure: a cell, bounds, and whose it is (None: all kommuner together)."""

    question: str
    kind: str
    codes: tuple[str, ...]
    periods: tuple[str, ...]
    low: int
    high: int | None
    kommuner: tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRule:
    """The rule from now on."""

    threshold: int
    coalition: int
    min_contributors: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """Take it to notice that something said is no longer safe."""


type Wanted = Close | Release | Withdraw | Outside | NewRule | Settle

WANTS: Mapping[str, type[Any]] = MappingProxyType(
    {
        "closed": Close,
        "release": Release,
        "withdrawn": Withdraw,
        "outside": Outside,
        "rule": NewRule,
        "settled": Settle,
    }
)


def read(kind: str, about: Any) -> Any:
    """What a wish is about. Raises Refused for anything but an exact fit."""
    if kind not in WANTS:
        raise Refused(NOT_READ)
    try:
        return from_json(WANTS[kind], about, "about")
    except BadLetter as error:
        raise Refused(NOT_READ) from error


def as_json(kind: str, wanted: Wanted) -> Any:
    """The same as it is stored."""
    return to_json(WANTS[kind], wanted, "about")


def needs_two(kind: str, about: Any) -> bool:
    """A second person says yes to all but the closing of a half-year that everybody has sent for."""
    return kind != "closed" or about.get("without") is not False
