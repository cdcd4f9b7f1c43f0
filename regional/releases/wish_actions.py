"""What the worker does with a wish: takes it, says how far it has come, lays it ready, ends it. The command's own."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from regional.releases import wants
from regional.releases.drafting import STAGES
from regional.releases.entering import only_worker
from regional.releases.marks import made_mark
from regional.releases.models import Wish, WishState
from regional.releases.notices import waits
from regional.releases.problem import Json
from regional.releases.statements import canonical
from regional.releases.words import mark_of
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused

WHAT = "releases.wish"
BY_COMMAND = "Driften av installasjonen, med kommando"
OVER = "Ønsket er trukket tilbake eller alt avgjort."
NOT_ITS_OWN = "Det et menneske har bedt om, må et annet menneske godkjenne."
SILENT = timedelta(minutes=10)
"""A worker that has said nothing for so long has died; another takes what it had."""


def to_do() -> list[Wish]:
    """What waits for the worker and no other is at, the oldest first."""
    alone = Q(begun_at__isnull=True) | Q(begun_at__lt=now() - SILENT)
    rows = Wish.objects.filter(alone, state__in=[WishState.WAITING, WishState.APPROVED])
    return list(rows.order_by("asked_at", "id"))


@transaction.atomic
def take(*, wish: UUID, state: str, by: Reader) -> bool:
    """This worker does it; False where another has it, or it has gone on."""
    only_worker(by)
    row = Wish.objects.select_for_update(skip_locked=True).filter(pk=wish, state=state).first()
    if row is None or (row.begun_at is not None and row.begun_at >= now() - SILENT):
        return False
    row.begun_at = now()
    row.save(update_fields=["begun_at"])
    return True


@transaction.atomic
def leave(*, wish: UUID, by: Reader) -> None:
    """It is to be done again, by whoever comes first."""
    only_worker(by)
    row = Wish.objects.select_for_update().get(pk=wish)
    if row.state in (WishState.WAITING, WishState.APPROVED):
        row.begun_at, row.stage, row.share, row.said = None, 0, 0, ""
        row.save(update_fields=["begun_at", "stage", "share", "said"])


@transaction.atomic
def come_to(*, wish: UUID, stage: int, said: str, by: Reader) -> None:
    """How far it has come. Raises Refused when somebody has dropped it meanwhile."""
    only_worker(by)
    row = held(wish, WishState.WAITING)
    row.said, row.stage, row.share, row.begun_at = (
        f"Steg {stage} av {STAGES}: {said}", stage, 100 * (stage - 1) // STAGES, now(),
    )  # fmt: skip
    row.save(update_fields=["said", "stage", "share", "begun_at"])


def held(wish: UUID, state: str) -> Wish:
    """The wish, nobody else's until the transaction ends. Raises Refused where it is in another state by now."""
    row = Wish.objects.select_for_update().filter(pk=wish, state=state).first()
    if row is None:
        raise Refused(OVER)
    return row


def ready(row: Wish, made: Json, by: Reader, drafted: int | None = None) -> Wish:
    """This lies ready for another person, who is told that something waits."""
    row.state, row.made, row.drafted, row.said = WishState.READY, made, drafted, ""
    row.made_digest, row.stage, row.share, row.begun_at = made_mark(canonical(made)), STAGES, 100, None
    row.save(update_fields=["state", "made", "made_digest", "drafted", "said", "stage", "share", "begun_at"])
    record(by=by, action=Action.CHANGE, what=WHAT, ids=[row.id])
    waits(row, by.office)
    return row


def done(row: Wish, by: Reader) -> Wish:
    """It is done."""
    row.state, row.done_at, row.said, row.share = WishState.DONE, now(), "", 100
    row.made = None
    row.save(update_fields=["state", "done_at", "said", "share", "made"])
    record(by=by, action=Action.CHANGE, what=WHAT, ids=[row.id])
    return row


@transaction.atomic
def fail(*, wish: UUID, said: str, was: str, by: Reader, stop: str = "") -> Wish:
    """It could not be done; why, as a sentence, and as a Stop where people can lift it. Nothing is changed where it
    has gone on since it `was` begun."""
    only_worker(by)
    row = Wish.objects.select_for_update().get(pk=wish)
    if row.state != was:
        return row
    row.state, row.said, row.stopped_by, row.done_at, row.made = WishState.FAILED, said[:600], stop, now(), None
    row.save(update_fields=["state", "said", "stopped_by", "done_at", "made"])
    record(by=by, action=Action.CHANGE, what=WHAT, ids=[row.id])
    return row


def who_of(row: Wish) -> Json:
    """Who asked, who said yes, and the mark of their words, as every row of the ledger that they made holds it."""
    found: Json = {"wish": str(row.id), "asked_by": row.asked_by_name}
    if row.approved_by_name:
        found["approved_by"] = row.approved_by_name
    words = mark_of(row.id)
    return found | {"words": words} if words else found


@transaction.atomic
def ask_by_command(*, wanted: wants.Close | wants.Release, by: Reader) -> Wish:
    """A wish of whoever runs the installation, who answers for it alone; the ledger says so."""
    only_worker(by)
    kind = "closed" if isinstance(wanted, wants.Close) else "release"
    about: Any = wants.as_json(kind, wanted)
    row = Wish(kind=kind, about=about, asked_at=now(), asked_by_name=BY_COMMAND)
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what=WHAT, ids=[row.id])
    return row


@transaction.atomic
def approve_by_command(*, wish: UUID, by: Reader) -> Wish:
    """The command's own wish; what a person asked for is approved by a person. Raises Refused."""
    only_worker(by)
    row = Wish.objects.select_for_update().get(pk=wish)
    if row.asked_by is not None or row.state != WishState.READY:
        raise Refused(NOT_ITS_OWN)
    row.state, row.approved_at, row.approved_by_name = WishState.APPROVED, now(), BY_COMMAND
    row.save(update_fields=["state", "approved_at", "approved_by_name"])
    record(by=by, action=Action.CHANGE, what=WHAT, ids=[row.id])
    return row
