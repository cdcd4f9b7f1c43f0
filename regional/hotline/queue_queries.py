"""What waits at the phone: who rings, who was missed, what is offered, whom to ring back. No content."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from regional.hotline.models import Call, CallBack
from regional.hotline.queries import left, me
from regional.hotline.ringing import WITHHELD
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import User

WITHHELD_WORDS = "skjult nummer"
MOST = 20
# So long the others see by whom a call was taken (and the database shows it to them).
JUST = timedelta(minutes=1)
# Rung back later than this after it was due, it is overdue.
SOON = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A call somebody may take. `caller`: «skjult nummer», or the last two digits; `of`: who offers it."""

    id: UUID
    reference: str
    since: datetime
    caller: str
    line: UUID | None
    lifted: bool = False
    of: str = ""

    @property
    def withheld(self) -> bool:
        """Is there no number to ring?"""
        return self.caller == WITHHELD_WORDS


@dataclass(frozen=True, slots=True)
class Queue:
    """The left side of the console."""

    ringing: Sequence[Waiting] = ()
    taken: Sequence[tuple[str, str]] = ()
    offered: Sequence[Waiting] = ()
    left: Sequence[Waiting] = ()
    missed: Sequence[Waiting] = ()
    # Somebody spoke with them at the telephone, and nobody has written it down: not to be rung back.
    lifted: Sequence[Waiting] = ()
    callbacks: Sequence[CallBack] = ()
    later: int = 0
    own: Sequence[Call] = field(default=())

    @property
    def first(self) -> Waiting | None:
        """The one that has rung longest."""
        return self.ringing[0] if self.ringing else None


def queue(by: Reader, own: Sequence[Call]) -> Queue:
    """What waits now, for this operator; one row in the log for the look."""
    record(by=by, action=Action.LIST, what="hotline.queue")
    at = now()
    offered = Q(state="open", offered_at__isnull=False) & (Q(offered_to=None) | Q(offered_to=me(by)))
    taken = Q(state="open", claimed_at__gt=at - JUST)
    found = list(
        Call.objects.filter(Q(state__in=("ringing", "missed")) | ((offered | taken | left(at)) & ~Q(operator=me(by))))
        .annotate(is_left=Exists(Call.objects.filter(left(at), pk=OuterRef("pk"))))
        .defer("told", "acts", "passed", "caller")
        .order_by("started_at", "id")[: 4 * MOST]
    )
    due = CallBack.objects.filter(Q(owner=me(by)) | Q(owner=None) | Q(due_at__lt=at), state="waiting")
    return Queue(
        ringing=[_waiting(row) for row in found if row.state == "ringing"],
        taken=[
            (row.reference, row.operator_name)
            for row in found
            if row.state == "open" and not (row.offered_at or row.is_left)
        ],
        left=[_offered(row) for row in found if row.is_left and not row.offered_at],
        offered=[_offered(row) for row in found if row.state == "open" and row.offered_at],
        missed=[_waiting(row) for row in found if row.state == "missed" and not row.answered_at][:MOST],
        lifted=[_waiting(row) for row in found if row.state == "missed" and row.answered_at][:MOST],
        callbacks=list(due.filter(due_at__lte=at + SOON).defer("whom").order_by("due_at", "id")[:MOST]),
        later=due.filter(due_at__gt=at + SOON).count(),
        own=own,
    )


def first_ringing() -> UUID | None:
    """The id of the call that has rung longest."""
    return Call.objects.filter(state="ringing").order_by("started_at", "id").values_list("id", flat=True).first()


def _waiting(row: Call) -> Waiting:
    return Waiting(
        row.id, row.reference, row.started_at, masked_words(row.masked), row.line, row.answered_at is not None
    )


def _offered(row: Call) -> Waiting:
    since = row.offered_at or row.started_at
    return Waiting(row.id, row.reference, since, masked_words(row.masked), row.line, of=row.operator_name)


def masked_words(masked: str) -> str:
    """«skjult nummer», «nummer som slutter på 12», or "" where nothing is known."""
    if masked == WITHHELD:
        return WITHHELD_WORDS
    return f"nummer som slutter på {masked}" if masked else ""


def others_who_answer(by: Reader) -> list[User]:
    """Whom a call can be given to."""
    answers = User.objects.here().filter(grants__role="operator").exclude(id=me(by))
    return list(answers.order_by("name", "id").distinct())


def same_caller(call: Call, own: Sequence[Call]) -> list[Call]:
    """The operator's own other open calls from exactly this number; of no other call is anything asked."""
    number = plain_number(call.caller or str(call.told.get("reporter_phone", "")))
    if not number:
        return []
    others = [other for other in own if other.id != call.id]
    return [other for other in others if number in _numbers(other)]


def _numbers(call: Call) -> set[str]:
    return {plain_number(call.caller), plain_number(str(call.told.get("reporter_phone", "")))}


def plain_number(text: str) -> str:
    """Digits alone, without Norway's prefix; "" for what is no number."""
    digits = "".join(sign for sign in text if sign.isdigit())
    for prefix in ("0047", "47"):
        if digits.startswith(prefix) and len(digits) == len(prefix) + 8:
            return digits.removeprefix(prefix)
    return digits
