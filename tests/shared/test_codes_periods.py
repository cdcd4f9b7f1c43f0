"""Reporting periods."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.codes.periods import Quarter, bounds, format_period, label, parse, quarter_of

quarters = st.builds(Quarter, st.integers(1900, 2150), st.integers(1, 4))


@pytest.mark.parametrize(("text", "first", "count", "norwegian"), [
    ("2019Q3", Quarter(2019, 3), 1, "3. kvartal 2019"),
    ("2019H1", Quarter(2019, 1), 2, "1. halvår 2019"),
    ("2019H2", Quarter(2019, 3), 2, "2. halvår 2019"),
    ("2019", Quarter(2019, 1), 4, "2019"),
    ("2018Q4..2019Q3", Quarter(2018, 4), 4, "4. kvartal 2018 – 3. kvartal 2019"),
    ("2018..2019H1", Quarter(2018, 1), 6, "1. kvartal 2018 – 2. kvartal 2019"),
])  # fmt: skip
def test_a_period_is_a_row_of_quarters(text: str, first: Quarter, count: int, norwegian: str) -> None:
    found = parse(text)
    assert (found[0], len(found), label(found)) == (first, count, norwegian)


@given(quarters, st.integers(0, 40))
def test_what_is_written_is_read_back(first: Quarter, more: int) -> None:
    row = [first]
    for _ in range(more):
        row.append(row[-1].next)
    assert parse(format_period(row)) == tuple(row)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_is_in_its_quarter(day: date) -> None:
    first, last = bounds([quarter_of(day)])
    assert first <= day <= last


def test_bounds_are_the_first_and_the_last_day() -> None:
    assert bounds(parse("2018Q4..2020Q1")) == (date(2018, 10, 1), date(2020, 3, 31))
    assert bounds(parse("2024H1"))[1] == date(2024, 6, 30)


@pytest.mark.parametrize("text", [
    "", "2019Q5", "2019Q0", "2019h1", "19Q1", "2019Q3..", "..2019", "2019Q3..2019Q1", "2018..2019..2020",
    "2019Q3\n", " 2019", "٢٠١٩", "1900..2199", "9999Q4", "kvartal",
])  # fmt: skip
def test_what_is_not_a_period_gives_a_norwegian_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"(?s)^Perioden .*\.$"):
        parse(text)


def test_a_gap_is_no_period() -> None:
    with pytest.raises(ValueError, match="følge på hverandre"):
        label([Quarter(2019, 1), Quarter(2019, 3)])
    with pytest.raises(ValueError, match="minst ett kvartal"):
        bounds([])
