"""Measures: all that are due, a new one in a case, and one measure to change or end."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_GET, require_http_methods

from shared.codes import legal
from shared.codes.catalogue import services as catalogue_services
from tenants.cases.access import case_for
from tenants.cases.queries import owners
from tenants.measures import access, actions, queries, requests_access, requests_queries
from tenants.measures.catalogue import first_values, looked_up
from tenants.measures.forms import ChangeForm, MoveForm, PlanForm, initial_of
from tenants.measures.forms_list import MeasureFilter
from tenants.measures.models import Measure
from tenants.measures.requests_states import WAITING
from tenants.measures.states import KINDS, OPEN
from varde.access import Permission, allow, reader
from varde.clock import now
from varde.identity.saved import Listing
from varde.identity.saved_shown import filtered
from varde.privacy.errors import Destroyed
from varde.privacy.fields import open_together
from varde.refusal import Refused
from varde.ui.dates import day_of
from varde.ui.shortcuts import back_with, page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]
PAGE_SIZE = 50
LISTING = Listing("measures", "Tiltak", "/tiltak", Permission.CASES, MeasureFilter)
REFUSALS = (Refused, Destroyed)


@allow(Permission.CASES)
@require_GET
def measures(request: HttpRequest) -> HttpResponse:
    """Every measure not ended that the reader may see, overdue first."""
    by = reader(request)
    found = filtered(request, LISTING.code)
    form = cast(MeasureFilter, found.form)
    mine = form.chosen.get("vis") == "mine"
    today = day_of(now())
    among = queries.due(by, mine=mine).filter(form.measures(today))
    rows = Paginator(among, PAGE_SIZE).get_page(request.GET.get("side"))
    shown: list[Measure] = list(rows.object_list)
    access.note_listed(by, shown)
    open_together(shown)
    asked = requests_queries.waiting(by, mine=mine, among=form.requests(today))
    requests_access.note_waiting(by, asked)
    open_together(asked)
    context = {
        "measures": shown,
        "page": rows,
        "mine": mine,
        "query": found.query,
        "filter": found,
        "gone": {row.owner_id for row in shown if not row.owner.is_active},
        "requests": asked,
        "waiting": WAITING,
    }
    return page(request, "measures/list.html", context)


@allow(Permission.CASES)
@require_http_methods(READ_AND_SEND)
def new(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A new measure in a case."""
    case = case_for(reader(request), case_id)
    posted = request.POST if request.method == "POST" else None
    lookup = looked_up(request.GET)
    initial = {"owner": str(reader(request).user_id or "")} | first_values(lookup.chosen)
    form = PlanForm(posted, initial=initial, owners=owners(case), now=now())
    if posted is not None and form.is_valid():
        try:
            actions.plan_measure(case=case, plan=form.plan(), by=reader(request))
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, "Tiltaket er lagt til.", f"/saker/{case.id}")
    context = {"case": case, "form": form, "measures": queries.of_case(case), "lookup": lookup}
    context |= {"kinds": KINDS, "services": catalogue_services()}
    return page(request, "measures/new.html", context, status=422 if posted is not None else 200)


@allow(Permission.CASES)
@require_http_methods(READ_AND_SEND)
def measure(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """One measure: GET shows both forms; POST changes the plan, or (`move`) says how far it has come."""
    found = access.measure_for(reader(request), measure_id)
    posted = request.POST if request.method == "POST" else None
    moving = posted is not None and "move" in posted
    change = _change_form(found, None if moving else posted)
    move = MoveForm(posted if moving else None, status=found.status)
    form = move if moving else change
    if posted is not None and form.is_valid():
        try:
            _act(request, found, form)
        except REFUSALS as error:
            found = access.measure_for(reader(request), measure_id)
            _tell(form, str(error), found)
        else:
            return see_other(f"/saker/{found.case_id}")
    context = {
        "measure": found,
        "ground": legal.reference(found.legal_ground) if found.legal_ground else None,
        "change": change,
        "move": move,
        "editable": found.status in OPEN and found.case.state == "open",
        "owner_sees": found.owner in owners(found.case),
    }
    return page(request, "measures/measure.html", context, status=422 if posted is not None else 200)


def _change_form(found: Measure, posted: QueryDict | None) -> ChangeForm:
    return ChangeForm(
        posted, initial=initial_of(found), owners=owners(found.case), now=now(), kept=found.due_on
    )  # fmt: skip


def _tell(form: ChangeForm | MoveForm, sentence: str, newest: Measure) -> None:
    if isinstance(form, ChangeForm):
        form.told(sentence, queries.as_seen(newest), initial_of(newest))
    else:
        form.add_error(None, sentence)


def _act(request: HttpRequest, found: Measure, form: ChangeForm | MoveForm) -> None:
    by = reader(request)
    if isinstance(form, ChangeForm):
        actions.change_measure(measure=found, plan=form.plan(), by=by, seen=form.was_seen)
        messages.success(request, "Tiltaket er endret.")
        return
    data = form.cleaned_data
    actions.move_measure(measure=found, to=data["to"], effect=data["effect"], by=by)
    messages.success(request, "Tiltaket er oppdatert.")
