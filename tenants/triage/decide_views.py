"""The page of a decision: first the call, then the checklist, then what is decided."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods

from shared.codes.categories import categories
from tenants.inbox.facts import told_facts
from tenants.inbox.home import home_of
from tenants.inbox.models import Concern
from tenants.inbox.queries import readers_of
from tenants.triage import access, checklist, checklist_actions, checklist_queries, lists_queries, queries
from tenants.triage.checklist_forms import CallForm, ChecklistForm, fresh_call, initial_of
from tenants.triage.forms import DecideForm
from tenants.triage.said import newest_of
from tenants.triage.states import OUTCOMES, check_decidable
from varde.access import Permission, allow, reader
from varde.clock import now
from varde.refusal import Overtaken, Refused
from varde.ui.seen import resent
from varde.ui.shortcuts import back_with, page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]
_LABELS = {"category": [(each.code, each.label) for each in categories()], "outcome": OUTCOMES}


@dataclass(frozen=True, slots=True)
class Forms:
    """The three of the page; they stand in one <form>, so that nothing typed in one is lost by sending another."""

    call: CallForm
    checklist: ChecklistForm
    decide: DecideForm

    def valid(self) -> bool:
        """Checklist and decision; every fault of both is shown."""
        return all([self.checklist.is_valid(), self.decide.is_valid()])


@allow(Permission.TRIAGE)
@require_http_methods(READ_AND_SEND)
def decide(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """The decision. A concern that cannot be decided on sends the person back with the reason, if nothing was typed;
    one that is a case has been decided on, and only how much it hurries is changed."""
    concern, home = access.matter_for(reader(request), concern_id)
    if request.method == "POST" and concern.progress != "received":
        return _sent(request, concern)
    try:
        check_decidable(concern.progress)
    except Refused as error:
        messages.error(request, str(error))
        return see_other(f"/innboks/{concern.id}")
    if home:
        return see_other(f"/innboks/{concern.id}/hastegrad")
    return _page(request, concern, _forms(request, concern, None), 200)


def _forms(request: HttpRequest, concern: Concern, data: QueryDict | None, call: bool = False) -> Forms:
    """Bound where `data` is given; the call only when it is what was sent, or has been begun."""
    by, moment = reader(request), now()
    newest = queries.newest_assessment(concern)
    checked = newest_of(checklist_queries.checked(concern))
    initial = {"owner": str(by.user_id or ""), "seen": str(newest.id) if newest else ""}
    if newest is not None:
        initial["category"] = newest.category
    decided = DecideForm(
        data,
        initial=initial,
        owners=readers_of(concern.id),
        now=moment,
        rules=queries.rules(),
        runs=queries.runs_of(concern),
    )
    return Forms(
        CallForm(data if call else None, initial=fresh_call(moment, by.name), now=moment, prefix="ringt"),
        ChecklistForm(
            data,
            initial=initial_of(checked.filled) if checked else {},
            services=checklist_queries.services(),
            asked=lists_queries.in_force(),
            prefix="liste",
        ),
        decided,
    )


def _page(request: HttpRequest, concern: Concern, forms: Forms, status: int, **more: Any) -> HttpResponse:
    context = {
        "concern": concern,
        "facts": told_facts(concern),
        "call": forms.call,
        "call_open": forms.call.is_bound,
        "list": forms.checklist,
        "form": forms.decide,
        "calls": checklist_queries.every_call(concern),
        "source": forms.checklist.asked.source,
        "earlier": queries.assessments(concern),
    }
    return page(request, "triage/decide.html", context | more, status=status)


def _sent(request: HttpRequest, concern: Concern) -> HttpResponse:
    begun = CallForm(request.POST, now=now(), prefix="ringt").typed
    alone = "ringt" in request.POST and (begun or not _typed(request.POST))
    forms = _forms(request, concern, request.POST, call=begun or alone)
    if begun or alone:
        return _called(request, concern, forms, alone=alone)
    return _decided(request, concern, forms)


def _typed(data: QueryDict) -> bool:
    """Has anything been filled in of the decision itself?"""
    return any(data.get(name, "").strip() for name in ("category", "outcome", "reason", "text"))


def _called(request: HttpRequest, concern: Concern, forms: Forms, *, alone: bool) -> HttpResponse:
    """The call is registered whatever becomes of the rest: it stands also when the decision is refused."""
    if not forms.call.is_valid():
        return _page(request, concern, forms, 422)
    try:
        row = checklist_actions.register_call(
            concern=concern, call=forms.call.call(), key=forms.call.used_key, by=reader(request)
        )
    except Refused as error:
        forms.call.add_error(None, str(error))
        return _page(request, concern, forms, 422)
    messages.success(request, f"Samtalen med {row.whom} er registrert. Gå videre med avklaringen.")
    if not alone:
        after = _forms(request, concern, request.POST)
        answer = _decided(request, concern, after)
    elif _typed(request.POST):
        answer = _page(request, concern, _unsent(request, concern), 201)
    else:
        return see_other(f"/innboks/{concern.id}/avklar")
    answer.stands = True  # type: ignore[attr-defined]  # kept by the middleware, also beside a refused decision
    return answer


def _unsent(request: HttpRequest, concern: Concern) -> Forms:
    """The rest as it was typed, without being judged yet."""
    empty = _forms(request, concern, None)
    for form in (empty.checklist, empty.decide):
        for name, field in form.fields.items():
            if name != "seen":
                typed = field.widget.value_from_datadict(request.POST, request.FILES, form.add_prefix(name))
                form.initial[name] = typed
    return empty


def _decided(request: HttpRequest, concern: Concern, forms: Forms) -> HttpResponse:
    _propose(forms)
    if not forms.valid():
        return _page(request, concern, forms, 422)
    filled = forms.checklist.filled()
    try:
        decision = checklist_actions.decide(
            concern=concern,
            filled=filled,
            decision=forms.decide.decision(),
            seen=forms.decide.was_seen,
            by=reader(request),
        )
    except Overtaken as error:
        return _chooses_again(request, concern, str(error))
    except Refused as error:
        forms.decide.add_error(None, str(error))
        return _page(request, concern, forms, 422)
    return back_with(
        request,
        f"Bekymringen er avklart: {decision.assessment.get_outcome_display()}.",
        decision.address or f"/innboks/{concern.id}",
    )


def _propose(forms: Forms) -> None:
    """What is ticked proposes a category: said in a sentence, and marked when none was chosen. Nothing is forced."""
    if not forms.checklist.is_valid():
        return
    filled, chosen = forms.checklist.filled(), forms.decide.data.get("category", "")
    try:
        checklist.check_proposal(filled.criteria, chosen, filled.not_acute)
    except Refused as error:
        if not chosen:
            forms.decide.data = resent(forms.decide.data, {"category": checklist.proposed(filled.criteria)})
            forms.decide.add_error("category", f"{error} Den er valgt for deg nå.")
        else:
            forms.decide.add_error("category", str(error))


def _chooses_again(request: HttpRequest, concern: Concern, sentence: str) -> HttpResponse:
    """Somebody was first: what was typed stays, what was chosen is chosen anew, and the page now knows of the other."""
    concern.refresh_from_db()
    newest = queries.newest_assessment(concern)
    again = request.POST.copy()
    for name in ("category", "outcome"):
        again.pop(name, None)
    again["seen"] = str(newest.id) if newest else ""
    forms, chosen = _forms(request, concern, again), []
    forms.valid()
    for name in ("category", "outcome"):
        # It was chosen; that it must be chosen anew is said above.
        forms.decide.errors.pop(name, None)
        chosen += [label for code, label in _LABELS[name] if code == request.POST.get(name)]
    return _page(
        request, concern, forms, 422, overtaken=sentence, chosen=", ".join(chosen), home=home_of(concern)
    )  # fmt: skip
