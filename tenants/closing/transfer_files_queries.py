"""Asking about the files of a transfer: which would follow, and how far those that were sent have come."""

from dataclasses import dataclass

from shared.contracts import TransferFile
from shared.post import queries as post
from tenants.closing.transfer_files import MOST_BYTES, Line, line_of, piece_id, within
from tenants.closing.transfer_files_models import TransferredFile
from tenants.closing.transfer_models import Transfer
from tenants.inbox.attached import Attachment, AttachmentFinding, AttachmentLater
from tenants.inbox.attachments import later_of, latest, wrongly_laid
from tenants.inbox.attachments_travel import pieces_of
from tenants.inbox.models import Concern
from varde.documents.scanner import Verdict

NOT_SENT_ON = "Meldt anonymt, så hvem filen kom fra, følger ikke med."


def files_of(concern: Concern) -> tuple[TransferFile, ...]:
    """The files as the letter says them now. In an anonymous matter what a file was called stays here, also of one that
    came later: whoever reported may have sent it."""
    rows = list(Attachment.objects.filter(concern=concern).order_by("number"))
    findings, later = latest(rows), {each.attachment_id: each for each in later_of(concern.pk)}
    wrong, found = wrongly_laid(rows), []
    for row in rows:
        finding, laid = findings.get(row.id), later.get(row.id)
        # Of one that was laid wrongly nothing is said: it may be about somebody else.
        named = row.id not in wrong and not concern.anonymous
        found.append(
            TransferFile(
                number=row.number, kind=row.kind, size=row.size, name=row.name if named else "",
                declared=row.declared if named else "", at=laid.at if laid else row.at,
                came_from=_came_from(laid, concern) if laid and row.id not in wrong else "",
                left_out=_why_not(row.id in wrong, finding),
            )
        )  # fmt: skip
    return within(found, MOST_BYTES, "too_much")


def _came_from(laid: AttachmentLater, concern: Concern) -> str:
    """Whom a file came from. It may be the one who reported: in an anonymous matter that is not sent on, and the file
    is still one that came later."""
    return NOT_SENT_ON if concern.anonymous else laid.came_from


def _why_not(wrong: bool, finding: AttachmentFinding | None) -> str:
    if wrong:
        return "mistake"
    return "malware" if finding and finding.virus == Verdict.INFECTED else ""


@dataclass(frozen=True, slots=True)
class Followed:
    """The files of a matter that was sent: how many followed, how many of them are delivered, and what stayed."""

    sent: int
    delivered: int
    stayed: list[Line]


def followed(transfer: Transfer) -> Followed:
    """How far they have come."""
    rows = TransferredFile.objects.filter(concern_id=transfer.concern_id).select_related("attachment")
    files = [(row.attachment, row.left_out) for row in rows.order_by("attachment__number")]
    letters = {
        file.id: [piece_id(transfer.letter_id, file.number, place) for place in range(pieces_of(file.size))]
        for file, left_out in files
        if not left_out
    }
    receipts = post.receipts([key for keys in letters.values() for key in keys]) if letters else {}
    delivered = sum(all(key in receipts for key in keys) for keys in letters.values())
    stayed = [_line(file, left_out) for file, left_out in files if left_out]
    return Followed(len(letters), delivered, stayed)


def _line(file: Attachment, left_out: str) -> Line:
    return line_of(
        TransferFile(
            number=file.number, kind=file.kind, size=file.size, name="", declared="", at=file.at, came_from="",
            left_out=left_out,
        )
    )  # fmt: skip
