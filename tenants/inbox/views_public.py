"""The kommune's public pages. Nobody logs in here, and no cookie is needed.

The forms are csrf-exempt on purpose: they act for nobody, so there is no log-in that another site could misuse, and
a browser without cookies must be able to send a concern. The answer with the receipt leaves after the commit, because
the request's transaction ends before its body is sent; the receipt is never part of an address.
"""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from shared.registry.models import Office
from shared.registry.queries import facts
from tenants.inbox import limits, queries
from tenants.inbox.access import concern_with_receipt
from tenants.inbox.actions import KeyUsed, receive
from tenants.inbox.forms import EmployeeForm, PrivateForm, ReceiptForm, ToldForm
from tenants.inbox.states import PROGRESS
from tenants.inbox.told import LABELS, leader_chain
from varde.access import Reader, anyone
from varde.address import address_of
from varde.tenancy.door import need_office
from varde.ui.progress import steps
from varde.ui.shortcuts import page

FORMS: dict[str, type[ToldForm]] = {"privat": PrivateForm, "ansatt": EmployeeForm}
# More than the frame takes of a form: too long a text is answered with the text itself, so that it is not lost.
FORM_BYTES = 8_000_000
ALREADY_SENT = (
    "Det du sendte første gang, er allerede mottatt. Det du har endret etterpå, er ikke sendt. "
    "Trykk «Send bekymringen» en gang til hvis du vil sende det som en ny bekymring."
)
UNKNOWN_CODE = "Vi fant ingen melding med denne koden. Se etter skrivefeil."


def typed(request: HttpRequest) -> QueryDict:
    """The fields of a POST. A browser's plain form may be larger than the frame's own limit."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if request.content_type == "application/x-www-form-urlencoded" and length <= FORM_BYTES:
        return QueryDict(request.read(), encoding="utf-8")
    return request.POST


@anyone
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What TryggEst is here, whom to call, and the way to the form."""
    return page(request, "inbox/about.html", {"office": facts(need_office())})


@anyone
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What happens to what somebody tells, in plain words."""
    return page(request, "inbox/privacy.html", {"office": facts(need_office())})


@anyone
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Privat or ansatt."""
    return page(request, "inbox/choose.html", {"office": facts(need_office())})


@csrf_exempt
@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, kind: str) -> HttpResponse:
    """The form. Sent: the receipt with 201; something to put right: 422 with everything that was typed."""
    office = facts(need_office())
    if request.method != "POST":
        return _form_page(request, office, FORMS[kind](initial={"idempotency_key": uuid.uuid4().hex}), 200)
    data = typed(request)
    if not office.has_team:
        return page(request, "inbox/no_team.html", {"office": office, "kept": _kept(data)}, status=422)
    form = FORMS[kind](data)
    if not form.is_valid():
        return _form_page(request, office, form, 422)
    try:
        got = receive(
            told=form.told(), channel="web", by=Reader.for_purpose("intake", need_office()), client_key=form.key
        )
    except KeyUsed:
        return _sent_before(request, office, data, kind)
    chain = leader_chain(form.told().leader_told == "concerned") if kind == "ansatt" and form.told().acute else []
    context = {"office": office, "receipt": got.receipt, "received_at": got.concern.received_at, "chain": chain}
    return page(request, "inbox/receipt.html", context, status=201)


def _sent_before(request: HttpRequest, office: Office, data: QueryDict, kind: str) -> HttpResponse:
    """The same page sent twice with other words: kept, explained, and ready to be sent as a report of its own."""
    again = data.copy()
    again["idempotency_key"] = uuid.uuid4().hex
    form = FORMS[kind](again)
    form.add_error(None, ALREADY_SENT)
    return _form_page(request, office, form, 409)


def _form_page(request: HttpRequest, office: Office, form: ToldForm, status: int) -> HttpResponse:
    if not office.has_team:
        return page(request, "inbox/no_team.html", {"office": office})
    concerned = form.data.get("leader_told") == "concerned" if form.is_bound else False
    context = {
        "office": office,
        "form": form,
        "kind": form.reporter_kind,
        "chain": leader_chain(concerned),
        "concerned": concerned,
        "chain_without": leader_chain(True),
    }
    return page(request, "inbox/report.html", context, status=status)


def _kept(data: QueryDict) -> list[dict[str, str]]:
    return [{"label": label, "value": str(data[name])} for name, label in LABELS.items() if data.get(name)]


@csrf_exempt
@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Follow an own report. The code comes by POST, so that it is in no address and no history."""
    office = facts(need_office())
    if request.method != "POST":
        return page(request, "inbox/follow.html", {"office": office, "form": ReceiptForm()})
    wait = limits.wait_for_receipt(office.id, address_of(request))
    form = ReceiptForm(request.POST)
    if wait is not None:
        return _too_often(request, office, form, wait)
    context: dict[str, Any] = {"office": office, "form": form}
    if form.is_valid():
        try:
            return page(request, "inbox/state.html", context | _state(form.cleaned_data["code"]))
        except Http404:
            form.add_error("code", UNKNOWN_CODE)
    return page(request, "inbox/follow.html", context, status=422)


def _too_often(request: HttpRequest, office: Office, form: ReceiptForm, wait: int) -> HttpResponse:
    context = {"office": office, "form": form, "wait": wait}
    response = page(request, "inbox/follow.html", context, status=429)
    response["Retry-After"] = str(wait)
    return response


def _state(code: str) -> dict[str, Any]:
    found = concern_with_receipt(Reader.for_purpose("receipt", need_office()), code)
    labels = dict(PROGRESS)
    return {
        "concern": found,
        "steps": steps(labels[found.progress], tuple(labels.values())),
        "letters": queries.messages_to_reporter(found.id),
    }
