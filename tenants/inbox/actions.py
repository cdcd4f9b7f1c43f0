"""Everything that changes a concern. The told words are frozen the moment they are received."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from shared.contracts import Opened
from shared.post.actions import send
from shared.registry.queries import office_by_id
from tenants.inbox import places, receipts, search, shutting, tasks
from tenants.inbox.models import ClientKey, Concern, Cover, ReporterMessage
from tenants.inbox.states import CHANNELS, WrongMove, check_move
from tenants.inbox.told import Told
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.privacy.keyring import new_matter_id
from varde.refusal import Refused
from varde.text import clean_text

STAFF_CHANNELS = [(code, label) for code, label in CHANNELS if code in ("phone", "letter", "visit")]
MESSAGE_LIMIT = 5_000


_TRIES = 5


class KeyUsed(ValueError):
    """The client key already belongs to a report with other words."""


@dataclass(frozen=True, slots=True)
class Received:
    """What whoever told it is answered, and no more: they need not be able to read what they laid here.

    Show it only in an answer sent after the commit.
    """

    concern_id: UUID
    receipt: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Carried:
    """The letter that brought a concern: its id, the sender's own reference and the sender's office id."""

    letter_id: UUID
    reference: str
    origin: UUID


@transaction.atomic
def receive(
    *,
    told: Told,
    channel: str,
    by: Reader,
    concern_id: UUID | None = None,
    client_key: str = "",
    received_at: datetime | None = None,
    carried: Carried | None = None,
    covered: bool | None = None,
    files: str = "",
    hidden: Collection[str] = (),
) -> Received:
    """Store a concern in the caller's transaction and tell the team after the commit.

    `client_key` makes a retry the same report: same key and words give the same concern and receipt (also when they
    come at the same moment), other words raise KeyUsed. `received_at` (aware) is for what came in earlier. `covered`
    says whether the matter is shut for the team where the told words do not: they speak of another kommune's people.
    `files` is the print of what came with it (`attachments.print_of`): other files with a used key raise KeyUsed too.
    `hidden` are told fields that no page may show (`facts.hide`): no search finds them.
    """
    chosen, moment = concern_id or new_matter_id(), received_at or now()
    earlier = _use_key(client_key, (told, files), chosen, moment, by) if client_key else None
    if earlier:
        return earlier
    receipt = receipts.receipt_for(by.office, chosen)
    concern = Concern(
        id=chosen,
        channel=channel,
        received_at=moment,
        registered_by=by.user_id,
        receipt_hash=receipts.receipt_hash(by.office, receipt.replace(" ", "")),
        **(asdict(carried) if carried else {}),
        **asdict(told),
    )
    concern.save(force_insert=True)
    _cover(concern, told, moment, covered)
    search.keep_terms(concern, told)
    places.lay(concern, hidden)
    record(by=by, action=Action.CREATE, what="inbox.concern", ids=[concern.id])
    _tell_team(by)
    return Received(chosen, receipt, moment)


def _cover(concern: Concern, told: Told, moment: datetime, covered: bool | None) -> None:
    """A concern about somebody who works here is shut for the team from the moment it is stored."""
    if told.about if covered is None else covered:
        about_one = covered is None and told.about == "coordinator"
        Cover(concern=concern, without_coordinators=about_one, at=moment).save(force_insert=True)


def _use_key(
    client_key: str, sent: tuple[Told, str], concern_id: UUID, moment: datetime, by: Reader
) -> Received | None:
    """None when the key is now ours; else what it was answered then. KeyUsed when that one had other words or files.

    Of several inserts of one key at once, PostgreSQL lets the others wait until the first has committed or given up.
    """
    key_id = receipts.client_key_id(by.office, client_key)
    body = receipts.body_hash(by.office, *sent)
    for _ in range(_TRIES):
        try:
            with transaction.atomic():
                key = ClientKey(
                    id=key_id,
                    concern_id=concern_id,
                    body_hash=body,
                    used_at=now(),
                    received_at=moment,
                    by_user=by.user_id,
                )
                key.save(force_insert=True)
            return None
        except IntegrityError:
            used = ClientKey.objects.filter(id=key_id).first()
        if used is None:
            continue
        if used.used_at < now() - tasks.KEY_LIFE:
            ClientKey.objects.filter(id=key_id, used_at=used.used_at).delete()
            continue
        if not receipts.is_same_body(used.body_hash, body, sent[1]):
            raise KeyUsed("Nøkkelen er allerede brukt til en annen melding.")
        receipt = receipts.receipt_for(by.office, used.concern_id)
        return Received(used.concern_id, receipt, used.received_at or used.used_at)
    raise KeyUsed("Nøkkelen er allerede brukt.")  # by somebody else, whose row is not there for this one


def _tell_team(by: Reader) -> None:
    """After the commit; robust, because an error here must not deny a concern that is already stored."""
    if by.purpose == "import":
        return
    transaction.on_commit(lambda: tasks.something_new.ring_once_a(30, by.office), robust=True)


def register(
    *, told: Told, channel: str, by: Reader, client_key: str = "", concern_id: UUID | None = None, files: str = ""
) -> Received:
    """A concern told to somebody in the kommune by phone, letter or visit. The person need not see the inbox.

    Raises PermissionDenied, ValueError for another channel, KeyUsed.
    """
    require(by, Permission.CONCERN_REGISTER)
    if channel not in dict(STAFF_CHANNELS):
        raise ValueError(f"«{channel}» er ikke en måte å ta imot på.")
    return receive(told=told, channel=channel, by=by, client_key=client_key, concern_id=concern_id, files=files)


@transaction.atomic
def open_concern(*, concern: Concern, by: Reader, at: datetime | None = None) -> Concern:
    """«Åpne og ta imot»: from now on a named person has it, and a hotline that sent it is told so.

    Returns the opened concern; WrongMove when somebody else was first, Refused for a covered one that is only lent to
    whoever opens it. `at` is for imports.
    """
    require(by, Permission.INBOX_READ)
    opened = _locked(concern, "opened")
    opened.opened_at = at or now()
    opened.opened_by, opened.opened_by_name = by.user_id, by.name[:200]
    opened.save(update_fields=["progress", "opened_at", "opened_by", "opened_by_name"])
    shutting.take_hold(opened, by)
    record(by=by, action=Action.CHANGE, what="inbox.progress.opened", ids=[opened.id])
    if opened.letter_id and opened.origin:
        letter = Opened(handover=opened.letter_id, reference=opened.reference, at=opened.opened_at)
        send(letter, to=office_by_id(opened.origin), by=by)
    return opened


@transaction.atomic
def move(*, concern: Concern, to: str, by: Reader) -> Concern:
    """A later room's step: in_progress or closed, by the table in `states`. Opening has its own action."""
    if to == "opened":
        raise WrongMove("En bekymring åpnes av et navngitt menneske.")
    moved = _locked(concern, to)
    moved.save(update_fields=["progress"])
    record(by=by, action=Action.CHANGE, what=f"inbox.progress.{to}", ids=[moved.id])
    return moved


def _locked(concern: Concern, to: str) -> Concern:
    """The row as it is now, held until the end of the transaction, with its next state set."""
    row = Concern.objects.select_for_update().get(id=concern.id)
    check_move(row.progress, to)
    row.progress = concern.progress = to
    return row


@transaction.atomic
def message_reporter(*, concern: Concern, text: str, by: Reader) -> ReporterMessage:
    """Write to whoever holds the receipt. Raises ValueError with a sentence for a text that cannot be sent, Refused
    where nobody holds one that is good here."""
    require(by, Permission.INBOX_READ)
    if concern.reaches_nobody:
        raise Refused(concern.reaches_nobody)
    if concern.progress == "received":
        raise WrongMove("Åpne bekymringen før du skriver til melderen.")
    words = clean_text(text, MESSAGE_LIMIT)
    if not words:
        raise ValueError("Skriv noe til melderen.")
    if by.user_id is None:
        raise ValueError("Bare et menneske kan skrive til melderen.")
    message = ReporterMessage(concern=concern, text=words, at=now(), by_user=by.user_id)
    message.save()
    record(by=by, action=Action.CREATE, what="inbox.message", ids=[message.id])
    return message
