"""What a case tells for steering: how long things took, whether the deadline held, whether the person is new. Pure.

What was not done here is not known: an imported case has no times of its own, and one that another team handed over
was triaged there. Unknown is not answered.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.codes.categories import category
from shared.codes.steering import (
    DEADLINE,
    HELD,
    KNOWN,
    LATE,
    MEASURED,
    NEW,
    NO_MEASURE,
    PERSON,
    TRIAGED,
    band,
)

type Steering = Mapping[str, str]
"""Question -> the code of its one answer; what is not known is not there."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision on the concern, as triage stored it; a reopening is none."""

    category: str
    at: datetime
    deadline: datetime | None


@dataclass(frozen=True, slots=True)
class Course:
    """How a case went. `decided`: the oldest first. `closed_at` is None while it is open."""

    received_at: datetime
    decided: Sequence[Decided]
    measured_at: datetime | None
    closed_at: datetime | None
    handed_over: bool = False


def steered(course: Course, now: datetime) -> Steering:
    """The answers about time of a case that was worked with here."""
    said = {
        TRIAGED: None if course.handed_over or not course.decided else _passed(TRIAGED, course, course.decided[0].at),
        MEASURED: _measured(course),
        DEADLINE: None if course.handed_over else _held(course, now),
    }
    return {key: code for key, code in said.items() if code is not None}


def _passed(key: str, course: Course, at: datetime) -> str | None:
    """None where the times were not known in their order: nothing is done before it came in."""
    return None if at < course.received_at else band(key, at - course.received_at)


def _measured(course: Course) -> str | None:
    if course.measured_at is not None:
        return _passed(MEASURED, course, course.measured_at)
    return NO_MEASURE if course.closed_at is not None else None


def _held(course: Course, now: datetime) -> str | None:
    """Was it triaged in time? With too little to go on, was more collected in time, round for round?"""
    due: datetime | None = None
    for one in course.decided:
        if due is not None and one.at > due:
            return LATE
        if category(one.category).deadline_hours is not None:
            return _in_time(one) if due is None else HELD
        due = one.deadline
    if due is None or (course.closed_at is None and now <= due):
        return None
    return LATE if course.closed_at is None or course.closed_at > due else HELD


def _in_time(one: Decided) -> str | None:
    return None if one.deadline is None else HELD if one.at <= one.deadline else LATE


@dataclass(frozen=True, slots=True)
class Ties:
    """Which cards are of one person: merged or linked pairs, and cards with the same number."""

    pairs: Sequence[tuple[UUID, UUID]]
    numbers: Sequence[tuple[UUID, bytes]]


def people(cards: Iterable[UUID], ties: Ties) -> Callable[[UUID], Hashable]:
    """From a card to the person that it is of: the same for all of one person's cards."""
    above: dict[Hashable, Hashable] = {card: card for card in cards}

    def top(one: Hashable) -> Hashable:
        while above.setdefault(one, one) != one:
            above[one] = one = above[above[one]]
        return one

    for one, other in [*ties.pairs, *ties.numbers]:
        if one in above and (other in above or isinstance(other, bytes)):
            above[top(one)] = top(other)
    return top


def apart(cases: Sequence[tuple[UUID, Iterable[Hashable]]], before: Iterable[UUID] = ()) -> dict[UUID, str]:
    """New or known for each case with somebody in it; cases with the persons in them, the oldest first.

    `before`: cases of somebody whose earlier case has been deleted. A case of several is new as long as one is.
    """
    found, met, kept = {}, set[Hashable](), set(before)
    for case_id, persons in cases:
        here = set(persons)
        if here:
            found[case_id] = KNOWN if here <= met or case_id in kept else NEW
        met |= here
    return found


def heirs(cases: Sequence[tuple[UUID, Iterable[Hashable]]]) -> dict[UUID, set[UUID]]:
    """For each case the next case of each person in it: those that stay known when it is deleted."""
    found: dict[UUID, set[UUID]] = {}
    last: dict[Hashable, UUID] = {}
    for case_id, persons in cases:
        for person in set(persons):
            if person in last:
                found.setdefault(last[person], set()).add(case_id)
            last[person] = case_id
    return found


def heirs_of(case_id: UUID, later: Mapping[UUID, set[UUID]], ended: Collection[UUID]) -> set[UUID]:
    """Those that are left of a case's next ones: in the place of one that has ended stand its own next ones."""
    found: set[UUID] = set()
    waiting = list(later.get(case_id, ()))
    while waiting:
        one = waiting.pop()
        if one in ended:
            waiting += later.get(one, ())
        else:
            found.add(one)
    return found


def with_person(said: Steering, person: str | None) -> Steering:
    """All that is known of a case."""
    return said if person is None else {**said, PERSON: person}
