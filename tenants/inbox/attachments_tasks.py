"""Checking and opening what came, after the commit: never in the request, never in this process.

Between the two transactions the file lies in a sealed spool, so that no transaction waits for a scanner or a child.
"""

import time
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tenants.inbox import attachments_sealed as sealed
from tenants.inbox.attached import Attachment, AttachmentChunk, AttachmentFinding
from tenants.inbox.attachments import latest
from varde.audit.actions import Action, record
from varde.celery import office_task
from varde.clock import now
from varde.documents import reader
from varde.documents.bounds import CHUNK_BYTES
from varde.documents.outcome import Cleaned, Kept, Later, Outcome, Unreadable
from varde.documents.scanner import Scan, Verdict, may_open, scan
from varde.documents.spool import Spool
from varde.privacy.errors import CannotOpen
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

AT_ONCE = 20
SWEEP_SECONDS = 240  # the next sweep goes on from there


@office_task("inbox.open_attachment", kinds=("kommune",))
def open_attachment(ref: OfficeRef, attachment_id: str) -> None:
    """Check and open one file, unless that is done."""
    examine(ref, UUID(attachment_id))


@office_task("inbox.waiting_attachments", every=300, kinds=("kommune",))
def waiting_attachments(ref: OfficeRef) -> None:
    """Those whose bell was not heard, or whose scanner was away, the oldest first."""
    with work(ref, "documents"):
        found = list(waiting().order_by("at").values_list("id", flat=True)[:AT_ONCE])
    until = time.monotonic() + SWEEP_SECONDS
    for attachment_id in found:
        if time.monotonic() < until:
            examine(ref, attachment_id)


def waiting() -> QuerySet[Attachment]:
    """Not checked, or let through unchecked before there was a scanner; not before the last piece of it is here."""
    said = AttachmentFinding.objects.filter(attachment=OuterRef("id")).order_by("-at", "-id").values("virus")[:1]
    laid = AttachmentChunk.objects.filter(attachment=OuterRef("id"), part="original").order_by().values("attachment")
    here = Coalesce(Subquery(laid.annotate(count=Count("id")).values("count")), 0) * CHUNK_BYTES
    rows = Attachment.objects.annotate(said=Subquery(said), here=here).filter(
        Q(arriving=False) | Q(here__gte=F("size"))
    )
    unsure = rows.filter(said__isnull=True)
    return unsure | rows.filter(said=Verdict.UNSCANNED) if settings.CLAMD else unsure


def examine(ref: OfficeRef, attachment_id: UUID) -> None:
    """One file: fetch, check, open, write down what came of it. What is still waiting leaves no row."""
    spool = _fetched(ref, attachment_id)
    if spool is None:
        return
    try:
        checked = scan(spool.chunks())
        if checked.verdict == Verdict.WAITING:
            return
        outcome = reader.clean(spool.chunks(), spool.size) if may_open(checked.verdict) else None
    finally:
        spool.discard()
    if not isinstance(outcome, Later):
        _write_down(ref, attachment_id, checked, outcome)


def _fetched(ref: OfficeRef, attachment_id: UUID) -> Spool | None:
    """The original in a spool; None when there is nothing to do. One that cannot be opened any more (its key is
    destroyed, a piece is gone) is written down once, so that it does not hold up the others."""
    with work(ref, "documents"):
        attachment = waiting().filter(id=attachment_id).first()
        if attachment is None:
            return None
        spool = Spool()
        try:
            for chunk in sealed.opened(attachment, "original"):
                spool.add(chunk)
            spool.close_writing()
        except CannotOpen:
            spool.discard()
            finding = AttachmentFinding(attachment=attachment, concern_id=attachment.concern_id, at=now())
            finding.virus, finding.opening = Verdict.WAITING.value, "unreadable"
            finding.save()
            return None
    return spool


def _write_down(ref: OfficeRef, attachment_id: UUID, checked: Scan, outcome: Outcome | None) -> None:
    """The finding and the copy, together. A second task on the same file waits, and then has nothing to do."""
    with work(ref, "documents") as by:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"attachment {attachment_id}"])
        attachment = waiting().filter(id=attachment_id).first()
        if attachment is None:
            return
        earlier = latest([attachment]).get(attachment.id)
        finding = AttachmentFinding(attachment=attachment, concern_id=attachment.concern_id, at=now())
        finding.virus, finding.found = checked.verdict.value, checked.found[:100]
        _fill(finding, outcome)
        if isinstance(outcome, Cleaned) and not (earlier and earlier.copy_kind):
            body = memoryview(outcome.body)
            pieces = (bytes(body[at : at + CHUNK_BYTES]) for at in range(0, len(body), CHUNK_BYTES))
            sealed.store(attachment, "copy", pieces)
        elif isinstance(outcome, Cleaned) and earlier:
            finding.copy_kind, finding.copy_size = earlier.copy_kind, earlier.copy_size
        finding.save()
        record(by=by, action=Action.CREATE, what="inbox.attachment.finding", ids=[attachment.concern_id])


def _fill(finding: AttachmentFinding, outcome: Outcome | None) -> None:
    finding.opening = "waiting"
    if isinstance(outcome, Cleaned):
        finding.opening, finding.notes = "cleaned", " ".join(outcome.notes)
        finding.copy_kind, finding.copy_size = outcome.made, len(outcome.body)
    elif isinstance(outcome, Kept):
        finding.opening = "kept"
    elif isinstance(outcome, Unreadable):
        finding.opening, finding.reason = "unreadable", outcome.reason
