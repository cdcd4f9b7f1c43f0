"""The reporter writes back from the page of the receipt; the team opens what was written."""

import uuid
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shared.registry.models import Office
from shared.registry.queries import facts
from tenants.inbox import limits, replies_actions, replies_pass, replies_queries
from tenants.inbox.access import concern_for, concern_with_receipt
from tenants.inbox.forms import KeyField
from tenants.inbox.gone_receipts import Deleted
from tenants.inbox.home import home_of
from tenants.inbox.queries import Followed
from tenants.inbox.states import PROGRESS, WrongMove
from varde.access import Permission, allow, anyone, as_purpose, reader
from varde.address import address_of
from varde.clock import now
from varde.refusal import Refused
from varde.tenancy.door import need_office
from varde.ui.fields import LongTextField
from varde.ui.progress import steps
from varde.ui.shortcuts import page, see_other

UNKNOWN_CODE = "Vi fant ingen melding med denne koden. Se etter skrivefeil."
_ASK_CODE = "Siden har vært åpen lenge. Skriv koden en gang til. Teksten din står her."
_WAIT = "Det er prøvd mange koder herfra. Vent litt og prøv igjen. Teksten din står her, men er ikke sendt."


class ReplyForm(forms.Form):
    """A message to the team."""

    idempotency_key = KeyField(widget=forms.HiddenInput)
    given = forms.CharField(required=False, widget=forms.HiddenInput)
    text = LongTextField(
        label="Skriv til teamet",
        max_length=replies_actions.REPLY_LIMIT,
        help_text="For eksempel noe nytt som har skjedd. Siden leses ikke hele døgnet.",
        error_messages={"required": "Skriv noe til teamet."},
    )


class ReplyWithCodeForm(ReplyForm):
    """The same when the pass of the page is over."""

    code = forms.CharField(
        label="Koden på kvitteringen",
        help_text="16 siffer.",
        error_messages={"required": _ASK_CODE},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    field_order = ["code", "text"]


def state_page(
    request: HttpRequest,
    office: Office,
    found: Followed,
    code: str,
    *,
    form: ReplyForm | None = None,
    sent: bool = False,
) -> HttpResponse:
    """How far the concern has come and what was said both ways, with a form to write more."""
    labels = dict(PROGRESS)
    fresh = {"idempotency_key": uuid.uuid4().hex, "given": replies_pass.give_pass(code, now())}
    context: dict[str, Any] = {
        "office": office,
        "concern": found,
        "steps": steps(labels[found.progress], tuple(labels.values())),
        "talk": replies_queries.talk(found.id),
        "form": form or ReplyForm(initial=fresh),
        "sent": sent,
    }
    return page(request, "inbox/state.html", context, status=422 if form else 201 if sent else 200)


@csrf_exempt
@anyone
@as_purpose("receipt")
@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """Write to the team. Whatever is wrong, the text stands in the answer."""
    office, form = facts(need_office()), ReplyForm(request.POST)
    code = replies_pass.code_of(str(request.POST.get("given", "")), now())
    if not code:
        form = ReplyWithCodeForm(request.POST)
        if request.POST.get("code") and limits.wait_for_receipt(office.id, address_of(request)) is not None:
            return _ask_code(request, office, form, _WAIT, 429)
        code = str(request.POST.get("code", ""))
    try:
        return _stored(request, office, form, code)
    except Deleted as gone:
        return page(request, "inbox/deleted.html", {"office": office, "gone": gone, "text": request.POST.get("text")})
    except Http404:
        return _ask_code(request, office, form, UNKNOWN_CODE if request.POST.get("code") else "", 422)


def _stored(request: HttpRequest, office: Office, form: ReplyForm, code: str) -> HttpResponse:
    by = reader(request)
    if not form.is_valid():
        return state_page(request, office, concern_with_receipt(by, code), code, form=_plain(request, code))
    data = form.cleaned_data
    try:
        found = replies_actions.write_back(code=code, text=data["text"], client_key=data["idempotency_key"], by=by)
    except Refused as error:
        form = _plain(request, code)
        form.add_error("text", str(error))
        return state_page(request, office, concern_with_receipt(by, code), code, form=form)
    return state_page(request, office, found, code, sent=True)


def _plain(request: HttpRequest, code: str) -> ReplyForm:
    """The form as it was typed, with a pass that is good."""
    data = request.POST.copy()
    data["given"] = replies_pass.give_pass(code, now())
    return ReplyForm(data)


def _ask_code(request: HttpRequest, office: Office, form: ReplyForm, why: str, status: int) -> HttpResponse:
    form = ReplyWithCodeForm(request.POST)
    if why:
        form.add_error("code", why)
    response = page(request, "inbox/reply.html", {"office": office, "form": form}, status=status)
    if status == 429:
        response["Retry-After"] = "60"
    return response


@allow(Permission.INBOX_READ)
@require_POST
def open_replies(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """«Åpne meldingen»: from then on the reporter sees that a human being has opened it."""
    found = concern_for(reader(request), concern_id)
    try:
        if not replies_actions.open_them(concern=found, by=reader(request)):
            messages.info(request, "Meldingene var allerede åpnet.")
    except WrongMove as error:
        messages.error(request, str(error))
    return see_other(f"{home_of(found).address}#melder")
