"""Dates, times and deadlines in Norwegian. Pure: the clock is handed in as `now`.

Form follows Språkrådet: 07.01.2026, 7. januar 2026, kl. 13.00; the zone is always Europe/Oslo.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from varde.clock import OSLO

MONTHS = (
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
)
# After this many days «for 40 dager siden» says less than the date itself.
DAYS_IN_WORDS = 30
SOON = timedelta(hours=1)

Moment = date | datetime


@dataclass(frozen=True)
class Deadline:
    """What a deadline badge says. `color` is a Designsystemet colour: danger, warning or neutral."""

    text: str
    color: str
    over: bool


def local(moment: Moment) -> Moment:
    """An aware datetime in Oslo time; a date, or a datetime without zone, as it is."""
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(OSLO)
    return moment


def day_of(moment: Moment) -> date:
    """The calendar day in Oslo."""
    here = local(moment)
    return here.date() if isinstance(here, datetime) else here


def short_date(moment: Moment) -> str:
    """07.01.2026"""
    return day_of(moment).strftime("%d.%m.%Y")


def long_date(moment: Moment) -> str:
    """7. januar 2026"""
    day = day_of(moment)
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def clock_time(moment: datetime) -> str:
    """kl. 13.00"""
    return local(moment).strftime("kl. %H.%M")


def date_and_time(moment: Moment) -> str:
    """07.01.2026 kl. 13.00; a plain date without the time."""
    if isinstance(moment, datetime):
        return f"{short_date(moment)} {clock_time(moment)}"
    return short_date(moment)


def count(number: int, one: str, many: str) -> str:
    """«1 time», «2 timer»"""
    return f"{number} {one if number == 1 else many}"


def span(length: timedelta) -> str:
    """A length of time in its largest whole unit: «5 minutter», «2 timer», «3 dager»."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 60:
        return count(minutes, "minutt", "minutter")
    if minutes < 24 * 60:
        return count(minutes // 60, "time", "timer")
    return count(minutes // (24 * 60), "dag", "dager")


def since(moment: datetime, now: datetime) -> str:
    """«akkurat nå», «for 2 timer siden»; older than thirty days: the date."""
    age = now - moment
    if age < timedelta(minutes=1):
        return "akkurat nå"
    if age > timedelta(days=DAYS_IN_WORDS):
        return short_date(moment)
    return f"for {span(age)} siden"


def deadline(due: Moment, now: datetime) -> Deadline:
    """The badge of a deadline: a moment (akutt: three hours) or a whole day (må, bør)."""
    if not isinstance(due, datetime):
        return _day_deadline(due, day_of(now))
    left = due - now
    if left < timedelta(0):
        return Deadline(f"{span(-left)} over frist", "danger", over=True)
    if left < SOON:
        return Deadline(f"Frist om {span(left)}", "warning", over=False)
    days = (day_of(due) - day_of(now)).days
    return Deadline(f"Frist {_day_in_words(due, days)} {clock_time(due)}", _color(days), over=False)


def _day_deadline(due: date, today: date) -> Deadline:
    days = (due - today).days
    if days < 0:
        return Deadline(f"{count(-days, 'dag', 'dager')} over frist", "danger", over=True)
    return Deadline(f"Frist {_day_in_words(due, days)}", _color(days), over=False)


def _day_in_words(day: Moment, days_ahead: int) -> str:
    return {0: "i dag", 1: "i morgen"}.get(days_ahead, short_date(day))


def _color(days_ahead: int) -> str:
    return "warning" if days_ahead == 0 else "neutral"
