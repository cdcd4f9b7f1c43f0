"""The kommune's public pages. Nobody logs in here, and no cookie is needed.

The forms are csrf-exempt on purpose: they act for nobody, so there is no log-in that another site could misuse, and
a browser without cookies must be able to send a concern. The answer with the receipt leaves after the commit, because
the request's transaction ends before its body is sent; the receipt is never part of an address.
"""

import time
import uuid
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shared.registry.models import Office
from shared.registry.queries import facts
from tenants.inbox import chain_queries, copy_paper, languages, limits
from tenants.inbox import challenge as proof_of_work
from tenants.inbox.access import concern_with_receipt
from tenants.inbox.actions import KeyUsed, Received, receive
from tenants.inbox.attachments import attach, print_of
from tenants.inbox.attachments_form import sent_files
from tenants.inbox.forms import KEY_LENGTH, EmployeeForm, PrivateForm, PublicForm, ReceiptForm
from tenants.inbox.gone_receipts import Deleted
from tenants.inbox.replies_views import UNKNOWN_CODE, state_page
from tenants.inbox.told import AFTER_REFUSAL, LABELS, Told, leader_chain
from varde.access import anyone, as_purpose, reader
from varde.address import address_of
from varde.clock import now
from varde.documents.intake import NotTaken
from varde.documents.uploads import takes_files
from varde.privacy.keyring import new_matter_id
from varde.tenancy.door import need_office
from varde.ui.shortcuts import page

FORMS: dict[str, type[PublicForm]] = {"privat": PrivateForm, "ansatt": EmployeeForm}
ALREADY_SENT = (
    "Det du sendte første gang, er allerede mottatt. Det du har endret etterpå, er ikke sendt. "
    "Trykk «Send bekymringen» en gang til hvis du vil sende det som en ny bekymring."
)


@anyone
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What TryggEst is here, whom to call, and the way to the form."""
    context = {"office": facts(need_office()), "languages": languages.choices("nb")}
    return page(request, "inbox/about.html", context)


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


@takes_files(protect=False)
@anyone
@as_purpose("intake")
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, kind: str) -> HttpResponse:
    """The form. Sent: the receipt with 201; something to put right: 422 with everything that was typed."""
    office = facts(need_office())
    if request.method != "POST":
        return _form_page(request, office, FORMS[kind](initial={"idempotency_key": uuid.uuid4().hex}), 200)
    data = request.POST
    if not office.has_team:
        return page(request, "inbox/no_team.html", {"office": office, "kept": _kept(data)}, status=422)
    form = FORMS[kind](data)
    if not form.is_valid():
        return _form_page(request, office, form, 422)
    try:
        got, left_out = _receive(request, form)
    except KeyUsed:
        return _sent_before(request, office, data, kind)
    told = form.told()
    staff, concerned = kind == "ansatt", told.leader_told == "concerned"
    context = {
        "office": office,
        "receipt": got.receipt,
        "received_at": got.received_at,
        "chain": leader_chain(concerned, chain_queries.lines()) if staff and told.acute else [],
        "refused": AFTER_REFUSAL if staff and told.person_knows == "refuses" else (),
        "copy": copy_paper.closed(copy_paper.Sent(told, got.received_at, got.concern_id), now()),
        "left_out": left_out,
    }
    return page(request, "inbox/receipt.html", context, status=201)


def _receive(request: HttpRequest, form: PublicForm) -> tuple[Received, list[NotTaken]]:
    """The report, and beside it the files that can be taken; whatever happens to them, the report is received."""
    by, files, chosen = reader(request), sent_files(request), new_matter_id()
    got = receive(
        told=_told(request, form),
        channel="web",
        by=by,
        concern_id=chosen,
        client_key=form.key,
        files=print_of(files),
    )
    left_out = attach(concern_id=got.concern_id, files=files, by=by, again=got.concern_id != chosen)
    return got, left_out


def _told(request: HttpRequest, form: PublicForm) -> Told:
    """A flood changes where the report lies, never whether it is received. Proof of work leaves every limit behind."""
    ref = need_office()
    solved = proof_of_work.is_solved(form.proof, ref.id, form.key, time.time())
    return replace(form.told(), sorted_later=not solved and limits.came_in_flood(ref.id, address_of(request)))


@csrf_exempt
@anyone
@require_POST
def challenge(request: HttpRequest) -> HttpResponse:
    """Asked by the form's script before it sends: null in quiet times, else a challenge for this form's key."""
    ref, key = need_office(), request.POST.get("key", "")
    asked = len(key) in KEY_LENGTH and limits.is_flooded(ref.id, address_of(request))
    made = proof_of_work.make(ref.id, key, time.time()) if asked else None
    return JsonResponse({"challenge": made}, headers={"Cache-Control": "no-store"})


def _sent_before(request: HttpRequest, office: Office, data: QueryDict, kind: str) -> HttpResponse:
    """The same page sent twice with other words: kept, explained, and ready to be sent as a report of its own."""
    again = data.copy()
    again["idempotency_key"] = uuid.uuid4().hex
    form = FORMS[kind](again)
    form.add_error(None, ALREADY_SENT)
    return _form_page(request, office, form, 409)


def _form_page(request: HttpRequest, office: Office, form: PublicForm, status: int) -> HttpResponse:
    if not office.has_team:
        return page(request, "inbox/no_team.html", {"office": office})
    concerned = form.data.get("leader_told") == "concerned" if form.is_bound else False
    own = chain_queries.lines() if form.reporter_kind == "ansatt" else []
    context = {
        "office": office,
        "form": form,
        "kind": form.reporter_kind,
        "chain": leader_chain(concerned, own),
        "concerned": concerned,
        "chain_without": leader_chain(True, own),
        "flooded": limits.is_flooded(office.id, address_of(request)),
        "prove_tries": proof_of_work.TRIES.stop,
        "files_again": bool(request.FILES),
    }
    return page(request, "inbox/report.html", context, status=status)


def _kept(data: QueryDict) -> list[dict[str, str]]:
    return [{"label": label, "value": str(data[name])} for name, label in LABELS.items() if data.get(name)]


@csrf_exempt
@anyone
@as_purpose("receipt")
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
            code = form.cleaned_data["code"]
            return state_page(request, office, concern_with_receipt(reader(request), code), code)
        except Deleted as gone:
            return page(request, "inbox/deleted.html", {"office": office, "gone": gone})
        except Http404:
            form.add_error("code", UNKNOWN_CODE)
    return page(request, "inbox/follow.html", context, status=422)


def _too_often(request: HttpRequest, office: Office, form: ReceiptForm, wait: int) -> HttpResponse:
    context = {"office": office, "form": form, "wait": wait}
    response = page(request, "inbox/follow.html", context, status=429)
    response["Retry-After"] = str(wait)
    return response
