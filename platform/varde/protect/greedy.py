"""A good pattern soon: the cuts are broken by whichever line breaks most for its price, not by the cheapest set."""

from collections import Counter
from collections.abc import Collection

import numpy as np

from varde.protect.exact import Best, tidy
from varde.protect.progress import Tell, silence
from varde.protect.publication import Flags
from varde.protect.settle import Cut
from varde.protect.solver import OutOfTime, Reals, SolverFailed


def approach(best: Best, tell: Tell = silence) -> None:
    """Rounds until what is chosen needs nothing more. Stops as it stands when time is up or the solver fails."""
    search = best.search
    try:
        while True:
            hidden = _cover(best.cuts, best.scale.steps, best.order)
            settled, cuts = search.settle((search.open | search.earlier) & ~hidden)
            best.rounds += 1
            best.offer(tidy(best, settled))
            tell(best.progress)
            if not cuts:
                return
            best.cuts |= dict.fromkeys(cuts)
    except (OutOfTime, SolverFailed):
        return


def _cover(cuts: Collection[Cut], steps: Reals, order: Reals) -> Flags:
    left = list(cuts)
    chosen: list[int] = []
    while left:
        often = Counter(line for cut in left for line in cut)
        pick = max(often, key=lambda line: (often[line] / (float(steps[line]) + 1e-9), -order[line], -line))
        chosen.append(pick)
        left = [cut for cut in left if pick not in cut]
    for line in sorted(chosen, key=lambda line: (-steps[line], order[line], line)):
        without = {other for other in chosen if other != line}
        if all(cut & without for cut in cuts):
            chosen.remove(line)
    hidden = np.zeros(len(steps), dtype=np.bool_)
    hidden[chosen] = True
    return hidden
