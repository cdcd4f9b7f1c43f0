"""Words back and forth with the leader team."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from tenants.raising import access, queries, words_actions
from tenants.raising.forms import WordForm
from tenants.raising.models import Raised, RaisedWord
from tenants.raising.register import words_for
from tenants.raising.views import HOME, READ_AND_SEND, matter_page
from varde.access import Permission, allow, reader
from varde.ui.refusals import refusal_above, refusal_on
from varde.ui.screened import ConfirmForm
from varde.ui.shortcuts import back_with, page, see_other


@allow(Permission.MATTER_RAISE)
@require_POST
def say(request: HttpRequest, raised_id: UUID) -> HttpResponse:
    """Something to the leader team, screened first."""
    by = reader(request)
    row = access.matter_for(by, raised_id)
    form = WordForm(request.POST, words=words_for([request.POST.get("text", "")], by))
    if form.is_valid():
        told = {"text": form.cleaned_data["text"], "closes": form.cleaned_data["closes"]}
        with refusal_on(form):
            word = words_actions.say(raised=row, reasons=form.reasons, by=by, **told)
            return back_with(
                request,
                "Venter på at koordinatoren godkjenner." if word.waits else "Sendt til lederteamet.",
                f"{HOME}/{row.id}",
            )
    return matter_page(request, row, form, 422)


@allow(Permission.MATTER_RAISE)
@require_POST
def withdraw(request: HttpRequest, raised_id: UUID) -> HttpResponse:
    """It tells of somebody: over here, and the text goes at the leader team."""
    by = reader(request)
    row = access.matter_for(by, raised_id)
    with refusal_above(request):
        words_actions.withdraw(raised=row, seen=request.POST.get("seen"), by=by)
        messages.success(request, "Systemsaken er trukket. Teksten blir slettet hos lederteamet.")
    return see_other(f"{HOME}/{row.id}")


@allow(Permission.MATTER_RAISE)
@require_http_methods(READ_AND_SEND)
def decide_word(request: HttpRequest, raised_id: UUID, word_id: UUID) -> HttpResponse:
    """What a team member wrote as it will go, with what may be about a person; the coordinator sends it, or does not
    (`do=ikke`)."""
    by = reader(request)
    row = access.matter_for(by, raised_id)
    word = access.waiting_word_for(by, row, word_id)
    if not queries.may_approve(by):
        return see_other(f"{HOME}/{row.id}")
    if request.POST.get("do") == "ikke":
        return _not_sent(request, row, word)
    form = _confirming(request, row, word)
    if form.is_bound and form.is_valid():
        with refusal_on(form):
            words_actions.approve_word(word=word, reasons=form.reasons, by=by)
            return back_with(request, "Sendt til lederteamet.", f"{HOME}/{row.id}")
    context = {"row": row, "word": word, "form": form}
    return page(request, "raising/word.html", context, status=422 if form.is_bound else 200)


def _not_sent(request: HttpRequest, row: Raised, word: RaisedWord) -> HttpResponse:
    with refusal_above(request):
        words_actions.refuse_word(word=word, by=reader(request))
        messages.success(request, "Ikke sendt. Teksten står her fortsatt.")
    return see_other(f"{HOME}/{row.id}")


def _confirming(request: HttpRequest, row: Raised, word: RaisedWord) -> ConfirmForm:
    texts = queries.texts_of_word(word)
    initial = {f"why_{kind}": why for kind, why in queries.reasons_of(row, word).items()}
    data = request.POST if request.method == "POST" else None
    return ConfirmForm(data, texts=texts, words=words_for(texts.values(), reader(request)), initial=initial)


@allow(Permission.MATTER_RAISE)
@require_POST
def mark_read(request: HttpRequest, raised_id: UUID) -> HttpResponse:
    """What came has been read."""
    by = reader(request)
    row = access.matter_for(by, raised_id)
    words_actions.mark_read(raised=row, by=by)
    return back_with(request, "Merket som lest.", f"{HOME}/{row.id}")
