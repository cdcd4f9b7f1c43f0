"""Asking about the operator's own calls."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from regional.hotline import late
from regional.hotline.models import Call
from regional.hotline.states import FORWARDED, Delivery, delivery
from shared.post.queries import receipts
from shared.registry.models import Office
from varde.access import Reader
from varde.identity.models import User
from varde.privacy.errors import CannotOpen

RECENT = 25
LEFT_AFTER = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Past:
    """A call that is sent or over, as its operator sees it in a list: no content.

    `path`: where what was told can still be read, because nobody else has it stored yet; else "".
    """

    id: UUID
    reference: str
    started_at: datetime
    kommune: str
    state: Delivery
    path: str


def me(by: Reader) -> UUID:
    """The operator's id; a purpose takes no calls."""
    if by.user_id is None:
        raise PermissionDenied
    return by.user_id


def left(at: datetime) -> Q:
    """Open calls that nobody goes on with: their operator no longer answers the phone, or half a day has passed. The
    others may take them; the database (`hotline_left`) says the same."""
    answers = User.objects.here().filter(grants__role="operator").values("id")
    return Q(state="open") & (Q(started_at__lt=at - LEFT_AFTER) | ~Q(operator__in=answers))


def own_open(by: Reader) -> QuerySet[Call]:
    """The operator's own calls that go on now, oldest first."""
    return Call.objects.filter(operator=me(by), state="open").order_by("started_at", "id")


def own_past(by: Reader, call_id: UUID | None = None) -> list[Past]:
    """The operator's own latest calls that are sent or over, newest first; of one call, that one, however old."""
    of = Call.objects.filter(operator=me(by)).exclude(state="open")
    rows = list((of.filter(id=call_id) if call_id else of).order_by("-started_at")[:RECENT])
    back = receipts(row.letter_id for row in rows if row.letter_id)
    names = dict(Office.objects.filter(kind="kommune").values_list("id", "name"))
    over = late.overdue([row.id for row in rows if row.state in FORWARDED])
    return [
        _past(row, names, back[row.letter_id].state if row.letter_id in back else "", overdue=row.id in over)
        for row in rows
    ]


def opens(call: Call) -> bool:
    """Are there words to read? None of a call that was sent on after it came back."""
    try:
        return bool(call.told) or call.state == "open"
    except CannotOpen:
        return False


def _past(row: Call, names: dict[UUID, str], receipt: str, *, overdue: bool) -> Past:
    state = delivery(row.state, row.kind, receipt=receipt, opened=row.opened_at is not None, overdue=overdue)
    kommune = names.get(row.kommune, "") if row.kommune else ""
    readable = row.state == "sent" and receipt != "stored" and opens(row)
    path = f"/vakttelefon/{row.id}" if readable else ""
    return Past(row.id, row.reference, row.started_at, kommune, state, path)
