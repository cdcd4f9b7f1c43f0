"""The newest released figures, for a room that shows them beside other things: always through `reports.protected`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from regional.statistics.choices import choices
from regional.statistics.models import PooledReturn
from regional.statistics.queries import quarters_with_data
from regional.statistics.reports import Report, protected
from shared.codes.forms import REPORTED, form
from varde.access import Permission, Reader


@dataclass(frozen=True, slots=True)
class Figures:
    """One question: {label, count, share, hidden} per answer; a hidden value is None."""

    label: str
    answered: int | None
    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest period that is offered: as it may be shown, how it is protected, and when its last figures came.

    `value` is the period as addresses have it. `cases` is None when it is hidden.
    """

    value: str
    label: str
    made_at: datetime
    cases: int | None
    questions: tuple[Figures, ...]
    threshold: int
    min_contributors: int
    kommuner: tuple[str, ...]
    missing: tuple[str, ...]


def newest(by: Reader) -> Newest | None:
    """None for those who may not read the figures, and where none have come."""
    offered = choices(quarters_with_data()) if by.may(Permission.STATISTICS_READ) else []
    if not offered:
        return None
    chosen = offered[0]
    report = protected(chosen.quarters, by, offered=[one.quarters for one in offered])
    periods = [str(quarter) for quarter in chosen.quarters]
    rows = PooledReturn.objects.filter(form=REPORTED, period__in=periods)
    return _shown(chosen.value, chosen.label, rows.aggregate(at=Max("sent_at"))["at"], report)


def _shown(value: str, label: str, made_at: datetime, report: Report) -> Newest:
    content: Any = report.content
    protection = content["protection"]
    return Newest(
        value=value,
        label=label,
        made_at=made_at,
        cases=content["cases"],
        questions=tuple(_figures(content["questions"][one.key], one.label) for one in form(REPORTED).choices),
        threshold=protection["threshold"],
        min_contributors=protection["min_contributors"],
        kommuner=tuple(report.sent),
        missing=tuple(dict.fromkeys(one.kommune for one in report.missing)),
    )


def _figures(asked: dict[str, Any], label: str) -> Figures:
    rows = tuple({"label": answer, **said} for answer, said in asked["answers"].items())
    return Figures(label, asked["answered"], rows)
