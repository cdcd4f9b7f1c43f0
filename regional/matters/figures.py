"""What system matters are about, by half-year: counts of matters, never of people. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from shared.codes.matters import categories, category_label

MOST = 6  # half-years that are shown


@dataclass(frozen=True, slots=True)
class Row:
    """A category: how many in each half-year, and in all of them."""

    label: str
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The table of categories by half-year. `over_time` and `by_category` are rows for bars."""

    halves: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: tuple[int, ...]
    total: int

    @property
    def cells(self) -> list[dict[str, object]]:
        """The table's rows, each count with its half-year."""
        return [
            {"label": row.label, "total": row.total, "cells": list(zip(self.halves, row.counts, strict=True))}
            for row in self.rows
        ]

    @property
    def over_time(self) -> list[dict[str, object]]:
        """How many in each half-year."""
        return [_bar(name, count) for name, count in zip(self.halves, self.totals, strict=True)]

    @property
    def by_category(self) -> list[dict[str, object]]:
        """How many of each category, the most first."""
        return [_bar(row.label, row.total) for row in sorted(self.rows, key=lambda row: -row.total)]


def half_of(day: date) -> tuple[int, int]:
    """(year, 1 or 2)"""
    return day.year, 1 if day.month < 7 else 2


def figures(came: Iterable[tuple[str, date]], today: date) -> Figures:
    """Of (category, day it came): the last half-years until today, the oldest first."""
    halves = _halves(half_of(today))
    found = Counter((code, half_of(day)) for code, day in came)
    codes = [each.code for each in categories()]
    codes += sorted({code for code, _ in found} - set(codes))
    rows = [_row(code, halves, found) for code in codes]
    kept = tuple(row for row in rows if row.total)
    totals = tuple(sum(row.counts[place] for row in kept) for place in range(len(halves)))
    names = tuple(f"{half}. halvår {year}" for year, half in halves)
    return Figures(names, kept, totals, sum(totals))


def _halves(last: tuple[int, int]) -> list[tuple[int, int]]:
    year, half = last
    number = year * 2 + half - 1
    return [((number - back) // 2, (number - back) % 2 + 1) for back in reversed(range(MOST))]


def _row(code: str, halves: Sequence[tuple[int, int]], found: Counter[tuple[str, tuple[int, int]]]) -> Row:
    counts = tuple(found[code, half] for half in halves)
    return Row(category_label(code), counts, sum(counts))


def _bar(label: str, count: int) -> dict[str, object]:
    return {"label": label, "count": count}
