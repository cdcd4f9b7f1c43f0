"""Files beside a concern: laid with it in one commit, opened by a task, given out with a trace."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import DatabaseError, transaction

from tenants.inbox import attachments_sealed as sealed
from tenants.inbox.attached import OPENINGS, Attachment, AttachmentFinding
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.celery import Bell
from varde.clock import now
from varde.documents.intake import Judged, NotTaken, judge, shown_name
from varde.documents.kinds import KINDS
from varde.documents.outcome import NOTES, REASONS
from varde.documents.room import Room, office_room
from varde.documents.scanner import LABELS, Verdict, may_open
from varde.documents.uploads import SentFile

CHUNKS = "inbox_attachmentchunk"
OPEN = Bell("inbox.open_attachment")


def room() -> Room:
    """How much of this office's room for attachments is used."""
    return office_room(CHUNKS)


def print_of(files: Sequence[SentFile]) -> str:
    """What tells these files from others, so that a form sent again with other files is not taken for the same one."""
    prints = [f"{file.name} {file.size} {_ends(file)}" for file in files]
    return hashlib.sha256("\n".join(prints).encode(errors="replace")).hexdigest() if prints else ""


def _ends(file: SentFile) -> str:
    return hashlib.sha256(file.spool.head + file.spool.tail).hexdigest() if file.spool else ""


def attach(*, concern_id: UUID, files: Sequence[SentFile], by: Reader, again: bool = False) -> list[NotTaken]:
    """Lay the files beside a concern that is stored in this transaction; returns those that were not taken.

    Never raises for a file: the concern must be kept whatever happens to what came with it. `again`: the same form
    sent once more; nothing is stored twice, and the answer is the same.
    """
    if not files:
        return []
    left_out = []
    for number, one in enumerate(judge(files, room()), start=1):
        reason = one.refused or ("" if again or _stored(concern_id, number, one, by) else "failed")
        if reason:
            left_out.append(NotTaken(shown_name(one.file.name), reason))
    return left_out


def _stored(concern_id: UUID, number: int, one: Judged, by: Reader) -> bool:
    """In a savepoint of its own: what fails takes nothing with it."""
    spool, kind = one.file.spool, one.kind
    if spool is None or kind is None:
        return False
    try:
        with transaction.atomic():
            attachment = Attachment(
                concern_id=concern_id,
                number=number,
                at=now(),
                name=shown_name(one.file.name),
                declared=one.file.declared,
                kind=kind.code,
                size=spool.size,
            )
            attachment.save()
            sealed.store(attachment, "original", spool.chunks())
    except (DatabaseError, OSError, ValueError):
        return False
    record(by=by, action=Action.CREATE, what="inbox.attachment", ids=[concern_id], reason=f"vedlegg {number}")
    transaction.on_commit(lambda: OPEN.ring(by.office, str(attachment.id)), robust=True)
    return True


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the list of attachments, in words."""

    id: UUID
    number: int
    kind: str
    size: int
    virus: str
    color: str
    opening: str
    notes: tuple[str, ...]
    has_copy: bool
    may_open: bool


def shown(concern_id: UUID) -> list[Shown]:
    """The attachments of a concern, in the order they came, for those who see the concern."""
    attachments = list(Attachment.objects.filter(concern_id=concern_id).order_by("number"))
    last = latest(attachments)
    return [_line(attachment, last.get(attachment.id)) for attachment in attachments]


def latest(attachments: Iterable[Attachment]) -> dict[UUID, AttachmentFinding]:
    """attachment id -> its last finding."""
    rows = AttachmentFinding.objects.filter(attachment__in=list(attachments)).order_by("at", "id")
    return {row.attachment_id: row for row in rows}


def _line(attachment: Attachment, finding: AttachmentFinding | None) -> Shown:
    virus = finding.virus if finding else Verdict.WAITING.value
    opened = may_open(virus)
    return Shown(
        id=attachment.id,
        number=attachment.number,
        kind=KINDS[attachment.kind].label,
        size=attachment.size,
        virus=LABELS.get(virus, LABELS[Verdict.WAITING]),
        color={"clean": "success", "infected": "danger"}.get(virus, "warning"),
        opening=_opening(finding),
        notes=tuple(NOTES[note] for note in (finding.notes.split() if finding else ()) if note in NOTES),
        has_copy=opened and bool(finding and finding.copy_kind),
        may_open=opened,
    )


def _opening(finding: AttachmentFinding | None) -> str:
    if finding is None:
        return dict(OPENINGS)["waiting"]
    return REASONS.get(finding.reason) or dict(OPENINGS).get(finding.opening, "")
