"""Telling of break-glass: who is asked, and those who have the case when it is broken."""

from django.db.models.expressions import RawSQL

from tenants.cases.models import GlassRequest
from varde.audit.actions import Action, record
from varde.celery import office_task
from varde.clock import now
from varde.identity.models import User
from varde.notify.mail import Kind, tell
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


@office_task("cases.tell_of_glass", every=300, kinds=("kommune",))
def tell_of_glass(ref: OfficeRef) -> None:
    """At once when something happens; swept every five minutes in case the ring or the mail was lost."""
    with work(ref, "reminders") as by:
        rows = GlassRequest.objects.select_for_update(skip_locked=True).order_by("asked_at")
        told = [row for row in rows.filter(answered_at=None, asked_told_at=None) if _tell_approver(row, ref)]
        told += [row for row in rows.filter(approved=True, told_at=None) if _tell_readers(row, ref)]
        if told:
            record(by=by, action=Action.SEND, what="cases.glass", ids=[row.id for row in told])


def _tell_approver(request: GlassRequest, ref: OfficeRef) -> bool:
    wanted = User.objects.filter(id=request.approver_id)
    return _told(request, "asked_told_at", {person.email for person in wanted}, ref)


def _tell_readers(request: GlassRequest, ref: OfficeRef) -> bool:
    """Those who have the case, whoever they are; nobody when there is no such case."""
    wanted = User.objects.filter(id__in=RawSQL("SELECT glass_readers(%s)", [request.id]))
    return _told(request, "told_at", {person.email for person in wanted}, ref)


def _told(request: GlassRequest, column: str, wanted: set[str], ref: OfficeRef) -> bool:
    kind: Kind = "new" if column == "asked_told_at" else "glass"
    if not wanted <= tell(kind, to=sorted(wanted), ref=ref):
        return False
    setattr(request, column, now())
    request.save(update_fields=[column])
    return True
