"""What people are writing, kept sealed for them alone until it is sent.

A draft belongs to a user and a form's address; of the address only a keyed hash is stored, because it may name a case.
"""

import datetime
import json
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from varde.access.reader import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import Draft, User
from varde.privacy.box import CannotOpen, close, open_box

LARGEST = 200_000  # characters
_MOST = 50  # drafts of one person
_NEVER = ("csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code", "credential")
Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft, opened."""

    id: UUID
    path: str
    fields: Fields
    saved_at: datetime.datetime


def fields_of(request: HttpRequest) -> Fields:
    """What a form sent, without secrets and files, in its order."""
    return [(name, value) for name in request.POST for value in request.POST.getlist(name) if name not in _NEVER]


def save(*, user: User, path: str, fields: Fields, by: Reader) -> Draft | None:
    """Keep this instead of what was kept for the form before. None when it is empty or too much."""
    fields = [(name, value) for name, value in fields if name not in _NEVER]
    text = json.dumps({"user": str(user.id), "path": path, "fields": fields})
    if len(text) > LARGEST or not any(value.strip() for _, value in fields):
        return None
    place = _place(user, path)
    row = Draft.objects.filter(user=user, place=place).first()
    if row is None:
        if Draft.objects.filter(user=user).count() >= _MOST:
            return None
        row = Draft(user=user, place=place)
        record(by=by, action=Action.CREATE, what="identity.draft", ids=[row.id])
    row.sealed, row.saved_at = close(text, purpose="draft"), now()
    row.save()
    return row


def of_form(user: User, path: str, by: Reader) -> Kept | None:
    """What the person was writing in the form at this address."""
    return _opened(Draft.objects.filter(user=user, place=_place(user, path)).first(), user, by)


def of_id(user: User, draft_id: UUID, by: Reader) -> Kept | None:
    """One draft of this person, never of another."""
    return _opened(Draft.objects.filter(user=user, id=draft_id).first(), user, by)


def done(user: User, path: str) -> None:
    """The form was sent or the text is not wanted: the draft is gone."""
    Draft.objects.filter(user=user, place=_place(user, path)).delete()


def forget(ids: Collection[UUID], *, by: Reader) -> int:
    """Delete what anybody was writing at an address that names one of these, for the purpose that ends them; how many.

    The address is known only by opening the draft; what cannot be opened can be read by nobody either.
    """
    named, gone = {str(key) for key in ids}, []
    for row in Draft.objects.all():
        try:
            path = str(json.loads(open_box(row.sealed, purpose="draft"))["path"])
        except CannotOpen:
            continue
        if named.intersection(path.split("/")):
            gone.append(row.pk)
    Draft.objects.filter(pk__in=gone).delete()
    if gone:
        record(by=by, action=Action.CHANGE, what="identity.draft", ids=gone)
    return len(gone)


def sweep() -> int:
    """Delete what nobody came back for; returns how many."""
    old = now() - datetime.timedelta(days=settings.DRAFT_DAYS)
    return Draft.objects.filter(saved_at__lt=old).delete()[0]


def _place(user: User, path: str) -> str:
    return salted_hmac("varde.identity.draft", f"{user.id}|{path}", algorithm="sha256").hexdigest()


def _opened(row: Draft | None, user: User, by: Reader) -> Kept | None:
    if row is None or row.saved_at < now() - datetime.timedelta(days=settings.DRAFT_DAYS):
        return None
    try:
        found = json.loads(open_box(row.sealed, purpose="draft"))
    except CannotOpen:  # the key it was closed under is gone
        return None
    if found["user"] != str(user.id):
        return None
    record(by=by, action=Action.VIEW, what="identity.draft", ids=[row.id])
    return Kept(row.id, found["path"], [(name, value) for name, value in found["fields"]], row.saved_at)
