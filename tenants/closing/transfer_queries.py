"""Asking about transfers: who could take over, what would travel, and how far a letter has come."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from shared.codes.counting import counts_here
from shared.contracts import CaseTransfer, EarlierDecision, EarlierNote, Known, TransferFile
from shared.contracts.fields import from_json
from shared.contracts.transfers import OF_THE_REPORTER
from shared.post import queries as post
from shared.post.models import PostKey
from shared.registry.models import Office
from shared.registry.queries import norwegian
from tenants.cases.models import Case, Note
from tenants.cases.queries import notes
from tenants.closing.known import Part, Shown, card_in, cards, dangers, parts, protected
from tenants.closing.known_queries import known_of
from tenants.closing.transfer import REASONS_THERE, TOLD, Candidate, Earlier, decided, noted
from tenants.closing.transfer_files import Line, line_of
from tenants.closing.transfer_files_queries import Followed, files_of, followed
from tenants.closing.transfer_models import Arrival, TakenIn, Transfer, TransferOpened
from tenants.inbox.models import Concern, Cover
from tenants.inbox.reporter_queries import Written
from tenants.inbox.returned_added import as_notes
from tenants.persons.card import REPORTER, facts
from tenants.persons.spoken import SafetyWarning
from tenants.persons.states import HIDDEN_ADDRESS
from tenants.persons.terms import names_place
from tenants.triage import notes_queries
from tenants.triage.notes_models import Note as MatterNote
from tenants.triage.queries import assessments
from varde.privacy.errors import Destroyed
from varde.privacy.fields import open_together
from varde.tenancy.door import OfficeRef
from varde.ui.gone import words

# Told fields in which an address may stand.
COULD_NAME = ("where_happened", "extra", "safe_person", "where_lives")


def counted_there() -> set[UUID]:
    """Cases that another team has taken over, of those that are there for the one who asks: they count where they
    ended (`shared.codes.counting`)."""
    if counts_here("transferred"):
        return set()
    gone = Transfer.objects.values("concern_id")
    return set(Case.objects.filter(concern__in=gone).values_list("id", flat=True))


@dataclass(frozen=True, slots=True)
class GivenOver:
    """A case that another kommune counts, and since when."""

    name: str
    to: str
    at: datetime


def given_over(first: date, last: date) -> list[GivenOver]:
    """Why a quarter has fewer cases than before: those counted from these days that another team has, and are seen."""
    rows = Transfer.objects.select_related("concern__case").filter(concern__case__counted_from__range=(first, last))
    names = dict(Office.objects.filter(kind="kommune").values_list("id", "name"))
    return [GivenOver(str(row.concern.case), names.get(row.to_office, ""), row.at) for row in rows.order_by("at")]


def candidate(office_id: UUID) -> Candidate | None:
    """An office as one that could take over, whatever it is; None when there is none."""
    row: Office | None = Office.objects.select_related("region").filter(id=office_id).first()
    return None if row is None else _candidate(row, PostKey.objects.filter(office_id=row.id).exists())


def candidates(own: OfficeRef) -> list[Candidate]:
    """The kommuner that can take over, by name: active, with a team and a post key, and not our own."""
    rows = Office.objects.select_related("region").filter(kind="kommune", active=True, has_team=True)
    keyed = set(PostKey.objects.values_list("office_id", flat=True).distinct())
    found = [_candidate(row, True) for row in rows.exclude(id=own.id) if row.id in keyed]
    return sorted(found, key=lambda each: norwegian(each.name))


def _candidate(row: Office, has_key: bool) -> Candidate:
    return Candidate(
        row.id, row.kind, row.name, row.active, row.has_team, has_key,
        host=row.host, region_id=row.region_id, region=row.region.name if row.region else "", phone=row.phone,
    )  # fmt: skip


def case_of(concern: Concern) -> Case | None:
    """The case that the concern has become."""
    return Case.objects.filter(concern=concern).first()


def letter_about(concern: Concern, *, reason: str, summary: str, with_notes: bool) -> CaseTransfer:
    """The letter as it would be sent now; what a page shows before sending is read from this."""
    case = case_of(concern)
    told = {name: getattr(concern, name) for name in TOLD}
    if concern.anonymous:
        told |= dict.fromkeys(OF_THE_REPORTER, "")
    return CaseTransfer(
        reference=case.name if case else f"Bekymring {concern.id.hex[:6].upper()}",
        reason="too_close" if reason == "too_close" else "moved",
        covered=Cover.objects.filter(concern=concern).exists(),
        received_at=concern.received_at,
        summary=summary,
        decisions=_decisions(concern),
        notes=(*as_notes(concern), *(_notes(concern, case) if with_notes else ())),
        known=known_of(concern, case),
        files=files_of(concern),
        **told,
    )


def _decisions(concern: Concern) -> tuple[EarlierDecision, ...]:
    return tuple(
        EarlierDecision(at=row.decided_at, category=row.category, outcome=row.outcome, reason=row.reason)
        for row in reversed(assessments(concern))
    )


def notes_of(concern: Concern, case: Case | None) -> list[Note | MatterNote]:
    """What was written, before it was a case and in it; the oldest first."""
    written: list[Note | MatterNote] = [*notes_queries.notes(concern), *(notes(case) if case else ())]
    return sorted(written, key=lambda note: note.at)


def _notes(concern: Concern, case: Case | None) -> tuple[EarlierNote, ...]:
    written = notes_of(concern, case)
    open_together(written)
    return tuple(EarlierNote(at=note.at, text=note.text) for note in written)


@dataclass(frozen=True, slots=True)
class Sent:
    """A transfer as the sender's side shows it: where it went and how far it has come, nothing of what was in it."""

    transfer: Transfer
    to: str
    phone: str
    delivered_at: datetime | None
    unreadable: bool
    opened_at: datetime | None
    files: Followed


