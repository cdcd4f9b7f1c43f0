"""Joining a matter with another one, and parting them."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from tenants.inbox.home import home_of
from tenants.inbox.models import Concern
from tenants.inbox.queries import readers_of
from tenants.joined import access, actions, queries
from tenants.joined.forms import FindForm, JoinForm, SplitForm
from tenants.joined.states import NOT_FOUND, SAME, check_join
from tenants.triage.queries import open_step
from tenants.triage.said_views import Place, matter_page, on_matter
from varde.access import reader
from varde.clock import now
from varde.refusal import Overtaken, Refused
from varde.ui.refusals import refusal_on
from varde.ui.seen import resent
from varde.ui.shortcuts import back_with


@on_matter
def join(request: HttpRequest, place: Place) -> HttpResponse:
    """GET: which one (`andre`), then what becomes of what is left. POST: they are joined."""
    by = reader(request)
    access.require_coordinator(by)
    sent = request.POST if request.method == "POST" else None
    typed = (sent or request.GET).get("andre", "").strip()
    other = access.other_named(by, typed) if typed else None
    writing = sent is not None and other is not None and other.pk != place.concern.pk
    problem = "" if writing else _problem(place.concern, other, typed)
    if other is None or problem:
        return _choose(request, place, other, problem)
    form = JoinForm(sent, gone=place.concern, kept=other)
    if sent is not None and form.is_valid():
        try:
            actions.join(concern=place.concern, into=other, wish=form.wish(), by=by)
        except Refused as error:
            form = _told(request, form, place.concern, other, error)
        else:
            return back_with(
                request, f"Slått sammen. Dere arbeider videre i {home_of(other).name}.", home_of(other).address
            )
    context = {"form": form, "other": home_of(other), "other_id": other.pk}
    steps = {"here": open_step(place.concern), "there": open_step(other), "mine": home_of(place.concern)}
    return matter_page(request, place, "joined/join.html", context | steps)


def _told(request: HttpRequest, form: JoinForm, gone: Concern, kept: Concern, error: Refused) -> JoinForm:
    """The form again with what was typed; after a change of the list with the list as it is now."""
    if isinstance(error, Overtaken):
        fresh = JoinForm(gone=gone, kept=kept)
        form = JoinForm(resent(request.POST, {"seen": str(fresh["seen"].initial)}), gone=gone, kept=kept)
        form.is_valid()
    form.add_error(None, str(error))
    return form


def _problem(concern: Concern, other: Concern | None, typed: str) -> str:
    """Why these two cannot be joined; "" when they can, or when nothing has been chosen."""
    if not typed:
        return ""
    if other is None:
        return NOT_FOUND
    if other.pk == concern.pk:
        return SAME
    try:
        check_join(queries.standing(concern), queries.standing(other))
    except Refused as error:
        earlier = queries.went_on_as(concern)
        return f"{earlier.by_name} har alt slått den sammen med en annen." if earlier else str(error)
    return ""


def _choose(request: HttpRequest, place: Place, other: Concern | None, problem: str) -> HttpResponse:
    by = reader(request)
    linked, others = queries.linked_with(place.concern), queries.others(place.concern)
    rest = [one for one in others if one not in linked]
    access.note_listed(by, [*linked, *rest])
    context: dict[str, Any] = {
        "form": FindForm(),
        "problem": problem,
        "is_case": queries.case_of(place.concern) is not None,
        "linked": [(one, home_of(one)) for one in linked],
        "others": [(one, home_of(one)) for one in rest],
        "hurries": "haster mer" in problem,
        "turned": other is not None and other.pk != place.concern.pk and "motsatt" in problem,
        "other_id": other.pk if other else None,
    }
    return matter_page(request, place, "joined/choose.html", context)


@on_matter
def split(request: HttpRequest, place: Place) -> HttpResponse:
    """They are two after all."""
    by = reader(request)
    access.require_coordinator(by)
    joined = access.join_for(place.concern)
    sent = request.POST if request.method == "POST" else None
    owners = readers_of(place.concern.pk)
    form = SplitForm(sent, owners=owners, now=now(), initial={"owner": str(by.user_id)})
    if sent is not None and form.is_valid():
        with refusal_on(form):
            actions.split(joined=joined, reason=form.cleaned_data["reason"], step=form.step(), by=by)
            return back_with(request, "Skilt fra hverandre. Denne går videre for seg selv.", place.home)
    return matter_page(request, place, "joined/split.html", {"form": form, "other": home_of(joined.into)})
