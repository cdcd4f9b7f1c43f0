"""The list of cases: choosing among them, and keeping a choice."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from shared.codes.categories import category
from tenants.cases import access, filters, queries, saved
from tenants.cases.forms_list import ChoiceForm, NameForm
from tenants.cases.models import Case
from tenants.inbox.queries import covered
from tenants.triage import hold_queries
from tenants.triage import queries as triage
from tenants.triage.models import NextStep
from varde.access import Permission, allow, reader
from varde.clock import now
from varde.privacy.fields import open_together
from varde.refusal import Refused
from varde.ui.paging import Leaf
from varde.ui.shortcuts import page, see_other

PAGE_SIZE = 25
SOON = timedelta(days=7)


@allow(Permission.CASES)
@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """The cases that the reader may see and has chosen."""
    return _page(request, NameForm())


def _page(request: HttpRequest, naming: NameForm, *, status: int = 200) -> HttpResponse:
    by = reader(request)
    form = ChoiceForm(request.GET, people=triage.owners())
    choice = form.choice
    rows = Leaf(queries.chosen(by, choice, now(), now() + SOON), request.GET.get("side"), PAGE_SIZE)
    shown: list[Case] = list(rows.object_list)
    access.note_listed(by, shown)
    open_together(step for case in shown for step in _steps(case))
    held = hold_queries.held([case.concern_id for case in shown])
    shut = covered([case.concern for case in shown])
    said = filters.address(choice)
    context = {
        "rows": [
            {
                "case": case,
                "category": category(case.category),
                "step": next(iter(_steps(case)), None),
                "held": held.get(case.concern_id),
                "covered": case.concern_id in shut,
            }
            for case in shown
        ],
        "page": rows,
        "form": form,
        "choice": choice,
        "query": f"{said}&" if said else "",
        "said": said,
        "shown": filters.SHOWN,
        "saved": saved.of(by),
        "naming": naming,
    }
    return page(request, "cases/list.html", context, status=status)


def _steps(case: Case) -> list[NextStep]:
    return case.concern.open_steps  # type: ignore[attr-defined,no-any-return]  # prefetched by queries.chosen


@allow(Permission.CASES)
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the choice that stands in the address under a name."""
    naming = NameForm(request.POST)
    choice = ChoiceForm(request.GET, people=triage.owners()).choice
    if naming.is_valid():
        try:
            saved.keep(name=naming.cleaned_data["navn"], choice=choice, by=reader(request))
        except Refused as error:
            naming.add_error(None, str(error))
        else:
            messages.success(request, "Utvalget er lagret.")
            return _back(filters.address(choice))
    return _page(request, naming, status=422)


@allow(Permission.CASES)
@require_POST
def drop(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Let go of a kept choice."""
    saved.drop(view_id=view_id, by=reader(request))
    messages.success(request, "Utvalget er slettet.")
    return _back("")


def _back(query: str) -> HttpResponse:
    return see_other(f"/saker?{query}" if query else "/saker")
