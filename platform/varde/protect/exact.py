"""The least that must be hidden: rounds of the cheapest choice against the proofs that the choice is not enough."""

from dataclasses import dataclass, field

import numpy as np

from varde.protect.hitting import Scale, cheapest
from varde.protect.progress import Progress, Tell, silence
from varde.protect.publication import Flags
from varde.protect.settle import Cut, Search
from varde.protect.solver import OutOfTime, Reals, SolverFailed


@dataclass(slots=True)
class Best:
    """The best safe pattern so far, and what is known of how good one can be; costs in the scale's steps.

    Until a pattern was proved (`safe`), `shown` is what no one may rely on and the cost is without end.
    """

    search: Search
    scale: Scale
    order: Reals
    shown: Flags
    cost: float = np.inf
    bound: float = 0.0
    rounds: int = 0
    cuts: dict[Cut, None] = field(default_factory=dict)

    @property
    def safe(self) -> bool:
        """Whether there is a pattern to rely on."""
        return bool(np.isfinite(self.cost))

    @property
    def optimal(self) -> bool:
        """Whether nothing can be cheaper."""
        return self.safe and self.cost <= self.bound + (1e-6 if self.scale.whole else 1e-10 * max(1.0, self.cost))

    @property
    def progress(self) -> Progress:
        """Where the search stands, in the weights' own measure."""
        step = self.scale.step
        return Progress(1, 1, self.rounds, len(self.cuts), self.bound * step, self.cost * step)

    def costs(self, shown: Flags) -> float:
        """What a pattern hides, weighed."""
        return float(self.scale.steps[self.search.open & ~shown].sum())

    def offer(self, shown: Flags) -> None:
        """Take a safe pattern that is better. The tables at hand must prove it."""
        cost = self.costs(shown)
        if cost < self.cost - 1e-9 and self.search.safe(shown):
            self.shown, self.cost = shown, cost


def optimise(best: Best, tell: Tell = silence) -> None:
    """Improve until nothing can be cheaper. Stops as it stands when time is up or the solver fails."""
    try:
        while not best.optimal:
            _round(best)
            tell(best.progress)
    except (OutOfTime, SolverFailed):
        return


def _round(best: Best) -> None:
    search = best.search
    choice = cheapest(list(best.cuts), best.scale, best.order, search.oracle.budget)
    best.rounds += 1
    best.bound = max(best.bound, choice.bound)
    wanted = (search.open | search.earlier) & ~choice.hidden
    settled, cuts = search.settle(wanted)
    fresh = dict.fromkeys(cut for cut in cuts if cut not in best.cuts)
    best.cuts |= fresh
    best.offer(tidy(best, settled))
    if not fresh and not best.optimal:
        raise SolverFailed("a choice that is neither refuted nor the best")


def tidy(best: Best, shown: Flags) -> Flags:
    """Show again what can be shown at once, by the tables at hand; the dearest first."""
    search = best.search
    hidden = np.flatnonzero(search.open & ~shown)
    order = sorted(hidden, key=lambda line: (-best.scale.steps[line], best.order[line]))
    for line in order:
        trial = shown.copy()
        trial[line] = True
        if not _known_bad(best, trial) and search.safe(trial):
            shown = trial
    return shown


def _known_bad(best: Best, shown: Flags) -> bool:
    return any(all(shown[line] for line in cut) for cut in best.cuts)
