"""The verdict on a release: who can find out what, and why; and what the figures leave possible to anybody."""

import hashlib
import json
import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from varde.auditor import rounding
from varde.auditor.model import model
from varde.auditor.reading import Problem, Release, Unreadable, read_problem, read_release
from varde.auditor.solver import Clock
from varde.auditor.sums import explain, turned
from varde.auditor.tables import Pool
from varde.auditor.views import Attacker, Target, attackers, targets
from varde.auditor.whole import Bound, Reader
from varde.auditor.words import UNDECIDED, End, because, sentence

SECONDS = 300.0


def audit(
    problem: Any,
    release: Any,
    *,
    threshold: int | None = None,
    compare: bool = False,
    seconds: float = SECONDS,
    strict: bool = False,
    intervals: bool = True,
    reasons: bool = True,
) -> dict[str, Any]:
    """The verdict as in the format of `varde disclosure audit`. Raises Unreadable for what cannot be audited.

    A sum of weights or a hash that does not agree with the release is listed under `errors`, and nothing is safe then;
    `strict` refuses it. What is not decided within `seconds` is a finding; an interval that is not has its cell listed
    under `undecided`, and null where nothing is proved. Without `intervals` none are looked for; without `reasons` a
    finding says who and which cell, and no more.
    """
    asked = read_problem(problem, threshold, compare)
    given = read_release(release, asked, compare)
    errors = _contradictions(asked, given)
    if errors and strict:
        raise Unreadable(errors[0])
    clock = Clock(seconds)
    if given.method == "round":
        verdict = rounding.verdict(asked, given, clock)
    else:
        verdict = _verdict(asked, given, clock, intervals=intervals, reasons=reasons)
    return verdict | ({"safe": False, "errors": errors} if errors else {})


def digest(release: Mapping[str, Any]) -> str:
    """SHA-256 of the release without its hash: keys in order, no spaces, UTF-8. Raises Unreadable."""
    body = {key: value for key, value in release.items() if key != "hash"}
    try:
        text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise Unreadable("Utgivelsen har halve tegn, som ikke er tekst.") from error
    return hashlib.sha256(text).hexdigest()


def _contradictions(problem: Problem, release: Release) -> list[str]:
    errors = []
    cost = _cost(problem, release)
    if release.cost is not None and not math.isclose(release.cost, cost, rel_tol=1e-9, abs_tol=1e-6):
        errors.append(f"Utgivelsen oppgir kostnaden {release.cost:g}; den er {cost:g}.")
    if "hash" in release.raw and release.digest != digest(release.raw):
        errors.append("Kontrollsummen i utgivelsen stemmer ikke med innholdet.")
    return errors


def _cost(problem: Problem, release: Release) -> float:
    """What is hidden, by weight; of a rounded release, how far the figures are off, by weight."""
    if release.method == "round":
        values = (release.values or {}).items()
        return sum(problem.cells[name].weight * abs(value - problem.value(name)) for name, value in values)
    return sum(problem.cells[name].weight for name in release.hide)


def _verdict(problem: Problem, release: Release, clock: Clock, *, intervals: bool, reasons: bool) -> dict[str, Any]:
    earlier = frozenset(cell.name for cell in problem.cells.values() if cell.state == "published")
    everyone = attackers(problem)
    judge = Judge(problem, earlier | release.show, clock, everyone, reasons)
    offered = [table for each in release.witnesses for end in ("low", "high") if (table := each.get(end)) is not None]
    held = sum(map(judge.pool.take, offered))
    aims = [target for attacker in everyone for target in targets(problem, attacker)]
    added = sum(judge.is_shown_safe(target) for target in aims)
    findings = [found for target in aims if (found := judge.finding(target))]
    if findings and reasons:
        _mark_earlier(findings, aims, Judge(problem, earlier, clock, everyone))
    hidden = [name for name in problem.cells if name not in earlier | release.show]
    can_be = judge.intervals(hidden) if intervals else {}
    unsure = {"undecided": judge.undecided} if judge.undecided else {}
    return {
        "safe": not findings,
        "checked": {
            "cells": len(problem.cells), "attackers": len(everyone), "targets": len(aims), "by_additions": added,
            "tables": {"offered": len(offered), "valid": held},
        },
        "findings": findings,
        "intervals": can_be,
        **unsure,
    }  # fmt: skip


