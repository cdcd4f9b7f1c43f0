"""On a matter at work: how much it hurries now, and that somebody has rung 112, 113 or 116 117."""

from django.http import HttpRequest, HttpResponse

from tenants.triage import checklist_actions, checklist_queries, hold_queries, queries, rate_actions
from tenants.triage.checklist_forms import LaterCallForm, fresh_call
from tenants.triage.rate_forms import RateForm
from tenants.triage.said_views import Place, back_when_over, matter_page, on_matter
from varde.access import reader
from varde.clock import now
from varde.refusal import Overtaken, Refused
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, see_other


@on_matter
def rate(request: HttpRequest, place: Place) -> HttpResponse:
    """Category and reason, and nothing else. A concern that is no case yet is decided on instead."""
    concern, sent = place.concern, request.POST if request.method == "POST" else None
    if sent is None and (over := back_when_over(request, place)):
        return over
    if sent is None and not place.is_case:
        return see_other(place.here("avklar"))
    newest = queries.newest_assessment(concern)
    stands = {"category": newest.category, "seen": str(newest.id)} if newest else {"seen": ""}
    form = RateForm(sent, initial=stands, rules=queries.rules(), runs=queries.runs_of(concern), now=now())
    if sent is not None and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("category", "reason")}
        try:
            row = rate_actions.rate(concern=concern, seen=form.was_seen, by=reader(request), **said)
        except Overtaken as error:
            fresh = queries.newest_assessment(concern)
            form.told(str(error), str(fresh.id) if fresh else "", {"category": fresh.category if fresh else ""})
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return back_with(
                request, f"Hastegraden er nå «{row.get_category_display()}». Neste steg står som før.", place.home
            )
    context = {
        "form": form,
        "step": queries.open_step(concern),
        "held": hold_queries.open_hold(concern),
        "earlier": queries.assessments(concern),
    }
    return matter_page(request, place, "triage/rate.html", context)


@on_matter
def called(request: HttpRequest, place: Place) -> HttpResponse:
    """A call that somebody has made: the number, when, who, and what was said if anybody knows."""
    sent = request.POST if request.method == "POST" else None
    if sent is None and (over := back_when_over(request, place)):
        return over
    by, moment = reader(request), now()
    form = LaterCallForm(sent, initial=fresh_call(moment, by.name), now=moment, prefix="ringt")
    if sent is not None and form.is_valid():
        with refusal_on(form):
            row = checklist_actions.register_call(concern=place.concern, call=form.call(), key=form.used_key, by=by)
            return back_with(request, f"Samtalen med {row.whom} er registrert.", place.home)
    context = {"form": form, "calls": checklist_queries.every_call(place.concern)}
    return matter_page(request, place, "triage/called.html", context)
