"""What the pages about the post show, worked out from the letters under way and from the rounds. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from shared.post.ledger_models import CODES, Finding
from shared.post.ledger_queries import OfficeLine
from shared.post.ledger_rules import SILENT
from shared.post.queries import UnderWay

# The sweep runs every minute: a letter older than a few minutes met something; an hour is an incident.
LATE, STUCK = timedelta(minutes=5), timedelta(hours=1)
KINDS = {
    "ConcernHandover": "Bekymring fra vakttelefonen",
    "Opened": "Melding om at noe er åpnet",
    "Return": "Tall til regionen",
    "Misrouted": "Sendt til feil kommune",
    "Redirected": "Melding om ny mottaker",
    "EscalationNotice": "Melding om at noe venter",
    "TestConcern": "Prøvemelding",
    "TestAsked": "Bestilling av en prøvemelding",
    "OfficeHealth": "Melding om hvor langt oppstarten er kommet",
    "CaseTransfer": "Overføring mellom kommuner",
    "TransferPiece": "Vedlegg til en overføring",
    "TemplateOffer": "Mal for risikovurdering",
    "AgreementNotice": "Brev om samarbeidsavtalen",
    "AgreementAnswer": "Svar om samarbeidsavtalen",
    "SystemMatter": "Systemsak til lederteamet",
    "SystemMatterAnswer": "Svar på en systemsak",
    "ReleaseGiven": "Regionens tall, gitt ut",
    "ReleaseWithdrawn": "Regionens tall, trukket tilbake",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A letter under way, and the colour and word of its age."""

    letter: UnderWay
    kind: str
    color: str
    word: str


def lines(letters: Iterable[UnderWay]) -> list[Line]:
    """The letters in their order, with what their age means."""
    return [Line(one, KINDS.get(one.kind, one.kind), *_age(one.age)) for one in letters]


def per_recipient(letters: Iterable[UnderWay]) -> list[tuple[str, int, timedelta]]:
    """(recipient, letters, age of the oldest), the oldest first."""
    ages: dict[str, list[timedelta]] = {}
    for one in letters:
        ages.setdefault(one.recipient, []).append(one.age)
    return sorted(
        ((name, len(known), max(known)) for name, known in ages.items()), key=lambda row: row[2], reverse=True
    )


def _age(age: timedelta) -> tuple[str, str]:
    if age >= STUCK:
        return "danger", "står fast"
    return ("warning", "forsinket") if age >= LATE else ("neutral", "på vei")


@dataclass(frozen=True, slots=True)
class Missing:
    """A finding on the page: what does not fit, with whom, since when; can the letter be sent again?"""

    id: UUID
    what: str
    kind: str
    other: str
    since: datetime
    again: bool


def missing(rows: Iterable[Finding], names: Mapping[UUID, str]) -> list[Missing]:
    """The findings in words, in their order."""
    said = dict(CODES)
    return [
        Missing(
            row.id,
            said[row.code],
            KINDS.get(row.kind, row.kind),
            names.get(row.other, "?"),
            row.first_at,
            again=row.letter_id is not None and row.code in ("lost", "gone", "no_receipt", "unreadable", "one_opened"),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Verdict:
    """«Mangler noe?» in one sentence, with its colour."""

    sentence: str
    color: str


def verdict(rows: Iterable[Missing], last: datetime | None, at: datetime) -> Verdict:
    """Yes, no, or that nobody knows."""
    found = list(rows)
    if found:
        return Verdict(f"Ja. Det er {len(found)} ting som ikke stemmer.", "danger")
    if last is None:
        return Verdict("Det vet vi ikke ennå. Den første kontrollen kommer innen et kvarter.", "info")
    if at - last > SILENT:
        return Verdict("Det vet vi ikke nå: kontrollen har ikke gått som den skal.", "warning")
    return Verdict("Nei. Alt som er sendt, er tatt imot og finnes der det skal.", "success")


def verdict_of_all(offices: Iterable[OfficeLine], at: datetime) -> Verdict:
    """The same over every office that is watched, by the offices' own counts."""
    known = list(offices)
    wrong = [one for one in known if one.missing]
    silent = [one for one in known if one.at is None or at - one.at > SILENT]
    if wrong:
        names = ", ".join(one.office.name for one in wrong)
        return Verdict(f"Ja. Noe stemmer ikke hos {names}.", "danger")
    if silent:
        names = ", ".join(one.office.name for one in silent)
        return Verdict(f"Det vet vi ikke for alle: {names} svarer ikke.", "warning")
    late = [one for one in known if one.overdue]
    if late:
        number, names = sum(one.overdue for one in late), ", ".join(one.office.name for one in late)
        return Verdict(f"Nei, alt finnes der det skal. Men {number} har ventet for lenge hos {names}.", "warning")
    return Verdict("Nei. Alle kontorene har kontrollert, og alt som er sendt, finnes der det skal.", "success")
