"""Choices among the rows of a list that somebody keeps under a name; one of them may be what the list opens with.

A room says at start which lists there are:

    saved.listing(Listing("cases", "Saker", "/saker", Permission.CASES, ChoiceForm))
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, QueryDict

from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import SavedView
from varde.privacy.box import close, open_box
from varde.privacy.errors import CannotOpen
from varde.refusal import Refused
from varde.ui.filters import FilterForm

PURPOSE = "views"
MOST = 12
_LONGEST = 1000
_WHAT = "identity.view"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list whose choices can be kept: its code, what it is called, where it is, for whom, and what is chosen by."""

    code: str
    title: str
    address: str
    needs: Permission
    form: Callable[[QueryDict], FilterForm]


@dataclass(frozen=True, slots=True)
class Named:
    """A kept choice, as its owner sees it."""

    id: UUID
    name: str
    chosen: str
    front: bool


_listings: dict[str, Listing] = {}


def listing(one: Listing) -> None:
    """Register; called once per list in AppConfig.ready()."""
    _listings[one.code] = one


def listing_of(code: str, by: Reader) -> Listing:
    """One list. Http404 for one that is not, PermissionDenied for somebody who does not use it."""
    if code not in _listings:
        raise Http404
    require(by, _listings[code].needs)
    return _listings[code]


def of(reader: Reader, place: str) -> list[Named]:
    """The reader's own of this list, the oldest first."""
    rows = SavedView.objects.filter(user_id=reader.user_id, place=place).order_by("at", "id") if reader.user_id else ()
    return [Named(row.id, name_of(row), row.chosen, row.front) for row in rows]


def name_of(row: SavedView) -> str:
    """As it was typed, or a word for one that cannot be opened."""
    try:
        return open_box(row.name, purpose=PURPOSE)
    except CannotOpen:
        return "Uten navn"


def view_for(view_id: UUID, by: Reader) -> SavedView:
    """One of the reader's own; Http404 (logged) for every other."""
    found = SavedView.objects.filter(id=view_id, user_id=_owner(by)).first()
    if found is None:
        record(by=by, action=Action.DENIED, what=_WHAT, ids=[view_id])
        raise Http404
    return found


def _owner(by: Reader) -> UUID:
    """PermissionDenied for a purpose."""
    if by.user_id is None:
        raise PermissionDenied
    return by.user_id


def _held(place: str, by: Reader) -> QuerySet[SavedView]:
    return SavedView.objects.select_for_update().filter(user_id=_owner(by), place=place).order_by("id")


@transaction.atomic
def keep(*, place: str, name: str, chosen: str, by: Reader) -> None:
    """The same name again is the new choice. Refused when there are too many, and for a choice that is too long."""
    listing_of(place, by)
    if len(chosen) > _LONGEST:
        raise Refused("Utvalget er for langt til å lagres. Velg færre ting om gangen.")
    rows = {name_of(row): row for row in _held(place, by)}
    row = rows.get(name)
    if row is None and len(rows) >= MOST:
        raise Refused(f"Du kan ha {MOST} utvalg i hver liste. Slett ett først.")
    kept = row or SavedView(user_id=_owner(by), place=place, name=close(name, purpose=PURPOSE), at=now())
    kept.chosen = chosen
    kept.save()
    record(by=by, action=Action.CHANGE, what=_WHAT, ids=[kept.id])


@transaction.atomic
def rename(*, view: SavedView, name: str, by: Reader) -> None:
    """Another name. Refused when one of the same list has it already."""
    others = [row for row in _held(view.place, by) if row.pk != view.pk]
    if name in map(name_of, others):
        raise Refused(f"Du har alt et utvalg som heter «{name}». Velg et annet navn.")
    SavedView.objects.filter(pk=view.pk, user_id=_owner(by)).update(name=close(name, purpose=PURPOSE))
    record(by=by, action=Action.CHANGE, what=_WHAT, ids=[view.pk], reason="nytt navn")


@transaction.atomic
def put_in_front(*, view: SavedView, front: bool, by: Reader) -> None:
    """What the list opens with from now on, or no longer; one of each list."""
    for row in _held(view.place, by):
        wanted = front and row.pk == view.pk
        if row.front != wanted and (front or row.pk == view.pk):
            row.front = wanted
            row.save(update_fields=["front"])
    record(by=by, action=Action.CHANGE, what=_WHAT, ids=[view.pk], reason="førstevalg")


@transaction.atomic
def drop(*, view: SavedView, by: Reader) -> None:
    """One of the reader's own; one that is gone already is gone."""
    SavedView.objects.filter(pk=view.pk, user_id=_owner(by)).delete()
    record(by=by, action=Action.CHANGE, what=_WHAT, ids=[view.pk], reason="slettet")
