"""The duties of a matter: which are weighed, which are not, and weighing them."""

from django.http import HttpRequest, HttpResponse

from tenants.inbox.queries import readers_of
from tenants.triage import duties_actions, duties_queries, tell_queries
from tenants.triage.duties import standing
from tenants.triage.duties_forms import DutiesForm
from tenants.triage.duties_models import DutyWeighed
from tenants.triage.said_views import Place, done, matter_page, on_matter
from varde.access import reader
from varde.clock import now
from varde.refusal import Overtaken, Refused
from varde.ui.gone import words


@on_matter
def duties(request: HttpRequest, place: Place) -> HttpResponse:
    """Every duty with its answers, and the form."""
    rows = duties_queries.weighed(place.concern)
    form = DutiesForm(
        request.POST if request.method == "POST" else None,
        newest=_ids(rows),
        owners=readers_of(place.concern.id),
        now=now(),
    )
    if form.is_bound and form.is_valid():
        try:
            made = duties_actions.weigh(concern=place.concern, given=form.given(), by=reader(request))
        except Overtaken as error:
            form.told(str(error), _ids(duties_queries.weighed(place.concern)))
        except Refused as error:
            form.add_error(None, str(error))
        else:
            word = "vurdering" if len(made) == 1 else "vurderinger"
            return done(request, place, "plikter", f"{len(made)} {word} er lagret.")
    return matter_page(request, place, "triage/duties.html", {"form": form, "parts": _parts(form, rows, place)})


def _ids(rows: list[DutyWeighed]) -> dict[str, str]:
    return {code: str(row.id) for code, row in duties_queries.newest_per_duty(rows).items()}


def _parts(form: DutiesForm, rows: list[DutyWeighed], place: Place) -> list[dict[str, object]]:
    deadline, answers, moment = duties_queries.assess_by(place.concern), duties_queries.answers(rows), now()
    tellings = tell_queries.of_matter(place.concern)
    return [
        {
            "part": part,
            "answer": answers.get(part.duty.code, ""),
            "rows": [row for row in rows if row.duty == part.duty.code],
            "standing": standing(answers.get(part.duty.code), deadline, moment, going=place.going),
            "tellings": [row for row in tellings if words(row, "duty") == part.duty.code],
        }
        for part in form.parts
    ]
