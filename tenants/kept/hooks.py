"""What later rooms say before a matter goes, and keep of it. They register at start; this room knows none of them.

hooks.before_gone(why_not)     why_not([Leaving(…)]) -> {case id: a sentence that stops it}, in a few queries
hooks.counted_by(take)         take(ref, case ids) -> keep(case_id, by), which lays the figures of a case aside in the
                               transaction that deletes it; taken before, by a purpose that may read them
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from varde.access import Reader
from varde.tenancy.door import OfficeRef


@dataclass(frozen=True, slots=True)
class Leaving:
    """A closed case that somebody wants to delete: the day it counts from, and when it was closed for the last time."""

    case_id: UUID
    counted_from: date
    closed_at: datetime


WhyNot = Callable[[Sequence[Leaving]], Mapping[UUID, str]]
Keep = Callable[[UUID, Reader], None]
Take = Callable[[OfficeRef, Collection[UUID]], Keep]
_stops: list[WhyNot] = []
_takes: list[Take] = []


def before_gone(function: WhyNot) -> None:
    """Register; called once per room in AppConfig.ready()."""
    if function not in _stops:
        _stops.append(function)


def counted_by(function: Take) -> None:
    """Register; called once per room in AppConfig.ready()."""
    if function not in _takes:
        _takes.append(function)


def why_not(cases: Sequence[Leaving]) -> dict[UUID, list[str]]:
    """What later rooms have against each of them."""
    found: dict[UUID, list[str]] = {case.case_id: [] for case in cases}
    for function in _stops:
        for case_id, said in function(cases).items():
            found[case_id].append(said)
    return found


def taken(ref: OfficeRef, cases: Collection[UUID]) -> Sequence[Keep]:
    """What lays the figures of these cases aside; asked outside the transaction that deletes them."""
    return [take(ref, cases) for take in _takes]
