"""The newest figures that are complete, for a room that shows them beside other things: always from a kept copy."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from regional.statistics.models import PeriodCopy
from shared.codes.forms import REPORTED, form
from shared.codes.periods import label, parse
from varde.access import Permission, Reader
from varde.audit.actions import Action, record


@dataclass(frozen=True, slots=True)
class Figures:
    """One question: {label, count, share, hidden} per answer; a hidden value is None."""

    label: str
    answered: int | None
    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest half-year that all have sent for: as it may be shown, how it is protected, and when it was copied.

    `value` is the period as addresses have it. `cases` is None when it is hidden.
    """

    value: str
    label: str
    made_at: datetime
    cases: int | None
    questions: tuple[Figures, ...]
    threshold: int
    min_contributors: int


def newest(by: Reader) -> Newest | None:
    """None for those who may not read the figures, and where no half-year is complete yet."""
    rows = PeriodCopy.objects.filter(form=REPORTED) if by.may(Permission.STATISTICS_READ) else ()
    row = max(rows, key=lambda each: parse(each.period), default=None)
    if row is None:
        return None
    record(by=by, action=Action.VIEW, what="statistics.report", ids=[row.period])
    return _shown(row)


def _shown(row: PeriodCopy) -> Newest:
    content: Any = row.content
    protection = content["protection"]
    return Newest(
        value=row.period,
        label=label(parse(row.period)),
        made_at=row.made_at,
        cases=content["cases"],
        questions=tuple(_figures(content["questions"][one.key], one.label) for one in form(REPORTED).choices),
        threshold=protection["threshold"],
        min_contributors=protection["min_contributors"],
    )


def _figures(asked: dict[str, Any], label: str) -> Figures:
    rows = tuple({"label": answer, **said} for answer, said in asked["answers"].items())
    return Figures(label, asked["answered"], rows)
