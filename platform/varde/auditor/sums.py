"""A bound as a sum of printed figures, with as few and as simple terms as can be found, and checked exactly."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from varde.auditor.certificates import Certificate, Prices, pure, rational
from varde.auditor.model import Model, Row
from varde.auditor.solver import Clock, End, Solver
from varde.auditor.whole import Bound

FINENESS = (1, 2, 12, 5040)


@dataclass(frozen=True, slots=True)
class Term:
    """`times` a printed figure, or a limit that the form sets (then `name` is None and `number` says which row)."""

    times: Fraction
    name: str | None
    number: int
    value: int


@dataclass(frozen=True, slots=True)
class Sum:
    """terms - own = total. `exact`: the rest is the total; otherwise it is a limit to one side."""

    terms: tuple[Term, ...]
    own: Fraction
    total: Fraction
    exact: bool


def explain(model: Model, costs: Mapping[int, int], bound: Bound, clock: Clock) -> Sum | None:
    """The sum behind a bound of `Reader.least` for these costs; None when it comes from elsewhere."""
    if bound.certificate is None:
        return None
    found = simplest(model, costs, bound.certificate, clock)
    return None if found is None else _written(model, found)


def simplest(model: Model, costs: Mapping[int, int], known: Certificate, clock: Clock) -> Certificate | None:
    """Prices of the least total size that give as good a whole-number bound; an exact sum before a limit."""
    for exact in (True, False):
        for prices in _candidates(model, costs, known.least, clock, exact):
            found = pure(model, costs, prices)
            if found and ceil(found.least) >= ceil(known.least) and (found.exact or not exact):
                return found
    return pure(model, costs, known.prices)


def _candidates(model: Model, costs: Mapping[int, int], least: Fraction, clock: Clock, exact: bool) -> Iterator[Prices]:
    """The search for prices is a program of its own: an unknown for each end of each row, none of them negative."""
    ends = [
        (place, sign, end) for place, row in enumerate(model.rows) for sign, end in ((1, row.low), (-1, row.high))
        if end is not None
    ]  # fmt: skip
    columns: dict[int, dict[int, int]] = {group: {} for group in costs}
    for unknown, (place, sign, _) in enumerate(ends):
        for group, times in model.rows[place].groups.items():
            columns.setdefault(group, {})[unknown] = sign * times
    limits = ((column, costs.get(group, 0)) for group, column in columns.items())
    rows = [Row(column, cost if exact else None, cost, 0) for column, cost in limits]
    worth = {unknown: sign * end * least.denominator for unknown, (_, sign, end) in enumerate(ends)}
    rows.append(Row(worth, least.numerator, None, 0))
    attempt = Solver(rows, len(ends)).least(dict.fromkeys(range(len(ends)), 1), clock)
    if attempt.end is not End.BEST:
        return
    prices = [0.0] * len(model.rows)
    for (place, sign, _), size in zip(ends, attempt.values, strict=True):
        prices[place] += sign * size
    yield from (rational(prices, fineness) for fineness in FINENESS)


def _written(model: Model, found: Certificate) -> Sum:
    terms, own = [], Fraction(0)
    for place, price in sorted(found.prices.items(), key=lambda each: each[1] < 0):
        row = model.rows[place]
        end = row.low if price > 0 else row.high
        terms.append(Term(price, row.name, row.number, (end or 0) + row.own))
        own += price * row.own
    return Sum(tuple(terms), own, found.least, found.exact)


def turned(found: Sum) -> Sum:
    """The sum of the opposite sign: a limit from above is found as one from below of the negated rest."""
    terms = [Term(-term.times, term.name, term.number, term.value) for term in found.terms]
    return Sum(tuple(sorted(terms, key=lambda term: term.times < 0)), -found.own, -found.total, found.exact)
