"""Which tables there are, and which cells they hold: from the plan, the closed periods and the levels, never from the
figures. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from regional.releases.asked import Model
from regional.releases.cells import FIRST, SECOND, Cell, Kind, canonical, cases
from regional.releases.problem import tells
from shared.codes.periods import Quarter, label, parse
from shared.codes.phone_calls import PHONE
from shared.codes.release_plans import Level, ReleasePlan

type TableKind = Literal["quarter", "half", "year", "start"]
type Levels = Mapping[str, Level]
"""Question -> level, of one table."""
SINCE = "start"


@dataclass(frozen=True, slots=True)
class Offered:
    """A table: its name in addresses and in the ledger, its kind, and the closed periods that it adds up.

    `quarter` is "1" or "2" for a table of one quarter of a half-year.
    """

    id: str
    kind: TableKind
    periods: tuple[str, ...]
    quarter: str = ""

    @property
    def label(self) -> str:
        """Its name in Norwegian."""
        if self.kind == "start":
            return f"Siden start, til og med {label(parse(self.id.split('..')[1]))}"
        return label(parse(self.id))


@dataclass(frozen=True, slots=True)
class Planned:
    """A cell of a table and what hiding it costs. `line`: the code of the question's line that it is, "" for others."""

    cell: Cell
    weight: float
    line: str = ""


def half_of(quarter: Quarter) -> str:
    """The half-year that a quarter lies in."""
    return f"{quarter.year}H{(quarter.number + 1) // 2}"


def follows(half: str) -> str:
    """The half-year after this one."""
    return half_of(parse(half)[-1].next)


def tables(period: str, closed: Sequence[str], empty: Collection[str] = ()) -> list[Offered]:
    """What can be given out once `period` is closed; `closed`: every closed period up to it, in order, and `empty`
    those of them without a contribution: their cases are in a later one.

    The year only with both its halves; since the start with the year's last half. A table adds up what is not empty.
    """
    filled = [each for each in closed if each not in empty and each <= period]
    found: list[Offered] = []
    if period in filled:
        numbered = zip(parse(period), (FIRST, SECOND), strict=True)
        found += [Offered(str(quarter), "quarter", (period,), number) for quarter, number in numbered]
        found.append(Offered(period, "half", (period,)))
    if not period.endswith("H2"):
        return found
    year = period[:4]
    halves = (f"{year}H1", f"{year}H2")
    told = tuple(each for each in halves if each in filled)
    if told and set(halves) <= set(closed):
        found.append(Offered(year, "year", told))
    if filled:
        found.append(Offered(f"{SINCE}..{period}", "start", tuple(filled)))
    return found


def comparable(key: str, table: Offered, forms: Mapping[str, Sequence[Model]]) -> bool:
    """Was the question (or figure) asked of all kommuner with the same answers in all of the table's periods?

    `forms`: the models that a period's contributions are in. A question that changed in between is left out. Calls are
    told of where there were any: since there was a phone.
    """
    every = [each for period in table.periods for each in forms[period]]
    if any(key in each.phone for each in every):
        return any(tells(each, key) for each in every)
    return all(tells(each, key) for each in every if each.version != PHONE)


def planned(table: Offered, levels: Levels, plan: ReleasePlan, of: Model) -> list[Planned]:
    """Every cell of the table, each once, in the order of the form."""
    holds = plan.tables[table.kind]
    found = [Planned(cases(table.periods, table.quarter), plan.weights["quarter" if table.quarter else "cases"])]
    for key, asked in of.questions.items() if holds.questions else ():
        level = levels.get(key, "none")
        if level == "none" or key not in plan.questions:
            continue
        sums: tuple[Kind, ...] = ("answered", "blank") if asked.single else ("answered", "blank", "ticks", "multi")
        if key in of.phone:
            sums = ("calls", "answered", "blank")
        found += [
            Planned(Cell(key, "codes", group.codes, table.periods), group.weight, group.code)
            for group in plan.questions[key].levels[level]
        ]
        weights = {**plan.weights, "calls": plan.weights["cases"]}
        found += [Planned(Cell(key, name, (), table.periods), weights[name]) for name in sums]
    if holds.planned:
        found += _figures(table, levels, plan, of)
    return _each_once(Planned(canonical(each.cell, of), each.weight, each.line) for each in found)


def _figures(table: Offered, levels: Levels, plan: ReleasePlan, of: Model) -> list[Planned]:
    """The planned figures whose questions are all in the table, what they are among, and what they do not count."""
    found = []
    for figure in of.figures.values():
        if all(levels.get(key, "none") != "none" for key in (figure.question, *figure.among)):
            found += [
                Planned(Cell(figure.id, "cross", (), table.periods), plan.weights["planned"]),
                Planned(Cell(figure.id, "of", (), table.periods), plan.weights["of"]),
                Planned(Cell(figure.id, "rest", (), table.periods), plan.weights["rest"]),
            ]
    return found


def _each_once(cells: Iterable[Planned]) -> list[Planned]:
    """The same cell once, with the most that hiding it costs."""
    found: dict[Cell, Planned] = {}
    for each in cells:
        before = found.get(each.cell)
        if before is None or each.weight > before.weight:
            found[each.cell] = Planned(each.cell, each.weight, before.line or each.line if before else each.line)
    return list(found.values())
