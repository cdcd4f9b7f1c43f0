"""Files that come with a matter from another kommune: announced by the letter that hands it over, piece by piece after.

They never stop the matter: what there is no room for is left out, and the page says so and how to get it.
"""

from uuid import UUID

from shared.contracts import CaseTransfer, TransferFile, TransferPiece
from shared.post.handlers import Envelope
from shared.post.queries import receipts
from tenants.closing.transfer_files import credible, file_id, within
from tenants.inbox.attached import AttachmentLater
from tenants.inbox.attachments import room
from tenants.inbox.attachments_travel import Announced, announce, take
from tenants.inbox.handlers import WrongSender
from varde.access import Reader
from varde.documents.intake import shown_name
from varde.documents.room import enough_disk


class NotYet(RuntimeError):
    """The matter of this file has not come; the letter waits in the post until it has."""


def announce_files(
    letter: CaseTransfer, envelope: Envelope, concern_id: UUID, sender: str, by: Reader
) -> tuple[TransferFile, ...]:
    """Lay the files that there is room for, without their bytes; returns them all, with why some are left out."""
    if not letter.files:
        return ()
    here = room()
    files = within(credible(letter.files), here.most - here.used if enough_disk() else 0, "no_room")
    for file in files:
        if not file.left_out:
            _announce(file, file_id(envelope.id, envelope.sender.id, file.number), concern_id, sender, by)
    return files


def _announce(file: TransferFile, key: UUID, concern_id: UUID, sender: str, by: Reader) -> None:
    name, declared = shown_name(file.name), file.declared[:100]
    announced = Announced(key, file.number, file.kind, file.size, name, declared)
    announce(concern_id=concern_id, file=announced, by=by)
    if file.came_from:
        AttachmentLater(
            attachment_id=key, concern_id=concern_id, at=file.at, came_from=file.came_from, by_name=sender[:200]
        ).save()


def store_piece(letter: TransferPiece, envelope: Envelope, by: Reader) -> UUID | None:
    """Lay one piece. Of a file that was left out nothing is kept. Raises NotYet before the matter has come."""
    if envelope.sender.kind != "kommune":
        raise WrongSender("Bare en annen kommune overfører en sak slik.")
    key = file_id(letter.transfer, envelope.sender.id, letter.number)
    matter = take(attachment_id=key, ordinal=letter.ordinal, data=letter.data, by=by)
    if matter is None and letter.transfer not in receipts([letter.transfer]):
        raise NotYet
    return matter
