"""How finely a question is told: decided by what was released before or is public, never by the figures at hand. Pure.

The figures at hand may only lower a level, whole levels at a time and where more than half of the level's lines would
be hidden: the choice then tells no more than that (and it stands in the ledger, with what it was made from).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from regional.releases.asked import Model
from regional.releases.offered import Levels, Offered, Planned
from shared.codes.release_plans import Level, QuestionPlan, ReleasePlan

_YEARS = {"quarter": 0.25, "half": 0.5, "year": 1.0}


@dataclass(frozen=True, slots=True)
class Basis:
    """The number of cases that the level is chosen by, and where it is from; `cases` is None where nothing is known."""

    cases: float | None
    because: str

    def as_json(self) -> dict[str, Any]:
        """As the ledger holds it."""
        return {"cases": self.cases, "because": self.because}


def basis(table: Offered, released: Sequence[tuple[Offered, int]], population: int | None, plan: ReleasePlan) -> Basis:
    """From the newest released number of cases of a table of the same kind, else from the number of inhabitants.

    `released`: earlier tables whose number of cases was printed, the oldest first.
    """
    same = [(one, cases) for one, cases in released if one.kind == table.kind]
    if same:
        one, cases = same[-1]
        return Basis(cases, f"Sist utgitte tall av samme slag: {one.label}.")
    if not population:
        return Basis(None, "Ingen tall er utgitt før, og folketallet er ikke kjent.")
    years = _YEARS.get(table.kind, len(table.periods) / 2)
    expected = population / 1000 * plan.expected.per_thousand_a_year * years
    rate = str(plan.expected.per_thousand_a_year).replace(".", ",")
    return Basis(round(expected, 1), f"Ingen tall er utgitt før. Folketallet ganger {rate} per 1000 i året.")


def choose(found: Basis, plan: ReleasePlan, of: Model) -> dict[str, Level]:
    """Every question's level; of calls, of which nobody knows how many to expect, the one in the middle."""
    return {
        key: plan.questions[key].at_most("groups") if key in of.phone else _level(plan.questions[key], found, plan)
        for key in of.questions
        if key in plan.questions
    }


def _level(question: QuestionPlan, found: Basis, plan: ReleasePlan) -> Level:
    """The finest with enough cases per line. The coarsest that a question has needs no more than `few` does."""
    if found.cases is None:
        return question.at_most("few") if "few" in question.levels else "none"
    coarsest = list(question.levels)[-1]
    for level, lines in question.levels.items():
        least = plan.least["few"] if level == coarsest else plan.least[level]
        if found.cases / len(lines) >= least:
            return level
    return "none"


def lowered(levels: Levels, cells: Sequence[Planned], hidden: Collection[str], plan: ReleasePlan) -> dict[str, Level]:
    """The levels after a look at what would be hidden (ids); the same ones when nothing is to be lowered."""
    found: dict[str, Level] = dict(levels)
    for key, level in levels.items():
        lines = [each for each in cells if each.cell.question == key and each.line]
        gone = sum(each.cell.id in hidden for each in lines)
        if lines and gone * 2 > len(lines):
            found[key] = plan.questions[key].below(level)
    return found
