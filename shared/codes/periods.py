"""Reporting periods: "2019Q3", "2019H1", "2019" and "2018Q4..2019Q3", all of them rows of whole quarters."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Self

PATTERN = re.compile(r"((?:19|20|21)[0-9]{2})(?:Q([1-4])|H([12]))?", re.ASCII)
LONGEST = 400
"""Quarters in the longest period: a hundred years, so that a slip of the pen cannot fill the memory."""


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year; `number` is 1 to 4."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def next(self) -> Self:
        """The quarter after this one."""
        return type(self)(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def first_day(self) -> date:
        """The first day."""
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last_day(self) -> date:
        """The last day."""
        return self.next.first_day - timedelta(days=1)


def quarter_of(day: date) -> Quarter:
    """Return the quarter that holds the day."""
    return Quarter(day.year, (day.month + 2) // 3)


def parse(text: str) -> tuple[Quarter, ...]:
    """Return the quarters of a period, the first first. Raises ValueError with a sentence to show."""
    parts = text.split("..")
    if len(parts) > 2:
        raise ValueError(f"Perioden «{text}» har mer enn én «..».")
    first, last = _simple(parts[0], text), _simple(parts[-1], text)
    if last[-1] < first[0]:
        raise ValueError(f"Perioden «{text}» slutter før den begynner.")
    return tuple(_between(first[0], last[-1], text))


def _simple(part: str, text: str) -> tuple[Quarter, ...]:
    found = PATTERN.fullmatch(part)
    if found is None:
        raise ValueError(f"Perioden «{text}» kan ikke leses; skriv for eksempel 2019Q3, 2019H1 eller 2018Q4..2019Q3.")
    year, quarter, half = (int(group) if group else 0 for group in found.groups())
    if quarter:
        return (Quarter(year, quarter),)
    numbers = range(2 * half - 1, 2 * half + 1) if half else range(1, 5)
    return tuple(Quarter(year, number) for number in numbers)


def _between(first: Quarter, last: Quarter, text: str) -> Iterator[Quarter]:
    if (last.year - first.year) * 4 + last.number - first.number >= LONGEST:
        raise ValueError(f"Perioden «{text}» er for lang.")
    quarter = first
    while quarter <= last:
        yield quarter
        quarter = quarter.next


def format_period(quarters: Sequence[Quarter]) -> str:
    """Return the shortest text that `parse` reads as these quarters. Raises ValueError for a gap."""
    first, last = _ends(quarters)
    if first == last:
        return str(first)
    if first.year == last.year and (first.number, last.number) in {(1, 2), (3, 4)}:
        return f"{first.year}H{last.number // 2}"
    if first.year == last.year and (first.number, last.number) == (1, 4):
        return str(first.year)
    return f"{first}..{last}"


def bounds(quarters: Sequence[Quarter]) -> tuple[date, date]:
    """Return the first and the last day, both in the period."""
    first, last = _ends(quarters)
    return first.first_day, last.last_day


def label(quarters: Sequence[Quarter]) -> str:
    """Return the period in Norwegian, for example «3. kvartal 2019»."""
    first, last = _ends(quarters)
    text = format_period(quarters)
    if "H" in text:
        return f"{text[-1]}. halvår {first.year}"
    if "Q" not in text:
        return text
    if first == last:
        return f"{first.number}. kvartal {first.year}"
    return f"{first.number}. kvartal {first.year} – {last.number}. kvartal {last.year}"


def _ends(quarters: Sequence[Quarter]) -> tuple[Quarter, Quarter]:
    if not quarters:
        raise ValueError("En periode må ha minst ett kvartal.")
    if any(after != before.next for before, after in pairwise(quarters)):
        raise ValueError("Kvartalene i en periode må følge på hverandre.")
    return quarters[0], quarters[-1]
