"""Bounds that hold by exact arithmetic: the rows times prices, with the limits of the groups for what is left over.

For any prices y, a sum of cost times group is the rows' own sum with prices y, plus (cost - y times rows) times group.
Each part has a least value that is read off, so a bound follows whatever the prices are. The solver finds good ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite, lcm

from varde.auditor.model import Model

type Box = Mapping[int, tuple[int, int | None]]
type Prices = dict[int, Fraction]

FINENESS = (1, 2, 12, 5040, 10**7)
"""Denominators that floating prices are read as, coarse ones first: prices of such tables are nearly always whole."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """`least`: what the sum is at least. `exact`: nothing but the priced rows is in it, so the two are equal."""

    prices: Prices
    least: Fraction
    exact: bool


def certify(
    model: Model, costs: Mapping[int, int], prices: Sequence[float], box: Box, enough: int | None = None
) -> Certificate | None:
    """The best bound that these prices give, the first one that is `enough`; None when they give none."""
    best: Certificate | None = None
    for fineness in FINENESS:
        found = bound(model, costs, rational(prices, fineness), box)
        if found and (best is None or found.least > best.least):
            best = found
        if best and enough is not None and best.least > enough - 1:
            break
    return best


def rational(prices: Sequence[float], fineness: int) -> Prices:
    """Prices as fractions with small denominators; those that are nothing left out."""
    some = {row: price for row, price in enumerate(prices) if isfinite(price) and abs(price) > 1e-9}
    near = {row: Fraction(price).limit_denominator(fineness) for row, price in some.items()}
    return {row: price for row, price in near.items() if price}


def bound(model: Model, costs: Mapping[int, int], prices: Prices, box: Box) -> Certificate | None:
    """What the sum of cost times group is at least, by these prices; None when a group without limit is left over."""
    total = Fraction(0)
    for place, price in prices.items():
        end = model.rows[place].low if price > 0 else model.rows[place].high
        if end is None:
            return None
        total += price * end
    over = _left_over(model, costs, prices)
    for group, number in over.items():
        low, high = box.get(group, (0, None))
        limit = model.limits[group] if high is None else high
        end = low if number > 0 else limit
        if end is None:
            return None
        total += number * end
    same = all(model.rows[place].low == model.rows[place].high for place in prices)
    return Certificate(prices, total, exact=not over and same)


def pure(model: Model, costs: Mapping[int, int], prices: Prices) -> Certificate | None:
    """As `bound`, from the rows alone: what is left over may only be positive, and its least value is then nothing."""
    if any(number < 0 for number in _left_over(model, costs, prices).values()):
        return None
    return bound(model, costs, prices, {})


def _left_over(model: Model, costs: Mapping[int, int], prices: Prices) -> dict[int, Fraction]:
    left = {group: Fraction(cost) for group, cost in costs.items()}
    for place, price in prices.items():
        for group, times in model.rows[place].groups.items():
            left[group] = left.get(group, Fraction(0)) - price * times
    return {group: number for group, number in left.items() if number}


def endless(model: Model, costs: Mapping[int, int], ray: Sequence[float]) -> list[int] | None:
    """A whole-number direction in which no row changes for the worse and the sum of costs falls; None if it is none."""
    scale = max((abs(each) for each in ray), default=0.0) or 1.0
    for fineness in FINENESS if all(map(isfinite, ray)) else ():
        steps = [Fraction(each / scale).limit_denominator(fineness) for each in ray]
        whole = _whole(steps)
        if sum(cost * whole[group] for group, cost in costs.items()) < 0 and _keeps_rows(model, whole):
            return whole
    return None


def _whole(steps: Sequence[Fraction]) -> list[int]:
    common = lcm(*(step.denominator for step in steps))
    return [int(step * common) for step in steps]


def _keeps_rows(model: Model, steps: Sequence[int]) -> bool:
    if any(step < 0 for step in steps):
        return False
    for row in model.rows:
        change = sum(times * steps[group] for group, times in row.groups.items())
        if (change < 0 and row.low is not None) or (change > 0 and row.high is not None):
            return False
    return True
