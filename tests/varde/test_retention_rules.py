"""The clock of keeping: never too early, still while something is open, and the same for whoever asks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varde.retention.rules import ARCHIVE, DELETE, Known, Rule, due_on, is_due, latest_start, months_after

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
MONTHS = st.integers(1, 600)
TODAY = date(2026, 11, 22)


def counted(day: date, months: int) -> date:
    """The slow and obvious way: month by month, then the day, or the next day that there is."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for number in range(day.day, 32):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    return date(year + month // 12, month % 12 + 1, 1)


@given(DAYS, MONTHS)
def test_the_same_day_so_many_months_later_or_the_first_after(day, months):
    due = months_after(day, months)
    assert due == counted(day, months)
    assert due.day in (day.day, 1)
    assert months_after(day + timedelta(days=1), months) >= due


@given(DAYS, MONTHS)
def test_the_last_start_is_the_last(today, months):
    last = latest_start(months, today)
    assert months_after(last, months) <= today < months_after(last + timedelta(days=1), months)


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 8, 31), 6, date(2026, 3, 1)),
        (date(2025, 12, 31), 2, date(2026, 3, 1)),
    ],
)
def test_days_that_a_month_lacks(day, months, due):
    assert months_after(day, months) == due


@given(DAYS, MONTHS, DAYS)
def test_it_is_due_from_that_day_on_and_never_while_open(start, months, today):
    rule = Rule("case", "closed", months)
    known = Known(False, {"closed": start})
    due = due_on(rule, known, today)
    assert due == (months_after(start, months) if start <= today else None)
    assert is_due(rule, known, today) == (due is not None and due <= today)
    assert due_on(rule, Known(True, {"closed": start}), today) is None
    assert due_on(Rule("case", "last_contact", months), known, today) is None


@given(DAYS, MONTHS, MONTHS, DAYS)
def test_a_longer_class_is_never_due_before_a_shorter_one(start, one, other, held):
    short, long = (Rule("x", "closed", months, DELETE) for months in sorted((one, other)))
    known = Known(False, {"closed": min(start, TODAY)})
    assert due_on(short, known, TODAY) <= due_on(long, known, TODAY)
    longer = Known(False, known.moments, held)
    assert due_on(short, longer, TODAY) == max(due_on(short, known, TODAY), held)


@pytest.mark.parametrize(("months", "then"), [(0, ARCHIVE), (-1, DELETE), (1201, ARCHIVE), (12, "burn")])
def test_a_rule_that_cannot_be_is_refused(months, then):
    with pytest.raises(ValueError, match="case"):
        Rule("case", "closed", months, then)
