"""What happens after the answer: the mail that something is new, and forgetting old client keys."""

from datetime import timedelta

from tenants.inbox import notices, queries, replies_queries
from tenants.inbox.models import ClientKey, Concern
from tenants.inbox.replies_models import ReporterReply
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.celery import office_task
from varde.clock import now
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

KEY_LIFE = timedelta(days=30)


@office_task("inbox.something_new", every=300, kinds=("kommune",))
def something_new(ref: OfficeRef) -> None:
    """A worker mails, so that a slow mail server never holds back a receipt; who was not told is told next time."""
    with work(ref, "reminders") as by:
        told = notices.something_new(ref, queries.untold())
        _notice_vacant()
        Concern.objects.filter(id__in=[concern.id for concern in told]).update(told_at=now())
        if told:
            record(by=by, action=Action.SEND, what="inbox.concern", ids=[concern.id for concern in told])
        _tell_of_replies(ref, by)


def _tell_of_replies(ref: OfficeRef, by: Reader) -> None:
    """What reporters wrote: one mail until somebody has opened it, however many come."""
    rows = replies_queries.untold()
    before = replies_queries.told_already({row.concern_id for row in rows})
    told = notices.new_replies(ref, {row.concern_id for row in rows} - before)
    done = [row.id for row in rows if row.concern_id in told | before]
    ReporterReply.objects.filter(id__in=done).update(told_at=now())
    if told:
        record(by=by, action=Action.SEND, what="inbox.receipt.reply", ids=sorted(told))


@office_task("inbox.forget_keys", every=24 * 3600, kinds=("kommune",))
def forget_keys(ref: OfficeRef) -> None:
    """A client key is kept for 30 days; after that the same key is a new report."""
    with work(ref, "keys") as by:
        gone, _ = ClientKey.objects.filter(used_at__lt=now() - KEY_LIFE).delete()
        if gone:
            record(by=by, action=Action.CHANGE, what="inbox.client_keys", reason=f"{gone} utløpt")


def _notice_vacant() -> None:
    """A covered matter whose two people have left: opened to the others after three days."""
    for cover in queries.vacant(now()):
        cover.save(update_fields=["vacant_since"])


@office_task("inbox.unwatched", every=6 * 3600, kinds=("kommune",))
def look_for_unwatched(ref: OfficeRef) -> None:
    """Until it is mended: whoever gives roles is told that the team has nobody, or lacks somebody for what is here."""
    with work(ref, "reminders"):
        if not queries.staffed() or queries.unwatched():
            notices.unstaffed(ref)
