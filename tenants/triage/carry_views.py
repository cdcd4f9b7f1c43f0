"""Who carries a matter."""

from django.http import HttpRequest, HttpResponse

from tenants.triage import carry_actions, carry_queries
from tenants.triage.carry_forms import AcceptForm, CarryForm, initial_of
from tenants.triage.carry_models import Carried
from tenants.triage.said import newest_of
from tenants.triage.said_views import Place, done, matter_page, on_matter
from varde.access import reader
from varde.clock import now
from varde.refusal import Overtaken, Refused


@on_matter
def carry(request: HttpRequest, place: Place) -> HttpResponse:
    """GET: who has it. POST: a new choice, or (`kvittering`) the service's receipt."""
    rows = carry_queries.carried(place.concern)
    newest = newest_of(rows)
    accepting = request.method == "POST" and "kvittering" in request.POST
    chosen = _carry_form(request, newest, bound=request.method == "POST" and not accepting)
    receipt = AcceptForm(
        request.POST if accepting else None, since=newest.at if newest else None, now=now(), prefix="mottatt"
    )
    kept = _kept(request, place, receipt if accepting else chosen)
    if kept is not None:
        return kept
    receipts = {row.carried_id: row for row in carry_queries.accepted(place.concern)}
    context = {
        "form": chosen,
        "receipt": receipt,
        "newest": newest,
        "waits": newest is not None and newest.handed_over and newest.id not in receipts,
        "rows": [{"row": row, "receipt": receipts.get(row.id)} for row in rows],
    }
    return matter_page(request, place, "triage/carry.html", context)


def _carry_form(request: HttpRequest, newest: Carried | None, *, bound: bool) -> CarryForm:
    initial = {"seen": str(newest.id)} | initial_of(newest) if newest else {"seen": "", "carrier": "team"}
    return CarryForm(request.POST if bound else None, initial=initial)


def _kept(request: HttpRequest, place: Place, form: CarryForm | AcceptForm) -> HttpResponse | None:
    """303 when what was sent is stored; None when the page is shown."""
    if not form.is_bound or not form.is_valid():
        return None
    by, concern = reader(request), place.concern
    try:
        if isinstance(form, CarryForm):
            carry_actions.choose(concern=concern, choice=form.choice(), seen=form.was_seen, by=by)
        else:
            carry_actions.accept(concern=concern, by=by, **form.cleaned_data)
    except Overtaken as error:
        newest = newest_of(carry_queries.carried(concern))
        if isinstance(form, CarryForm) and newest is not None:
            form.told(str(error), str(newest.id), initial_of(newest))
        return None
    except Refused as error:
        form.add_error(None, str(error))
        return None
    return done(request, place, "ansvar", "Lagret.")
