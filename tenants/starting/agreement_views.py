"""The agreement as the kommune meets it: what holds, what was written, answering, and going out."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from shared.registry.facts_actions import own_facts
from shared.registry.queries import facts
from tenants.starting import access, agreement_actions, agreement_queries, lends_queries
from tenants.starting.agreement_forms import AnswerForm, LeaveForm, StayForm
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.tenancy.directory import facts_of
from varde.ui.dates import day_of, short_date
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page

READ_AND_SEND = ["GET", "HEAD", "POST"]
HERE = "/samarbeidsavtale"


@allow(Permission.STARTING, Permission.AGREEMENT_SAY)
@require_GET
def agreement(request: HttpRequest) -> HttpResponse:
    """What holds now, what waits for an answer, and everything that was said."""
    by = reader(request)
    record(by=by, action=Action.VIEW, what="starting.agreement")
    holds, notices = agreement_queries.holds(by), agreement_queries.notices()
    context = {
        "now": holds,
        "text": agreement_queries.text_of(notices, holds),
        "waiting": agreement_queries.waiting(),
        "notices": notices,
        "events": agreement_queries.events(by),
        "may": by.may(Permission.AGREEMENT_SAY),
        "lends": lends_queries.waiting(by),
    }
    return page(request, "starting/agreement.html", context)


@allow(Permission.STARTING, Permission.AGREEMENT_SAY)
@require_http_methods(READ_AND_SEND)
def notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """What the region wrote. POST answers it."""
    by = reader(request)
    row = access.notice_for(by, notice_id)
    came, may = agreement_queries.came([row])[0], by.may(Permission.AGREEMENT_SAY)
    begins = max(day_of(came.letter.starts_at), day_of(now()))
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"day": begins})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        with refusal_on(form):
            answered = agreement_actions.answer(
                notice=row, said=given["said"], day=given["day"], decision=form.decision(), by=by
            )
            yes = f"Svaret er sendt. Ja gjelder fra {short_date(answered.starts_at)}, når regionen også har sagt ja."
            return back_with(request, yes if answered.said == "yes" else "Svaret er sendt til regionen.", HERE)
    context = {"came": came, "form": form, "may": may}
    return page(request, "starting/notice.html", context, status=422 if form.is_bound else 200)


@allow(Permission.AGREEMENT_SAY)
@require_http_methods(READ_AND_SEND)
def stay(request: HttpRequest) -> HttpResponse:
    """Taking back that the kommune goes out on a day to come."""
    by = reader(request)
    form = StayForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refusal_on(form):
            agreement_actions.stay(decision=form.decision(), by=by)
            return back_with(request, "Dere går ikke ut likevel. Regionen har fått beskjed.", HERE)
    record(by=by, action=Action.VIEW, what="starting.agreement")
    context = {"form": form, "now": agreement_queries.holds(by)}
    return page(request, "starting/stay.html", context, status=422 if form.is_bound else 200)


@allow(Permission.AGREEMENT_SAY)
@require_http_methods(READ_AND_SEND)
def leave(request: HttpRequest) -> HttpResponse:
    """What happens when the kommune goes out. POST says it."""
    by = reader(request)
    holds = agreement_queries.holds(by)
    form = LeaveForm(request.POST if request.method == "POST" else None, taking_back=holds.party is None)
    if form.is_bound and form.is_valid():
        with refusal_on(form):
            row = agreement_actions.leave(day=form.cleaned_data.get("day"), decision=form.decision(), by=by)
            out = f"Kommunen går ut av avtalen {short_date(row.starts_at)}. Regionen har fått beskjed."
            return back_with(request, out if holds.party else "Svaret er trukket. Regionen har fått beskjed.", HERE)
    record(by=by, action=Action.VIEW, what="starting.agreement")
    context = {
        "form": form,
        "now": holds,
        "letters": agreement_queries.under_way(by),
        "lent": agreement_queries.lent(by),
        "shown": facts(by.office),
        "published": bool(facts_of(by.office).get("phone_service")),
        "own_phone": own_facts(by).phone,
    }
    return page(request, "starting/leave.html", context, status=422 if form.is_bound else 200)