def _mark_earlier(findings: Iterable[dict[str, Any]], aims: Iterable[Target], history: "Judge") -> None:
    """What earlier releases and the facts of the form give away by themselves, whatever is hidden now."""
    by_key = {(target.attacker, target.cell): target for target in aims}
    for found in findings:
        before = history.finding(by_key[tuple(found["attacker"]), found["cell"]])
        if before and "undecided" not in before:
            found |= {"earlier": True, "earlier_because": before["because"]}


@dataclass
class Judge:
    """Decides target by target what a publication leaves possible. Tables that it finds serve all that come after."""

    problem: Problem
    shown: Collection[str]
    clock: Clock
    everyone: list[Attacker]
    reasons: bool = True
    pool: Pool = field(init=False)
    undecided: list[str] = field(default_factory=list)
    _readers: dict[Attacker, Reader] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pool = Pool(self.problem, self.shown, self.everyone)

    def is_shown_safe(self, target: Target) -> bool:
        """Whether tables that are at hand already prove both ends."""
        return self._least_known(target) == 0 and self._greatest_known(target) >= self.problem.threshold

    def finding(self, target: Target) -> dict[str, Any] | None:
        """What the attacker finds out about the rest, or None when nothing."""
        if self.is_shown_safe(target):
            return None
        reader, costs = self._ask(target)
        ends: dict[int, Bound] = {}
        if self._least_known(target):
            ends[1] = self._settle(reader, reader.least(costs))
        if self._greatest_known(target) < self.problem.threshold:
            ends[-1] = self._settle(reader, reader.greatest(costs))
        if self.is_shown_safe(target):
            return None
        if not self.reasons:
            undecided = {} if all(end.proven for end in ends.values()) else {"undecided": True}
            return {"attacker": list(target.attacker), "cell": target.cell, **undecided}
        low = self._end(reader, costs, ends.get(1) or Bound(0, ()), 1)
        high = self._end(reader, costs, ends.get(-1) or reader.greatest(costs), -1)
        return self._said(target, low, high)

    def intervals(self, cells: Iterable[str]) -> dict[str, list[int | None]]:
        """The least and the greatest whole number of each cell, to somebody who holds nothing."""
        return {cell: self._interval(Target((), cell, 0, self.problem.value(cell))) for cell in cells}

    def _interval(self, target: Target) -> list[int | None]:
        reader, costs = self._ask(target)
        low = reader.least(costs) if self._least_known(target) else Bound(0, ())
        high = reader.greatest(costs)
        if not (low.proven and high.proven):
            self.undecided.append(target.cell)
        return [end.value if end.proven else None for end in (low, high)]

    def _said(self, target: Target, low: End, high: End) -> dict[str, Any]:
        undecided = {} if low.proven and high.proven else {"undecided": True}
        threshold, late = self.problem.threshold, not self.clock.left()
        least, most = (end.value if end.proven else None for end in (low, high))
        return {
            "attacker": list(target.attacker), "cell": target.cell, "low": least, "high": most,
            "because": UNDECIDED if undecided else because(low, high, threshold),
            "text": sentence(target, low, high, threshold, late=late), **undecided,
        }  # fmt: skip

    def _ask(self, target: Target) -> tuple[Reader, Mapping[int, int]]:
        if target.attacker not in self._readers:
            known = model(self.problem, self.shown, target.attacker)
            self._readers[target.attacker] = Reader(known, self.clock)
        reader = self._readers[target.attacker]
        return reader, reader.model.cells[target.cell]

    def _settle(self, reader: Reader, found: Bound) -> Bound:
        self.pool.take(reader.model.table(self.problem, found.sums))
        return found

    def _end(self, reader: Reader, costs: Mapping[int, int], found: Bound, sign: int) -> End:
        said = explain(reader.model, {group: sign * cost for group, cost in costs.items()}, found, self.clock)
        return End(found.value, turned(said) if said and sign < 0 else said, found.cases, found.proven)

    def _least_known(self, target: Target) -> int:
        return self.pool.least[target.attacker][target.cell] - target.own

    def _greatest_known(self, target: Target) -> int:
        return self.pool.greatest[target.attacker][target.cell] - target.own
