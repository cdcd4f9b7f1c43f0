"""Keeping what is chosen in a list under a name; renaming, deleting, and choosing what the list opens with."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from varde.access import Permission, Reader, allow, reader
from varde.audit.actions import Action, record
from varde.identity import saved
from varde.identity.saved import Listing
from varde.identity.saved_forms import NameForm
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page


@allow(Permission.BE_HERE)
@require_http_methods(["GET", "HEAD", "POST"])
def views(request: HttpRequest, place: str) -> HttpResponse:
    """GET: one's own of a list. POST: keep the choice that stands in the address under a name."""
    by = reader(request)
    found = saved.listing_of(place, by)
    form = NameForm(request.POST if request.method == "POST" else None)
    said = found.form(request.GET).said
    if form.is_bound and form.is_valid():
        with refusal_on(form):
            saved.keep(place=place, name=form.cleaned_data["navn"], chosen=said, by=by)
            return back_with(request, "Utvalget er lagret.", f"{found.address}?{said or 'side=1'}")
    return _page(request, found, by, {"form": form, "said": said}, 422 if form.is_bound else 200)


@allow(Permission.BE_HERE)
@require_POST
def change(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """`slett`, `forst` (on or off), or another name."""
    by = reader(request)
    view = saved.view_for(view_id, by)
    found = saved.listing_of(view.place, by)
    if "slett" in request.POST:
        saved.drop(view=view, by=by)
        return _back(request, found, "Utvalget er slettet.")
    if "forst" in request.POST:
        front = request.POST["forst"] == "ja"
        saved.put_in_front(view=view, front=front, by=by)
        return _back(request, found, "Listen åpner nå med utvalget." if front else "Listen åpner nå uten utvalg.")
    form = NameForm(request.POST)
    if form.is_valid():
        with refusal_on(form):
            saved.rename(view=view, name=form.cleaned_data["navn"], by=by)
            return _back(request, found, "Utvalget har fått nytt navn.")
    return _page(request, found, by, {"renaming": form, "changed": view.pk}, 422)


def _back(request: HttpRequest, found: Listing, said: str) -> HttpResponse:
    return back_with(request, said, f"/utvalg/{found.code}")


def _page(request: HttpRequest, found: Listing, by: Reader, more: dict[str, Any], status: int) -> HttpResponse:
    rows = saved.of(by, found.code)
    record(by=by, action=Action.LIST, what="identity.view", ids=[row.id for row in rows])
    changed, bad = more.pop("changed", None), more.pop("renaming", None)
    shown = [
        (row, bad if row.id == changed else NameForm(initial={"navn": row.name}, auto_id=f"id_%s_{row.id}"))
        for row in rows
    ]
    context = {"listing": found, "rows": shown, "form": NameForm(), "said": ""} | more
    return page(request, "identity/views.html", context, status=status)
