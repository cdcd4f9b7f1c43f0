"""The cheapest set of lines that breaks every proof found so far (a weighted hitting set)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

import numpy as np

from varde.protect.publication import Flags
from varde.protect.settle import Cut
from varde.protect.solver import Budget, Matrix, Program, Reals, SolverFailed

_FINE = 1_000_000
"""Weights are counted in whole steps when so many of them, or fewer, make up the sum of all."""
_SPAN = 1e9
"""What is so many times lighter than the heaviest is not told from nothing."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Weights in steps of a size that the solver can tell apart. `whole`: all are whole numbers of steps."""

    step: float
    steps: Reals
    whole: bool

    @classmethod
    def of(cls, weights: Reals) -> "Scale":
        """The largest step that all weights are whole multiples of; without one, about the smallest weight."""
        positive = weights[weights > 0]
        if not len(positive):
            return cls(1.0, weights, whole=True)
        least = max(float(positive.min()), float(positive.max()) / _SPAN)
        for unit in (1.0, least):
            if (found := _common(weights / unit)) is not None:
                step, steps = found
                return cls(step * unit, steps, whole=True)
        return cls(least, weights / least, whole=False)


def _common(weights: Reals) -> tuple[float, Reals] | None:
    exact = [Fraction(float(weight)).limit_denominator(1000) for weight in weights]
    if any(abs(float(one) - weight) > 1e-12 * weight for one, weight in zip(exact, weights, strict=True)):
        return None
    below = lcm(*(one.denominator for one in exact))
    common = gcd(*(int(one * below) for one in exact))
    if sum(exact) * below / common > _FINE:
        return None
    return common / below, np.array([float(one * below / common) for one in exact])


@dataclass(frozen=True, slots=True)
class Choice:
    """Lines to hide, and what no safe release can cost less than (in the scale's steps)."""

    hidden: Flags
    bound: float


def cheapest(cuts: Sequence[Cut], scale: Scale, order: Reals, budget: Budget) -> Choice:
    """Break all cuts at the least cost. `order`: 0..1 by line, the lower the sooner hidden among equals."""
    lines = sorted(set().union(*cuts))
    hidden = np.zeros(len(scale.steps), dtype=np.bool_)
    if not lines:
        return Choice(hidden, 0.0)
    # Together the nudges weigh less than half a step, so that they choose among equals and nothing else.
    nudge = order[lines] * (0.4 / len(lines)) if scale.whole else np.zeros(len(lines))
    place = {line: number for number, line in enumerate(lines)}
    program = Program(Matrix.of([[(place[line], 1) for line in sorted(cut)] for cut in cuts], len(lines)), whole=True)
    program.columns(np.zeros(len(lines)), np.ones(len(lines)))
    program.costs(scale.steps[lines] + nudge)
    for row in range(len(cuts)):
        program.row(row, 1.0, np.inf)
    answer = program.run(budget)
    if answer.values is None:
        raise SolverFailed("no set breaks all proofs")
    hidden[lines] = answer.values > 0.5
    bound = np.ceil(answer.bound - nudge.sum() - 1e-6) if scale.whole else answer.bound
    return Choice(hidden, float(bound))
