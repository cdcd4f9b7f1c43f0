"""From a problem to a release. Whatever goes wrong on the way, what comes out is proved safe, or nothing comes out."""

import hmac
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np

from varde.protect.exact import Best, optimise
from varde.protect.greedy import approach
from varde.protect.hitting import Scale
from varde.protect.problem import Json, Refusal, read
from varde.protect.progress import Tell, silence
from varde.protect.publication import Block, blocks
from varde.protect.release import suppressed
from varde.protect.rounding import rounded
from varde.protect.settle import Cut, Search
from varde.protect.solver import Budget, OutOfTime, Reals, SolverFailed

LAST_SECONDS = 30.0
"""The least time for proving that hiding everything new is safe: without that proof nothing can be released."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How to search, and for how long.

    `key` breaks ties in an order that nobody can foresee without it; None: in the order of ids. `exact`: look for the
    cheapest of all. `base`: round instead, for comparison.
    """

    seconds: float = 30.0
    key: bytes | None = None
    exact: bool = True
    base: int | None = None


def protect(
    raw: object,
    *,
    threshold: int | None = None,
    compare: bool = False,
    wish: Wish | None = None,
    tell: Tell = silence,
) -> Json:
    """Return a safe release at the least cost that was found in time. Raises Refusal."""
    problem = read(raw, threshold=threshold, compare=compare)
    wish = wish or Wish()
    budget = Budget(wish.seconds)
    if wish.base is not None:
        if not compare:
            raise Refusal("Avrunding er bare til sammenligning.")
        return rounded(problem, wish.base, budget)
    found = [_begin(block, wish, budget) for block in blocks(problem)]
    for place, best in enumerate(found, 1):
        approach(best, _numbered(tell, place, len(found)))
    last = Budget(max(wish.seconds, LAST_SECONDS))
    for best in found:
        if not best.safe:
            _hide_all(best, last)
    for place, best in enumerate(found, 1):
        if wish.exact:
            optimise(best, _numbered(tell, place, len(found)))
    made = [(best.search, best.shown) for best in found]
    return suppressed(problem, made, optimal=all(best.optimal for best in found))


def _begin(block: Block, wish: Wish, budget: Budget) -> Best:
    """Nothing is known to be safe yet. Each new line that is a target itself is a cut."""
    search = Search.of(block, budget)
    best = Best(search, Scale.of(block.weights), _order(block, wish.key), search.earlier)
    best.cuts |= dict.fromkeys(_small(search))
    return best


def _hide_all(best: Best, budget: Budget) -> None:
    """The last resort adds nothing to what is known, and is proved all the same. Raises Refusal."""
    search, given = best.search, best.search.oracle.budget
    search.oracle.budget = budget
    try:
        search.settle(search.earlier)
    except (OutOfTime, SolverFailed) as failure:
        raise Refusal("Det lot seg ikke bevise at det som alt er utgitt, er trygt; ingenting er gitt ut.") from failure
    best.offer(search.earlier)
    search.oracle.budget = given


def _small(search: Search) -> list[Cut]:
    """A new line whose rest is small for somebody would tell it by itself."""
    lines = {int(line) for view in search.block.views for line in view.targets.lines}
    return [frozenset({line}) for line in sorted(lines) if search.open[line]]


def _order(block: Block, key: bytes | None) -> Reals:
    names = ["\x00".join(cell.id for cell in line.cells) for line in block.lines]
    ranks = [hmac.digest(key, name.encode(), sha256) if key else name.encode() for name in names]
    places = {rank: place for place, rank in enumerate(sorted(ranks))}
    return np.array([places[rank] / max(1, len(ranks)) for rank in ranks])


def _numbered(tell: Tell, part: int, parts: int) -> Tell:
    return lambda seen: tell(replace(seen, part=part, parts=parts))
