"""«Overfør til en annen kommune»: what is written, what will be sent, and then the sending."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from shared.contracts import CaseTransfer
from tenants.cases.access import case_for
from tenants.closing import known, transfer, transfer_queries
from tenants.closing.loose_queries import items_of, loose_in
from tenants.closing.transfer_actions import take_in as lay_in
from tenants.closing.transfer_actions import transfer as hand_over
from tenants.closing.transfer_files import line_of
from tenants.closing.transfer_forms import TransferForm
from tenants.inbox.facts import hidden_in
from tenants.inbox.models import Concern
from tenants.inbox.queries import readers_of
from tenants.inbox.replies_queries import unread
from tenants.measures.queries import open_in
from tenants.triage.access import matter_for
from varde.access import Permission, allow, reader
from varde.clock import now
from varde.identity.stepup import ask, is_fresh
from varde.refusal import Overtaken, Refused
from varde.ui.refusals import refusal_above
from varde.ui.shortcuts import back_with, page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]


@allow(Permission.TRIAGE)
@require_http_methods(READ_AND_SEND)
def of_concern(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """A matter that is still in the inbox; one that has become a case is handed over from there."""
    concern, home = matter_for(reader(request), concern_id)
    if home:
        return see_other(f"{home}/overfor")
    return _transfer(request, concern, f"/innboks/{concern.id}", "Bekymringen")


@allow(Permission.TRIAGE)
@require_http_methods(READ_AND_SEND)
def of_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A case."""
    case = case_for(reader(request), case_id)
    return _transfer(request, case.concern, f"/saker/{case.id}", case.name)


def _transfer(request: HttpRequest, concern: Concern, address: str, name: str) -> HttpResponse:
    """The form; what will be sent (`vis`); the sending (`send`). Nothing is stored before the last."""
    try:
        transfer.check_progress(concern.progress)
    except Refused as error:
        messages.error(request, str(error))
        return see_other(address)
    posted = request.POST if request.method == "POST" else None
    form = _form(request, concern)
    context: dict[str, Any] = {"concern": concern, "form": form, "address": address, "name": name}
    context |= _beside(concern, form)
    if posted is None or "endre" in posted or not form.is_valid():
        wrong = posted is not None and "endre" not in posted
        return page(request, "closing/transfer.html", context, status=422 if wrong else 200)
    if "send" not in posted:
        return page(request, "closing/transfer_confirm.html", context | _what_travels(concern, form))
    return _send(request, concern, form, context) if is_fresh(request) else ask(request)


def _send(request: HttpRequest, concern: Concern, form: TransferForm, context: dict[str, Any]) -> HttpResponse:
    try:
        hand_over(concern=concern, to=form.cleaned_data["to"].id, by=reader(request), ends=form.ends(), **form.wish)
    except Overtaken as error:
        form.told(str(error), form.loose.print)
        return page(request, "closing/transfer.html", context, status=422)
    except Refused as error:
        form.add_error(None, str(error))
        return page(request, "closing/transfer.html", context, status=422)
    return back_with(request, f"Overført til {form.cleaned_data['to'].name}.", context["address"])


def _form(request: HttpRequest, concern: Concern) -> TransferForm:
    case = transfer_queries.case_of(concern)
    own = reader(request).office
    return TransferForm(
        request.POST if request.method == "POST" else None,
        own=own,
        offices=transfer_queries.candidates(own),
        notes=len(transfer_queries.notes_of(concern, case)),
        loose=loose_in(concern, now()),
        owners=readers_of(concern.id),
    )


def _beside(concern: Concern, form: TransferForm) -> dict[str, object]:
    """What the letter would carry whatever is chosen, what it never carries, and what is not settled here."""
    letter = transfer_queries.letter_about(concern, reason="moved", summary="", with_notes=False)
    case = transfer_queries.case_of(concern)
    left = {
        "measures": open_in(case) if case else [],
        "items": items_of(concern, form.loose),
        "unread": unread(concern.id),
    }
    return left | _in_words(letter, concern)


def _what_travels(concern: Concern, form: TransferForm) -> dict[str, object]:
    letter = transfer_queries.letter_about(concern, **form.wish)
    chosen = {
        "to": form.cleaned_data["to"],
        "hidden": form.hidden,
        "reason": dict(transfer.REASONS)[letter.reason],
        "settled": form.settled(),
    }
    return chosen | _in_words(letter, concern)


def _in_words(letter: CaseTransfer, concern: Concern) -> dict[str, object]:
    return {
        "letter": letter,
        "matter": transfer.matter_facts(letter, hidden_in(concern)),
        "reporter": transfer.reporter_facts(letter),
        "decisions": [transfer.decided(each) for each in letter.decisions],
        "notes": [transfer.noted(each) for each in letter.notes],
        "files": [line_of(each) for each in letter.files],
        "cards": known.cards(letter.known),
        "parts": known.parts(letter.known),
    }


@allow(Permission.TRIAGE)
@require_POST
def take_in(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Lay the cards and warnings that came along in the matter."""
    concern, home = matter_for(reader(request), concern_id)
    with refusal_above(request):
        lay_in(concern=concern, by=reader(request))
        messages.success(request, "Kortene og varslene er lagt inn. Se over dem: det er deres nå.")
    return see_other(home or f"/innboks/{concern.id}")
