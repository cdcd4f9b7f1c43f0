"""How much it hurries. Pure: the rules, the times and `now` are handed in; every time is aware."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from shared.codes.categories import Category, categories, category
from varde import worktime
from varde.clock import OSLO
from varde.worktime import Calendar

type Standing = Literal["over", "soon", "ahead"]

AKUTT = "akutt"
MUST = "ma"
SOON = timedelta(hours=24)
SOON_AKUTT = timedelta(hours=1)
END_OF_DAY = time(15, 0)
"""When a day without an hour is due: while someone is still at work to be asked."""
CLOCK, OPEN = "clock", "open"
COUNTING = [(CLOCK, "klokketimer"), (OPEN, "åpningstid")]


@dataclass(frozen=True, slots=True)
class Rule:
    """From `valid_from` the office's deadline for a category is `hours`: of the clock, or of the calendar when open."""

    category: str
    hours: int
    valid_from: datetime
    calendar: Calendar | None = None

    @property
    def counting(self) -> str:
        """A code of `COUNTING`."""
        return CLOCK if self.calendar is None else OPEN


def default_hours(found: Category) -> int:
    """The shipped deadline of a category; for one without, the length of its collect-more loop. Hours."""
    return found.deadline_hours or found.collect_more_hours or 0


def rule_for(code: str, rules: Iterable[Rule], at: datetime) -> Rule:
    """The rule that held at a time: the newest from then or before, else the shipped one, of plain hours."""
    valid = [rule for rule in rules if rule.category == code and rule.valid_from <= at]
    if not valid:
        return Rule(code, default_hours(category(code)), at)
    return max(valid, key=lambda rule: rule.valid_from)


def hours_for(code: str, rules: Iterable[Rule], at: datetime) -> int:
    """The hours that held at a time."""
    return rule_for(code, rules, at).hours


@dataclass(frozen=True, slots=True)
class Runs:
    """From when the hours of a matter run, and the category that stands ("" for none)."""

    since: datetime
    category: str = ""

    def start(self, code: str, now: datetime) -> datetime:
        """A matter that hurries more than was thought has its hours from now: nobody could keep those that are over."""
        return now if self.category and hurries_more(code, self.category) else self.since


def runs(received_at: datetime, decided: Iterable[tuple[str, datetime, bool]]) -> Runs:
    """What the decisions of a matter, oldest first, make of it: (category, when, was it a reopening?)."""
    found = Runs(received_at)
    for code, at, reopened in decided:
        found = Runs(at if reopened else found.start(code, at), code)
    return found


def hurries_more(code: str, other: str) -> bool:
    """Does the first category hurry more than the second? Raises ValueError for one that is none."""
    order = [each.code for each in categories()]
    return order.index(code) < order.index(other)


def deadline(code: str, rules: Iterable[Rule], *, received_at: datetime, now: datetime) -> datetime:
    """When a matter of this category must have been assessed.

    It runs from reception, or from where `Runs.start` says; for a category that collects more, from `now`: each round
    is a new loop.
    """
    start = received_at if category(code).deadline_hours is not None else now
    return due_after(start, rule_for(code, rules, now))


def due_after(start: datetime, rule: Rule) -> datetime:
    """When the hours of a rule have passed. An office that hardly ever opens still has a deadline: by the clock."""
    try:
        return worktime.add_hours(start, rule.hours, rule.calendar)
    except worktime.NeverOpen:
        return worktime.add_hours(start, rule.hours)


def first_look(received_at: datetime, rules: Iterable[Rule], now: datetime) -> datetime:
    """When somebody must have looked: what has not been assessed may be akutt."""
    return due_after(received_at, rule_for(AKUTT, rules, now))


def must_be_open(received_at: datetime, rules: Iterable[Rule], now: datetime, *, acute: bool) -> datetime:
    """When a person must have opened it before the leader and the phone hear of it: what was told as akutt by the hours
    of that, all else by those of a must."""
    return due_after(received_at, rule_for(AKUTT if acute else MUST, rules, now))


def age(received_at: datetime, now: datetime) -> timedelta:
    """How long a matter has been here; never negative."""
    return max(now - received_at, timedelta(0))


def standing(due_at: datetime, now: datetime, *, akutt: bool = False) -> Standing:
    """Over, soon (24 hours; one hour when akutt, where a day's warning would always be on) or ahead."""
    if due_at < now:
        return "over"
    return "soon" if due_at - now < (SOON_AKUTT if akutt else SOON) else "ahead"


def due_moment(day: date, hour: time | None, now: datetime) -> datetime:
    """The day and hour in Oslo as a time; the first one where the clock shows it twice.

    Raises ValueError with a sentence when it is past, or when the clock skips it; check the day first.
    """
    due = worktime.exact(day, hour or END_OF_DAY)
    if due < now.replace(second=0, microsecond=0):
        local = due.astimezone(OSLO)
        raise ValueError(f"Klokka {local:%H.%M} i dag er passert. Velg et senere klokkeslett eller en annen dag.")
    return due
