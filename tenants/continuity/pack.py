"""A pack as a paper. Data only: how it is drawn is `varde.documents.paper`'s."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from shared.codes.emergency import emergency_numbers
from varde.documents.paper import Facts, Heading, Items, Lines, NewPage, Note, Paper, Part, Piece, Table, Text
from varde.ui.dates import clock_time, date_and_time, local, short_date
from varde.ui.numbers import phone

_DAYS = ("man.", "tirs.", "ons.", "tors.", "fre.", "lør.", "søn.")
HOW = (
    "Er noen i fare nå? Ring 112. Vent aldri på systemet.",
    "Den som har vakt, svarer telefonen og skriver på skjemaene bakerst. Ett ark per sak. Skriv dato, klokkeslett og "
    "navnet ditt på hvert ark.",
    "Gå gjennom sakene hver morgen, den med kortest frist først. Fristene gjelder også nå.",
    "Les advarslene før noen drar ut. Ring og besøk bare slik det står at er trygt.",
    "Ring mottakeren når noe må deles, og skriv ned grunnlaget. Send ikke e-post om en sak.",
    "Bruk navnet på saken på ark som kan bli liggende, ikke navnet på personen. Lås inn arkene.",
    "Når Varde er tilbake: før inn alt samme dag, med tidspunktet da det skjedde. Makuler arkene og pakken når noen "
    "har sett at alt står der.",
)
# Where the words are that are on no paper.
IN_VARDE = "Se i Varde."
NOTHING = "Ingen åpne saker du ser, er akutt eller må."
_NEW = (
    ("Dato, klokkeslett og hvem som skriver", 1),
    ("Hvordan meldingen kom, og hvordan melderen kan nås trygt", 2),
    ("Hvem det gjelder, og hvor personen bor", 2),
    ("Hva som har skjedd, når og hvor ofte", 8),
    ("Er noen i fare nå? Er 112, 113 eller legevakt ringt, og når?", 2),
    ("Barn i familien? Våpen, hund eller annet den som drar ut, må vite?", 3),
    ("Hva vi gjør nå, hvem gjør det, og innen når", 4),
)
_ON = (
    ("Navnet på saken", 1),
    ("Dato, klokkeslett og hvem som skriver", 1),
    ("Hva som ble gjort eller sagt", 10),
    ("Ble noe delt? Hva, med hvem og på hvilket grunnlag", 3),
    ("Neste steg, hvem og innen når", 3),
)


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody in a matter."""

    role: str
    name: str
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to be called back."""

    who: str
    phone: str
    due: datetime
    owner: str
    safe: str = ""


@dataclass(frozen=True, slots=True)
class Touch:
    """Somebody whom the team has been in touch with about a matter, and when last."""

    partner: str
    who: str
    phone: str
    last: date
    said: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter: what is next and by when, who it is about, and how it is safe."""

    name: str
    category: str
    step: str
    owner: str
    due: datetime | None
    people: tuple[Who, ...] = ()
    safe: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    contact: tuple[tuple[str, str], ...] = ()
    calls: tuple[Call, ...] = ()
    measures: tuple[tuple[str, str, date], ...] = ()
    touches: tuple[Touch, ...] = ()
    plan: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Shift:
    """Who answers the phone; nobody when empty."""

    starts: datetime
    ends: datetime
    who: str


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything that one person needs on the day when the platform is gone."""

    office: str
    phone: str
    reader: str
    matters: tuple[Matter, ...]
    left_out: bool
    unopened: int
    shifts: tuple[Shift, ...]
    partners: tuple[tuple[str, str, str, str, str], ...]
    team: tuple[tuple[str, str, str, str], ...]


def paper(pack: Pack, *, at: datetime, until: datetime) -> Paper:
    """The whole pack, made at a time and good until the next one."""
    return Paper(
        title="Beredskapspakke",
        office=f"TryggEst i {pack.office}",
        made_at=at,
        lead=f"Til {pack.reader}. Laget {date_and_time(at)}. Gjelder til neste pakke, {date_and_time(until)}.",
        pieces=(
            Note(
                "Dette er det du ser av åpne saker som er akutt eller må, slik det sto da pakken ble laget. Bruk den "
                "når Varde ikke virker. Pakken skal ikke deles, og makuleres når den neste er kommet."
            ),
            Heading("Slik arbeider dere uten Varde"),
            Items(HOW, numbered=True),
            *_numbers(pack),
            *_rota(pack),
            *_all(pack),
            *_directory(pack),
            *_form("Ny bekymring", _NEW),
            *_form("Noe nytt i en sak", _ON),
        ),
        foot=f"Beredskapspakke {date_and_time(at)}",
    )


def _numbers(pack: Pack) -> Iterator[Piece]:
    yield Heading("Nødnumre")
    rows = [(each.display, each.label, each.when) for each in emergency_numbers()]
    own = [(phone(pack.phone), f"TryggEst i {pack.office}", "Teamets egen telefon")] if pack.phone else []
    yield Table(("Nummer", "Hvem", "Når"), (*rows, *own))


def _rota(pack: Pack) -> Iterator[Piece]:
    yield Heading("Vakt de neste sju dagene")
    if not pack.shifts:
        yield Text("Ingen vaktliste er satt opp.")
        return
    rows = tuple((_span(each.starts, each.ends), each.who or "Ingen har vakt") for each in pack.shifts)
    yield Table(("Når", "Hvem svarer"), rows)


def _span(starts: datetime, ends: datetime) -> str:
    """«man. 23.11.2026 kl. 08.00 til kl. 15.30»"""
    day = _DAYS[local(starts).weekday()]
    same = short_date(starts) == short_date(ends)
    return f"{day} {date_and_time(starts)} til {clock_time(ends) if same else date_and_time(ends)}"


def _all(pack: Pack) -> Iterator[Piece]:
    yield Heading("Sakene, den med kortest frist først")
    if pack.unopened:
        yield Note(f"Ikke åpnet da pakken ble laget: {pack.unopened}. De står ikke her.")
    if pack.left_out:
        yield Note(f"Her står de {len(pack.matters)} med kortest frist. Det er flere.")
    if not pack.matters:
        yield Text(NOTHING)
    for matter in pack.matters:
        yield from _matter(matter)


def _matter(matter: Matter) -> Iterator[Piece]:
    yield Part(f"{matter.name}: {matter.category}")
    for said in matter.warnings:
        yield Note(f"Advarsel. {said}")
    due = f"{date_and_time(matter.due)}, {matter.owner}" if matter.due else "Ikke satt"
    people = tuple((who.role, "\n".join(filter(None, (who.name, who.phone, who.address)))) for who in matter.people)
    first = tuple((f"Førstekontakt: {label.lower()}", text) for label, text in matter.contact)
    yield Facts((("Neste steg", matter.step), ("Frist og ansvarlig", due), *people, *matter.safe, *first))
    if matter.calls:
        rows = tuple(
            (f"{each.who}\n{each.phone}", f"{date_and_time(each.due)}\n{each.owner}", each.safe)
            for each in matter.calls
        )
        yield Table(("Ring tilbake", "Innen", "Trygt"), rows)
    if matter.measures:
        yield Table(
            ("Tiltak som pågår", "Ansvarlig", "Frist"),
            tuple((title, owner, short_date(due_on)) for title, owner, due_on in matter.measures),
        )

    if matter.touches:
        yield Table(
            ("Har vært i kontakt med", "Telefon", "Sist"),
            tuple(
                (
                    "\n".join(filter(None, (each.partner, each.who))),
                    phone(each.phone),
                    "\n".join(filter(None, (short_date(each.last), each.said))),
                )
                for each in matter.touches
            ),
        )
    if matter.plan:
        yield Text("Trygghetsplanen:")
        yield Facts(matter.plan)


def _directory(pack: Pack) -> Iterator[Piece]:
    yield Heading("Teamet")
    team = tuple((name, service, phone(number), email) for name, service, number, email in pack.team)
    yield Table(("Navn", "Tjeneste", "Telefon", "E-post"), team)
    if pack.partners:
        yield Heading("Samarbeidsparter")
        rows = tuple(
            (name, kind, "\n".join(filter(None, (person, phone(number), hours))))
            for name, kind, person, number, hours in pack.partners
        )
        yield Table(("Navn", "Hva", "Kontakt"), rows)


def _form(title: str, fields: tuple[tuple[str, int], ...]) -> Iterator[Piece]:
    yield NewPage()
    yield Heading(f"Skjema: {title}")
    for label, count in fields:
        yield Part(label)
        yield Lines(count)
