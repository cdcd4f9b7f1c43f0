"""The kommune's grant report as a document: share, money, activities, reach, results. Pure.

Activities and training are what is registered; results are those of the finished report of the same year, as they stand
there. What nobody registers is asked for in words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shared.reporting.document import Cell, Document, Section, Table
from tenants.reporting.grant_sources import Agreed
from varde.ui.numbers import whole

PARTS = (
    ("money", "Tilskuddet og hvordan det er brukt"),
    ("activities", "Andre aktiviteter"),
    ("reach", "Hvem som er nådd"),
    ("results", "Hva arbeidet har ført til"),
    ("next", "Planer for neste år"),
)
"""What is asked for in words, by the names of the form's fields."""
NOT_SAID = "står ikke i Varde"
RESULTS = ("cases", "kategori", "utfall", "handtert_av")
"""Tables of the finished report that say what came of the work."""


@dataclass(frozen=True, slots=True)
class Line:
    """A kind of activity or an audience in the year: how many, how many reached, what it cost in kroner."""

    label: str
    count: int
    reach: int
    cost: int


@dataclass(frozen=True, slots=True)
class Registered:
    """What the kommune has registered of the year; `results` the finished report of the year, None without one."""

    agreed: Agreed | None
    kinds: tuple[Line, ...]
    audiences: tuple[Line, ...]
    sentences: tuple[str, ...]
    training: tuple[tuple[str, int], ...]
    rite: tuple[tuple[str, int], ...]
    hours: tuple[tuple[str, str], ...]
    results: Document | None
    number: int | None


def lacks(had: Registered) -> list[str]:
    """What is not registered, in sentences."""
    found = []
    if had.agreed is None:
        found.append("Kommunen har ingen samarbeidsavtale i Varde.")
    elif not had.agreed.share:
        found.append("Kommunens andel av tilskuddet står ikke i Varde.")
    if not had.kinds:
        found.append("Ingen aktiviteter er ført under «Informasjon» i året.")
    if not had.training:
        found.append("Ingen opplæring er ført i registeret over teamet i året.")
    if had.results is None:
        found.append("Rapporten til Bufdir for året er ikke ferdigstilt, så resultatene er uten tall.")
    return found


def document(
    had: Registered, *, office: str, year: int, texts: Mapping[str, str], meta: Sequence[tuple[str, str]]
) -> Document:
    """The report."""
    sections = [_share(had), _activities(had), _training(had), *_results(had), _lacking(had), *_said(texts)]
    return Document(
        title=f"Tilskuddsrapport, {year}",
        subtitle=office,
        meta=(("Kommune", office), ("År", str(year)), *meta),
        sections=tuple(sections),
        office=office,
        mark="Tilskuddsrapport med kommunens egne tall",
    )


def _share(had: Registered) -> Section:
    if had.agreed is None:
        return Section("Fordeling etter avtalen", "Kommunen har ingen samarbeidsavtale i Varde.")
    rows: tuple[tuple[Cell, ...], ...] = (
        ("Avtale", had.agreed.title),
        ("Vertskommune", had.agreed.host or NOT_SAID),
        ("Kommunens andel av tilskuddet", had.agreed.share or NOT_SAID),
        ("Parter", ", ".join(had.agreed.parties) or NOT_SAID),
    )
    text = "Tilskuddet gis til hver kommune og fordeles etter samarbeidsavtalen."
    return Section("Fordeling etter avtalen", text, (Table("Avtalen", ("Hva", "Sagt"), rows, key="avtale"),))


def _activities(had: Registered) -> Section:
    head = ("Antall", "Nådd", "Kostnad (kr)")
    tables = tuple(
        Table(title, (first, *head), tuple((one.label, one.count, one.reach, one.cost) for one in lines), key=key)
        for title, first, lines, key in (
            ("Aktiviteter etter slag", "Slag", had.kinds, "slag"),
            ("Aktiviteter etter målgruppe", "Målgruppe", had.audiences, "malgruppe"),
        )
    )
    many, reached = whole(sum(one.count for one in had.kinds)), whole(sum(one.reach for one in had.kinds))
    text = f"{many} aktiviteter, {reached} nådd i alt. Den samme kan være talt flere ganger."
    text = text if had.kinds else "Ingen aktiviteter er ført i året."
    return Section("Aktiviteter og rekkevidde", text, tables, had.sentences)


def _training(had: Registered) -> Section:
    tables = (
        Table("Opplæring gjennomført i året", ("Slag", "Antall"), had.training, key="opplaering"),
        Table("RITE-sertifisering i teamet, i dag", ("Status", "Antall"), had.rite, key="rite"),
        Table("Timer i uken per rolle", ("Rolle", "Timer"), had.hours, key="timer"),
    )
    return Section("Teamet og opplæring", "Slik det står i registeret over teamet.", tables)


def _results(had: Registered) -> Sequence[Section]:
    if had.results is None:
        return ()
    tables = tuple(table for section in had.results.sections for table in section.tables if table.key in RESULTS)
    text = (
        f"Fra kommunens rapport til Bufdir nr. {had.number}. Tallene er kommunens egne og er ikke skjermet: "
        "små tall er med."
    )
    return (Section("Resultater", text, tables),)


def _lacking(had: Registered) -> Section:
    said = tuple(lacks(had))
    return Section("Det som mangler i registreringene", "" if said else "Ingenting mangler.", (), said)


def _said(texts: Mapping[str, str]) -> list[Section]:
    return [Section(heading, texts[name]) for name, heading in PARTS if texts.get(name)]
