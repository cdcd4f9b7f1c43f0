"""Releases of rounded figures, for comparison only: they cannot meet the rule.

Every value is the sum of one table in which an atom below the base stands as 0 or as the base, and the others as they
are. Some programs also leave small atoms alone where no printed figure needs it; the release itself shows which it is.
A reader knows all this, and looks for the tables of true counts that could have been rounded to what is printed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from varde.auditor.model import Row
from varde.auditor.reading import Cell, Fact, Problem, Release, Unreadable
from varde.auditor.solver import Clock, End, Solver
from varde.auditor.views import Attacker, Target, attackers, targets, unknown
from varde.auditor.words import UNDECIDED, start, undecided, what

type Terms = dict[int, int]


@dataclass
class _Reader:
    """What an attacker knows of the true counts. `count` and `printed` give an atom as unknowns, plus a number.

    `spare`: small atoms may stand as they are, too.
    """

    problem: Problem
    release: Release
    unknown: frozenset[str]
    spare: bool
    rows: list[Row] = field(default_factory=list)
    count: dict[str, tuple[Terms, int]] = field(default_factory=dict)
    printed: dict[str, tuple[Terms, int]] = field(default_factory=dict)
    width: int = 0

    def __post_init__(self) -> None:
        for atom, count in self.problem.truth.items():
            if atom in self.unknown:
                self._free(atom)
            else:
                self.count[atom] = ({}, count)
                self.printed[atom] = self._rounded(count) if count < self.release.base else ({}, count)
        for cell, value in (self.release.values or {}).items():
            self._sum(self.printed, dict.fromkeys(self.problem.cells[cell].atoms, 1), value, value)
        for published in self.problem.cells.values():
            if published.state == "published":
                value = self.problem.value(published.name)
                self._sum(self.count, dict.fromkeys(published.atoms, 1), value, value)
        for fact in self.problem.facts:
            self._sum(self.count, fact.atoms, fact.low, fact.high)

    @property
    def most(self) -> int:
        """No atom that any printed figure holds can be larger."""
        return 2 * sum(self.problem.truth.values()) + self.problem.threshold + 2 * self.release.base

    def _new(self) -> int:
        self.width += 1
        return self.width - 1

    def _row(self, terms: Mapping[int, int], low: int | None, high: int | None) -> None:
        self.rows.append(Row(dict(terms), low, high, 0))

    def _rounded(self, count: int) -> tuple[Terms, int]:
        """A known small count: as the base, as 0, or as it is where it may be spared."""
        up = self._new()
        if not self.spare:
            self._row({up: 1}, 0, 1)
            return {up: self.release.base}, 0
        kept = self._new()
        self._row({up: 1, kept: 1}, 0, 1)
        return {up: self.release.base, kept: count}, 0

    def _free(self, atom: str) -> None:
        """An unknown count is small (below the base) or large; `is_small` chooses which of the two may be above 0."""
        base, most = self.release.base, self.most
        small, large, is_small, up = (self._new() for _ in range(4))
        self._row({is_small: 1}, 0, 1)
        self._row({small: 1, is_small: 1 - base}, None, 0)
        self._row({large: 1, is_small: base}, base, None)
        self._row({large: 1, is_small: most}, None, most)
        self.count[atom] = ({small: 1, large: 1}, 0)
        self.printed[atom] = ({large: 1, up: base}, 0)
        self._row({up: 1, is_small: -1}, None, 0)
        if self.spare:
            kept, as_is = self._new(), self._new()
            self._row({kept: 1, up: 1, is_small: -1}, None, 0)
            self._row({as_is: 1, kept: 1 - base}, None, 0)
            self._row({as_is: 1, small: -1}, None, 0)
            self._row({as_is: 1, small: -1, kept: 1 - base}, 1 - base, None)
            self.printed[atom] = ({large: 1, up: base, as_is: 1}, 0)

    def _sum(
        self, figures: Mapping[str, tuple[Terms, int]], atoms: Mapping[str, int], low: int | None, high: int | None
    ) -> None:
        terms: Terms = {}
        known = 0
        for atom, times in atoms.items():
            of, number = figures[atom]
            known += times * number
            for one, each in of.items():
                terms[one] = terms.get(one, 0) + times * each
        self._row(terms, None if low is None else low - known, None if high is None else high - known)


@dataclass
class _Asked:
    """A reader with its solver."""

    reader: _Reader
    clock: Clock

    def __post_init__(self) -> None:
        self._solver = Solver(self.reader.rows, self.reader.width, whole=True)
        cells, values = self.reader.problem.cells.values(), self.reader.release.values or {}
        told: list[Cell | Fact] = [cell for cell in cells if cell.name in values or cell.state == "published"]
        self._held = {atom for each in [*told, *self.reader.problem.facts] for atom in each.atoms}

    def fits(self) -> bool | None:
        """Whether any table fits; None when that was not decided in time."""
        end, _ = self._solve({})
        return None if end is End.UNKNOWN else end is End.BEST

    def ends(self, target: Target) -> tuple[int | None, int | None, bool]:
        """The least and the greatest rest, None where it has no end or is not proved, and whether both are decided."""
        atoms = [atom for atom in self.reader.problem.cells[target.cell].atoms if atom in self.reader.unknown]
        costs = {one: each for atom in atoms for one, each in self.reader.count[atom][0].items()}
        first, low = self._least(costs)
        if any(atom not in self._held for atom in atoms):
            return low if first else None, None, first
        second, high = self._least({one: -each for one, each in costs.items()})
        return low if first else None, -high if second else None, first and second

    def _least(self, costs: Terms) -> tuple[bool, int]:
        end, found = self._solve(costs)
        return end is End.BEST, sum(cost * found[one] for one, cost in costs.items()) if found else 0

    def _solve(self, costs: Terms) -> tuple[End, Sequence[int]]:
        if not self.reader.width:
            ok = all((row.low or 0) <= 0 <= (0 if row.high is None else row.high) for row in self.reader.rows)
            return (End.BEST if ok else End.NONE), ()
        attempt = self._solver.least(costs, self.clock)
        whole = [round(value) for value in attempt.values]
        if attempt.end is End.BEST and not _holds(self.reader.rows, whole):
            return End.UNKNOWN, ()
        return attempt.end, whole


def _holds(rows: Sequence[Row], whole: Sequence[int]) -> bool:
    values = ((row, sum(times * whole[one] for one, times in row.groups.items())) for row in rows)
    return min(whole) >= 0 and all(
        (row.low is None or row.low <= value) and (row.high is None or value <= row.high) for row, value in values
    )


def verdict(problem: Problem, release: Release, clock: Clock) -> dict[str, Any]:
    """As for suppressed releases. Raises Unreadable when the values are no sums of one rounded table."""
    spare = _spares(problem, release, clock)
    everyone = attackers(problem)
    aims = {attacker: list(targets(problem, attacker)) for attacker in everyone}
    asked = {each: _asked(problem, release, each, spare, clock) for each in everyone}
    findings = [found for each in everyone for found in _findings(problem, asked[each], aims[each])]
    hidden = [name for name, cell in problem.cells.items() if cell.state != "published"]
    ends = {name: asked[()].ends(Target((), name, 0, 0)) for name in hidden}
    unsure = [name for name, (_, _, decided) in ends.items() if not decided]
    return {
        "safe": not findings,
        "checked": {"cells": len(problem.cells), "attackers": len(everyone), "targets": sum(map(len, aims.values()))},
        "findings": findings,
        "intervals": {name: [low, high] for name, (low, high, _) in ends.items()},
        **({"undecided": unsure} if unsure else {}),
    }


def _asked(problem: Problem, release: Release, attacker: Attacker, spare: bool, clock: Clock) -> _Asked:
    return _Asked(_Reader(problem, release, unknown(problem, attacker), spare), clock)


def _spares(problem: Problem, release: Release, clock: Clock) -> bool:
    """Whether the release left small atoms as they are: asked with all true counts known."""
    for spare in (False, True):
        fits = _Asked(_Reader(problem, release, frozenset(), spare), clock).fits()
        if fits is None:
            raise Unreadable("Det lot seg ikke avgjøre innen tiden om verdiene kommer fra én avrundet tabell.")
        if fits:
            return spare
    raise Unreadable("Verdiene er ikke summer av én tabell som er avrundet på denne måten.")


def _findings(problem: Problem, asked: _Asked, aims: Sequence[Target]) -> Iterator[dict[str, Any]]:
    for target in aims:
        low, high, decided = asked.ends(target)
        if decided and low == 0 and (high is None or high >= problem.threshold):
            continue
        known = f"rest in {low}..{'' if high is None else high} (avrundet til {asked.reader.release.base})"
        yield {
            "attacker": list(target.attacker), "cell": target.cell, "low": low, "high": high,
            "because": known if decided else UNDECIDED,
            "text": _sentence(target, low, high) if decided else undecided(target, late=not asked.clock.left()),
            **({} if decided else {"undecided": True}),
        }  # fmt: skip


def _sentence(target: Target, low: int | None, high: int | None) -> str:
    most = "uten øvre grense" if high is None else f"og høyst {high}"
    return f"{start(target)} kan regne seg fram til at {what(target)} er minst {low} {most}."
