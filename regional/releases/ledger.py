"""The ledger read as what it says: closed periods, statements, rules, facts. Pure: rows in the order of their numbers.

Nothing is taken back: what was withdrawn is still known, and a row that cannot be read stops everything.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from regional.releases.areas import Member
from regional.releases.cells import Cell, cases
from regional.releases.flat import Flat
from regional.releases.making import History
from regional.releases.offered import Offered, tables
from regional.releases.problem import Fact, Json, Part, Rule
from regional.releases.statements import BadStatement, Statement, canonical, read

type Kind = Literal["closed", "release", "withdrawn", "outside", "rule", "settled"]


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

    `waits`: why something waits for the next one; not whose, for that would tell that there is something.
    """

    period: str
    area: int
    members: tuple[Member, ...]
    marks: Mapping[tuple[str, str], str]
    waits: tuple[str, ...]
    missing: tuple[str, ...]
    population: int | None


@dataclass(frozen=True, slots=True)
class Released:
    """A release: its number, period, tables, and whether it has been withdrawn since."""

    number: int
    period: str
    tables: tuple[str, ...]
    statements: tuple[Statement, ...]
    copy: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that the rows say together."""

    closed: tuple[ClosedPeriod, ...] = ()
    releases: tuple[Released, ...] = ()
    facts: tuple[Fact, ...] = ()
    settled: frozenset[Cell] = frozenset()
    rule: Rule = field(default_factory=Rule)

    @property
    def history(self) -> History:
        """What the next problem must hold against."""
        return History(tuple(one for each in self.releases for one in each.statements), self.facts, self.settled)

    @property
    def periods(self) -> list[str]:
        """Closed half-years in order."""
        return [each.period for each in self.closed]

    def offered(self, period: str) -> list[Offered]:
        """The tables that follow from a closed period."""
        return tables(period, [each for each in self.periods if each <= period])

    def not_released(self) -> list[Offered]:
        """Tables of closed periods that no release holds, the oldest first."""
        told = {name for each in self.releases for name in each.tables}
        return [one for period in self.periods for one in self.offered(period) if one.id not in told]

    def printed_cases(self) -> list[tuple[Offered, int]]:
        """Released tables whose number of cases was printed, the oldest first: what levels are chosen by."""
        values = {each.cell: each.value for one in self.releases for each in one.statements}
        found = []
        for one in self.releases:
            for table in self.offered(one.period):
                number = values.get(cases(table.periods, table.quarter))
                if table.id in one.tables and number is not None:
                    found.append((table, number))
        return found


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
    if row.kind == "release":
        return replace(so_far, releases=(*so_far.releases, _released(row)))
    if row.kind == "withdrawn":
        number = content["release"]
        gone = tuple(replace(one, withdrawn=one.withdrawn or one.number == number) for one in so_far.releases)
        return replace(so_far, releases=gone)
    if row.kind == "outside":
        return replace(so_far, facts=(*so_far.facts, fact_of(content)))
    if row.kind == "rule":
        return replace(so_far, rule=Rule(content["threshold"], content["coalition"], content["min_contributors"]))
    if row.kind == "settled":
        return replace(so_far, settled=so_far.settled | {read(each).cell for each in content["cells"]})
    raise BadStatement("Ukjent slag rad.")


def _closed(content: Any) -> ClosedPeriod:
    return ClosedPeriod(
        period=content["period"],
        area=content["area"],
        members=tuple(_member(each) for each in content["members"]),
        marks={(each["kommune"], each["form"]): each["mark"] for each in content["contributors"]},
        waits=tuple(content["waits"]),
        missing=tuple(content["missing"]),
        population=content["population"],
    )


def _member(content: Any) -> Member:
    since, until = (content[name] and date.fromisoformat(content[name]) for name in ("from", "to"))
    return Member(content["id"], content["number"], content["name"], since, until)


def _released(row: Entry) -> Released:
    content = row.content
    return Released(
        number=row.number,
        period=content["period"],
        tables=tuple(content["tables"]),
        statements=tuple(read(each) for each in content["statements"]),
        copy=content["copy"],
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
    cell = {name: value for name, value in Statement(fact.cell, None).as_json().items() if name != "value"}
    return {"cell": cell, "low": fact.low, "high": fact.high, "kommuner": fact.kommuner and sorted(fact.kommuner)}


def numbers_json(numbers: Flat) -> list[list[Any]]:
    """A contribution as it is stored; what is 0 is left out."""
    return [[*name, count] for name, count in sorted(numbers.items()) if count]


def numbers_of(content: Sequence[Sequence[Any]]) -> Flat:
    """The same read back."""
    return Counter({(key, what, code): count for key, what, code, count in content})


def marked(period: str, part: Part) -> bytes:
    """What a contribution's mark is made of."""
    return canonical([period, part.kommune, part.form, numbers_json(part.numbers)])
