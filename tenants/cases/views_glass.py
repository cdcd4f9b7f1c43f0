"""«Nødåpning»: asking, answering, ending. Nothing here says whether a case exists."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from tenants.cases import glass, tasks
from tenants.cases.models import GlassRequest
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.choosing import let_choose
from varde.identity.models import User
from varde.identity.stepup import fresh
from varde.ui.fields import LongTextField, TextField
from varde.ui.refusals import refusal_above, refusal_on
from varde.ui.shortcuts import back_with, page, see_other

HOURS = [("1", "1 time"), ("4", "4 timer"), ("8", "8 timer"), ("24", "24 timer")]


class AskForm(forms.Form):
    """Which case, why, for how long, and who is to approve."""

    target = TextField(
        label="Hvilken sak?",
        max_length=200,
        help_text="Slik den heter, for eksempel «Sak 2026-1A2B3C», eller adressen.",
    )
    reason = LongTextField(
        label="Hvorfor må du inn nå?", max_length=2_000, help_text="De som har saken, kan lese dette."
    )
    hours = forms.ChoiceField(label="Hvor lenge?", choices=HOURS, widget=forms.RadioSelect, initial="4")
    approver = forms.ChoiceField(
        label="Hvem skal godkjenne?", error_messages={"invalid_choice": "Velg en annen i teamet eller en leder."}
    )

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = let_choose(self, ["approver"], people)


@allow(Permission.CASES, Permission.GLASS_APPROVE)
@fresh
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """What this person has asked for and been asked; for the team also the form."""
    by = reader(request)
    form = AskForm(request.POST or None, people=glass.may_approve(by))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with refusal_on(form, "target"):
            glass.ask(
                typed=data["target"], approver=form.people[data["approver"]], reason=data["reason"],
                hours=int(data["hours"]), by=by,
            )  # fmt: skip
            messages.success(request, "Forespørselen er sendt. Finnes saken, og blir den godkjent, kan du åpne den.")
            transaction.on_commit(lambda: tasks.tell_of_glass.ring(by.office), robust=True)
            return see_other("/nodapning")
    record(by=by, action=Action.LIST, what="cases.glass")
    moment = now()
    rows = [(row, glass.words_of(row), glass.is_open(row, moment)) for row in glass.mine(by, moment)]
    context = {"form": form, "rows": rows, "me": by.user_id, "asks": by.may(Permission.CASES)}
    return page(request, "cases/glass.html", context, status=422 if form.is_bound else 200)


def _found(request: HttpRequest, request_id: UUID) -> GlassRequest:
    found = GlassRequest.objects.filter(id=request_id).first()
    if found is None:
        raise Http404
    return found


@allow(Permission.CASES, Permission.GLASS_APPROVE)
@fresh
@require_POST
def answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Yes or no, by the one who was asked."""
    by = reader(request)
    with refusal_above(request):
        glass.answer(request=_found(request, request_id), yes=request.POST.get("svar") == "ja", by=by)
        transaction.on_commit(lambda: tasks.tell_of_glass.ring(by.office), robust=True)
        messages.success(request, "Svaret er gitt.")
    return see_other("/nodapning")


@allow(Permission.CASES, Permission.GLASS_APPROVE)
@require_POST
def end(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Shut it before the time is out."""
    glass.end(request=_found(request, request_id), by=reader(request))
    return back_with(request, "Nødåpningen er avsluttet.", "/nodapning")
