"""Sending in the sender's transaction, opening in the recipient's. Both together give exactly one effect."""

import logging
import uuid
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction

from shared.contracts import Letter
from shared.contracts.fields import BadLetter
from shared.post import keys, queries
from shared.post.handlers import Envelope, handler_for, settle_all
from shared.post.ledger_models import Again
from shared.post.models import PostKey, Receipt, SealedLetter
from shared.post.seal import seal, unseal
from shared.registry.models import Office
from shared.registry.queries import office_by_id
from varde.access.reader import Reader
from varde.audit.actions import Action, record
from varde.celery import Bell
from varde.clock import now
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

log = logging.getLogger("varde.post")
# The task that answers lies in `tasks`, which knows this room; here it has a name only.
BELL = Bell("post.deliver")
# During an upgrade a letter may be of a version that this process does not know yet.
PATIENCE = timedelta(hours=24)


def send(
    letter: Letter,
    *,
    to: OfficeRef,
    by: Reader,
    id: UUID | None = None,  # noqa: A002
    about: UUID | None = None,
) -> UUID:
    """Seal the letter and lay it in the post, in the caller's transaction; the bell rings after the commit.

    `about`: the matter, for letters by which the log cannot find it. Returns the letter's id. Raises `keys.NoKey` when
    the recipient has never had a key.
    """
    letter_id = id or uuid.uuid4()
    to, key = _key(to)
    sealed = seal(letter, id=letter_id, sender=by.office.id, recipient=to.id, public=bytes(key.public))
    kind = type(letter).__name__
    SealedLetter(
        id=letter_id,
        kind=kind,
        sender=by.office.id,
        recipient=to.id,
        month=key.month,
        sealed=sealed,
        sent_at=now(),
    ).save()
    record(by=by, action=Action.SEND, what=f"post.{kind}", ids=[about or letter_id])
    transaction.on_commit(lambda: BELL.ring(to))
    return letter_id


def _key(to: OfficeRef) -> tuple[OfficeRef, PostKey]:
    """Whom it goes to, and under which key: one that has become part of another is written to there."""
    try:
        return to, keys.key_for(to.id)
    except keys.NoKey:
        heir = Office.objects.filter(id=to.id, became__isnull=False).values_list("became", flat=True).first()
        if heir is None:
            raise
        return office_by_id(heir), keys.key_for(heir)


def open_mail(ref: OfficeRef) -> int:
    """Open everything that waits for this office, each letter in a transaction of its own; how many were stored.

    A letter that fails stays in the post for the next sweep; the others are not held up by it. Then what was asked for
    again, and what follows from the receipts that have come back here.
    """
    opened = sum(_tried(ref, letter_id, _open_one) for letter_id in queries.waiting_ids(ref))
    for letter_id in queries.asked_again(ref):
        _tried(ref, letter_id, _open_again)
    try:
        settle_all(ref)
    except Exception as error:  # the next bell or sweep does it
        log.warning("receipts wait: %s", type(error).__name__)
    return opened


def _tried(ref: OfficeRef, letter_id: UUID, step: Callable[[OfficeRef, UUID], bool]) -> bool:
    try:
        return step(ref, letter_id)
    except Exception as error:  # whatever is wrong with one letter must not hold up the others
        log.warning("letter %s waits: %s", letter_id, type(error).__name__)
        return False


def _open_one(ref: OfficeRef, letter_id: UUID) -> bool:
    """Handle and receipt one letter; False when somebody else has it or had it."""
    with work(ref, "post") as by:
        if not _claim(letter_id) or Receipt.objects.filter(id=letter_id).exists():
            return False
        row = SealedLetter.objects.get(id=letter_id)
        state, about = Receipt.State.STORED, None
        try:
            letter = _read(row)
        except BadLetter:
            if now() - row.sent_at < PATIENCE:
                raise
            log.error("letter %s cannot be read", letter_id)
            state = Receipt.State.UNREADABLE
        else:
            about = _handled(letter, row, by)
        Receipt(id=row.id, sender=row.sender, recipient=row.recipient, state=state, at=now()).save()
        record(by=by, action=Action.CREATE, what=f"post.receipt.{row.kind}", ids=[about or row.id])
        transaction.on_commit(lambda: _ring(row.sender), robust=True)
    return state == Receipt.State.STORED


def _handled(letter: Letter, row: SealedLetter, by: Reader) -> UUID | None:
    former = tuple(Office.objects.filter(became=row.sender).values_list("id", flat=True))
    envelope = Envelope(row.id, office_by_id(row.sender), row.sent_at, row.recipient, former, row.number)
    return handler_for(by.office.kind, letter)(letter, envelope, by)


def _ring(office_id: UUID) -> None:
    """The sender has something to settle; what it has not heard, its own sweep sees."""
    heir = Office.objects.filter(id=office_id, became__isnull=False).values_list("became", flat=True).first()
    BELL.ring(office_by_id(heir or office_id))


def _open_again(ref: OfficeRef, letter_id: UUID) -> bool:
    """Handle a letter that was receipted before and is asked for again. What is still there stays one: the handlers
    know a letter by its id."""
    with work(ref, "post") as by:
        if not _claim(letter_id):
            return False
        row = SealedLetter.objects.get(id=letter_id)
        letter = _read(row)
        about = _handled(letter, row, by)
        Again.objects.filter(letter_id=letter_id, recipient=row.recipient, done_at__isnull=True).update(done_at=now())
        record(by=by, action=Action.CREATE, what="post.again", ids=[about or row.id])
    return True


def _read(row: SealedLetter) -> Letter:
    private = keys.private_half(row.month, row.recipient)
    return unseal(bytes(row.sealed), id=row.id, sender=row.sender, recipient=row.recipient, private=private)


def _claim(letter_id: UUID) -> bool:
    """A lock that lives as long as the transaction; letters themselves cannot be locked, they are immutable."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [str(letter_id)])
        row = cursor.fetchone()
    return bool(row and row[0])
