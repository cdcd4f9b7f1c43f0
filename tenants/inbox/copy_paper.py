"""The reporter's own copy of what they sent, as a PDF.

Nothing of it is stored: what was just sent goes out with the receipt's page, closed under the office's key, and comes
back when the copy is asked for. After half an hour it opens no more, and the receipt's code never gives it.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from shared.registry.models import Office
from tenants.inbox.states import ABOUT_STAFF
from tenants.inbox.told import FIRST_TELLER, LABELS, LEADER_TOLD, PERSON_KNOWS, REPORTER_KINDS, Told
from varde.documents.paper import Facts, Heading, Note, Paper, Piece, Text
from varde.privacy.box import CannotOpen, close, is_from_before, open_box
from varde.ui.dates import date_and_time, short_date

LIFE = timedelta(minutes=30)
_PURPOSE = "copy"
_TEXTS = ("what", "when", "where_happened", "who", "where_lives", "safe_person", "suspected", "safe_contact", "extra")


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent, when it was received, and as which concern."""

    told: Told
    received_at: datetime
    concern_id: UUID


def closed(sent: Sent, moment: datetime) -> str:
    """For the page with the receipt: nobody can read or change it."""
    said = asdict(sent.told) | {"occurred_on": sent.told.occurred_on.isoformat() if sent.told.occurred_on else None}
    whole = {
        "told": said,
        "at": sent.received_at.isoformat(),
        "concern": str(sent.concern_id),
        "until": (moment + LIFE).isoformat(),
    }
    return close(json.dumps(whole), purpose=_PURPOSE)


def opened(given: str, moment: datetime) -> Sent | None:
    """What was sent; None when the time is over or it is nothing of ours, as whatever looks closed the old way."""
    try:
        whole = None if not given or is_from_before(given) else json.loads(open_box(given, purpose=_PURPOSE))
    except CannotOpen:
        return None
    if whole is None or datetime.fromisoformat(whole["until"]) <= moment:
        return None
    said = whole["told"]
    day = date.fromisoformat(said["occurred_on"]) if said["occurred_on"] else None
    told = Told(**(said | {"occurred_on": day}))
    return Sent(told, datetime.fromisoformat(whole["at"]), UUID(whole["concern"]))


def paper(sent: Sent, office: Office, moment: datetime) -> Paper:
    """The copy: everything that was told, in the reporter's own words and order."""
    told = sent.told
    pieces: list[Piece] = [
        Facts((("Mottatt", date_and_time(sent.received_at)), ("Mottatt av", f"TryggEst i {office.name}"))),
        *([Note("Meldt som akutt: noen er i fare nå eller i løpet av de nærmeste timene.")] if told.acute else []),
    ]
    for name in _TEXTS:
        if text := str(getattr(told, name)):
            pieces += [Heading(LABELS[name]), Text(text)]
    pieces += [Heading("Andre svar"), Facts(_answers(told))]
    return Paper(
        title="Kopi av bekymringsmelding",
        office=f"TryggEst i {office.name}",
        made_at=moment,
        pieces=tuple(pieces),
        lead="Kopien er laget til deg som meldte. TryggEst har ikke lagret den.",
        foot="Kopi til melder",
    )


def _answers(told: Told) -> tuple[tuple[str, str], ...]:
    kind = dict(REPORTER_KINDS)[told.reporter_kind]
    return (
        ("Meldt av", f"{kind}, anonym" if told.anonymous else kind),
        (LABELS["reporter_name"], told.reporter_name),
        (LABELS["reporter_phone"], told.reporter_phone),
        (LABELS["reporter_relation"], told.reporter_relation),
        (LABELS["occurred_on"], short_date(told.occurred_on) if told.occurred_on else ""),
        (LABELS["first_teller"], dict(FIRST_TELLER)[told.first_teller] if told.first_teller else ""),
        (LABELS["person_knows"], dict(PERSON_KNOWS).get(told.person_knows, "")),
        (LABELS["leader_told"], dict(LEADER_TOLD).get(told.leader_told, "")),
        (LABELS["about_staff"], dict(ABOUT_STAFF).get(told.about_staff, "")),
    )
