"""The document that a person gets: what is kept, what it is used for, who was told, who looked, and what was kept back.

Data only: how it is drawn is `varde.documents.paper`'s.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from shared.codes.insight import insight_texts
from shared.registry.queries import facts
from tenants.inbox.home import home_of
from tenants.insight import masks
from tenants.insight.hooks import retention_of
from tenants.insight.models import AccessRequest, Statement
from tenants.insight.queries import Review, Reviewed
from tenants.insight.states import OTHER_PERSON
from tenants.persons.queries import shown_name
from varde.audit.extract import Extract
from varde.documents.paper import Facts, Heading, Items, Note, Paper, Part, Piece, Table, Text
from varde.tenancy.door import OfficeRef
from varde.ui.dates import count, date_and_time, short_date
from varde.ui.gone import words

_CAREFUL = "Ta godt vare på dokumentet. Si fra til oss hvis det er utrygt at noen andre finner det."
_REPORTER = "Hvem som meldte, står ikke her. Det oppgir vi ikke."
_FILE = "Filen følger med dette dokumentet. Den er en renset kopi, laget på nytt av det som kan sees."
_MASKED = f"Der det står {OTHER_PERSON}, har vi tatt ut noe som gjelder andre."
_AUTOMATIC = "Ingen avgjørelser i saken er tatt automatisk. Mennesker har vurdert alt."
_LOG_ABOUT = (
    "Loggen viser hvem i kommunen som har åpnet saken eller skrevet i den. Forsøk som ble avvist, står ikke her."
)


@dataclass(frozen=True, slots=True)
class Made:
    """By which office and when, the number of the document, and item -> name of the file that goes with it."""

    office: OfficeRef
    at: datetime
    number: int
    files: Mapping[str, str] = field(default_factory=dict)


def with_log(request: AccessRequest) -> bool:
    """Is the log of the matter about this person? Of one who is only named in it, it is not."""
    return request.asker in ("exposed", "guardian", "suspected")


def paper_of(request: AccessRequest, review: Review, seen: Extract | None, made: Made) -> Paper:
    """The whole document."""
    name = facts(made.office).name
    return Paper(
        title="Innsyn i det som er lagret om deg",
        office=f"TryggEst i {name}",
        made_at=made.at,
        lead="Svar på krav om innsyn etter personvernforordningen artikkel 15.",
        foot=f"Innsyn, kravet kom {short_date(request.received_on)}, dokument {made.number}",
        pieces=(
            *_first(request, review, made, name),
            *_use(request, review),
            *_recipients(review),
            *_content(review, request, made),
            *_kept_back(review),
            *_log(seen),
            Heading("Rettighetene dine"),
            Items(insight_texts().rights),
        ),
    )


def _first(request: AccessRequest, review: Review, made: Made, name: str) -> list[Piece]:
    rows = (
        ("Gjelder", shown_name(request.person)),
        ("Bedt om av", request.get_asker_display()),
        ("Navn", "" if request.asker == "reporter" else words(request, "asker_name")),
        ("Kravet kom", short_date(request.received_on)),
        ("Hvordan vi vet hvem som ba", request.get_identity_display()),
        ("Sak", _matter(request)),
        ("Svart", date_and_time(made.at)),
        ("Behandlingsansvarlig", f"{name} kommune"),
    )
    given = sum(bool(each.given) for each in review.items)
    number = len(made.files)
    beside = [Text(f"Sammen med dokumentet får du {count(number, 'fil', 'filer')}.")] if number else []
    return [Facts(rows), Note(_CAREFUL), Text(f"Her er {_pieces(given)}. {_REPORTER} {_MASKED}"), *beside]


def _matter(request: AccessRequest) -> str:
    """The name of the case. A concern is named by when it came, and that could tell who reported."""
    home = home_of(request.concern)
    return home.name if home.moved else ""


def _use(request: AccessRequest, review: Review) -> list[Piece]:
    said = insight_texts()
    kinds = tuple(dict.fromkeys(each.found.group for each in review.items if each.given))
    sorts: list[Piece] = [Part("Hva slags opplysninger"), Items(kinds)] if kinds else []
    return [
        Heading("Slik bruker vi opplysningene"),
        Part("Hva vi bruker dem til"),
        Items(said.purposes),
        Part("Hjemmelen vår"),
        Items(said.grounds),
        *sorts,
        Part("Hvor de kommer fra"),
        Items(
            (
                "En bekymringsmelding",
                "Samtaler med deg og andre",
                "Tjenester og samarbeidspartnere som teamet har snakket med",
            )
        ),
        Part("Hvor lenge vi lagrer dem"),
        Text(retention_of(request.concern)),
        Part("Automatiske avgjørelser"),
        Text(_AUTOMATIC),
    ]


def _recipients(review: Review) -> list[Piece]:
    told = [each for each in review.items if each.found.to]
    shown = tuple(
        (
            short_date(each.found.at) if each.found.at else "",
            masks.masked(each.found.to, review.whole.known),
            each.found.title,
        )
        for each in told
        if each.given
    )
    hidden = sum(not each.given for each in told)
    found: list[Piece] = [Heading("Hvem som har fått vite noe")]
    if shown:
        found.append(Table(("Når", "Hvem", "Hvordan"), shown))
    if hidden:
        found.append(Text(f"I tillegg har {hidden} fått vite noe som vi ikke oppgir her. Se det som er holdt tilbake."))
    if not told:
        found.append(Text("Ingen utenfor teamet har fått opplysninger fra saken."))
    return found


def _content(review: Review, request: AccessRequest, made: Made) -> list[Piece]:
    found: list[Piece] = []
    given = [each for each in review.items if each.given]
    for group in dict.fromkeys(each.found.group for each in given):
        found.append(Heading(group))
        for each in given:
            if each.found.group == group:
                found += _item(each, review, request)
                if name := made.files.get(each.found.key):
                    found.append(Text(f"{_FILE} Filen heter {name}."))
    beside = {each.found.key for each in given}
    whole = [row for row in _own(review, request) if row.item not in beside]
    if whole:
        found += [Heading("Det du har sagt om saken"), *(_said(row, review) for row in whole)]
    return found


def _item(each: Reviewed, review: Review, request: AccessRequest) -> list[Piece]:
    when = _day(each.found.at)
    head = ", ".join(filter(None, [each.found.title, when, each.found.by]))
    said = [_said(row, review) for row in each.statements if row.person_id == request.person_id]
    return [Part(head), Text(each.given), *said]


def _own(review: Review, request: AccessRequest) -> list[Statement]:
    return [row for row in review.statements if row.person_id == request.person_id]


def _said(row: Statement, review: Review) -> Note:
    """In the person's own words; in our answer nobody else is named."""
    reason = masks.masked(words(row, "reason"), review.whole.known)
    answer = f"\n\nSvaret vårt: {row.get_answer_display()}. {reason}" if row.answered_at else ""
    return Note(f"{row.get_kind_display()}, {short_date(row.at)}: {words(row, 'text')}{answer}")


