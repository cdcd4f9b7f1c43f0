"""Requests from people who may be in no matter: a new one, one of them, its matches, and the letters."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tenants.insight import inquiry as rules
from tenants.insight import inquiry_access as access
from tenants.insight import inquiry_actions as actions
from tenants.insight import inquiry_papers as papers
from tenants.insight import inquiry_queries as queries
from tenants.insight.forms import ExtendForm
from tenants.insight.inquiry_forms import InquiryForm, WithdrawForm
from tenants.insight.inquiry_models import Inquiry
from tenants.insight.inquiry_queries import Match
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.audit.extract import GROUND
from varde.clock import now
from varde.documents.paper import Paper
from varde.documents.serving import paper_download
from varde.privacy.errors import Destroyed
from varde.refusal import Refused
from varde.tenancy.door import OfficeRef
from varde.ui.dates import day_of
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]


@allow(Permission.INBOX_READ)
@require_http_methods(READ_AND_SEND)
def new(request: HttpRequest) -> HttpResponse:
    """A new request; a member of the team is told who takes it down."""
    by, sent = reader(request), request.POST if request.method == "POST" else None
    if sent is not None:
        access.require_answering(by)
    form = InquiryForm(sent, today=day_of(now()), initial={"received_on": day_of(now()), "asker": "self"})
    if sent is not None and form.is_valid():
        with refusal_on(form):
            made = actions.register(about=form.about(), asked=form.asked(), by=by)
            return back_with(request, "Kravet er registrert. Dette fant søket.", f"/innsyn/uten-sak/{made.pk}")
    context = {"form": form, "answers": access.answers(by)}
    return page(request, "insight/inquiry_new.html", context, status=422 if sent is not None else 200)


@allow(Permission.INBOX_READ)
@require_http_methods(READ_AND_SEND)
def one(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """A request with the reader's own matches; POST answers it, moves its deadline or ends it."""
    by = reader(request)
    found, shown = access.inquiry_for(by, inquiry_id)
    sent = request.POST if request.method == "POST" else None
    moving, ending = sent is not None and "utsett" in sent, sent is not None and "trekk" in sent
    extend = ExtendForm(sent if moving else None, prefix="frist")
    withdraw = WithdrawForm(sent if ending else None, prefix="trekk")
    problem = ""
    if sent is not None:
        access.require_answering(by)
        form = extend if moving else withdraw if ending else None
        try:
            if form is None or form.is_valid():
                return _changed(request, found, form)
        except Refused as error:
            problem = _told(form, str(error))
    context = _context(found, shown, by) | {"extend": extend, "withdraw": withdraw, "problem": problem}
    return page(request, "insight/inquiry.html", context, status=422 if sent is not None else 200)


def _changed(request: HttpRequest, found: Inquiry, form: ExtendForm | WithdrawForm | None) -> HttpResponse:
    if isinstance(form, ExtendForm):
        actions.extend(inquiry=found, by=reader(request), **form.cleaned_data)
        messages.success(request, "Fristen er flyttet.")
    elif form is not None:
        actions.withdraw(inquiry=found, by=reader(request), **form.cleaned_data)
        messages.success(request, "Kravet er ført som trukket.")
    else:
        made = actions.answer(inquiry=found, by=reader(request))
        none = "Last ned brevet og send det på en trygg måte."
        messages.success(request, none if made.kind == "none" else "Kravet er besvart. Svaret gis i saken.")
    return see_other(f"/innsyn/uten-sak/{found.pk}")


def _told(form: ExtendForm | WithdrawForm | None, sentence: str) -> str:
    """Above the form that was sent, else at the top of the page."""
    if form is None:
        return sentence
    form.add_error(None, sentence)
    return ""


def _context(found: Inquiry, shown: list[Match], by: Any) -> dict[str, Any]:
    return {
        "row": found,
        "matches": shown,
        "unjudged": sum(each.same is None for each in shown),
        "same": any(each.same for each in shown),
        "answers": access.answers(by),
        "given": queries.answer_of(found),
        "moved_to": rules.moved_to(found.due_on, day_of(now())),
    }


@allow(Permission.INBOX_READ)
@require_POST
def judge(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Whether the person stands in one of the matters that the reader sees."""
    by = reader(request)
    found, shown = access.inquiry_for(by, inquiry_id)
    match = access.match_for(by, shown, request.POST.get("sak", ""))
    actions.judge(inquiry=found, concern=match.concern, same="samme" in request.POST, by=by)
    return back_with(request, "Lagret.", f"/innsyn/uten-sak/{found.pk}#treff")


@allow(Permission.INBOX_READ)
@require_GET
def received(request: HttpRequest, inquiry_id: UUID) -> Any:
    """The letter that says that the request has come, as PDF."""
    found, _ = access.inquiry_for(reader(request), inquiry_id)
    access.require_answering(reader(request))
    return _letter(request, found, papers.received_paper)


@allow(Permission.INBOX_READ)
@require_GET
def letter(request: HttpRequest, inquiry_id: UUID) -> Any:
    """The answer as PDF, for whoever gave it and found nothing; 404 for everybody else."""
    found, _ = access.inquiry_for(reader(request), inquiry_id)
    given = queries.answer_of(found)
    if given is None or given.kind != "none":
        # As for a request that is hidden: the row may not tell that this reader sees it.
        record(by=reader(request), action=Action.DENIED, what="insight.inquiry", ids=[inquiry_id])
        raise Http404
    return _letter(request, found, papers.nothing_paper)


def _letter(request: HttpRequest, found: Inquiry, made: Callable[[Inquiry, OfficeRef, Any], Paper]) -> Any:
    """Both letters stand alike in the log: which of them somebody printed would tell how the request was answered."""
    by = reader(request)
    try:
        paper = made(found, by.office, now())
    except Destroyed as error:
        messages.error(request, str(error))
        return see_other(f"/innsyn/uten-sak/{found.pk}")
    record(by=by, action=Action.PRINT, what="insight.inquiry", ids=[found.pk], ground=GROUND)
    return paper_download(paper, "brev-innsyn")


@allow(Permission.AUDIT_READ)
@require_GET
def deadlines(request: HttpRequest) -> HttpResponse:
    """For the privacy officer: how many requests wait and how many are late, without a name."""
    rows = {each.what: each for each in queries.deadlines(now())}
    record(by=reader(request), action=Action.LIST, what="insight.deadlines")
    sorts = [
        ("request", "Krav i saker"),
        ("inquiry", "Krav uten sak"),
        ("match", "Treff i saker etter at et krav ble besvart, som ingen har tatt stilling til"),
    ]
    return page(request, "insight/deadlines.html", {"lines": [(said, rows.get(code)) for code, said in sorts]})
