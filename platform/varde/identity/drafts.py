"""What people are writing, kept sealed for them alone until it is sent.

A draft belongs to a user, a form and the window that it is written in; of the form only a keyed hash is stored,
because its address may name a case. Two windows on one form keep a text each. A form is named by its first field; ""
is all that an address was sent, kept by the server itself when a session was over.
"""

import datetime
import json
import re
from collections.abc import Callable, Collection
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
_MOST = 100  # drafts of one person
WINDOW = 36  # characters of a window's name
AUTOSAVE = "/utkast"  # where a page saves while it is written in; what was to be saved there belongs to the page
WINDOWS = "utkast"  # what a sent form names the windows by whose drafts it carries
_NEVER = (WINDOWS, "csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code", "credential")
Fields = list[tuple[str, str]]
# Asked before a draft is opened: (its address, who asks) -> may what is written there still be read by them?
_still: list[Callable[[str, Reader], bool]] = []


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft, opened."""

    id: UUID
    path: str
    form: str
    window: str
    fields: Fields
    saved_at: datetime.datetime


def while_readable(still: Callable[[str, Reader], bool]) -> None:
    """For rooms whose content stops being somebody's at once: a draft of it must not outlive that."""
    _still.append(still)


def fields_of(request: HttpRequest) -> Fields:
    """What a form sent, without secrets and files, in its order."""
    return [(name, value) for name in request.POST for value in request.POST.getlist(name) if name not in _NEVER]


def save(
    *,
    user: User,
    path: str,
    fields: Fields,
    by: Reader,
    form: str = "",
    window: str = "",
    instead: Collection[str] = (),
) -> Draft | None:
    """Keep this instead of what the window kept for the form before, and of other windows' drafts that it took over.

    None when it is empty or too much; then what was kept stays.
    """
    fields = [(name, value) for name, value in fields if name not in _NEVER]
    text = json.dumps({"user": str(user.id), "path": path, "form": form, "fields": fields})
    if len(text) > LARGEST or not any(value.strip() for _, value in fields):
        return None
    place = _place(user, path, form)
    row = Draft.objects.filter(user=user, place=place, window=window).first()
    if row is None:
        if Draft.objects.filter(user=user).count() >= _MOST:
            return None
        row = Draft(user=user, place=place, window=window)
        record(by=by, action=Action.CREATE, what="identity.draft", ids=[row.id])
    row.sealed, row.saved_at = close(text, purpose="draft"), now()
    row.save()
    Draft.objects.filter(user=user, place=place, window__in=set(instead) - {window}).delete()
    return row


def keep_sent(request: HttpRequest, user: User, path: str, by: Reader) -> Draft | None:
    """Keep what a form brought at a bad moment, instead of the drafts that its windows had of the same text.

    It is kept for the window that sent it, so that another one's text is not written over; for one draft too many the
    oldest goes, since this text is nowhere else.
    """
    window = next(iter(windows_of(request)), "")
    path = path.removesuffix(AUTOSAVE)
    _make_room(user)
    kept = save(user=user, path=path, fields=fields_of(request), by=by, window=window)
    if kept is not None:
        places = [_place(user, path, form) for form in request.POST]
        old = Draft.objects.filter(user=user, place__in=places, window__in=windows_of(request))
        old.exclude(pk=kept.pk).delete()
    return kept


def _make_room(user: User) -> None:
    newest = Draft.objects.filter(user=user).order_by("-saved_at").values("pk")[: _MOST - 1]
    Draft.objects.filter(user=user).exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()


def of_forms(user: User, path: str, forms: Collection[str], by: Reader) -> list[Kept]:
    """What the person was writing in these forms at this address, in any window, oldest first."""
    places = [_place(user, path, form) for form in {"", *forms}]
    rows = Draft.objects.filter(user=user, place__in=places).order_by("saved_at")
    return [kept for row in rows if (kept := _opened(row, user, by))]


def of_id(user: User, draft_id: UUID, by: Reader) -> Kept | None:
    """One draft of this person, never of another."""
    return _opened(Draft.objects.filter(user=user, id=draft_id).first(), user, by)


def done(user: User, path: str, *, forms: Collection[str], windows: Collection[str]) -> None:
    """These forms were sent from these windows, or the text is not wanted: the drafts are gone, no other window's."""
    places = [_place(user, path, form) for form in {"", *forms}]
    Draft.objects.filter(user=user, place__in=places, window__in={"", *windows}).delete()


def windows_of(request: HttpRequest) -> list[str]:
    """The windows whose drafts a sent form says that it carries; no name is longer than one that is kept."""
    return [name[:WINDOW] for name in request.POST.get(WINDOWS, "").split()[:_MOST]]


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
        if named.intersection(re.split(r"[/?&=]", path)):
            gone.append(row.pk)
    Draft.objects.filter(pk__in=gone).delete()
    if gone:
        record(by=by, action=Action.CHANGE, what="identity.draft", ids=gone)
    return len(gone)


def sweep() -> int:
    """Delete what nobody came back for; returns how many."""
    return Draft.objects.filter(saved_at__lt=oldest()).delete()[0]


def oldest() -> datetime.datetime:
    """What was saved before this is no longer shown to anybody."""
    return now() - datetime.timedelta(days=settings.DRAFT_DAYS)


def _place(user: User, path: str, form: str) -> str:
    return place_of(user.id, path, form)


def place_of(user: UUID, path: str, form: str) -> str:
    """What a person's draft of a form at an address is known by in the table."""
    named = f"{user}|{path}|{form}" if form else f"{user}|{path}"
    return salted_hmac("varde.identity.draft", named, algorithm="sha256").hexdigest()


def _opened(row: Draft | None, user: User, by: Reader) -> Kept | None:
    if row is None or row.saved_at < oldest():
        return None
    try:
        found = json.loads(open_box(row.sealed, purpose="draft"))
    except CannotOpen:  # the key it was closed under is gone
        return None
    if found["user"] != str(user.id) or not all(still(found["path"], by) for still in _still):
        return None
    record(by=by, action=Action.VIEW, what="identity.draft", ids=[row.id])
    fields = [(name, value) for name, value in found["fields"]]
    return Kept(row.id, found["path"], found.get("form", ""), row.window, fields, row.saved_at)
