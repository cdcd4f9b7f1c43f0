"""Everything that changes the list of calls back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from tenants.inbox import callbacks_access, reporter_queries
from tenants.inbox.callbacks_access import as_seen, owners
from tenants.inbox.callbacks_states import REPORTER, changed, check_open
from tenants.inbox.calls_models import Callback, CallbackTry, CallbackVersion
from tenants.inbox.calls_states import ENDING, check_try
from tenants.inbox.models import Concern
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import User
from varde.refusal import Refused, check_seen
from varde.ui.gone import words


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
    # In a matter alone: whoever reported it. Name and number stay sealed where they are.
    to_reporter: bool = False


@transaction.atomic
def plan(*, plan: Plan, concern: Concern | None, by: Reader) -> Callback:
    """Lay a call back on the list.

    Raises Refused for an owner who could not see it, in a matter that is not open, and for a reporter who has given no
    number; PermissionDenied.
    """
    require(by, Permission.INBOX_READ)
    _check_open(concern)
    _check_owner(plan.owner, concern)
    said = {each.name: getattr(plan, each.name) for each in fields(plan)}
    said["about_staff"] = plan.about_staff and concern is None
    if plan.to_reporter:
        if concern is None or not reporter_queries.can_be_called(concern):
            raise Refused("Melderen har ikke oppgitt noe nummer.")
        said |= {"who": REPORTER, "phone": ""}
    row = Callback(concern=concern, made_at=now(), made_by=_person(by), made_by_name=by.name[:200], **said)
    row.save(force_insert=True)
    _note(row, Action.CREATE, by)
    return row


@transaction.atomic
def tried(*, callback: Callback, result: str, note: str, by: Reader) -> CallbackTry:
    """Somebody rang. «Fikk snakket sammen» and «vi ringer ikke flere ganger» end it; giving up needs a word of why, and
    a message left where something must not be left needs what was said.

    Raises Refused with that, for one that is done already and for an unknown result.
    """
    require(by, Permission.INBOX_READ)
    held = _held(callback, by)
    try:
        check_try(result, note, words(held, "not_on_voicemail"))
    except ValueError as error:
        raise Refused(str(error)) from error
    row = CallbackTry(callback=held, concern_id=held.concern_id, at=now(), result=result, note=note)
    row.by_user, row.by_name = _person(by), by.name[:200]
    row.save()
    if result in ENDING:
        held.done_at = row.at
        held.save(update_fields=["done_at"])
    _note(held, Action.CHANGE, by)
    return row


@transaction.atomic
def change(*, callback: Callback, owner: User, due_at: datetime, seen: str | None, by: Reader) -> None:
    """Somebody else calls, or at another time; those after the owner are told anew when that is past too.

    `seen` is what the page showed (`callbacks_access.as_seen`). Raises Refused for an owner who could not see it and
    for one that is done, Overtaken when somebody else was first.
    """
    require(by, Permission.INBOX_READ)
    if callback.concern_id is not None:
        Concern.objects.select_for_update().get(pk=callback.concern_id)  # whoever shuts somebody out holds it too
    held = _held(callback, by)
    check_seen(seen, as_seen(held))
    if owner.id != held.owner_id:
        _check_owner(owner, held.concern)
    what = [word for word, new in (("ny eier", owner.id != held.owner_id), ("ny tid", due_at != held.due_at)) if new]
    held.owner, held.due_at, held.reminded_at, held.escalated_at = owner, due_at, None, None
    held.save(update_fields=["owner", "due_at", "reminded_at", "escalated_at"])
    _note(held, Action.CHANGE, by, reason=", ".join(what))


@transaction.atomic
def correct(*, callback: Callback, said: Mapping[str, str], seen: str | None, by: Reader) -> None:
    """Put right what was written: `said` holds every field that can be (`callbacks_states.editable`). What stood stays.

    `seen` is what the page showed (`callbacks_access.written`). Raises Refused for one that is done, Overtaken when
    somebody else was first.
    """
    require(by, Permission.INBOX_READ)
    held = _held(callback, by)
    before = callbacks_access.content(held)
    if set(said) != set(before):
        raise ValueError("Rettingen må si alt som kan rettes.")
    check_seen(seen, callbacks_access.written(held))
    was = changed(before, said)
    if not was:
        return
    row = CallbackVersion(callback=held, concern_id=held.concern_id, was=was, at=now())
    row.by_user, row.by_name = _person(by), by.name[:200]
    row.save()
    for name in was:
        setattr(held, name, said[name])
    held.save(update_fields=list(was))
    _note(held, Action.CHANGE, by, reason="rettet")


@transaction.atomic
def mark_told(*, callbacks: Iterable[Callback], others: bool, by: Reader) -> None:
    """The owner (or then those after the owner) has been told that the time is past. For the task."""
    for row in callbacks:
        row.escalated_at, row.reminded_at = (now() if others else row.escalated_at), row.reminded_at or now()
        row.save(update_fields=["reminded_at", "escalated_at"])
        _note(row, Action.SEND, by, reason="over tiden")


@transaction.atomic
def hand_on(*, concern: Concern | None, shut: list[User], heir: User, by: Reader) -> None:
    """Somebody is shut out of the matter: the calls back that they had go to the heir."""
    for held in Callback.objects.select_for_update().filter(concern=concern, owner__in=shut, done_at__isnull=True):
        held.owner, held.reminded_at, held.escalated_at = heir, None, None
        held.save(update_fields=["owner", "reminded_at", "escalated_at"])
        _note(held, Action.CHANGE, by, reason="ny eier")


def _person(by: Reader) -> UUID:
    if by.user_id is None:
        raise PermissionDenied
    return by.user_id


def _check_open(concern: Concern | None) -> None:
    if concern is None:
        return
    held = Concern.objects.select_for_update().get(pk=concern.pk)  # whoever shuts somebody out holds it too
    try:
        check_open(held.progress)
    except ValueError as error:
        raise Refused(str(error)) from error


def _held(callback: Callback, by: Reader) -> Callback:
    """The row as it is now, held. Refused when somebody else has ended it."""
    _person(by)
    held = Callback.objects.select_for_update().get(pk=callback.pk)
    if held.done_at is not None:
        raise Refused("Noen andre har alt meldt denne ferdig. Det du skrev, står her fortsatt.")
    return held


def _check_owner(owner: User, concern: Concern | None) -> None:
    if owner not in owners(concern):
        raise Refused(f"{owner.name} har ikke tilgang til dette. Velg en annen.")


def _note(row: Callback, action: Action, by: Reader, reason: str = "") -> None:
    """By the matter where there is one, so that the log knows which it is about."""
    record(by=by, action=action, what="inbox.callback", ids=[row.concern_id or row.id], reason=reason)