def _kept_back(review: Review) -> list[Piece]:
    rows = tuple((ground, str(number)) for ground, number in review.withheld)
    found: list[Piece] = [Heading("Det som er holdt tilbake")]
    if rows:
        found.append(Table(("Hvorfor, og hjemmelen", "Antall"), rows))
    if review.undecided:
        found.append(Text(f"{_pieces(review.undecided)} er ikke vurdert ennå, og er derfor ikke med."))
    if not rows and not review.undecided:
        found.append(Text("Ingenting er holdt tilbake, ut over hvem som meldte."))
    return found


def _log(seen: Extract | None) -> list[Piece]:
    if seen is None:
        return []
    rows = tuple(
        (
            short_date(line.day),
            f"{line.who}\n{line.role}",
            ", ".join(f"{deed} ({times})" if times > 1 else deed for deed, times in line.deeds),
            ", ".join(line.why),
        )
        for line in seen.lines
    )
    automatic = tuple(f"{each.why}: {each.times} ganger, {_between(each.first, each.last)}" for each in seen.automatic)
    found: list[Piece] = [Heading("Hvem som har sett i saken"), Text(_LOG_ABOUT)]
    if rows:
        found.append(Table(("Dag", "Hvem", "Hva", "Hvorfor"), rows))
    if automatic:
        found += [Part("Gjort av systemet"), Items(automatic)]
    return found


def _pieces(number: int) -> str:
    return count(number, "opplysning", "opplysninger")


def _between(first: date, last: date) -> str:
    return short_date(first) if first == last else f"{short_date(first)} til {short_date(last)}"


def _day(at: datetime | date | None) -> str:
    return short_date(at) if at else ""
