"""Words back and forth with the leader team."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from tenants.raising import access, words_actions
from tenants.raising.forms import WordForm
from tenants.raising.register import words_for
from tenants.raising.views import HOME, matter_page
from varde.access import Permission, allow, reader
from varde.refusal import Refused
from varde.ui.shortcuts import see_other


@allow(Permission.MATTER_RAISE)
@require_POST
def say(request: HttpRequest, raised_id: UUID) -> HttpResponse:
    """Something to the leader team, screened first."""
    by = reader(request)
    row = access.matter_for(by, raised_id)
    form = WordForm(request.POST, words=words_for([request.POST.get("text", "")], by))
    if form.is_valid():
        told = {"text": form.cleaned_data["text"], "closes": form.cleaned_data["closes"]}
        try:
            word = words_actions.say(raised=row, reasons=form.reasons, by=by, **told)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, "Venter på at koordinatoren godkjenner." if word.waits else "Sendt til lederteamet."
            )
            return see_other(f"{HOME}/{row.id}")
    return matter_page(request, row, form, 422)


@allow(Permission.MATTER_RAISE)
@require_POST
def decide_word(request: HttpRequest, raised_id: UUID, word_id: UUID) -> HttpResponse:
    """The coordinator sends what a team member wrote (`do=send`), or does not."""
    by = reader(request)
    row = access.matter_for(by, raised_id)
    word = access.waiting_word_for(by, row, word_id)
    sends = request.POST.get("do") == "send"
    try:
        (words_actions.approve_word if sends else words_actions.refuse_word)(word=word, by=by)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Sendt til lederteamet." if sends else "Ikke sendt. Teksten står her fortsatt.")
    return see_other(f"{HOME}/{row.id}")


@allow(Permission.MATTER_RAISE)
@require_POST
def mark_read(request: HttpRequest, raised_id: UUID) -> HttpResponse:
    """What came has been read."""
    by = reader(request)
    row = access.matter_for(by, raised_id)
    words_actions.mark_read(raised=row, by=by)
    messages.success(request, "Merket som lest.")
    return see_other(f"{HOME}/{row.id}")
