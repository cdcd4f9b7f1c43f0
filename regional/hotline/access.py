"""Who may see a call: its own operator, while nobody else has what was told; and who may take one."""

import re
from uuid import UUID

from django.http import Http404

from regional.hotline.models import Call
from regional.hotline.queries import Past, me, opens, own_open, own_past
from regional.hotline.states import READABLE
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.audit.shown import logged


def open_call(call_id: UUID, by: Reader) -> Call:
    """The operator's own call that goes on now; 404 for another's, for a forwarded one and for none."""
    call = own_open(by).filter(id=call_id).first()
    if call is None:
        raise Http404
    record(by=by, action=Action.VIEW, what="hotline.call", ids=[call.id])
    return call


def readable_call(call_id: UUID, by: Reader) -> Call:
    """The operator's own call that goes on, or is sent and not stored yet; 404 from the moment that it is stored.

    The database decides: it gives the key no longer when the kommune's receipt is there.
    """
    call = Call.objects.filter(id=call_id, operator=me(by), state__in=READABLE).first()
    if call is None or not opens(call):
        raise Http404
    record(by=by, action=Action.VIEW, what="hotline.call", ids=[call.id])
    return call


def may_read(call_id: str, by: Reader) -> bool:
    """Has `by` the words still? Not when a colleague has the call, when it is over, or when a kommune has stored it.
    Nothing is shown, so nothing is logged."""
    try:
        call = Call.objects.filter(id=UUID(call_id), operator=by.user_id, state__in=READABLE).first()
    except ValueError:
        return False
    return call is not None and opens(call)


def goes_on(call_id: str, by: Reader) -> bool:
    """Is this a call that `by` has taken and not ended?"""
    try:
        return own_open(by).filter(id=UUID(call_id)).exists()
    except ValueError:
        return False


_CALL = re.compile(r"/vakttelefon/(?:[^?]*\?(?:.*&)?samtale=)?(?P<call>[0-9a-f]{8}-[0-9a-f-]{27})")


def draft_readable(path: str, by: Reader) -> bool:
    """Does the call that a draft was written at still have words that `by` may read? True for every other address."""
    named = _CALL.match(path)
    if named is None:
        return True
    return may_read(named["call"], by)


def own_call_locked(call_id: UUID, by: Reader) -> Call:
    """The operator's own call whatever its state, held until the transaction ends; 404 for another's."""
    call = Call.objects.select_for_update().filter(id=call_id, operator=me(by)).first()
    if call is None:
        raise Http404
    return call


def list_open(by: Reader) -> list[Call]:
    """The operator's own open calls, each logged."""
    return list(logged(own_open(by), by=by, what="hotline.call"))


def list_past(by: Reader) -> list[Past]:
    """The operator's own calls that are over, without content."""
    record(by=by, action=Action.LIST, what="hotline.call")
    return own_past(by)
