"""Stop and continue."""

from django.http import HttpRequest, HttpResponse

from tenants.triage import hold_actions, hold_queries, queries
from tenants.triage.hold_forms import GoOnForm, StopForm
from tenants.triage.said_views import Place, done, matter_page, on_matter
from varde.access import reader
from varde.clock import now
from varde.ui.refusals import refusal_on


@on_matter
def hold(request: HttpRequest, place: Place) -> HttpResponse:
    """The form that fits: stop one that goes, continue one that stands. What was typed stays."""
    sent = request.POST if request.method == "POST" else None
    going_on = sent is not None and "fortsett" in sent
    stop = StopForm(None if going_on else sent, now=now(), prefix="stopp")
    go_on = GoOnForm(sent if going_on else None, prefix="videre")
    form = go_on if going_on else stop
    if sent is not None and form.is_valid():
        with refusal_on(form):
            return _kept(request, place, form)
    standing = hold_queries.open_hold(place.concern)
    context = {
        "standing": standing,
        "form": form if sent is not None else go_on if standing else stop,
        "button": "fortsett" if (going_on if sent is not None else standing) else "stopp",
        "rows": hold_queries.holds(place.concern),
        "step": queries.open_step(place.concern),
    }
    return matter_page(request, place, "triage/hold.html", context)


def _kept(request: HttpRequest, place: Place, form: StopForm | GoOnForm) -> HttpResponse:
    if isinstance(form, GoOnForm):
        hold_actions.go_on(concern=place.concern, by=reader(request), **form.cleaned_data)
        return done(request, place, "stopp", "Saken er satt i gang igjen.")
    hold_actions.stop(concern=place.concern, by=reader(request), **form.cleaned_data)
    return done(request, place, "stopp", "Saken er stoppet. Neste steg, eier og frist står som før.")