def sent(concern: Concern) -> Sent | None:
    """How far the transfer of this matter has come; None when it has not been transferred."""
    transfer = Transfer.objects.filter(concern=concern).first()
    if transfer is None:
        return None
    to = candidate(transfer.to_office)
    receipt = post.receipts([transfer.letter_id]).get(transfer.letter_id)
    opened = _opened_by(transfer.to_office, transfer.letter_id)
    stored = receipt is not None and receipt.state == "stored"
    return Sent(
        transfer,
        to.name if to else "en annen kommune",
        to.phone if to else "",
        receipt.at if receipt and stored else None,
        receipt is not None and not stored,
        opened.at if opened else None,
        followed(transfer),
    )


def _opened_by(office_id: UUID, letter_id: UUID) -> TransferOpened | None:
    """The word of the office that the letter went to; others may say what they like."""
    return TransferOpened.objects.filter(letter_id=letter_id, office=office_id).first()


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came with a matter that was taken over here."""

    arrival: Arrival
    sender: str
    phone: str
    why: str
    akutt: bool
    decisions: list[Earlier]
    notes: list[Earlier]
    known: Known
    taken_in: TakenIn | None
    # Files that did not follow, and why.
    stayed: list[Line]
    # What the warnings of the matter itself say: kind and text.
    laid: frozenset[tuple[str, str]] = frozenset()

    @property
    def cards(self) -> list[Shown]:
        """The cards that came along."""
        return cards(self.known)

    @property
    def parts(self) -> list[Part]:
        """What else the other team knew."""
        return parts(self.known)

    @property
    def dangers(self) -> list[Earlier]:
        """Warnings that nobody has laid in here, for the top of the page. Not the note that it was done takes one off,
        but that it stands among ours."""
        left = tuple(row for row in self.known.warnings if (row.kind, row.text) not in self.laid)
        return dangers(replace(self.known, warnings=left))

    @property
    def waits(self) -> bool:
        """Are there cards or warnings that nobody has laid in?"""
        return self.taken_in is None and bool(self.known.persons or self.known.warnings)


def arrived(concern: Concern) -> Arrived | None:
    """What the other kommune sent along; None for a matter that did not come so."""
    arrival = Arrival.objects.filter(concern=concern).first() if concern.channel == "transfer" else None
    if arrival is None:
        return None
    sender, known, taken_in = candidate(arrival.from_office), known_in(arrival), _taken_in(concern)
    decisions = [EarlierDecision(**row) for row in _rows(arrival, "decisions")]
    return Arrived(
        arrival,
        sender.name if sender else "en annen kommune",
        sender.phone if sender else "",
        REASONS_THERE[arrival.reason],
        bool(decisions) and decisions[-1].category == "akutt",
        [decided(each) for each in decisions],
        [noted(EarlierNote(**row)) for row in _rows(arrival, "notes")],
        known,
        taken_in,
        [line_of(each) for each in _files_in(arrival) if each.left_out],
        _laid_in(concern) if taken_in and known.warnings else frozenset(),
    )


def _taken_in(concern: Concern) -> TakenIn | None:
    return TakenIn.objects.filter(concern=concern).first()


def _laid_in(concern: Concern) -> frozenset[tuple[str, str]]:
    rows = list(SafetyWarning.objects.filter(concern=concern))
    open_together(rows)
    return frozenset((row.kind, row.text) for row in rows)


def _files_in(arrival: Arrival) -> list[TransferFile]:
    return [from_json(TransferFile, each, "file") for each in arrival.earlier.get("files", [])]


def known_in(arrival: Arrival) -> Known:
    """What came along beside decisions and notes; nothing of a letter from before that travelled."""
    kept = arrival.earlier.get("known")
    return from_json(Known, kept, "known") if kept else Known()


def hidden_told(concern: Concern) -> dict[str, str]:
    """Told fields that must not be shown, because they are, or may be, the protected address of a card that came."""
    arrival = Arrival.objects.filter(concern=concern).first() if concern.channel == "transfer" else None
    try:
        came = known_in(arrival) if arrival else Known()
    except Destroyed:
        return {}
    told = {name: words(concern, name) for name in COULD_NAME}
    return dict.fromkeys(sorted(hidden_by(came, told)), HIDDEN_ADDRESS)


def hidden_by(came: Known, told: Mapping[str, str]) -> set[str]:
    """Which of these told fields are, or may be, the protected address of a card that came along."""
    shut = [(each.role, card) for each in came.persons if (card := card_in(each)).protected]
    addresses = [card.address for _, card in shut if card.address]
    found = {name for name in COULD_NAME if _names(told[name], addresses)}
    return found | ({"where_lives"} if any(role == "exposed" for role, _ in shut) else set())


def shut_in(matters: Collection[UUID]) -> dict[UUID, list[str]]:
    """For `persons.elsewhere`: the protected addresses that came along to these matters."""
    rows = list(Arrival.objects.filter(concern__in=matters))
    open_together(rows)
    return {row.concern_id: _shut(row) for row in rows}


def _shut(arrival: Arrival) -> list[str]:
    try:
        return [card.address for card in protected(known_in(arrival)) if card.address]
    except Destroyed:
        return []


def written(concern: Concern) -> list[Written]:
    """For `inbox.reporter_queries`: the cards of whoever reported that came along."""
    came = arrived(concern)
    if came is None:
        return []
    cards_there = [card_in(each) for each in came.known.persons if each.role == REPORTER]
    title = f"Personkort fra {came.sender}"
    return [(title, [{"label": "Navn", "value": card.called}, *facts(card)]) for card in cards_there]


def _names(text: str, addresses: list[str]) -> bool:
    return any(names_place(text, each) for each in addresses)


def _rows(arrival: Arrival, name: str) -> list[dict[str, Any]]:
    return [{**row, "at": datetime.fromisoformat(row["at"])} for row in arrival.earlier.get(name, [])]
