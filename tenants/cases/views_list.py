"""The list of cases, and choosing among them."""

from datetime import timedelta
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from shared.codes.categories import category
from tenants.cases import access, filters, queries
from tenants.cases.forms_list import ChoiceForm
from tenants.cases.models import Case
from tenants.inbox.queries import covered
from tenants.triage import hold_queries
from tenants.triage.models import NextStep
from varde.access import Permission, allow, reader
from varde.clock import now
from varde.identity.saved import Listing
from varde.identity.saved_shown import filtered
from varde.privacy.fields import open_together
from varde.ui.paging import Leaf
from varde.ui.shortcuts import page

PAGE_SIZE = 25
SOON = timedelta(days=7)
LISTING = Listing("cases", "Saker", "/saker", Permission.CASES, ChoiceForm)


@allow(Permission.CASES)
@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """The cases that the reader may see and has chosen."""
    by = reader(request)
    found = filtered(request, LISTING.code)
    choice = cast(ChoiceForm, found.form).choice
    rows = Leaf(queries.chosen(by, choice, now(), now() + SOON), request.GET.get("side"), PAGE_SIZE)
    shown: list[Case] = list(rows.object_list)
    access.note_listed(by, shown)
    open_together(step for case in shown for step in _steps(case))
    held = hold_queries.held([case.concern_id for case in shown])
    shut = covered([case.concern for case in shown])
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
        "filter": found,
        "choice": choice,
        "query": found.query,
        "shown": filters.SHOWN,
    }
    return page(request, "cases/list.html", context)


def _steps(case: Case) -> list[NextStep]:
    return case.concern.open_steps  # type: ignore[attr-defined,no-any-return]  # prefetched by queries.chosen
