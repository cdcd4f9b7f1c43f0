"""When nobody is expected at work: nights, weekends and Norwegian holidays, in Oslo time. Pure.

Holidays: lov om helligdager og helligdagsfred § 2, and 1 and 17 May (lov om 1 og 17 mai som høgtidsdager).
"""

from datetime import date, datetime, time, timedelta
from functools import cache

from varde.clock import OSLO

FROM, TO = time(6), time(22)
_FIXED = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))
_FROM_EASTER = (-3, -2, 0, 1, 39, 49, 50)


def easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


@cache
def holidays(year: int) -> frozenset[date]:
    """The red days that are not simply Sundays."""
    sunday = easter(year)
    moving = (sunday + timedelta(days=days) for days in _FROM_EASTER)
    return frozenset({*(date(year, month, day) for month, day in _FIXED), *moving})


def off_hours(at: datetime) -> bool:
    """Before 06, after 22, on a weekend or a holiday; `at` is aware."""
    here = at.astimezone(OSLO)
    quiet_day = here.weekday() >= 5 or here.date() in holidays(here.year)
    return quiet_day or not FROM <= here.time() < TO
