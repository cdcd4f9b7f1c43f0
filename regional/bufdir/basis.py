"""What a report stands on: tables that two persons have given out, and what the ledger says of the half-years. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.codes.periods import Quarter, label, parse
from shared.contracts import ReleasedTable


@dataclass(frozen=True, slots=True)
class Source:
    """A table with the release that it stands in."""

    number: int
    digest: str
    at: datetime
    asked_by: str
    approved_by: str
    table: ReleasedTable

    @property
    def link(self) -> str:
        """The page of the release."""
        return f"/statistikk/utgivelser/{self.number}"


@dataclass(frozen=True, slots=True)
class Half:
    """A half-year as it was closed: who was in the region, who had not sent, whether something waits for the next."""

    period: str
    members: tuple[str, ...]
    missing: tuple[str, ...]
    waits: bool

    @property
    def label(self) -> str:
        """In Norwegian."""
        return label(parse(self.period))


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A release that is shown no more."""

    number: int
    period: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Rule:
    """What the figures are protected by."""

    threshold: int
    coalition: int


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything that a report of a period is made from. `own`: the period's table; `start`: since the start, to the
    period's end; `before`: since the start, as it was before the period; `between`: the tables that lie between;
    `so_far`: the total right before the period, where there is no `start`; `first`: nothing was closed before it."""

    period: str
    own: Source
    start: Source | None
    before: Source | None
    between: tuple[Source, ...]
    halves: tuple[Half, ...]
    withdrawn: tuple[Withdrawn, ...]
    rule: Rule
    so_far: Source | None = None
    first: bool = False

    @property
    def label(self) -> str:
        """The period in Norwegian."""
        return label(parse(self.period))

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every table that a figure of the report is taken from, each once."""
        found = (self.own, self.start, self.before, self.so_far, *self.between)
        return tuple({one.table.id: one for one in found if one is not None}.values())

    @property
    def releases(self) -> tuple[Source, ...]:
        """One of each release, in the order of their numbers."""
        return tuple(sorted({one.number: one for one in self.sources}.values(), key=lambda one: one.number))

    @property
    def mid_year(self) -> bool:
        """Is it a year's first half? Totals since the start are given out with its last alone."""
        return self.period.endswith("H1")

    @property
    def cases_so_far(self) -> int | None:
        """All cases since the start, added up of what is printed; None where some of it is not."""
        earlier = 0 if self.first else self.so_far.table.cases if self.so_far else None
        return None if earlier is None or self.own.table.cases is None else earlier + self.own.table.cases


def is_period(text: str) -> bool:
    """A half-year or a year: what is reported of."""
    return (len(text) == 4 and text.isdigit()) or (len(text) == 6 and text[4] == "H")


def halves_of(period: str) -> tuple[str, ...]:
    """The half-years in it."""
    return (period,) if "H" in period else (f"{period}H1", f"{period}H2")


def before(half: str) -> str:
    """The half-year before this one."""
    first: Quarter = parse(half)[0]
    return f"{first.year - 1}H2" if first.number == 1 else f"{first.year}H1"


def can_be_reported(tables: Iterable[ReleasedTable]) -> list[str]:
    """The half-years and years of which there are figures, the newest first."""
    found = {one.id for one in tables if one.kind in ("half", "year") and is_period(one.id)}
    return sorted(found, key=lambda one: (parse(one)[-1], -len(one)), reverse=True)


def basis(
    period: str, sources: Sequence[Source], halves: Iterable[Half], withdrawn: Iterable[Withdrawn], rule: Rule
) -> Basis | None:
    """What a report of the period stands on; None where its table has not been given out."""
    known = {one.table.id: one for one in sources}
    if period not in known:
        return None
    last = halves_of(period)[-1]
    starts = sorted((one for one in sources if one.table.kind == "start"), key=lambda one: one.table.periods[-1])
    start = next((one for one in starts if one.table.periods[-1] == last), None)
    earlier = [one for one in starts if one.table.periods[-1] < last]
    then = earlier[-1] if start and earlier else None
    upto = set(start.table.periods) - set(then.table.periods) if start and then else set()
    between = _between(known, sorted(upto)) if upto else None
    so_far = next((one for one in starts if not start and one.table.periods[-1] == before(period)), None)
    closed, ours = list(halves), sorted({*halves_of(period), *(start.table.periods if start else ())})
    return Basis(
        period=period,
        own=known[period],
        start=start,
        before=then if between else None,
        between=tuple(between or ()),
        halves=tuple(sorted((one for one in closed if one.period in ours), key=lambda one: one.period)),
        withdrawn=tuple(withdrawn),
        rule=rule,
        so_far=so_far,
        first=all(one.period >= ours[0] for one in closed),
    )


def _between(known: Mapping[str, Source], wanted: Sequence[str]) -> list[Source] | None:
    """Tables that are together exactly these half-years: a year before its halves. None where one is lacking."""
    found: list[Source] = []
    left = list(wanted)
    while left:
        year = known.get(left[0][:4])
        if year and list(year.table.periods) == left[: len(year.table.periods)]:
            one = year
        elif left[0] in known:
            one = known[left[0]]
        else:
            return None
        found.append(one)
        left = left[len(one.table.periods) :]
    return found


def figures(table: ReleasedTable) -> dict[str, tuple[str, int | None]]:
    """Every figure that can be compared with another table's: the key holds the answers a line is made of."""
    return dict(_figures(table))


def _figures(table: ReleasedTable) -> Iterator[tuple[str, tuple[str, int | None]]]:
    yield "cases", ("Saker i alt", table.cases)
    for question in table.questions:
        own = f"{question.key}|{question.level}|{question.unit}"
        yield f"{own}|answered", (f"{question.label}: har svar", question.answered)
        if question.ticks is not None:
            yield f"{own}|ticks", (f"{question.label}: avkryssinger i alt", question.ticks)
        for line in question.lines:
            yield f"{own}|={line.code}", (f"{question.label}: {line.label}", line.value)
        yield f"{own}|blank", (f"{question.label}: {question.blank.label}", question.blank.value)
    for figure in table.planned:
        yield f"planned|{figure.id}", (figure.label, figure.count)
