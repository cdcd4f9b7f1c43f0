"""The newest half-year that is given out, for a room that shows it beside other things."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from regional.dashboard.choosing import Told, told
from regional.releases.given import given
from shared.codes.pilot import pilot
from varde.access import Permission, Reader
from varde.ui.released import chart


@dataclass(frozen=True, slots=True)
class Figures:
    """One question: {label, count, share, hidden} per line; a hidden value is None."""

    label: str
    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest half-year as it was given out, in which release, and when. `cases` is None when it is hidden."""

    label: str
    number: int
    href: str
    at: datetime
    cases: int | None
    questions: tuple[Figures, ...]


def newest(by: Reader) -> Newest | None:
    """None for those who may not read the figures, and where no half-year is given out."""
    if not by.may(Permission.STATISTICS_READ):
        return None
    found = next((one for one in told(given(by)) if one.table.kind == "half"), None)
    return None if found is None else _shown(found)


def _shown(one: Told) -> Newest:
    charts = [chart(question, pilot()) for question in one.table.questions if question.group == "form"]
    return Newest(
        label=one.table.label,
        number=one.release.number,
        href=one.href,
        at=one.release.at,
        cases=one.table.cases,
        questions=tuple(Figures(each.label, each.rows) for each in charts),
    )
