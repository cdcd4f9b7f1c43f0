"""The safety plan: the page with the form and earlier versions, and the paper to take home."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from shared.registry.queries import facts
from tenants.cases.access import case_for
from tenants.cases.models import Case
from tenants.measures import safety, safety_actions, safety_paper, safety_queries
from tenants.measures.safety_forms import SafetyForm, initial_of
from tenants.measures.safety_models import SafetyPlan
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.documents.serving import paper_download
from varde.privacy.errors import Destroyed
from varde.refusal import Overtaken, Refused
from varde.tenancy.door import need_office
from varde.ui.numbers import phone
from varde.ui.shortcuts import back_with, page


@allow(Permission.CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The plan as it is; POST writes a new version."""
    case = case_for(reader(request), case_id)
    last = safety_queries.newest(case)
    posted = request.POST if request.method == "POST" else None
    version = last.version if last else 0
    form = SafetyForm(posted, initial=initial_of(safety_queries.parts_of(last), version, None))
    if posted is not None and form.is_valid():
        try:
            _write(request, case, form)
        except Overtaken as error:
            form.told(str(error), str(version), safety_queries.parts_of(last))
        except (Refused, Destroyed) as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, "Planen er lagret som en ny utgave.", f"/saker/{case.id}/trygghetsplan")
    return page(request, "measures/safety.html", _context(case, last, form), status=422 if form.is_bound else 200)


def _write(request: HttpRequest, case: Case, form: SafetyForm) -> None:
    safety_actions.write_plan(
        case=case,
        parts=form.parts(),
        agreed_on=form.cleaned_data["agreed_on"],
        seen=form.was_seen or "0",
        by=reader(request),
    )


def _context(case: Case, last: SafetyPlan | None, form: SafetyForm) -> dict[str, object]:
    parts = safety_queries.parts_of(last)
    return {
        "case": case,
        "form": form,
        "plan": last,
        "shown": [(section.heading, parts[section.code]) for section in safety.SECTIONS if parts.get(section.code)],
        "telling": safety.telling(parts),
        "earlier": safety_queries.versions(case)[1:],
    }


@allow(Permission.CASES)
@require_GET
def paper(request: HttpRequest, case_id: UUID) -> Any:
    """A version as PDF (`utgave`, else the newest) in the look that was asked for (`utseende`). Logged as a print."""
    by = reader(request)
    case = case_for(by, case_id)
    wanted = request.GET.get("utgave", "")
    rows = safety_queries.versions(case)
    found = next((row for row in rows if not wanted or str(row.version) == wanted), None)
    parts = safety_queries.parts_of(found)
    if found is None or not parts:
        record(by=by, action=Action.DENIED, what="measures.safety_plan", ids=[case.id])
        raise Http404
    look = safety.NEUTRAL if request.GET.get("utseende") == safety.NEUTRAL else safety.NORMAL
    office = facts(need_office())
    ours = safety_paper.Ours(office.name, phone(office.phone), office.phone_hours)
    made = safety_paper.paper(parts, look=look, ours=ours, agreed_on=found.agreed_on, made_at=found.made_at)
    record(by=by, action=Action.PRINT, what="measures.safety_plan", ids=[case.id])
    return paper_download(made, safety_paper.stem(look))
