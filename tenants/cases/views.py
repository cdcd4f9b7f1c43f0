"""The case page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shared.codes.categories import category
from tenants.cases import access, actions, glass, panels, queries
from tenants.cases.forms import MemberForm, NoteForm
from tenants.cases.models import Case
from tenants.cases.story import timeline
from tenants.inbox.facts import told_facts
from tenants.inbox.queries import cover_of
from tenants.persons.queries import persons_of, shown_name
from tenants.triage import hold_queries
from tenants.triage import queries as triage
from tenants.triage.access import step_for
from tenants.triage.pages import Matter, first_step_page, step_page
from varde.access import Permission, allow, reader
from varde.clock import now
from varde.privacy.errors import Destroyed
from varde.ui.paging import Leaf
from varde.ui.refusals import refusal_above, refusal_on
from varde.ui.shortcuts import page, see_other

EVENTS = 30
"""Of the timeline on a page."""


@allow(Permission.CASES)
@require_GET
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One case."""
    return case_page(request, access.case_for(reader(request), case_id))


def case_page(request: HttpRequest, found: Case, *, status: int = 200, **bound: object) -> HttpResponse:
    """The page of a case; `bound` forms (note_form, member_form) keep what was typed."""
    by = reader(request)
    members = queries.on_it(found)
    context = {
        "case": found,
        "about": [shown_name(person) for person in persons_of(found.concern) if person.role == "exposed"],
        "seeing": _seeing(found) if cover_of(found.concern) else "",
        "category": category(found.category),
        "way": panels.way_of(found),
        "facts": told_facts(found.concern),
        "concern": found.concern,
        "step": triage.open_step(found.concern),
        "held": hold_queries.open_hold(found.concern),
        "members": members,
        "chooses_members": access.may_choose_members(by) and found.state == "open",
        "note_form": NoteForm(),
        "member_form": _member_form(found),
        "tops": panels.tops_of(found, by, request),
        "panels": panels.panels_of(found, by, request),
        "happened": Leaf(timeline(found), request.GET.get("side"), EVENTS),
        "happened_at": f"/saker/{found.id}",
        "glass": [row for row in queries.glass_of(found) if glass.is_open(row, now())],
    }
    return page(request, "cases/case.html", context | bound, status=status)


def _seeing(covered: Case) -> str:
    """The names of those who see a covered case."""
    return " og ".join(person.name for person in queries.owners(covered)) or "ingen"


def _member_form(case: Case, data: object = None) -> MemberForm:
    on_it = {row.user_id for row in queries.members(case)}
    others = [someone for someone in triage.owners() if someone.id not in on_it]
    return MemberForm(data, people=queries.not_shut_out(case, others))


def _back(found: Case) -> HttpResponse:
    return see_other(f"/saker/{found.id}")


@allow(Permission.CASES)
@require_POST
def note(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write a note."""
    found = access.case_for(reader(request), case_id)
    form = NoteForm(request.POST)
    if form.is_valid():
        with refusal_on(form, also=Destroyed):
            actions.write_note(case=found, text=form.cleaned_data["text"], by=reader(request))
            return _back(found)
    return case_page(request, found, note_form=form, status=422)


@allow(Permission.CASES)
@require_POST
def put_on(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Put a person on the case."""
    found = access.case_for(reader(request), case_id)
    access.require_choosing_members(reader(request))
    form = _member_form(found, request.POST)
    if form.is_valid():
        with refusal_on(form):
            actions.add_member(case=found, user=form.chosen, by=reader(request))
            messages.success(request, f"{form.chosen.name} er satt på saken.")
            return _back(found)
    return case_page(request, found, member_form=form, status=422)


@allow(Permission.CASES)
@require_POST
def take_off(request: HttpRequest, case_id: UUID, user_id: UUID) -> HttpResponse:
    """Take a person off the case. Somebody who has left the office can be taken off too."""
    found = access.case_for(reader(request), case_id)
    access.require_choosing_members(reader(request))
    place = next((row for row in queries.members(found) if row.user_id == user_id), None)
    if place is not None:
        with refusal_above(request):
            actions.remove_member(case=found, user=place.user, by=reader(request))
            messages.success(request, f"{place.user.name} er tatt av saken.")
    return _back(found)


@allow(Permission.CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The next step of the case, owned by somebody who sees it."""
    found = access.case_for(reader(request), case_id)
    matter = Matter("saken", f"/saker/{found.id}", queries.owners(found))
    if found.state == "open" and triage.open_step(found.concern) is None:
        return first_step_page(request, found.concern, matter)
    return step_page(request, step_for(found.concern), matter)
