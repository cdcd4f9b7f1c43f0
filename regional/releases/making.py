"""Making a release: cells from the plan, protected together with everything said before, levels lowered where too much
would be hidden. Pure but for the engine, which is given."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    are known as facts, withheld ones are no targets. `guarded`: those of them that only an insider could find out: they
    stay targets for outsiders.
    """

    statements: tuple[Statement, ...] = ()
    facts: tuple[Fact, ...] = ()
    settled: frozenset[Cell] = frozenset()
    guarded: frozenset[Cell] = frozenset()

    def with_facts(self, facts: Sequence[Fact]) -> "History":
        """The same with these facts alone."""
        return replace(self, facts=tuple(facts))

    def with_lost(self, lost: Mapping[Cell, bool]) -> "History":
        """The same with these new cells withheld and settled."""
        guarded = {cell for cell, still in lost.items() if still}
        hidden = tuple(Statement(cell, None) for cell in lost)
        return replace(
            self, statements=(*self.statements, *hidden), settled=self.settled | lost.keys(),
            guarded=self.guarded | guarded,
        )  # fmt: skip

    @property
    def outside(self) -> "History":
        """As outsiders meet it: what is guarded is withheld still."""
        return replace(self, settled=self.settled - self.guarded, guarded=frozenset())

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
    """A protected release: its problem (never stored), what it says, and the levels with what they were before.

    `outside`: the same for outsiders alone, where something is guarded from them; to be audited too. `lost`: cells that
    somebody knows whatever is printed, withheld and settled from the start, with whether outsiders are kept from them.
    """

    problem: Json
    stated: tuple[Stated, ...]
    release: Json
    statements: tuple[Statement, ...]
    levels: Mapping[str, Levels]
    first_levels: Mapping[str, Levels]
    rounds: int
    outside: tuple[Json, Json] | None = None
    lost: Mapping[Cell, bool] = field(default_factory=dict)

    @property
    def to_audit(self) -> list[tuple[Json, Json]]:
        """Every problem with its release."""
        return [(self.problem, self.release), *([self.outside] if self.outside else [])]


def earlier(world: World, history: History, rule: Rule) -> Json:
    """The history alone, to be audited before anything new is made.

    How many contributed was seen to when it was closed; kommuner that have become one since do not change that.
    """
    return problem(world, history.stated(), rule=replace(rule, min_contributors=1), facts=history.known())


def all_earlier(world: World, history: History, rule: Rule) -> list[Json]:
    """The history as everybody meets it, and as outsiders do where something is guarded from them."""
    found = [earlier(world, history, rule)]
    return [*found, earlier(world, history.outside, replace(rule, coalition=0))] if history.guarded else found


def goes_on(rounds: int) -> bool:
    """Are levels lowered for as long as something is to be lowered?"""
    return True


type Lose = Callable[[History, Sequence[Cell]], Mapping[Cell, bool]]
"""Which new cells somebody knows whatever is printed."""


def nothing_lost(history: History, new: Sequence[Cell]) -> Mapping[Cell, bool]:
    """Where nothing has been settled."""
    return {}


def make(
    world: World,
    history: History,
    wanted: Wanted,
    *,
    plan: ReleasePlan,
    of: Model,
    rule: Rule,
    protect: Engine,
    on: Callable[[int], bool] = goes_on,
    lose: Lose = nothing_lost,
) -> Made:
    """Protect, lower what hides too much, protect again, until nothing is lowered. Each round lowers a level.

    `on` is asked before each round after the first; where it says no, the safe release that is there is taken.
    """
    first = {name: first_levels(world, wanted, name, plan, of) for name in wanted.tables}
    levels: Mapping[str, Levels] = first
    rounds, looked = 1, _Looked(history, lose)
    while True:
        asked, stated = _asked(history, wanted, levels, plan, of)
        lost = looked.lost([each.cell for each in _new(stated)])
        known = history.with_lost(lost)
        made = _protected(world, known, _asked(known, wanted, levels, plan, of)[1], rule, protect)
        said = (*made.statements, *(Statement(cell, None) for cell in lost))
        found = replace(made, statements=said, levels=levels, first_levels=first, rounds=rounds, lost=lost)
        hidden = {each.cell.id for each in [*found.statements, *history.statements] if each.value is None}
        new = {name: lowered(levels[name], cells, hidden, plan) for name, cells in asked.items()}
        if new == levels or not on(rounds + 1):
            return found
        levels, rounds = new, rounds + 1


@dataclass(slots=True)
class _Looked:
    """What was found out of cells in the rounds before: withheld ones tell nothing, so each is looked at once."""

    history: History
    lose: Lose
    seen: set[Cell] = field(default_factory=set)
    found: dict[Cell, bool] = field(default_factory=dict)

    def lost(self, new: Sequence[Cell]) -> dict[Cell, bool]:
        """Which of these somebody knows whatever is printed; and what was said before, where it is so of that."""
        fresh = [cell for cell in new if cell not in self.seen]
        if fresh:
            self.found |= self.lose(self.history, fresh)
            self.seen.update(fresh)
        gone = self.seen.difference(new)
        return {cell: still for cell, still in self.found.items() if cell not in gone}


def _protected(world: World, history: History, stated: Sequence[Stated], rule: Rule, protect: Engine) -> Made:
    """One round. Where something is guarded, outsiders come first: what they must not see is withheld from all; hiding
    more after that tells them no more."""
    held: list[Cell] = []
    if history.guarded:
        guarded = [*_new(stated), *history.outside.stated()]
        first = problem(world, guarded, rule=replace(rule, coalition=0), facts=history.outside.known())
        held = [each.cell for each in of_release(first, guarded, protect(first)) if each.value is None]
    hidden = set(held)
    asked = [replace(each, state="withheld") if each.cell in hidden else each for each in stated]
    made = problem(world, asked, rule=rule, facts=history.known())
    release = protect(made)
    said = [*of_release(made, asked, release), *(Statement(cell, None) for cell in held)]
    outside = None
    if history.guarded:
        hide = [*release["hide"], *(cell.id for cell in held)]
        everything = {"method": "suppress", "show": release["show"], "hide": hide}
        outside = (first, everything)
    return Made(made, tuple(asked), release, tuple(said), {}, {}, 1, outside)


def _new(stated: Sequence[Stated]) -> list[Stated]:
    return [each for each in stated if each.state == "open"]


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
