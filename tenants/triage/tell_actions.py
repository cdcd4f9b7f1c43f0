"""Who is to tell of a duty: laid with a yes, given to other hands, and ended by a date and a recipient."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from tenants.inbox.access import check_owner
from tenants.inbox.models import Concern
from tenants.triage import duties, tell_queries
from tenants.triage.said import take_going
from tenants.triage.tell_models import Telling
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.days import check_to_come
from varde.identity.models import User
from varde.refusal import Overtaken, Refused, check_seen, overtaken
from varde.ui.dates import day_of


@dataclass(frozen=True, slots=True)
class ToTell:
    """Who tells whom, and by which day."""

    owner: User
    to_whom: str
    due_on: date


@transaction.atomic
def lay(*, concern: Concern, duty: str, what: ToTell, by: Reader) -> Telling:
    """Somebody is to tell, from now on; for a concern that is held. Raises Refused for an owner who does not see it."""
    if not what.to_whom.strip():
        raise Refused("Skriv hvem som skal få meldingen.")
    check_owner(what.owner, concern.pk)
    row = Telling(
        concern=concern, duty=duty, to_whom=what.to_whom, owner=what.owner, due_on=what.due_on, made_at=now(),
        made_by=by.user_id, made_by_name=by.name[:200],
    )  # fmt: skip
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="triage.telling", ids=[concern.pk])
    return row


@transaction.atomic
def tell(*, telling: Telling, told_on: date, told_to: str, by: Reader) -> Telling:
    """It was told, on this day and to this recipient.

    Raises Refused for a day that has not come, without a recipient and for a matter that is over; Overtaken when
    somebody else was first.
    """
    row = _held(telling, by)
    duties.check_told(told_on, told_to, day_of(now()))
    row.told_on, row.told_to = told_on, told_to
    return _end(row, ["told_on", "told_to"], "meldt", by)


@transaction.atomic
def drop(*, telling: Telling, because: str, by: Reader) -> Telling:
    """It is not to be told after all, or by another row. Raises Refused without a reason, and as `tell`."""
    row = _held(telling, by)
    if not because.strip():
        raise Refused("Skriv hvorfor.")
    row.dropped_because = because
    return _end(row, ["dropped_because"], "meldes ikke", by)


@transaction.atomic
def change(*, telling: Telling, owner: User, due_on: date, seen: str | None, by: Reader) -> Telling:
    """Other hands, another day, or both.

    `seen` is what the page showed (`tell_queries.as_seen`). Raises Refused for a day that is past and an owner who does
    not see the matter, Overtaken when somebody else was first.
    """
    row = _held(telling, by)
    check_seen(seen, tell_queries.as_seen(row))
    check_to_come(due_on, day_of(now()))
    check_owner(owner, row.concern_id)
    row.owner, row.due_on = owner, due_on
    row.save(update_fields=["owner", "due_on"])
    record(by=by, action=Action.CHANGE, what="triage.telling", ids=[row.concern_id], reason="ny eier eller frist")
    return row


@transaction.atomic
def hand_on(*, concern: Concern, shut: list[User], heir: User, by: Reader) -> None:
    """Somebody is shut out of the matter: what they were to tell goes to the heir."""
    for row in Telling.objects.select_for_update().filter(concern=concern, ended_at__isnull=True, owner__in=shut):
        row.owner = heir
        row.save(update_fields=["owner"])
        record(by=by, action=Action.CHANGE, what="triage.telling", ids=[row.concern_id], reason="ny eier")


def _held(telling: Telling, by: Reader) -> Telling:
    take_going(telling.concern, by)
    row = Telling.objects.select_for_update().get(pk=telling.pk)
    if row.ended_at is not None:
        raise Overtaken(overtaken(row.ended_by_name, row.ended_at, row.said))
    return row


def _end(row: Telling, fields: list[str], reason: str, by: Reader) -> Telling:
    row.ended_at, row.ended_by, row.ended_by_name = now(), by.user_id, by.name[:200]
    row.save(update_fields=[*fields, "ended_at", "ended_by", "ended_by_name"])
    record(by=by, action=Action.CHANGE, what="triage.telling", ids=[row.concern_id], reason=reason)
    return row
