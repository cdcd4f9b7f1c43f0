"""Everything that changes a call: saved while it is written, registered as a concern, or ended as no concern.

Two windows on one call: the one that saved first goes on, what the other writes is kept beside it under the window's
own name, and nothing of either is lost when the call is registered.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from tenants.inbox import calls_known, queries, receipts
from tenants.inbox.actions import Received, register
from tenants.inbox.calls_models import Call, CallEnd, Caller
from tenants.inbox.calls_states import NO_MATTER, Fields, check_size, not_yet_in, other_words
from tenants.inbox.models import ClientKey, Concern
from tenants.inbox.told import LIMITS, Told, about_of
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused

_FROM_THE_OTHER = "Skrevet i et annet vindu under samtalen:"
_ABOUT_STAFF = (
    "Du har svart at dette gjelder noen som arbeider i kommunen. Alle på saken ville kunne lese det. "
    "Registrer samtalen som en egen bekymring. Da skjermes den, og koordinatoren ser den sammen med saken."
)
_ABOUT_COORDINATOR = (
    "Du har svart at dette gjelder koordinatoren. En koordinator ville kunne lese det her. Registrer samtalen som en "
    "egen bekymring. Da er det stedfortrederen som ser den."
)
_WINDOW = 40
_TEXTS = (*LIMITS, "listening", "interpreter", calls_known.NUMBER)


@dataclass(frozen=True, slots=True)
class Typed:
    """What one window sends: the fields as typed, the version that it began from, and the window's own name."""

    fields: Fields
    version: int
    window: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """The call as it is kept now. `aside`: another window was first, so this text lies beside. `moved`: the call that
    was written on had been registered already, so this is a new one."""

    call: Call
    aside: bool = False
    moved: bool = False


@transaction.atomic
def save(*, call_id: UUID, typed: Typed, by: Reader) -> Saved:
    """Keep what is written, whatever it is; only `TooMuch` is refused. PermissionDenied without the permission."""
    require(by, Permission.CONCERN_REGISTER)
    check_size(typed.fields)
    row = Call.objects.select_for_update().filter(id=call_id).first()
    if row is None:
        return _begin(call_id, typed, by)
    first = typed.version == row.version
    if first:
        row.told, row.version = row.told | {"fields": typed.fields}, row.version + 1
    else:
        _lay_aside(row, typed)
    row.saved_at, row.reminded_at, row.escalated_at = now(), None, None
    row.save(update_fields=["told", "version", "saved_at", "reminded_at", "escalated_at"])
    return Saved(row, aside=not first and bool(other_words(row.told["fields"], typed.fields)))


def _lay_aside(row: Call, typed: Typed) -> None:
    """Another window was first: what differs is kept under this window's name, instead of what it had there before."""
    other = other_words(row.told["fields"], typed.fields)
    aside = dict(row.told.get("aside", {})) | ({typed.window[:_WINDOW] or "annet": other} if other else {})
    check_size(row.told["fields"], *aside.values())
    row.told = row.told | {"aside": aside}


def is_over(call_id: UUID, by: Reader) -> bool:
    """Has this call of the reader's been registered already?"""
    return ClientKey.objects.filter(id=receipts.client_key_id(by.office, call_id.hex)).exists()


def _begin(call_id: UUID, typed: Typed, by: Reader) -> Saved:
    """The first that is kept of a call. One that has been registered, or is somebody else's, is not opened again: then
    it is a new one."""
    row = None if is_over(call_id, by) else _laid(call_id, typed, by)
    if row is None and Call.objects.filter(id=call_id).exists():  # the same window a moment ago
        return save(call_id=call_id, typed=typed, by=by)
    return Saved(row or _laid(uuid4(), typed, by), moved=row is None)  # type: ignore[arg-type]


