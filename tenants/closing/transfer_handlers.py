"""Letters between two kommuner: a matter that comes here, and the word that one we sent has been opened there."""

import uuid
from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction

from shared.contracts import CaseTransfer, Known, Opened, TransferFile
from shared.contracts.fields import to_json
from shared.post.handlers import Envelope
from tenants.closing.transfer import TOLD
from tenants.closing.transfer_files_handlers import announce_files
from tenants.closing.transfer_models import Arrival, TransferOpened
from tenants.closing.transfer_queries import COULD_NAME, hidden_by
from tenants.inbox.actions import Carried, receive
from tenants.inbox.handlers import WrongSender, once_per_letter
from tenants.inbox.told import Told
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now


def store_transfer(letter: CaseTransfer, envelope: Envelope, by: Reader) -> None:
    """One letter is one concern in the inbox, as old as it was at the sender, and covered when it was covered there.

    `about_staff` is kept as told, but it speaks of the sender's people: it covers nothing here by itself.
    """
    if envelope.sender.kind != "kommune" or envelope.sender.id == by.office.id:
        raise WrongSender("Bare en annen kommune overfører en sak slik.")
    told = Told(**{name: getattr(letter, name) for name in TOLD})
    carried = Carried(envelope.id, letter.reference[:20], envelope.sender.id)
    with once_per_letter(envelope, by):
        got = receive(
            told=told,
            channel="transfer",
            by=by,
            received_at=min(letter.received_at, now()),
            carried=carried,
            covered=letter.covered,
            hidden=hidden_by(letter.known, {name: getattr(letter, name) for name in COULD_NAME}),
        )
        _keep(letter, envelope, got.concern_id, by)


def _keep(letter: CaseTransfer, envelope: Envelope, concern_id: uuid.UUID, by: Reader) -> None:
    files = announce_files(letter, envelope, concern_id, envelope.sender.name, by)
    arrival = Arrival(
        concern_id=concern_id,
        from_office=envelope.sender.id,
        reason=letter.reason,
        summary=letter.summary,
        earlier={
            "decisions": _plain(letter.decisions),
            "notes": _plain(letter.notes),
            "known": to_json(Known, letter.known, "known"),
            "files": to_json(tuple[TransferFile, ...], files, "files"),
        },
        sent_at=envelope.sent_at,
        arrived_at=now(),
    )
    arrival.save()
    record(by=by, action=Action.CREATE, what="closing.arrival", ids=[concern_id])


def _plain(rows: tuple[Any, ...]) -> list[dict[str, str]]:
    return [{**asdict(row), "at": row.at.isoformat()} for row in rows]


def note_opened(letter: Opened, envelope: Envelope, by: Reader) -> None:
    """A person in the other kommune has opened what we sent. Said twice it is one row; said by one that has taken the
    place of another, it is that one's word too."""
    if envelope.sender.kind != "kommune":
        raise WrongSender("Bare en kommune åpner det en annen har overført.")
    rows = [
        # Of sender and letter together, so that no office can take the place of another's word.
        TransferOpened(
            id=uuid.uuid5(each, str(letter.handover)), letter_id=letter.handover, office=each, at=letter.at
        )
        for each in envelope.senders
    ]  # fmt: skip
    try:
        with transaction.atomic():
            for row in rows:
                row.save()
    except IntegrityError:
        return
    record(by=by, action=Action.CREATE, what="closing.transfer.opened", ids=[letter.handover])
