"""The grant report as a document: shares, money, activities, reach and results, as the region has them. Pure.

What nobody registers is asked for in words. Results are released figures alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from regional.bufdir import report
from regional.bufdir.basis import Basis
from regional.bufdir.report import Last
from shared.reporting.document import Cell, Document, Section, Table
from varde.text import listed
from varde.ui.dates import short_date
from varde.ui.numbers import whole

RESULTS = ("kategori", "utfall", "handtert_av")
"""The questions that say what came of the work."""
PARTS = (
    ("money", "Hvordan pengene er brukt"),
    ("activities", "Andre aktiviteter"),
    ("reach", "Hvem som er nådd"),
    ("results", "Hva arbeidet har ført til"),
    ("next", "Planer for neste år"),
    ("explained", "Forklaring på det som mangler"),
)
"""What is asked for in words, by the names of the form's fields."""


@dataclass(frozen=True, slots=True)
class Share:
    """A party of the agreement with its share in words and its money of the year in kroner (None: not written)."""

    name: str
    share: str
    planned: int | None
    received: int | None
    used: int | None

    @property
    def row(self) -> tuple[Cell, ...]:
        """As the table has it."""
        return (self.name, self.share, *(_kroner(one) for one in (self.planned, self.received, self.used)))


@dataclass(frozen=True, slots=True)
class Activity:
    """A measure of the action plan as it stands."""

    number: str
    what: str
    kommuner: str
    owner: str
    due_on: date
    status: str
    cost: int | None

    @property
    def row(self) -> tuple[Cell, ...]:
        """As the table has it."""
        return (self.number, self.what, self.kommuner, self.owner, short_date(self.due_on), self.status,
                _kroner(self.cost))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trained:
    """How many a kommune has said that it has in its team, certified and trained; None at all: it has said nothing."""

    name: str
    team: int
    certified: int
    trained: int
    as_of: datetime | None

    @property
    def row(self) -> tuple[Cell, ...]:
        """As the table has it."""
        if self.as_of is None:
            return (self.name, *["ikke sagt"] * 4)
        return (self.name, *map(str, (self.team, self.certified, self.trained)), short_date(self.as_of))


@dataclass(frozen=True, slots=True)
class Registered:
    """What the region has registered of a year: `grant` in kroner, `shares` without the total, `plan` its title."""

    agreement: str
    host: str
    grant: int | None
    shares: tuple[Share, ...]
    total: Share | None
    doubts: tuple[str, ...]
    plan: str
    activities: tuple[Activity, ...]
    meetings: int
    trained: tuple[Trained, ...]


def _kroner(amount: int | None) -> Cell:
    """A figure of money that nobody has written is not a hidden one."""
    return "ikke ført" if amount is None else amount


def lacks(had: Registered) -> list[str]:
    """What is not registered, in sentences."""
    found = []
    if not had.agreement:
        found.append("Regionen har ingen samarbeidsavtale som gjelder i året.")
    if had.grant is None:
        found.append("Tilskuddet for året er ikke ført.")
    for word, values in (
        ("mottatt", [one.received for one in had.shares]),
        ("brukt", [one.used for one in had.shares]),
    ):
        names = [one.name for one, value in zip(had.shares, values, strict=True) if value is None]
        if names:
            found.append(f"Det er ikke ført hva {listed(names)} har {word}.")
    if not had.plan:
        found.append("Det er ingen vedtatt handlingsplan for året.")
    silent = [one.name for one in had.trained if one.as_of is None]
    if silent:
        found.append(f"Ikke sagt noe om teamet sitt: {listed(silent)}.")
    return [*found, *had.doubts]


def document(
    found: Basis, had: Registered, *, region: str, year: str, texts: Mapping[str, str], last: Last | None
) -> Document:
    """The grant report of the region; who made and approved it is added as it is frozen."""
    sections = [
        _money(had), _activities(had), _reach(had), *_results(found), _lacking(lacks(had)), *_said(texts),
        report.protection(found),
    ]  # fmt: skip
    meta = [("År", year), ("Samarbeidsavtale", had.agreement or "ingen"), ("Vertskommune", had.host or "ingen")]
    if last is not None:
        meta.append(("Forrige rapport", f"Rapport nr. {last.number} ({dict(last.document.meta).get('År', '')})"))
    return Document(
        title=f"Tilskuddsrapport, {year}",
        subtitle=region,
        meta=tuple(meta),
        sections=tuple(sections),
        office=region,
        mark="Tilskuddsrapport",
    )


def _money(had: Registered) -> Section:
    rows = tuple(one.row for one in (*had.shares, *((had.total,) if had.total else ())))
    head = ("Part", "Andel etter avtalen", "Planlagt (kr)", "Mottatt (kr)", "Brukt (kr)")
    grant = "Tilskuddet er ikke ført." if had.grant is None else f"Tilskuddet er på {whole(had.grant)} kroner."
    text = f"{grant} Det gis til hver kommune og fordeles etter samarbeidsavtalen."
    return Section("Fordeling og penger", text, (Table("Andeler og penger", head, rows, key="penger"),))


def _activities(had: Registered) -> Section:
    head = ("Nummer", "Tiltak", "For", "Ansvarlig", "Frist", "Status", "Kostnad (kr)")
    table = Table("Tiltak i handlingsplanen", head, tuple(one.row for one in had.activities), key="tiltak")
    met = "Lederteamet har ikke ført møter." if not had.meetings else f"Lederteamet har hatt {had.meetings} møter."
    return Section("Aktiviteter", f"{had.plan or 'Ingen vedtatt handlingsplan.'} {met}", (table,))


def _reach(had: Registered) -> Section:
    head = ("Kommune", "I teamet", "RITE-sertifisert", "Har all e-læring", "Sagt")
    rows = tuple(one.row for one in had.trained)
    text = "Det hver kommune sist selv har sagt om ansatte. Hvor mange som er nådd utenfor teamet, står i ord under."
    return Section("Opplæring og rekkevidde", text, (Table("Opplæring i kommunene", head, rows, key="opplaering"),))


def _results(found: Basis) -> Sequence[Section]:
    own = found.own.table
    asked = [one for one in own.questions if one.key in RESULTS]
    brief = report.in_short(found)
    tables = tuple(report.question_table(one, "svar") for one in asked)
    return (Section("Resultater", "Regionens tall for året, slik de er gitt ut.", (*brief.tables, *tables)),)


def _lacking(said: Sequence[str]) -> Section:
    text = "" if said else "Ingenting mangler."
    return Section("Det som mangler i registreringene", text, (), tuple(said))


def _said(texts: Mapping[str, str]) -> list[Section]:
    return [Section(heading, texts[name]) for name, heading in PARTS if texts.get(name)]
