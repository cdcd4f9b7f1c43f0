"""The plan to read: as a page for all, for what is common or for one kommune; on paper, and as a workbook."""

import base64
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from regional.plan import access, papers, picture, queries
from regional.plan.models import Adoption, Plan
from regional.plan.papers import Decided
from regional.plan.queries import Line, Section
from varde.access import Permission, Reader, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.documents.serving import download, paper_download
from varde.exits.downloads import file_answer
from varde.exits.workbook import workbook
from varde.ui.dates import day_of
from varde.ui.shortcuts import page

COMMON, LATE = "felles", "over-frist"


@dataclass(frozen=True, slots=True)
class View:
    """What is chosen to be shown of the plan: its value in the address and its name."""

    value: str
    label: str


@allow(Permission.LEADERS_READ)
@require_GET
def current(request: HttpRequest) -> HttpResponse:
    """The plan in force, else the next one, else the draft; where there is none, how one begins."""
    by = reader(request)
    plan = queries.to_add_to()
    if plan is None:
        record(by=by, action=Action.LIST, what="plan.plan")
        return page(request, "plan/empty.html", {"may_edit": access.may_edit(by)})
    return _plan_page(request, access.plan_for(by, plan.id), by)


@allow(Permission.LEADERS_READ)
@require_GET
def one(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """One plan: an earlier one, the draft, or the one in force."""
    by = reader(request)
    return _plan_page(request, access.plan_for(by, plan_id), by)


def _plan_page(request: HttpRequest, plan: Plan, by: Reader) -> HttpResponse:
    today, views = day_of(now()), _views(by)
    whole = queries.lines(plan, today)
    wanted = request.GET.get("vis", "")
    chosen = next((each for each in views if each.value == wanted), None)
    found = _shown(whole, chosen or views[0])
    sections, adoption, force = queries.sections(plan, found, today), queries.adoption_of(plan), queries.in_force()
    coming = queries.coming()
    tallies = [papers.all_of(sections, today), *(each.tally for each in sections)]
    context = {
        "plan": plan,
        "adoption": adoption,
        "is_in_force": force is not None and force.id == plan.id,
        "begins": next((queries.begins(each) for each in coming if each.id == plan.id), None),
        "coming": [(each, queries.begins(each)) for each in coming if each.id != plan.id],
        "views": views,
        "chosen": chosen or views[0],
        "unknown": bool(wanted) and chosen is None,
        "sections": [each for each in sections if each.lines or found is whole],
        "tallies": tallies,
        "picture": picture.rows(tallies),
        "in_words": picture.in_words(tallies),
        "overdue": [each for each in found if each.overdue],
        "last": queries.last_said(plan),
        "others": [each for each in queries.plans() if each.id != plan.id],
        "draft": queries.draft(),
        "may_edit": access.may_edit(by),
        "today": today,
    }
    return page(request, "plan/plan.html", context, status=400 if context["unknown"] else 200)


def _views(by: Reader) -> list[View]:
    fixed = [View("", "Hele planen"), View(COMMON, "Det som er felles"), View(LATE, "Over frist")]
    return [*fixed, *(View(str(each.id), f"{each.name}: det vi gjør hjemme") for each in queries.kommuner(by))]


def _shown(whole: list[Line], chosen: View) -> list[Line]:
    if chosen.value in ("", COMMON, LATE):
        late = [each for each in whole if each.overdue]
        return {"": whole, COMMON: queries.common(whole), LATE: late}[chosen.value]
    return queries.of_kommune(whole, UUID(chosen.value))


def _whole(plan: Plan, today: date) -> list[Section]:
    return queries.sections(plan, queries.lines(plan, today), today)


def decided(adoption: Adoption | None) -> Decided | None:
    """The decision as a paper says it."""
    return Decided(adoption.decision, adoption.decided_on, adoption.by_name) if adoption else None


@allow(Permission.LEADERS_READ)
@require_GET
def plan_pdf(request: HttpRequest, plan_id: UUID) -> Any:
    """The plan as it stands today, as PDF."""
    by, at = reader(request), now()
    plan = access.plan_for(by, plan_id)
    record(by=by, action=Action.PRINT, what="plan.plan", ids=[plan.id])
    paper = papers.plan_paper(
        plan, _whole(plan, day_of(at)), decided(queries.adoption_of(plan)),
        office=by.office.name, made_at=at, today=day_of(at),
    )  # fmt: skip
    return paper_download(paper, f"handlingsplan-{plan.first_year}-{plan.last_year}-v{plan.version}")


@allow(Permission.LEADERS_READ)
@require_GET
def adopted_pdf(request: HttpRequest, plan_id: UUID) -> Any:
    """The plan exactly as it was adopted."""
    by = reader(request)
    plan = access.plan_for(by, plan_id)
    adoption = queries.adoption_of(plan)
    if adoption is None:
        raise Http404
    record(by=by, action=Action.PRINT, what="plan.adoption", ids=[adoption.id])
    made = base64.b64decode(adoption.pdf)
    stem = f"handlingsplan-{plan.first_year}-{plan.last_year}-v{plan.version}-vedtatt"
    return download([made], size=len(made), stem=stem, kind="pdf")


@allow(Permission.LEADERS_READ)
@require_GET
def plan_xlsx(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """The measures as they stand today, a row for each."""
    by, today = reader(request), day_of(now())
    plan = access.plan_for(by, plan_id)
    record(by=by, action=Action.EXPORT, what="plan.plan", ids=[plan.id])
    return file_answer(workbook(papers.sheet(_whole(plan, today)), "Handlingsplan"), "plan", today, "xlsx")
