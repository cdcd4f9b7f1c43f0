"""The letters to somebody who may be in no matter: that the request has come, and that nothing was found.

What they say is true whoever asks and whatever others see: what was searched for, in what, and until when somebody who
sees more may write a letter of their own. Data only.
"""

from datetime import datetime

from shared.codes.insight import insight_texts
from shared.registry.queries import facts
from tenants.insight.inquiry import AFTER
from tenants.insight.inquiry_models import Inquiry
from varde.documents.paper import Facts, Heading, Items, Note, Paper, Piece, Text
from varde.tenancy.door import OfficeRef
from varde.ui.dates import short_date
from varde.ui.gone import words
from varde.ui.numbers import phone

_NOTHING = "Vi har søkt etter deg i TryggEst. Søket fant ingen opplysninger om deg."
_OTHERS = (
    "Noen saker er bare åpne for noen få ansatte. De får automatisk beskjed når noen ber om innsyn, og svarer selv. "
    "Er du omtalt i en slik sak, får du et eget brev innen {day}. Får du ikke noe brev innen da, er svaret at vi ikke "
    "har funnet opplysninger om deg."
)
_MOVED = (
    "Fristen for å svare deg var {due}. For saker som bare er åpne for noen få, er den flyttet til {day}, fordi de som "
    "svarer i slike saker, må få minst {days} dager på seg etter at vi har søkt. Fristen kan flyttes etter "
    "personvernforordningen artikkel 12 nr. 3."
)
_LIMITS = (
    "Er du omtalt uten navn, eller med et annet navn eller nummer enn du oppga, finner søket deg ikke. "
    "Fortell oss om det, så søker vi på nytt.",
    "Vi søker ikke etter hvem som har meldt en bekymring. Det er skjermet, også for oss. Har du selv meldt fra, "
    "si fra til oss og vis kvitteringen du fikk.",
    "Svaret gjelder TryggEst. Andre tjenester i kommunen svarer for det de har.",
)
_WHAT = {"name": "Navnet du oppga", "id_number": "Fødselsnummeret du oppga", "phone": "Telefonnummeret du oppga"}


def received_paper(inquiry: Inquiry, office: OfficeRef, at: datetime) -> Paper:
    """That the request has come, and when it is answered."""
    pieces: list[Piece] = [
        Facts(_facts(inquiry, office)),
        Text(f"Vi har fått kravet ditt om innsyn. Du får svar senest {short_date(inquiry.due_on)}."),
        Text("Trenger vi mer tid, får du vite det, og hvorfor, innen denne dagen."),
        *_contact(office),
    ]
    return _paper("Vi har fått kravet ditt om innsyn", inquiry, office, at, pieces)


def nothing_paper(inquiry: Inquiry, office: OfficeRef, at: datetime) -> Paper:
    """That nothing was found, what was searched, and when the answer is final."""
    final = short_date(inquiry.final_on) if inquiry.final_on else ""
    pieces: list[Piece] = [
        Facts(_facts(inquiry, office)),
        Note(_NOTHING),
        Heading("Slik søkte vi"),
        Text("Vi søkte i alle saker og bekymringer som den som svarer, har tilgang til, på dette:"),
        Items(tuple(said for name, said in _WHAT.items() if words(inquiry, name))),
        Heading("Når svaret er endelig"),
        Text(_OTHERS.format(day=final)),
        *_moved(inquiry),
        Heading("Det søket ikke finner"),
        Items(_LIMITS),
        Heading("Rettighetene dine"),
        Items(insight_texts().nothing),
        *_contact(office),
    ]
    return _paper("Svar på krav om innsyn", inquiry, office, at, pieces)


def _moved(inquiry: Inquiry) -> list[Piece]:
    """That the deadline is moved and why; by the days alone, whether anybody sees more or not."""
    if inquiry.final_on is None or inquiry.final_on <= inquiry.due_on:
        return []
    days = short_date(inquiry.due_on), short_date(inquiry.final_on)
    return [Text(_MOVED.format(due=days[0], day=days[1], days=AFTER.days))]


def _paper(title: str, inquiry: Inquiry, office: OfficeRef, at: datetime, pieces: list[Piece]) -> Paper:
    return Paper(
        title=title,
        office=f"TryggEst i {facts(office).name}",
        made_at=at,
        lead="Personvernforordningen artikkel 12 og 15.",
        foot=f"Innsyn, kravet kom {short_date(inquiry.received_on)}",
        pieces=tuple(pieces),
    )


def _facts(inquiry: Inquiry, office: OfficeRef) -> tuple[tuple[str, str], ...]:
    return (
        ("Gjelder", words(inquiry, "name")),
        ("Født", words(inquiry, "born_on")),
        ("Bedt om av", inquiry.get_asker_display()),
        ("Navn", words(inquiry, "asker_name")),
        ("Kravet kom", short_date(inquiry.received_on)),
        ("Hvordan vi vet hvem som ba", inquiry.get_identity_display()),
        ("Behandlingsansvarlig", f"{facts(office).name} kommune"),
    )


def _contact(office: OfficeRef) -> list[Piece]:
    ours = facts(office)
    return [Heading("Spørsmål?"), Text(f"Ring oss på {phone(ours.phone)}.")] if ours.phone else []
