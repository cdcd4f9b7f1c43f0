"""Everything that changes the list of calls back."""

from dataclasses import dataclass, fields
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from tenants.inbox.calls_models import Callback, CallbackTry
from tenants.inbox.calls_states import ENDING, TRIES
from tenants.inbox.models import Concern
from tenants.inbox.queries import readers_of
from varde.access import Permission, Reader, Role, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import User
from varde.identity.queries import people


class Refused(ValueError):
    """What cannot be done, as a Norwegian sentence."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Whom to call, when, by whom, and how that is safe."""

    who: str
    phone: str
    due_at: datetime
    owner: User
    safe_ways: str = ""
    not_on_voicemail: str = ""
    interpreter: str = ""
    listening: str = ""
    # Without a matter alone: in one the matter says who sees it.
    about_staff: bool = False


def owners(concern: Concern | None) -> list[User]:
    """Who can be asked to call: those who see the matter, or without one those who read the inbox."""
    return readers_of(concern.id) if concern else people(Role.COORDINATOR, Role.TEAM_MEMBER)


@transaction.atomic
def plan(*, plan: Plan, concern: Concern | None, by: Reader) -> Callback:
    """Lay a call back on the list. Raises Refused for an owner who could not see it, PermissionDenied."""
    require(by, Permission.INBOX_READ)
    if concern is not None:
        Concern.objects.select_for_update().get(pk=concern.pk)  # whoever shuts somebody out holds it too
    if by.user_id is None:
        raise PermissionDenied
    if plan.owner not in owners(concern):
        raise Refused(f"{plan.owner.name} har ikke tilgang til dette. Velg en annen.")
    said = {each.name: getattr(plan, each.name) for each in fields(plan)}
    said["about_staff"] = plan.about_staff and concern is None
    row = Callback(concern=concern, made_at=now(), made_by=by.user_id, made_by_name=by.name[:200], **said)
    row.save(force_insert=True)
    _note(row, Action.CREATE, by)
    return row


@transaction.atomic
def tried(*, callback: Callback, result: str, note: str, by: Reader) -> CallbackTry:
    """Somebody rang. «Fikk snakket sammen» and «vi ringer ikke flere ganger» end it; giving up needs a word of why.

    Raises Refused for one that is done already, for an unknown result and for giving up without a reason.
    """
    require(by, Permission.INBOX_READ)
    if by.user_id is None or result not in dict(TRIES):
        raise Refused("Velg hva som skjedde da dere ringte.")
    if result == "given_up" and not note:
        raise Refused("Skriv hvorfor dere ikke ringer flere ganger.")
    held = Callback.objects.select_for_update().get(pk=callback.pk)
    if held.done_at is not None:
        raise Refused("Noen andre har alt meldt denne ferdig. Det du skrev, står her fortsatt.")
    row = CallbackTry(callback=held, concern_id=held.concern_id, at=now(), result=result, note=note)
    row.by_user, row.by_name = by.user_id, by.name[:200]
    row.save()
    if result in ENDING:
        held.done_at = row.at
        held.save(update_fields=["done_at"])
    _note(held, Action.CHANGE, by)
    return row


@transaction.atomic
def hand_on(*, concern: Concern, shut: list[User], heir: User, by: Reader) -> None:
    """Somebody is shut out of the matter: the calls back that they had go to the heir."""
    for held in Callback.objects.select_for_update().filter(concern=concern, owner__in=shut, done_at__isnull=True):
        held.owner = heir
        held.save(update_fields=["owner"])
        _note(held, Action.CHANGE, by, reason="ny eier")


def _note(row: Callback, action: Action, by: Reader, reason: str = "") -> None:
    """By the matter where there is one, so that the log knows which it is about."""
    record(by=by, action=action, what="inbox.callback", ids=[row.concern_id or row.id], reason=reason)
