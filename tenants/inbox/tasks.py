"""What happens after the answer: the mail that something is new, and forgetting old client keys."""

from datetime import timedelta
from uuid import UUID

from tenants.inbox import notices
from tenants.inbox.models import ClientKey
from varde.audit.actions import Action, record
from varde.celery import office_task
from varde.clock import now
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

KEY_LIFE = timedelta(days=30)


@office_task("inbox.something_new", kinds=("kommune",))
def something_new(ref: OfficeRef, but: str = "") -> None:
    """A worker mails, so that a slow mail server never holds back a receipt."""
    with work(ref, "reminders"):
        notices.something_new(ref, but=UUID(but) if but else None)


@office_task("inbox.forget_keys", every=24 * 3600, kinds=("kommune",))
def forget_keys(ref: OfficeRef) -> None:
    """A client key is kept for 30 days; after that the same key is a new report."""
    with work(ref, "keys") as by:
        gone, _ = ClientKey.objects.filter(used_at__lt=now() - KEY_LIFE).delete()
        if gone:
            record(by=by, action=Action.CHANGE, what="inbox.client_keys", reason=f"{gone} utløpt")
