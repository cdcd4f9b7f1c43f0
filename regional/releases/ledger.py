"""The ledger read as what it says: closed periods, statements, rules, facts. Pure: rows in the order of their numbers.

Nothing is taken back: what was drafted or withdrawn is still known, and a row that cannot be read stops everything.
What only the worker may read (what a draft says, which figures are unsafe) is laid into its row by `queries`; people
read the ledger without it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from regional.releases.areas import Member
from regional.releases.cells import Cell, cases
from regional.releases.flat import Flat
from regional.releases.making import History
from regional.releases.offered import Offered, tables
from regional.releases.problem import Fact, Json, Part, Rule
from regional.releases.statements import BadStatement, Statement, canonical, read

type Kind = Literal["closed", "drafted", "release", "withdrawn", "outside", "rule", "settled"]
KEPT = "_kept"
"""What the worker alone reads, in the content of its row while the ledger is read."""


class Broken(ValueError):
    """The ledger cannot be used: nothing may be given out. The text says why, without a figure."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as it stands."""

    number: int
    kind: str
    content: Any


@dataclass(frozen=True, slots=True)
class ClosedPeriod:
    """A frozen half-year: who was in the region, the number of its make-up, and the mark of each contribution.

    `late`: something from before is in it; `waits`: something waits for the next one. Not whose: that would tell.
    """

    period: str
    area: int
    members: tuple[Member, ...]
    marks: Mapping[tuple[str, str], str]
    late: bool
    waits: bool
    missing: tuple[str, ...]
    population: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """A draft: said for good, whether anybody but two has seen it or not. `kept`: the mark of what the worker keeps;
    `lost`: withheld cells that somebody knew from the start."""

    number: int
    period: str
    tables: tuple[str, ...]
    statements: tuple[Statement, ...]
    kept: str = ""
    lost: frozenset[Cell] = frozenset()


