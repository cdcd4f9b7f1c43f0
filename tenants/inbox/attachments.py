"""Files beside a concern: laid with it in one commit, opened by a task, given out with a trace."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from django.db import DatabaseError, transaction
from django.db.models import Count

from tenants.inbox import attachments_sealed as sealed
from tenants.inbox.attached import OPENINGS, Attachment, AttachmentChunk, AttachmentFinding, AttachmentLater
from tenants.inbox.mistakes_queries import Mark, marks_of
from tenants.inbox.models import Concern
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.celery import Bell
from varde.clock import now
from varde.documents.bounds import CHUNK_BYTES
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
        reason = one.refused or ("" if again or stored(concern_id, number, one, by) else "failed")
        if reason:
            left_out.append(NotTaken(shown_name(one.file.name), reason))
    return left_out


def stored(concern_id: UUID, number: int, one: Judged, by: Reader, later: AttachmentLater | None = None) -> bool:
    """Store one file, in a savepoint of its own: what fails takes nothing with it. `later`: who laid it, unsaved; the
    file gets the id that it names."""
    spool, kind = one.file.spool, one.kind
    if spool is None or kind is None:
        return False
    attachment = Attachment(
        id=later.attachment_id if later else uuid4(),
        concern_id=concern_id,
        number=number,
        at=now(),
        name=shown_name(one.file.name),
        declared=one.file.declared,
        kind=kind.code,
        size=spool.size,
    )
    try:
        with transaction.atomic():
            attachment.save()
            sealed.store(attachment, "original", spool.chunks())
            if later is not None:
                later.save()
    except (DatabaseError, OSError, ValueError):
        return False
    what = "inbox.later_file" if later else "inbox.attachment"
    record(by=by, action=Action.CREATE, what=what, ids=[concern_id], reason=f"vedlegg {number}")
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
    # Who laid it after the report came; None for what came with the report.
    later: AttachmentLater | None = None
    # That it was laid wrongly: then only the original is opened, with a reason.
    mark: Mark | None = None


def shown(concern_id: UUID) -> list[Shown]:
    """The attachments of a concern, in the order they came, for those who see the concern."""
    attachments = list(Attachment.objects.filter(concern_id=concern_id).order_by("number"))
    last, marks = latest(attachments), wrongly_laid(attachments)
    laid = {row.attachment_id: row for row in later_of(concern_id)} if attachments else {}
    coming = under_way(attachments)
    lines = [(each, _line(each, last.get(each.id), laid.get(each.id), each.id in coming)) for each in attachments]
    return [replace(line, mark=marks.get(each.id)) for each, line in lines]


def wrongly_laid(attachments: Iterable[Attachment]) -> Mapping[UUID, Mark]:
    """Those of the files that were marked as laid wrongly."""
    return marks_of(Attachment, [each.id for each in attachments])


def under_way(attachments: Iterable[Attachment]) -> set[UUID]:
    """Those of which another office has not sent the last piece."""
    sizes = {each.id: each.size for each in attachments if each.arriving}
    rows = AttachmentChunk.objects.filter(attachment__in=sizes, part="original").order_by() if sizes else None
    laid = dict(rows.values_list("attachment").annotate(Count("id"))) if rows is not None else {}
    return {key for key, size in sizes.items() if laid.get(key, 0) * CHUNK_BYTES < size}


def listed(concern: Concern) -> dict[str, Any]:
    """For a page of the matter: what came with the report, what was laid later, and whether more can be laid; nothing
    where there is neither."""
    rows, goes_on = shown(concern.pk), concern.progress in ("opened", "in_progress")
    if not rows and not goes_on:
        return {}
    groups = [("Kom med meldingen", [row for row in rows if row.later is None])]
    groups.append(("Lagt ved senere", [row for row in rows if row.later is not None]))
    return {
        "groups": [group for group in groups if group[1]],
        "concern_id": concern.pk,
        "goes_on": goes_on,
        "room": room(),
    }


def later_of(concern_id: UUID) -> list[AttachmentLater]:
    """Who laid which file after the report came, the oldest first."""
    rows = AttachmentLater.objects.filter(concern_id=concern_id).select_related("attachment")
    return list(rows.order_by("attachment__number"))


def called(attachment: Attachment) -> str:
    """«Vedlegg 3 (PDF)»"""
    return f"Vedlegg {attachment.number} ({KINDS[attachment.kind].label})"


def latest(attachments: Iterable[Attachment]) -> dict[UUID, AttachmentFinding]:
    """attachment id -> its last finding."""
    rows = AttachmentFinding.objects.filter(attachment__in=list(attachments)).order_by("at", "id")
    return {row.attachment_id: row for row in rows}


def _line(
    attachment: Attachment, finding: AttachmentFinding | None, later: AttachmentLater | None, coming: bool
) -> Shown:
    virus = finding.virus if finding else Verdict.WAITING.value
    opened = may_open(virus)
    return Shown(
        id=attachment.id,
        number=attachment.number,
        kind=KINDS[attachment.kind].label,
        size=attachment.size,
        virus=LABELS.get(virus, LABELS[Verdict.WAITING]),
        color={"clean": "success", "infected": "danger"}.get(virus, "warning"),
        opening="underveis fra den andre kommunen" if coming else _opening(finding),
        notes=tuple(NOTES[note] for note in (finding.notes.split() if finding else ()) if note in NOTES),
        has_copy=opened and bool(finding and finding.copy_kind),
        may_open=opened,
        later=later,
    )


def _opening(finding: AttachmentFinding | None) -> str:
    if finding is None:
        return dict(OPENINGS)["waiting"]
    return REASONS.get(finding.reason) or dict(OPENINGS).get(finding.opening, "")
