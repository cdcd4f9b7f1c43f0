"""Police and prosecutor in a matter: where it stands, and what has been said before."""

from django.http import HttpRequest, HttpResponse

from tenants.triage import police_actions, police_queries
from tenants.triage.police_forms import PoliceForm, ProsecutionForm, initial_of
from tenants.triage.police_models import PoliceSaid
from tenants.triage.said import newest_of
from tenants.triage.said_views import Place, done, matter_page, on_matter
from varde.access import reader
from varde.clock import now
from varde.refusal import Overtaken, Refused


@on_matter
def police(request: HttpRequest, place: Place) -> HttpResponse:
    """GET: both forms. POST: where it stands, or (`prosecution`) the prosecutor's answer."""
    rows = police_queries.said(place.concern)
    prosecuting = request.method == "POST" and "prosecution" in request.POST
    said = _police_form(request, rows, bound=request.method == "POST" and not prosecuting)
    outcome = ProsecutionForm(request.POST if prosecuting else None, now=now(), prefix="paatale")
    kept = _kept(request, place, outcome if prosecuting else said)
    if kept is not None:
        return kept
    context = {
        "form": said,
        "outcome": outcome,
        "rows": rows,
        "prosecutions": police_queries.prosecutions(place.concern),
    }
    return matter_page(request, place, "triage/police.html", context)


def _police_form(request: HttpRequest, rows: list[PoliceSaid], *, bound: bool) -> PoliceForm:
    newest = newest_of(rows)
    initial = {"seen": str(newest.id) if newest else ""} | (initial_of(newest.police) if newest else {})
    return PoliceForm(request.POST if bound else None, initial=initial, now=now())


def _kept(request: HttpRequest, place: Place, form: PoliceForm | ProsecutionForm) -> HttpResponse | None:
    """303 when what was sent is stored; None when the page is shown."""
    if not form.is_bound or not form.is_valid():
        return None
    by, concern = reader(request), place.concern
    try:
        if isinstance(form, PoliceForm):
            police_actions.say(concern=concern, told=form.said(), seen=form.was_seen, by=by)
        else:
            police_actions.prosecuted(concern=concern, by=by, **form.cleaned_data)
    except Overtaken as error:
        newest = newest_of(police_queries.said(concern))
        if isinstance(form, PoliceForm) and newest is not None:
            form.told(str(error), str(newest.id), initial_of(newest.police))
        return None
    except Refused as error:
        form.add_error(None, str(error))
        return None
    return done(request, place, "politi", "Lagret.")