@dataclass(frozen=True, slots=True)
class Released:
    """A release: its number, the draft that it is, period, tables, and whether it has been withdrawn since."""

    number: int
    period: str
    tables: tuple[str, ...]
    statements: tuple[Statement, ...]
    copy: str
    withdrawn: bool = False
    drafted: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that the rows say together. `guarded`: settled cells that are still kept from outsiders. `unsettled`:
    a claim from outside has been entered that nobody has settled; `known`: how many of the facts stood before it."""

    closed: tuple[ClosedPeriod, ...] = ()
    drafted: tuple[Said, ...] = ()
    releases: tuple[Released, ...] = ()
    facts: tuple[Fact, ...] = ()
    settled: frozenset[Cell] = frozenset()
    guarded: frozenset[Cell] = frozenset()
    rule: Rule = field(default_factory=Rule)
    unsettled: bool = False
    known: int = 0

    @property
    def said(self) -> list[Said | Released]:
        """Everything said, each once, the oldest first; people do not see drafts."""
        seen = {one.number for one in self.drafted}
        return sorted([*self.drafted, *(one for one in self.releases if one.drafted not in seen)], key=_number)

    @property
    def history(self) -> History:
        """What the next problem must hold against."""
        statements = tuple(dict.fromkeys(one for each in self.said for one in each.statements))
        return History(statements, self.facts, self.settled, self.guarded)

    @property
    def periods(self) -> list[str]:
        """Closed half-years in order."""
        return [each.period for each in self.closed]

    def offered(self, period: str) -> list[Offered]:
        """The tables that follow from a closed period."""
        until = [each for each in self.closed if each.period <= period]
        return tables(period, [each.period for each in until], [each.period for each in until if not each.marks])

    def not_released(self) -> list[Offered]:
        """Tables of closed periods that nothing said holds, the oldest first."""
        return self._but({name for each in self.said for name in each.tables})

    def not_shown(self) -> list[Offered]:
        """Tables of closed periods that no release that stands holds, the oldest first."""
        return self._but({name for each in self.releases if not each.withdrawn for name in each.tables})

    def _but(self, told: set[str]) -> list[Offered]:
        return [one for period in self.periods for one in self.offered(period) if one.id not in told]

    def to_give_out(self, period: str) -> Said | None:
        """The oldest draft of a period that no release that stands shows."""
        shown = {one.drafted for one in self.releases if not one.withdrawn}
        return next((one for one in self.drafted if one.period == period and one.number not in shown), None)

    def printed_cases(self) -> list[tuple[Offered, int]]:
        """Tables whose number of cases was printed, the oldest first: what levels are chosen by."""
        values = {each.cell: each.value for one in self.said for each in one.statements}
        found = []
        for one in self.said:
            for table in self.offered(one.period):
                number = values.get(cases(table.periods, table.quarter))
                if table.id in one.tables and number is not None:
                    found.append((table, number))
        return found


def _number(one: Said | Released) -> int:
    return one.number


def ledger(rows: Iterable[Entry]) -> Ledger:
    """Read the rows. Raises Broken for a gap, or a row that cannot be read."""
    found = Ledger()
    for expected, row in enumerate(rows, 1):
        if row.number != expected:
            raise Broken("Hovedboken mangler en rad.")
        try:
            found = _with(found, row)
        except (KeyError, TypeError, ValueError) as error:
            raise Broken(f"Rad {row.number} i hovedboken kan ikke leses.") from error
    return found


def _with(so_far: Ledger, row: Entry) -> Ledger:
    content = row.content
    if row.kind == "closed":
        return replace(so_far, closed=(*so_far.closed, _closed(content)))
    if row.kind == "drafted":
        return _with_draft(so_far, row) if KEPT in content else so_far
    if row.kind == "release":
        return replace(so_far, releases=(*so_far.releases, _released(row)))
    if row.kind == "withdrawn":
        number = content["release"]
        gone = tuple(replace(one, withdrawn=one.withdrawn or one.number == number) for one in so_far.releases)
        return replace(so_far, releases=gone)
    if row.kind == "outside":
        return replace(so_far, facts=(*so_far.facts, fact_of(content)), unsettled=True)
    if row.kind == "rule":
        return replace(so_far, rule=Rule(content["threshold"], content["coalition"], content["min_contributors"]))
    if row.kind == "settled":
        settled = _settled(so_far, content.get(KEPT, {"cells": []})["cells"])
        return replace(settled, unsettled=False, known=len(so_far.facts))
    raise BadStatement("Ukjent slag rad.")


def _settled(so_far: Ledger, cells: Sequence[Any]) -> Ledger:
    new = {read(each["cell"] | {"value": None}).cell: each["guarded"] for each in cells}
    guarded = {cell for cell, still in new.items() if still}
    return replace(so_far, settled=so_far.settled | new.keys(), guarded=(so_far.guarded - new.keys()) | guarded)


def _with_draft(so_far: Ledger, row: Entry) -> Ledger:
    """What a draft says; what somebody knew from the start is settled with it."""
    found = _settled(so_far, row.content[KEPT]["lost"])
    return replace(found, drafted=(*found.drafted, _drafted(row)))


def _closed(content: Any) -> ClosedPeriod:
    return ClosedPeriod(
        period=content["period"],
        area=content["area"],
        members=tuple(Member.of(each) for each in content["members"]),
        marks={(each["kommune"], each["form"]): each["mark"] for each in content["contributors"]},
        late=content["late"],
        waits=content["waits"],
        missing=tuple(content["missing"]),
        population=content["population"],
    )


def _drafted(row: Entry) -> Said:
    content = row.content
    said = tuple(read(each) for each in content[KEPT]["statements"])
    lost = frozenset(read(each["cell"] | {"value": None}).cell for each in content[KEPT]["lost"])
    return Said(row.number, content["period"], tuple(content["tables"]), said, content["kept"], lost)


def _released(row: Entry) -> Released:
    content = row.content
    return Released(
        number=row.number,
        period=content["period"],
        tables=tuple(content["tables"]),
        statements=tuple(read(each) for each in content["statements"]),
        copy=content["copy"],
        drafted=content["drafted"],
    )


def fact_of(content: Any) -> Fact:
    """A fact published elsewhere, as its row holds it."""
    kommuner = content["kommuner"]
    low, high = content["low"], content["high"]
    if type(low) is not int or low < 0 or (high is not None and (type(high) is not int or high < low)):
        raise BadStatement("Opplysningen har grenser som ikke kan leses.")
    return Fact(read(content["cell"] | {"value": None}).cell, low, high, kommuner and frozenset(kommuner))


def fact_json(fact: Fact) -> Json:
    """The same the other way."""
    kommuner = fact.kommuner and sorted(fact.kommuner)
    return {"cell": cell_json(fact.cell), "low": fact.low, "high": fact.high, "kommuner": kommuner}


def cell_json(cell: Cell) -> Json:
    """A cell as rows hold it."""
    return {name: value for name, value in Statement(cell, None).as_json().items() if name != "value"}


def numbers_json(numbers: Flat) -> list[list[Any]]:
    """A contribution as it is stored; what is 0 is left out."""
    return [[*name, count] for name, count in sorted(numbers.items()) if count]


def numbers_of(content: Sequence[Sequence[Any]]) -> Flat:
    """The same read back."""
    return Counter({(key, what, code): count for key, what, code, count in content})


def marked(period: str, part: Part) -> bytes:
    """What a contribution's mark is made of."""
    return canonical([period, part.kommune, part.form, numbers_json(part.numbers)])
