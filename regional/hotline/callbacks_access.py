"""Who may see a call-back, and who may read whom it is about."""

from uuid import UUID

from django.http import Http404

from regional.hotline.models import CallBack
from regional.hotline.queries import me
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.privacy.errors import CannotOpen


def own_callback(callback_id: UUID, by: Reader) -> CallBack:
    """The operator's own that waits; 404 for the shift's, another's, one that is done, and one that the
    kommune has taken over."""
    row = CallBack.objects.filter(id=callback_id, owner=me(by), state="waiting").first()
    if row is None or not _opens(row):
        raise Http404
    record(by=by, action=Action.VIEW, what="hotline.callback", ids=[row.id])
    return row


def own_callback_locked(callback_id: UUID, by: Reader) -> CallBack:
    """The same, held until the transaction ends."""
    row = CallBack.objects.select_for_update().filter(id=callback_id, owner=me(by), state="waiting").first()
    if row is None or not _opens(row):
        raise Http404
    return row


def _opens(row: CallBack) -> bool:
    """No longer when the kommune has stored the concern that it belongs to."""
    try:
        return row.whom is not None
    except CannotOpen:
        return False


def list_waiting(by: Reader) -> list[CallBack]:
    """All that wait and that this operator may take or has, the first due first."""
    record(by=by, action=Action.LIST, what="hotline.callback")
    return list(CallBack.objects.filter(state="waiting").prefetch_related("tries").order_by("due_at", "id"))


def list_done(by: Reader) -> list[CallBack]:
    """The operator's own latest that are done: no names, they are gone."""
    return list(CallBack.objects.filter(state="done", owner=me(by)).order_by("-done_at")[:10])
