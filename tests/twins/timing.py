"""How well does the time of an answer tell a hidden id from one that is of nothing?"""

import random
import statistics
import time
import uuid
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """Seconds, and what a guesser makes of them: `auc` 0.5 is chance, 1.0 is certainty."""

    hidden: list[float]
    absent: list[float]
    auc: float
    p: float

    def __str__(self) -> str:
        middle = [statistics.median(each) * 1000 for each in (self.hidden, self.absent)]
        return (
            f"AUC {self.auc:.3f}, p {self.p:.3f}, median {middle[0]:.3f} ms hidden, {middle[1]:.3f} ms absent, "
            f"{len(self.hidden)} samples each"
        )


def auc(hidden: list[float], absent: list[float]) -> float:
    """The chance that a hidden id takes longer than an absent one; ties count half."""
    ordered = sorted(absent)
    wins = sum(bisect_left(ordered, one) + bisect_right(ordered, one) for one in hidden)
    return wins / 2 / len(hidden) / len(absent)


def p_value(hidden: list[float], absent: list[float], *, rounds: int = 1000) -> float:
    """How often a random split of the same times is as far from chance as this one."""
    ranks = {value: rank for rank, value in enumerate(sorted({*hidden, *absent}))}
    every = [ranks[value] for value in (*hidden, *absent)]
    whole, size = sum(every), len(hidden)
    middle = whole * size / len(every)
    seen = abs(sum(every[:size]) - middle)
    dice = random.Random(7)
    beyond = sum(abs(sum(dice.sample(every, size)) - middle) >= seen for _ in range(rounds))
    return (beyond + 1) / (rounds + 1)


_OTHERS = 4  # ids of nothing, each asked for as often as one would ask for the one that one wants to know of


def measure(ask: Callable[[uuid.UUID], None], hidden: uuid.UUID, samples: int) -> Measured:
    """Ask for the hidden id and for ids of nothing in turn, in an order that means nothing.

    Ids of nothing come again as the hidden one does: what was asked for before is answered a little sooner, there or
    not, because its pages are warm; a new id each time would measure that.
    """
    dice = random.Random(11)
    took: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(_OTHERS):
        nothing = uuid.UUID(int=dice.getrandbits(128), version=4)
        for _ in range(20):
            ask(hidden)
            ask(nothing)
        for _ in range(samples // _OTHERS):
            for is_hidden in dice.sample((True, False), 2):
                began = time.perf_counter()
                ask(hidden if is_hidden else nothing)
                took[is_hidden].append(time.perf_counter() - began)
    return Measured(took[True], took[False], auc(took[True], took[False]), p_value(took[True], took[False]))
