"""What people want done with the ledger, and that a second one says yes. The work itself is the worker's."""

from typing import Any
from uuid import UUID

from django.db import transaction

from regional.releases.ledger import Kind
from regional.releases.models import Wish, WishState
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.celery import Bell
from varde.clock import now
from varde.refusal import Refused, check_seen

WHAT = "releases.wish"
BELL = Bell("releases.work_off")
OVER = "Dette er alt avgjort."
NOT_READY = "Utkastet er ikke klart ennå."
NOT_OWN = "Den som ba om tallene, kan ikke godkjenne dem selv. En annen må se på dem."
PERSON = "Bare et menneske kan be om dette."
CHANGED = "Utkastet er laget på nytt siden du så på det. Se på det på nytt før du godkjenner."
BUSY = "Noen har alt bedt om dette, og det er ikke ferdig."


@transaction.atomic
def ask(*, kind: Kind, about: dict[str, Any], by: Reader) -> Wish:
    """Something is to be done: `about` is what the worker's action takes. Raises Refused for what is under way."""
    require(by, Permission.STATISTICS_RELEASE)
    if by.user_id is None:
        raise Refused(PERSON)
    open_ = (WishState.WAITING, WishState.READY, WishState.APPROVED)
    if Wish.objects.filter(kind=kind, about=about, state__in=open_).exists():
        raise Refused(BUSY)
    row = Wish(kind=kind, about=about, asked_at=now(), asked_by=by.user_id, asked_by_name=by.name[:200])
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what=WHAT, ids=[row.id])
    transaction.on_commit(lambda: BELL.ring(by.office), robust=True)
    return row


@transaction.atomic
def approve(*, wish: UUID, seen: str, by: Reader) -> Wish:
    """A second person says yes to what they have seen (`seen`: its digest). Raises Refused, Overtaken."""
    require(by, Permission.STATISTICS_RELEASE)
    row = _held(wish)
    if row.state != WishState.READY:
        raise Refused(NOT_READY if row.state == WishState.WAITING else OVER)
    if by.user_id is None or by.user_id == row.asked_by:
        raise Refused(NOT_OWN)
    check_seen(seen, row.made_digest, CHANGED)
    row.state, row.approved_at, row.approved_by, row.approved_by_name = (
        WishState.APPROVED, now(), by.user_id, by.name[:200],
    )  # fmt: skip
    row.save(update_fields=["state", "approved_at", "approved_by", "approved_by_name"])
    record(by=by, action=Action.CHANGE, what=WHAT, ids=[row.id])
    transaction.on_commit(lambda: BELL.ring(by.office), robust=True)
    return row


@transaction.atomic
def drop(*, wish: UUID, by: Reader) -> Wish:
    """It is not to be done after all. A draft that is dropped has never been shown. Raises Refused."""
    require(by, Permission.STATISTICS_RELEASE)
    row = _held(wish)
    if row.state not in (WishState.WAITING, WishState.READY):
        raise Refused(OVER)
    row.state = WishState.DROPPED
    row.save(update_fields=["state"])
    record(by=by, action=Action.CHANGE, what=WHAT, ids=[row.id])
    return row


def preview(*, wish: UUID, by: Reader) -> Wish:
    """The draft as it would be given out, for those who may give out; that it was looked at stands in the log."""
    require(by, Permission.STATISTICS_RELEASE)
    row = Wish.objects.filter(pk=wish).first()
    if row is None or row.made is None:
        raise Refused(NOT_READY)
    record(by=by, action=Action.VIEW, what="releases.preview", ids=[row.id])
    return row


def _held(wish: UUID) -> Wish:
    row = Wish.objects.select_for_update().filter(pk=wish).first()
    if row is None:
        raise Refused(OVER)
    return row
