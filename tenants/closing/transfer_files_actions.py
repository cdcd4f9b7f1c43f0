"""Sending the files of a matter after the letter that hands it over, in the same transaction."""

from dataclasses import replace

from shared.contracts import CaseTransfer, TransferPiece
from shared.post.actions import send
from shared.registry.queries import office_by_id
from tenants.closing.transfer_files import piece_id
from tenants.closing.transfer_files_models import TransferredFile
from tenants.closing.transfer_models import Transfer
from tenants.inbox.attached import Attachment
from tenants.inbox.attachments_travel import is_whole, pieces
from tenants.inbox.models import Concern
from varde.access import Reader


def with_whole_files(concern: Concern, letter: CaseTransfer) -> CaseTransfer:
    """The letter, with files that cannot be read any more left out: they must not stop what goes with it."""
    rows = {row.number: row for row in Attachment.objects.filter(concern=concern)} if letter.files else {}
    files = (
        file if file.left_out or is_whole(rows[file.number]) else replace(file, left_out="damaged")
        for file in letter.files
    )
    return replace(letter, files=tuple(files))


def send_files(*, kept: Transfer, letter: CaseTransfer, by: Reader) -> None:
    """Send the originals, piece by piece, and keep what followed and what did not. The post holds them until the other
    office takes them, so nothing is lost when it is down."""
    rows = {row.number: row for row in Attachment.objects.filter(concern_id=kept.concern_id)} if letter.files else {}
    to = office_by_id(kept.to_office)
    for file in letter.files:
        row = rows[file.number]
        TransferredFile(concern_id=kept.concern_id, attachment=row, left_out=file.left_out).save()
        for ordinal, data in enumerate(() if file.left_out else pieces(row)):
            piece = TransferPiece(transfer=kept.letter_id, number=row.number, ordinal=ordinal, data=data)
            key = piece_id(kept.letter_id, row.number, ordinal)
            send(piece, to=to, by=by, id=key, about=kept.concern_id)
