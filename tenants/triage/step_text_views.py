"""Putting right what the next step says."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from tenants.triage import queries
from tenants.triage.models import NextStep
from tenants.triage.said_views import Place, matter_page, on_matter
from tenants.triage.step_text_actions import as_seen, put_right
from tenants.triage.step_text_models import StepWas
from varde.access import reader
from varde.privacy.errors import Destroyed
from varde.refusal import Overtaken, Refused
from varde.ui.fields import LongTextField
from varde.ui.gone import words
from varde.ui.seen import SeenForm
from varde.ui.shortcuts import see_other


class StepTextForm(SeenForm):
    """What the step says."""

    text = LongTextField(label="Hva skal gjøres?", max_length=2000)


@on_matter
def text(request: HttpRequest, place: Place) -> HttpResponse:
    """The form; POST puts it right. Where nothing is next, only what was just typed stands."""
    step, sent = queries.open_step(place.concern), request.POST if request.method == "POST" else None
    if step is None and sent is None:
        return see_other(place.home)
    form = StepTextForm(sent, initial={"text": words(step, "text") if step else "", "seen": as_seen(step)})
    if sent is not None and form.is_valid():
        try:
            said = form.cleaned_data["text"]
            put_right(concern=place.concern, text=said, seen=form.was_seen or "", by=reader(request))
        except Overtaken as error:
            _tell(form, str(error), queries.open_step(place.concern))
        except (Refused, Destroyed) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Teksten er rettet. Det som sto før, står i saken.")
            return see_other(f"{place.home}/steg")
    rows = list(StepWas.objects.filter(step=step).order_by("-at", "-id")) if step else []
    return matter_page(request, place, "triage/step_text.html", {"form": form, "rows": rows})


def _tell(form: StepTextForm, sentence: str, stands: NextStep | None) -> None:
    """What stands now, where it is the same step: the words for one that is done are never saved on the next one."""
    if stands is not None and (form.was_seen or "").startswith(str(stands.pk)):
        form.told(sentence, as_seen(stands), {"text": words(stands, "text")})
    else:
        form.add_error(None, sentence)
