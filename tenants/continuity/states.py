"""When a pack is made, until when it is good, and when its absence must be said. No ORM, no clock."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from varde.ui.dates import day_of
from varde.worktime import moment

HOURS = range(4, 12)
KEPT = range(1, 15)
# So long after its hour the pack should have been there.
LATE = timedelta(hours=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rule:
    """How the office wants it: at which hour, and for how many days a pack lies in the folder outside."""

    active: bool = True
    hour: int = 6
    keep_days: int = 7


def this_morning(rule: Rule, now: datetime) -> datetime:
    """The last time at which a pack should have been begun."""
    today = moment(day_of(now), time(rule.hour))
    return today if now >= today else moment(day_of(now) - _DAY, time(rule.hour))


def wanted(rule: Rule, made_at: datetime | None, now: datetime) -> bool:
    """Is it time for a pack that has not been made?"""
    return rule.active and (made_at is None or made_at < this_morning(rule, now))


def is_late(rule: Rule, since: datetime, made_at: datetime | None, now: datetime) -> bool:
    """Should there be a newer pack? `since`: from when the person has a passphrase."""
    due = this_morning(rule, now)
    if now < due + LATE:
        due = this_morning(rule, due - LATE)
    return rule.active and since < due and (made_at is None or made_at < due)


def good_until(rule: Rule, now: datetime) -> datetime:
    """When the next one comes."""
    last = this_morning(rule, now)
    return moment(day_of(last) + _DAY, time(rule.hour))
