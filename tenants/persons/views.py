"""Cards of persons: those of a matter, one card, merging, linking, and a protected address shown once."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from tenants.inbox.access import concern_for
from tenants.inbox.mistakes_queries import address as address_of_mark
from tenants.inbox.mistakes_queries import mark_of
from tenants.inbox.states import OVER
from tenants.persons import access, actions, panels, queries
from tenants.persons.card import facts
from tenants.persons.forms import OtherForm, PartForm, PersonForm, ReasonForm, form_of, initial_of
from tenants.persons.models import Person
from tenants.persons.repeats import repeats_of
from varde.access import Permission, allow, reader
from varde.privacy.errors import Destroyed
from varde.refusal import Overtaken, Refused
from varde.ui.shortcuts import back_with, page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]
REFUSALS = (Refused, Destroyed)


@allow(Permission.INBOX_READ)
@require_http_methods(READ_AND_SEND)
def persons(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """The cards of a matter, and a new one."""
    by = reader(request)
    concern = concern_for(by, concern_id)
    if concern.progress == "received":
        return see_other(f"/innboks/{concern.pk}")
    filled = {} if request.method == "POST" else queries.told_of_first(concern)
    form = PersonForm(request.POST if request.method == "POST" else None, initial=filled)
    if form.is_bound and form.is_valid():
        try:
            made = actions.add_person(concern=concern, role=form.cleaned_data["role"], card=form.card(), by=by)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, "Kortet er lagret.", f"/personer/{made.pk}")
    access.note_listed(by, "persons.person", [concern.pk])
    context = {"concern": concern, "form": form, "open": concern.progress not in OVER, **panels.of_matter(concern, by)}
    context |= {"wrong": queries.wrong_cards(concern), "filled": filled}
    return page(request, "persons/list.html", context, status=422 if form.is_bound else 200)


@allow(Permission.INBOX_READ)
@require_http_methods(READ_AND_SEND)
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One card with its history; POST writes a new version."""
    found = access.person_for(reader(request), person_id)
    if request.method != "POST":
        return _page(request, found)
    form = form_of(found, request.POST)
    if form.is_valid():
        seen, role = form.was_seen or "", form.cleaned_data["role"]
        try:
            actions.change_person(person=found, role=role, card=form.card(), seen=seen, by=reader(request))
        except Overtaken as error:
            found = access.person_for(reader(request), found.pk)
            stands = initial_of(found)
            if queries.card_of(found).protected:
                del stands["address"]
            form.told(str(error), str(found.version), stands)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, "Kortet er endret.", f"/personer/{found.pk}")
    return _page(request, found, 422, form=form)


def _page(request: HttpRequest, found: Person, status: int = 200, **bound: Any) -> HttpResponse:
    by, concern = reader(request), found.concern
    card, group = queries.card_of(found), queries.same_as(found)
    there = panels.of_matter(concern, by)
    others = [each for each in there["persons"] if each.pk != found.pk and queries.alike(each, found)]
    repeats = repeats_of(concern, group)
    access.note_listed(by, "inbox.concern", [each.concern_id for each in repeats])
    context = {
        "person": found,
        "concern": concern,
        "card": card,
        "facts": facts(card),
        "merged": [each for each in group if each.pk != found.pk and queries.alike(each, found)],
        "mark": mark_of(found),
        "partings": queries.partings_of(found),
        "part_form": PartForm(auto_id="id_part_%s"),
        "target": Person.objects.get(pk=found.merged_into_id) if found.merged_into_id else None,
        "history": queries.history(found),
        "repeats": repeats,
        "others": others,
        "form": form_of(found),
        "merge_form": OtherForm(persons=others),
        "reason_form": ReasonForm(auto_id="id_why_%s"),
        "protected": any(queries.whole_card(each).protected for each in group if queries.alike(each, found)),
        "open": concern.progress not in OVER,
        "mark_at": address_of_mark(concern.pk, "kort", found.pk),
    }
    context["editable"] = context["open"] and found.merged_into_id is None and context["mark"] is None
    return page(request, "persons/person.html", there | context | bound, status=status)


@allow(Permission.INBOX_READ)
@require_POST
def merge(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Another card is the same person: it is closed and points here."""
    by = reader(request)
    found = access.person_for(by, person_id)
    form = OtherForm(request.POST, persons=queries.persons_of(found.concern))
    return _with_other(
        request, found, form, "merge_form", "Kortene er slått sammen.",
        lambda other: actions.merge(keep=found, other=other, by=by),
    )  # fmt: skip


@allow(Permission.INBOX_READ)
@require_POST
def part(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A card that was merged into another is somebody else after all."""
    by = reader(request)
    found = access.person_for(by, person_id)
    form = PartForm(request.POST, auto_id="id_part_%s")
    if form.is_valid():
        try:
            actions.part(other=found, reason=form.cleaned_data["reason"], by=by)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, "Kortene er skilt. Hvert kort sier det det sa før.", f"/personer/{found.pk}")
    return _page(request, access.person_for(by, person_id), 422, part_form=form)


@allow(Permission.INBOX_READ)
@require_POST
def link(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A card of another matter is the same person."""
    by = reader(request)
    found = access.person_for(by, person_id)
    return _with_other(
        request, found, OtherForm(request.POST), "link_form", "Koblet. Bare de som ser begge sakene, ser det.",
        lambda other: actions.link(person=found, other=other, by=by),
    )  # fmt: skip


@allow(Permission.INBOX_READ)
@require_POST
def unlink(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """They are not the same person after all."""
    by = reader(request)
    found = access.person_for(by, person_id)
    return _with_other(
        request, found, OtherForm(request.POST), "link_form", "Koblingen er fjernet.",
        lambda other: actions.unlink(person=found, other=other, by=by),
    )  # fmt: skip


def _with_other(
    request: HttpRequest, found: Person, form: OtherForm, name: str, done: str, act: Callable[[Person], None]
) -> HttpResponse:
    if form.is_valid():
        try:
            act(form.cleaned_data["other"])
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, done, f"/personer/{found.pk}")
    return _page(request, found, 422, **{name: form})


@allow(Permission.INBOX_READ)
@require_POST
def address(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The protected address, in this one answer and on no page."""
    by = reader(request)
    found = access.person_for(by, person_id)
    form = ReasonForm(request.POST, auto_id="id_why_%s")
    if not form.is_valid():
        return _page(request, found, 422, reason_form=form)
    try:
        shown = actions.see_address(person=found, by=by, **form.cleaned_data)
    except REFUSALS as error:
        form.add_error(None, str(error))
        return _page(request, found, 422, reason_form=form)
    context = {
        "person": found, "name": queries.shown_name(found), "shown": shown, "looks": queries.address_looks(found),
    }  # fmt: skip
    return page(request, "persons/address.html", context)
