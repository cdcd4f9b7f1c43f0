"""Asking about the steps: which are under way, what has happened in one, and what would follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from regional.cooperation import consequences
from regional.cooperation.agreement_models import Agreement, AgreementStep, StepMark
from regional.cooperation.consequences import Asked, Consequence
from regional.cooperation.steps import KINDS, OVER, Kind, state, waits_for_region
from shared.registry.models import Office
from shared.registry.queries import norwegian
from shared.registry.standing_queries import parties_during
from varde.access import Reader
from varde.days import TEN_YEARS


@dataclass(frozen=True, slots=True)
class Line:
    """A step in the list."""

    step: AgreementStep
    title: str
    kommune: str
    said: str
    color: str
    over: bool
    waits: str = ""
    """What the kommune has said that the region must answer, in words."""


def marks(step: AgreementStep) -> list[StepMark]:
    """What has happened, in order."""
    return list(StepMark.objects.filter(step=step).order_by("at", "id"))


def codes(step: AgreementStep) -> list[str]:
    """The codes of what has happened, in order."""
    return [mark.mark for mark in marks(step)]


def lines(row: Agreement) -> list[Line]:
    """Every step, the newest first."""
    names = dict(Office.objects.filter(kind="kommune").values_list("id", "name"))
    by_step: dict[object, list[str]] = {}
    for mark in StepMark.objects.filter(step__agreement=row).order_by("at", "id"):
        by_step.setdefault(mark.step_id, []).append(mark.mark)
    rows = AgreementStep.objects.filter(agreement=row).order_by("-at", "-id")
    return [_line(step, names.get(step.kommune, ""), by_step.get(step.id, [])) for step in rows]


def _line(step: AgreementStep, kommune: str, had: Sequence[str]) -> Line:
    kind: Kind = step.kind  # type: ignore[assignment]
    said, color = state(had, kind)
    return Line(step, KINDS[kind], kommune, said, color, bool(OVER.intersection(had)), waits_for_region(kind, had))


def under_way(row: Agreement) -> list[Line]:
    """Those that are not over."""
    return [line for line in lines(row) if not line.over]


def consequences_of(step: AgreementStep, at: datetime, by: Reader) -> list[Consequence]:
    """What follows, for the kommune of the step, or for each that is in when everybody ends it, or is to be later."""
    kind: Kind = step.kind  # type: ignore[assignment]
    found: list[Consequence] = []
    several = step.kommune is None
    for kommune in _touched(step, at, by):
        told = consequences.of(Asked(by, kind, kommune, at))
        found += [_named(one, kommune) for one in told if one.count] if several else told
    return found


def _named(one: Consequence, kommune: Office) -> Consequence:
    return Consequence(f"{kommune.name}: {one.what}", one.count, one.happens, one.first, one.where)


def _touched(step: AgreementStep, at: datetime, by: Reader) -> list[Office]:
    keys = (
        [step.kommune]
        if step.kommune
        else [party.kommune for party in parties_during(by.office.id, at, at + TEN_YEARS)]
    )
    return sorted(Office.objects.filter(id__in=keys), key=lambda office: norwegian(office.name))
