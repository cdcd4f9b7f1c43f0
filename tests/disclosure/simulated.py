"""Made-up regions over three years: cases by Poisson, answers with a taste of each kommune's own.

Each half-year prints a table of the half-year and, from the second one on, one of everything since start; later tables
stand on all earlier ones. A kommune may join or leave on the way: then the area of the tables changes with it, and
"since start" is that of the kommuner that take part now, each from its own start: who joins brings its past along.
"""

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

HALF_YEARS = 6
type Problem = dict[str, Any]
type Release = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """A printed table: its cell with the total, and its lines in the order of the form."""

    total: str
    lines: tuple[str, ...]


@dataclass
class Region:
    """`second`: another question about the same cases, so its answers add up to the same numbers."""

    seed: int
    kommuner: int = 5
    answers: int = 11
    change: str = ""
    second: int = 0
    halves: int = HALF_YEARS
    counts: dict[str, int] = field(init=False)
    holder: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        chance = random.Random(self.seed)
        self.counts, self.holder = {}, {}
        for kommune in range(self.kommuner):
            cases = chance.uniform(3, 15)
            tastes = [_taste(chance, size) for size in (self.answers, self.second) if size]
            for half in range(self.halves):
                if self.change == "leaves" and not self.takes_part(kommune, half):
                    continue
                total = _poisson(chance, cases)
                for question, taste in enumerate(tastes):
                    for answer, count in enumerate(_share_out(chance, total, taste)):
                        name = f"k{kommune}h{half}q{question}a{answer}"
                        self.counts[name], self.holder[name] = count, f"K{kommune}"

    def takes_part(self, kommune: int, half: int) -> bool:
        """The last kommune joins or leaves after three half-years, if any does."""
        if kommune < self.kommuner - 1 or not self.change:
            return True
        return (half >= 3) == (self.change == "joins")

    def tables(self, now: int) -> list[Table]:
        """All that is printed up to and with a half-year."""
        found = []
        for half in range(now + 1):
            for since in (half, 0) if half else (0,):
                for question, size in enumerate((self.answers, self.second)):
                    lines = tuple(f"t{since}-{half}q{question}a{answer}" for answer in range(size))
                    if size:
                        found.append(Table(f"t{since}-{half}", lines))
        return found

    def apart(self, now: int) -> list[str]:
        """Cells that are never printed, but would be found by taking one area from the other."""
        tables = self.tables(now) if self.change else []
        names = dict.fromkeys(f"{name}only" for table in tables for name in (table.total, *table.lines))
        return [name for name in names if self.atoms_of(name)]

    def atoms_of(self, cell: str) -> list[str]:
        """Of the kommuner that take part in the table's last half-year; the total is that of the first question.

        With "only" at the end: of the one that joins or leaves, alone, whether it takes part then or not.
        """
        alone = cell.endswith("only")
        period, _, line = cell.removesuffix("only")[1:].partition("q")
        since, half = map(int, period.split("-"))
        wanted = {f"q{line}"} if line else {f"q0a{answer}" for answer in range(self.answers)}
        last = self.kommuner - 1
        now = [last] if alone else [one for one in range(self.kommuner) if self.takes_part(one, half)]
        names = (f"k{kommune}h{each}{rest}" for kommune in now for each in range(since, half + 1) for rest in wanted)
        return sorted(name for name in names if name in self.counts)

    def problem(self, now: int, states: dict[str, str], **rule: Any) -> Problem:
        """Everything up to a half-year, as the engine takes it."""
        cells = list(dict.fromkeys(name for table in self.tables(now) for name in (table.total, *table.lines)))
        atoms = [name for name in self.counts if int(name.partition("h")[2].partition("q")[0]) <= now]
        return {
            "rule": {"threshold": 5, "coalition": 1, **rule},
            "atoms": [{"id": name, "count": self.counts[name], "holder": self.holder[name]} for name in atoms],
            "cells": [
                {"id": name, "atoms": self.atoms_of(name), "weight": 50.0 if "q" not in name else 1.0,
                 "state": states.get(name, "open")} for name in cells
            ] + [{"id": name, "atoms": self.atoms_of(name), "state": "withheld"} for name in self.apart(now)],
            "rows": self._same_cases(now) if self.second else [],
        }  # fmt: skip

    def _same_cases(self, now: int) -> list[dict[str, Any]]:
        rows = []
        for kommune in range(self.kommuner):
            for half in range(now + 1):
                first, second = (
                    [f"k{kommune}h{half}q{question}a{answer}" for answer in range(size)]
                    for question, size in enumerate((self.answers, self.second))
                )
                if first[0] in self.counts:
                    rows.append({"atoms": dict.fromkeys(first, 1) | dict.fromkeys(second, -1), "low": 0, "high": 0})
        return rows

    def publish(
        self, protect: Callable[[Problem], Release], *, ledger: bool = True
    ) -> Iterator[tuple[Problem, Release]]:
        """Half-year by half-year. Without `ledger` every release is made as if nothing had been printed before."""
        states: dict[str, str] = {}
        for now in range(self.halves):
            problem = self.problem(now, states if ledger else {})
            release = protect(problem)
            for name in release["show"]:
                states[name] = "published"
            for name in release["hide"]:
                states.setdefault(name, "withheld")
            yield self.problem(now, states), release


def _poisson(chance: random.Random, mean: float) -> int:
    count, product, end = 0, chance.random(), math.exp(-mean)
    while product > end:
        count, product = count + 1, product * chance.random()
    return count


def _taste(chance: random.Random, answers: int) -> list[float]:
    """Dirichlet by gammas; few answers get most of it."""
    parts = [chance.gammavariate(0.7, 1.0) + 1e-9 for _ in range(answers)]
    return [part / sum(parts) for part in parts]


def _share_out(chance: random.Random, total: int, taste: list[float]) -> list[int]:
    drawn = chance.choices(range(len(taste)), taste, k=total)
    return [drawn.count(answer) for answer in range(len(taste))]
