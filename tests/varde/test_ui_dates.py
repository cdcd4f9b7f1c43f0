"""Dates and deadlines are said as Norwegians say them, in Oslo time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from varde.ui import dates

# 13.00 in Oslo in winter.
NOW = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)


def test_a_date_has_points_and_leading_zeros() -> None:
    assert dates.short_date(date(2026, 1, 7)) == "07.01.2026"
    assert dates.long_date(date(2026, 1, 7)) == "7. januar 2026"


def test_the_clock_is_oslo_time_in_winter_and_summer() -> None:
    assert dates.clock_time(NOW) == "kl. 13.00"
    assert dates.clock_time(datetime(2026, 7, 7, 12, 0, tzinfo=UTC)) == "kl. 14.00"


def test_the_day_is_the_day_in_oslo() -> None:
    assert dates.short_date(datetime(2026, 1, 7, 23, 30, tzinfo=UTC)) == "08.01.2026"


def test_a_moment_has_date_and_time_and_a_day_only_the_date() -> None:
    assert dates.date_and_time(NOW) == "07.01.2026 kl. 13.00"
    assert dates.date_and_time(date(2026, 1, 7)) == "07.01.2026"


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=20), "akkurat nå"),
        (timedelta(minutes=1), "for 1 minutt siden"),
        (timedelta(hours=2, minutes=50), "for 2 timer siden"),
        (timedelta(days=1), "for 1 dag siden"),
        (timedelta(days=40), "28.11.2025"),
    ],
)
def test_how_long_ago(age: timedelta, words: str) -> None:
    assert dates.since(NOW - age, NOW) == words


@pytest.mark.parametrize(
    ("left", "words", "color"),
    [
        (timedelta(hours=-2, minutes=-10), "2 timer over frist", "danger"),
        (timedelta(days=-3), "3 dager over frist", "danger"),
        (timedelta(minutes=25), "Frist om 25 minutter", "warning"),
        (timedelta(hours=1), "Frist i dag kl. 14.00", "warning"),
        (timedelta(hours=20), "Frist i morgen kl. 09.00", "neutral"),
        (timedelta(days=5), "Frist 12.01.2026 kl. 13.00", "neutral"),
    ],
)
def test_a_deadline_of_hours(left: timedelta, words: str, color: str) -> None:
    found = dates.deadline(NOW + left, NOW)
    assert (found.text, found.color, found.over) == (words, color, left < timedelta(0))


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2026, 1, 6), "1 dag over frist"),
        (date(2026, 1, 7), "Frist i dag"),
        (date(2026, 1, 8), "Frist i morgen"),
        (date(2026, 1, 14), "Frist 14.01.2026"),
    ],
)
def test_a_deadline_of_days(due: date, words: str) -> None:
    assert dates.deadline(due, NOW).text == words


def test_a_deadline_across_the_spring_change_is_shown_on_the_wall_clock() -> None:
    before = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    assert dates.deadline(before + timedelta(hours=3), before).text == "Frist i dag kl. 05.30"
