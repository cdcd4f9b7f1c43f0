"""Made-up regions that go the pure way of the product: cases, returns, closing, making, tables as they are shown.

Five or ten kommuner over six half-years. Cases become known late and are corrected; one kommune may join, one leave,
two become one. What comes out is the JSON of the shown tables; who attacks gets that and nothing else.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from regional.releases.asked import model
from regional.releases.cells import Cell
from regional.releases.closing import Sending, Sent, close
from regional.releases.levels import basis
from regional.releases.losing import lost_cells, unsafe_cells
from regional.releases.making import History, Wanted, make, nothing_lost, tables_of
from regional.releases.offered import Offered, tables
from regional.releases.problem import Closed, Part, Rule, World
from regional.releases.shown import Page, table
from regional.releases.statements import by_id
from shared.codes.forms import REPORTED, form
from shared.codes.periods import Quarter, parse
from shared.codes.release_plans import CURRENT_PLAN, release_plan
from tenants.returns.counts import RegisteredCase, count_cases
from varde.auditor.verdict import audit as audited
from varde.protect.engine import Wish, protect

HALVES = ("2023H1", "2023H2", "2024H1", "2024H2", "2025H1", "2025H2")
CHANGE = 3
"""The half-year (by number) from which most regions are another."""
PLAN, OF, FORM = release_plan(CURRENT_PLAN), model(), form(REPORTED)
type Json = dict[str, Any]


@dataclass(frozen=True)
class Known:
    """A case and the number of the quarter from which the kommune knows it, or knows it so."""

    case: RegisteredCase
    since: int
    until: int = 10**6


@dataclass
class Region:
    """`change`: "", "joins", "leaves" or "merges", from the half-year with the number `at`."""

    seed: int
    kommuner: int = 5
    change: str = ""
    halves: Sequence[str] = HALVES
    at: int = CHANGE
    cases: dict[str, list[Known]] = field(init=False)

    def __post_init__(self) -> None:
        chance = random.Random(self.seed)
        self.quarters = [quarter for half in self.halves for quarter in parse(half)]
        self.cases = {}
        for number in range(self.kommuner):
            tastes = {one.key: [chance.gammavariate(0.6, 1) + 1e-6 for _ in one.answers] for one in FORM.choices}
            mean, own = chance.uniform(2, 9), list[Known]()
            for at, quarter in enumerate(self.quarters):
                for _ in range(min(30, int(chance.expovariate(1 / mean)))):
                    own += _known(chance, tastes, quarter, at)
            self.cases[f"k{number}"] = own

    def takes_part(self, kommune: str, half: int) -> bool:
        """The last one joins or leaves, the first two are gone when they have become one."""
        if kommune == f"k{self.kommuner - 1}" and self.change in ("joins", "leaves"):
            return (half >= self.at) == (self.change == "joins")
        return not (self.change == "merges" and kommune in ("k0", "k1") and half >= self.at)

    @property
    def became(self) -> dict[str, str]:
        """Who holds what a kommune knew."""
        return {"k0": "new", "k1": "new"} if self.change == "merges" else {}

    def sent(self, half: int) -> dict[str, Sent]:
        """What each kommune of a half-year has sent when it is closed: each quarter as it was known by then."""
        until = 2 * half + 2
        alone = {
            kommune: Sent([
                self._sending(kommune, at, until) for at in range(until) if self.takes_part(kommune, at // 2)
            ])
            for kommune in self.cases
        }  # fmt: skip
        found = {kommune: one for kommune, one in alone.items() if self.takes_part(kommune, half)}
        if self.became and half >= self.at:
            own = [self._sending("new", at, until) for at in range(2 * self.at, until)]
            found["new"] = Sent(own, {name: alone[name] for name in self.became})
        return found

    def _sending(self, kommune: str, at: int, until: int) -> Sending:
        parents = [old for old, new in self.became.items() if new == kommune] or [kommune]
        cases = [each.case for name in parents for each in self.cases[name] if each.since < until <= each.until]
        return Sending(self.quarters[at], REPORTED, count_cases(cases, [self.quarters[at]]))

    def closed(self) -> Iterator[World]:
        """The world after each closing."""
        closed: list[Closed] = []
        for half, period in enumerate(self.halves):
            parts: list[Part] = [part for each in closed for part in each.parts]
            sent = self.sent(half)
            frozen = {
                name: [part for part in parts if name in (part.kommune, self.became.get(part.kommune))] for name in sent
            }
            closed.append(Closed(period, close(period, sent, frozen, least=3).parts))
            yield World(tuple(closed), self.became if half >= self.at else {})


def _known(chance: random.Random, tastes: Mapping[str, Sequence[float]], quarter: Quarter, at: int) -> list[Known]:
    """A case: one in eight is known late, one in eight is corrected afterwards."""
    since = at + (chance.randint(1, 3) if chance.random() < 0.125 else 0)
    case = RegisteredCase(quarter, {key: _answer(chance, key, taste) for key, taste in tastes.items()}, REPORTED)
    if chance.random() >= 0.125:
        return [Known(case, since)]
    mended = since + chance.randint(1, 4)
    key = chance.choice(list(tastes))
    other = replace(case, answers={**case.answers, key: _answer(chance, key, tastes[key])})
    return [Known(case, since, mended), Known(other, mended)]


def _answer(chance: random.Random, key: str, taste: Sequence[float]) -> tuple[str, ...]:
    if chance.random() < 0.15:
        return ()
    most = 1 if OF.questions[key].single else chance.choice((1, 1, 2, 3))
    codes = [answer.code for answer in FORM.question(key).answers]
    return tuple(dict.fromkeys(chance.choices(codes, taste, k=most)))


@dataclass
class Shown:
    """All that is closed at the end, every table that was shown on the way, and what is no promise any more.

    `settled`: cells that a merger made readable to the new kommune, as two people have seen; True: not to outsiders.
    """

    world: World = field(default_factory=lambda: World(()))
    tables: list[Json] = field(default_factory=list)
    settled: dict[Cell, bool] = field(default_factory=dict)


def released(region: Region, *, ledger: bool = True, seconds: float = 5.0) -> Shown:
    """Half-year by half-year. Without `ledger` every release is made as if nothing had been said before."""
    history, totals, found = History(), list[tuple[Offered, int]](), Shown()
    population = 4_000 * region.kommuner
    for half, world in enumerate(region.closed()):
        if region.became and half == region.at and ledger:
            history = _settled(world, history, found)
        wanted = tables_of(tables(region.halves[half], region.halves[: half + 1]))
        levels = {name: basis(each, totals, population, PLAN) for name, each in wanted.items()}
        made = make(
            world, history if ledger else History(), Wanted(wanted, levels), plan=PLAN, of=OF, rule=Rule(),
            protect=lambda asked: protect(asked, wish=Wish(seconds=seconds)),
            lose=partial(_lost, world) if ledger else nothing_lost,
        )  # fmt: skip
        history = replace(history, statements=(*history.statements, *made.statements)).with_lost(made.lost)
        found.settled |= made.lost
        values = by_id(history.statements if ledger else made.statements)
        for name, each in wanted.items():
            shown = table(Page(each, made.levels[name], PLAN, OF, FORM, values))
            found.tables.append(shown)
            if shown["cases"] is not None:
                totals.append((each, shown["cases"]))
        found.world = world
    return found


audit = partial(audited, intervals=False, reasons=False)


def _lost(world: World, history: History, new: Sequence[Cell]) -> Mapping[Cell, bool]:
    return lost_cells(world, history, new, Rule(), audit)


def _settled(world: World, history: History, found: Shown) -> History:
    """What the new kommune can read of what was said before it was: seen by two, and no target any more."""
    found.settled = unsafe_cells(world, history, Rule(), audit)
    guarded = frozenset(cell for cell, still in found.settled.items() if still)
    return replace(history, settled=frozenset(found.settled), guarded=guarded)