def _laid(call_id: UUID, typed: Typed, by: Reader) -> Call | None:
    """None when there is a call of this id."""
    at = now()
    row = Call(
        id=call_id, operator=_person(by), started_at=at, saved_at=at, told={"fields": typed.fields}, becomes=uuid4()
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return None
    record(by=by, action=Action.CREATE, what="inbox.call.begun", ids=[str(row.becomes)])
    return row


@transaction.atomic
def finish(*, call: Call, told: Told, by: Reader) -> Received:
    """The call becomes a concern by phone, with what lies beside from another window, and is gone itself.

    Sent twice it is the same concern. Raises KeyUsed when it was registered before with other words.
    """
    held = Call.objects.select_for_update().filter(id=call.id).first()
    whole = _with_the_other(told, held.told.get("aside", {}) if held else {})
    chosen = held.becomes if held else None
    got = register(told=whole, channel="phone", by=by, client_key=call.id.hex, concern_id=chosen)
    if held is not None:
        calls_known.tie_to_named(got.concern_id, held.told["fields"].get(calls_known.NUMBER, ""), by)
    _over(call, by, "registrert", got.concern_id)
    return got


def _with_the_other(told: Told, aside: Mapping[str, Fields]) -> Told:
    """What the other windows wrote and this one did not, at the end of the notes."""
    texts = [text for fields in aside.values() for name, text in fields.items() if name in _TEXTS]
    fresh = not_yet_in(texts, [str(getattr(told, name)) for name in LIMITS])
    if not fresh:
        return told
    return replace(told, extra="\n\n".join(filter(None, [told.extra, _FROM_THE_OTHER, *fresh])))


@transaction.atomic
def into_matter(*, call: Call, concern: Concern, note: str, by: Reader) -> None:
    """The call was about a matter that is here: its words become a note there, whoever rang is kept sealed beside it,
    and it is counted and gone itself.

    Raises Refused where nothing can be written, when another window was first, and for words about somebody who works
    in the kommune: those on the matter may be the ones, or work beside them.
    """
    require(by, Permission.INBOX_READ)
    held = Call.objects.select_for_update().filter(id=call.id).first()
    if held is None:
        raise Refused("Samtalen er alt registrert fra et annet vindu.")
    there = Concern.objects.select_for_update().get(pk=concern.pk)
    said = [held.told["fields"], *held.told.get("aside", {}).values()]
    _check_about({about_of(each.get("about_staff", ""), each.get("leader_told", "")) for each in said}, there)
    calls_known.write(there, note, by)
    _use_up(held, there, by)
    told = calls_known.of_the_caller(said)
    if told:
        Caller(concern=there, told=told, at=now(), by_user=_person(by), by_name=by.name[:200]).save()
        record(by=by, action=Action.CREATE, what="inbox.caller", ids=[there.id])
    _count("known", by)
    _over(held, by, "lagt i en sak vi har", there.id)


def _check_about(about: Collection[str], concern: Concern) -> None:
    """Refused where whoever it is about could read it: as one that is registered, it belongs with few, and what is
    about a coordinator with none of them."""
    found = queries.cover_of(concern)
    if any(about) and found is None:
        raise Refused(_ABOUT_STAFF)
    if "coordinator" in about and not (found and queries.keeps_coordinators_out(found)):
        raise Refused(_ABOUT_COORDINATOR)


def laid_in(call_id: UUID, fields: Fields, by: Reader) -> UUID | None:
    """The matter that this call of the reader's has been laid in with these very words; None for other words."""
    key = ClientKey.objects.filter(id=receipts.client_key_id(by.office, call_id.hex)).first()
    return key.concern_id if key and key.body_hash == _print(fields, by) else None


def _use_up(call: Call, concern: Concern, by: Reader) -> None:
    """As one that is registered: what another window writes from now on is a new call."""
    at, key = now(), receipts.client_key_id(by.office, call.id.hex)
    body = _print(call.told["fields"], by)
    ClientKey(id=key, concern_id=concern.id, body_hash=body, used_at=at, received_at=at, by_user=by.user_id).save(
        force_insert=True
    )


def _print(fields: Fields, by: Reader) -> str:
    return receipts.body_hash(by.office, Told(reporter_kind="known", what=json.dumps(fields, sort_keys=True)))


@transaction.atomic
def end(*, call_id: UUID, kind: str, by: Reader) -> CallEnd:
    """It was no concern: counted without a word of it, and what was written is gone. ValueError for an unknown kind."""
    require(by, Permission.CONCERN_REGISTER)
    if kind not in dict(NO_MATTER):
        raise ValueError("Velg hva samtalen var.")
    for held in Call.objects.select_for_update().filter(id=call_id):
        _over(held, by, dict(NO_MATTER)[kind], held.id)
    return _count(kind, by)


def _count(kind: str, by: Reader) -> CallEnd:
    row = CallEnd(at=now(), kind=kind)
    row.save()
    record(by=by, action=Action.CREATE, what=f"inbox.call.{kind}", ids=[row.id])
    return row


def _person(by: Reader) -> UUID:
    if by.user_id is None:
        raise PermissionDenied
    return by.user_id


def _over(call: Call, by: Reader, reason: str, logged_as: UUID) -> None:
    """Logged by the matter where it became one, so that the row is hidden with it."""
    Call.objects.filter(id=call.id).delete()
    record(by=by, action=Action.CHANGE, what="inbox.call", ids=[logged_as], reason=reason)


@transaction.atomic
def mark_told(*, calls: Iterable[Call], coordinators: bool, by: Reader) -> None:
    """The operator (or then the coordinators) has been told that these lie unfinished. For the task."""
    name = "escalated_at" if coordinators else "reminded_at"
    keys = [call.id for call in calls]
    Call.objects.filter(id__in=keys).update(**{name: now()})
    if keys:
        record(by=by, action=Action.SEND, what="inbox.call", ids=keys, reason="ikke ferdig")
