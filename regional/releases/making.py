"""Making a release: cells from the plan, protected together with everything said before, levels lowered where too much
would be hidden. Pure but for the engine, which is given."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from regional.releases.asked import Model
from regional.releases.cells import Cell
from regional.releases.levels import Basis, choose, lowered
from regional.releases.offered import Levels, Offered, Planned, comparable, planned
from regional.releases.problem import Fact, Json, Rule, Stated, World, problem
from regional.releases.statements import Statement, of_release
from shared.codes.release_plans import Level, ReleasePlan

type Engine = Callable[[Json], Json]
"""Problem in, release out; raises what it raises when it cannot answer safely."""


@dataclass(frozen=True, slots=True)
class History:
    """All that has been said before: printed or withheld, known from elsewhere, and what is no longer a promise.

    `settled`: cells that a new rule, a merger or an outside fact has made unsafe, as two people have seen: printed ones
    are known as facts, withheld ones are no targets.
    """

    statements: tuple[Statement, ...] = ()
    facts: tuple[Fact, ...] = ()
    settled: frozenset[Cell] = frozenset()

    @property
    def values(self) -> dict[Cell, int | None]:
        """Value (None: withheld) by cell."""
        return {each.cell: each.value for each in self.statements}

    def stated(self) -> list[Stated]:
        """Earlier cells, as they stay."""
        return [
            Stated(cell, "withheld" if value is None else "published")
            for cell, value in self.values.items()
            if cell not in self.settled
        ]

    def known(self) -> list[Fact]:
        """Everything known that is no promise."""
        printed = [
            Fact(cell, value, value)
            for cell, value in self.values.items()
            if cell in self.settled and value is not None
        ]
        return [*self.facts, *printed]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a release is to hold: the tables, each with what its levels are chosen by."""

    tables: Mapping[str, Offered]
    basis: Mapping[str, Basis]


@dataclass(frozen=True, slots=True)
class Made:
    """A protected release: its problem (never stored), what it says, and the levels with what they were before."""

    problem: Json
    stated: tuple[Stated, ...]
    release: Json
    statements: tuple[Statement, ...]
    levels: Mapping[str, Levels]
    first_levels: Mapping[str, Levels]
    rounds: int


def earlier(world: World, history: History, rule: Rule) -> Json:
    """The history alone, to be audited before anything new is made.

    How many contributed was seen to when it was closed; kommuner that have become one since do not change that.
    """
    return problem(world, history.stated(), rule=replace(rule, min_contributors=1), facts=history.known())


def make(
    world: World, history: History, wanted: Wanted, *, plan: ReleasePlan, of: Model, rule: Rule, protect: Engine
) -> Made:
    """Protect, lower what hides too much, protect again, until nothing is lowered. Each round lowers a level."""
    first = {name: first_levels(world, wanted, name, plan, of) for name in wanted.tables}
    levels: Mapping[str, Levels] = first
    rounds = 1
    while True:
        asked, stated = _asked(history, wanted, levels, plan, of)
        made = problem(world, stated, rule=rule, facts=history.known())
        release = protect(made)
        said = of_release(made, stated, release)
        hidden = {each.cell.id for each in [*said, *history.statements] if each.value is None}
        new = {name: lowered(levels[name], cells, hidden, plan) for name, cells in asked.items()}
        if new == levels:
            return Made(made, tuple(stated), release, tuple(said), levels, first, rounds)
        levels, rounds = new, rounds + 1


def first_levels(world: World, wanted: Wanted, name: str, plan: ReleasePlan, of: Model) -> dict[str, Level]:
    """The levels from public or earlier information; a question that changed within the table's periods has none."""
    table = wanted.tables[name]
    if not plan.tables[table.kind].questions:
        return {}
    forms = {each.id: [world.model(part.form) for part in each.parts] for each in world.closed}
    chosen = choose(wanted.basis[name], plan, of)
    return {key: level if comparable(key, table, forms) else "none" for key, level in chosen.items()}


def _asked(
    history: History, wanted: Wanted, levels: Mapping[str, Levels], plan: ReleasePlan, of: Model
) -> tuple[dict[str, list[Planned]], list[Stated]]:
    """The cells of each table, and all cells of the problem: earlier ones as they are, the rest open."""
    asked = {name: planned(table, levels[name], plan, of) for name, table in wanted.tables.items()}
    weights: dict[Cell, float] = {}
    for cells in asked.values():
        for each in cells:
            weights[each.cell] = max(each.weight, weights.get(each.cell, 0))
    known = history.values
    new = [Stated(cell, "open", weight) for cell, weight in weights.items() if cell not in known]
    return asked, [*history.stated(), *new]


def levels_json(made: Made, basis: Mapping[str, Basis]) -> dict[str, Any]:
    """The choice of levels as the ledger holds it, with its input."""
    return {
        name: {"basis": basis[name].as_json(), "chosen": dict(made.first_levels[name]), "given": dict(levels)}
        for name, levels in made.levels.items()
    }


def tables_of(wanted: Sequence[Offered]) -> dict[str, Offered]:
    """By name."""
    return {each.id: each for each in wanted}
