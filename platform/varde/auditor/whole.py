"""The least and the greatest whole number that a sum can be, with a table that reaches it and a proof of the bound.

The bound over fractions is tried first. Where whole numbers say more, the groups are split into cases (at most n, or at
least n + 1) until a bound closes each of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, isfinite

from varde.auditor.certificates import Certificate, certify, endless
from varde.auditor.model import Model
from varde.auditor.solver import Attempt, Clock, End, Solver

MOST_STEPS = 800
NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Bound:
    """`value`: what the sum is at least (or at most), None without end. `sums`: a table that reaches it.

    `certificate`: the bound over fractions. `cases`: how many it took in whole numbers, 0 when fractions say as much.
    `proven` is False when time or cases ran out: then `value` is only what some table is known to reach.
    """

    value: int | None
    sums: Sequence[int]
    certificate: Certificate | None = None
    cases: int = 0
    proven: bool = True


class Reader:
    """One reader's model with its solvers, kept warm from one question to the next."""

    def __init__(self, model: Model, clock: Clock) -> None:
        self.model, self.clock = model, clock
        self._fractions = Solver(model.rows, len(model.groups))
        self._wholes: Solver | None = None

    def least(self, costs: Mapping[int, int]) -> Bound:
        """The least whole sum of cost times group."""
        attempt = self._fractions.least(costs, self.clock)
        if attempt.end is End.UNKNOWN and self.clock.left():
            attempt = Solver(self.model.rows, len(self.model.groups), anew=True).least(costs, self.clock)
        if attempt.end in (End.UNBOUNDED, End.UNKNOWN) and self.clock.left():
            return self._endless(costs, attempt)
        if attempt.end is not End.BEST:
            return Bound(_value(costs, self.model.truth), self.model.truth, proven=False)
        sums = self._whole_table(attempt)
        enough = _value(costs, sums) if sums else None
        certificate = certify(self.model, costs, attempt.prices, {}, enough)
        if sums and certificate and ceil(certificate.least) == enough:
            return Bound(enough, sums, certificate)
        return self._by_cases(costs, sums, certificate)

    def greatest(self, costs: Mapping[int, int]) -> Bound:
        """The greatest whole sum; the certificate is of the negated sum."""
        found = self.least({group: -cost for group, cost in costs.items()})
        value = None if found.value is None else -found.value
        return Bound(value, found.sums, found.certificate, found.cases, found.proven)

    def _endless(self, costs: Mapping[int, int], attempt: Attempt) -> Bound:
        # What the solver names need not keep every row to the last digit; then one is looked for anew.
        named = attempt.values
        steps = (endless(self.model, costs, named) if named else None) or endless(
            self.model, costs, self._direction(costs)
        )
        if steps is None:
            return Bound(_value(costs, self.model.truth), self.model.truth, proven=False)
        # Far enough for any threshold; the truth fits the rows, so every step from it does.
        far = 1 + max(1000, *map(abs, self.model.truth))
        return Bound(None, [was + far * step for was, step in zip(self.model.truth, steps, strict=True)])

    def _direction(self, costs: Mapping[int, int]) -> Sequence[float]:
        """A direction, where the solver names none: the best one of limited length that breaks no row."""
        rows = [
            replace(row, low=None if row.low is None else 0, high=None if row.high is None else 0)
            for row in self.model.rows
        ]
        width = len(self.model.groups)
        found = Solver(rows, width).least(costs, self.clock, dict.fromkeys(range(width), (0, 1))).values
        return found or [0.0] * width

    def _whole_table(self, attempt: Attempt) -> list[int] | None:
        if not all(map(isfinite, attempt.values)):
            return None
        sums = [round(value) for value in attempt.values]
        near = all(abs(value - whole) < NEAR for value, whole in zip(attempt.values, sums, strict=True))
        return sums if near and self.model.holds(sums) else None

    def _by_cases(self, costs: Mapping[int, int], sums: Sequence[int] | None, first: Certificate | None) -> Bound:
        self._wholes = self._wholes or Solver(self.model.rows, len(self.model.groups), whole=True)
        found = self._whole_table(attempt) if (attempt := self._wholes.least(costs, self.clock)).values else None
        known = [table for table in (sums, found, self.model.truth) if table is not None]
        best = min(known, key=lambda table: _value(costs, table))
        if first and ceil(first.least) == _value(costs, best):
            return Bound(_value(costs, best), best, first)
        return self._prove(costs, best, first)

    def _prove(self, costs: Mapping[int, int], best: Sequence[int], first: Certificate | None) -> Bound:
        """Close every case: no table in it is better than the best one known, which a better one replaces."""
        cases: list[dict[int, tuple[int, int | None]]] = [{}]
        closed = 0
        for _ in range(MOST_STEPS):
            if not cases:
                return Bound(_value(costs, best), best, first, closed)
            box = cases.pop()
            attempt = self._fractions.least(costs, self.clock, box)
            if self._closes(costs, attempt, box, _value(costs, best)):
                closed += 1
            elif (table := self._whole_table(attempt) if attempt.end is End.BEST else None) is not None:
                if _value(costs, table) >= _value(costs, best):
                    break
                best = table
                cases.append(box)
            elif attempt.end is End.BEST and (split := _split(attempt, box)):
                cases += split
            else:
                break
        return Bound(_value(costs, best), best, first, closed, proven=False)

    def _closes(
        self, costs: Mapping[int, int], attempt: Attempt, box: dict[int, tuple[int, int | None]], best: int
    ) -> bool:
        if any(high is not None and low > high for low, high in box.values()):
            return True
        if attempt.end is End.BEST:
            found = certify(self.model, costs, attempt.prices, box, best)
            return found is not None and ceil(found.least) >= best
        if attempt.end is End.NONE and attempt.prices:
            # Prices that make nothing out of groups worth nothing more than nothing: no table fits the case.
            signs = (attempt.prices, [-price for price in attempt.prices])
            proofs = [certify(self.model, {}, prices, box, 1) for prices in signs]
            return any(proof is not None and proof.least > 0 for proof in proofs)
        return False


def _value(costs: Mapping[int, int], sums: Sequence[int]) -> int:
    return sum(cost * sums[group] for group, cost in costs.items())


def _split(attempt: Attempt, box: dict[int, tuple[int, int | None]]) -> list[dict[int, tuple[int, int | None]]]:
    """Two cases on either side of the value that is furthest from whole; none when all are whole or no numbers."""
    parts = [abs(value - round(value)) if isfinite(value) else 0.0 for value in attempt.values]
    group = max(range(len(parts)), key=parts.__getitem__)
    if parts[group] < NEAR:
        return []
    floor = int(attempt.values[group] // 1)
    low, high = box.get(group, (0, None))
    return [{**box, group: (low, floor)}, {**box, group: (floor + 1, high)}]
