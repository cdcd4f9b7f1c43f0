"""Putting right what a step says, before and after it is done."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from tenants.triage import queries
from tenants.triage import step_text_queries as queries_of_done
from tenants.triage.access import done_step_for
from tenants.triage.models import NextStep
from tenants.triage.said_views import Place, back_when_over, matter_page, on_matter
from tenants.triage.step_text_actions import as_done, as_seen, put_done_right, put_right
from tenants.triage.step_text_models import StepWas
from varde.access import reader
from varde.audit.actions import Action, record
from varde.privacy.errors import Destroyed
from varde.refusal import Overtaken, Refused
from varde.ui.fields import LongTextField
from varde.ui.gone import words
from varde.ui.seen import SeenForm
from varde.ui.shortcuts import back_with, see_other


class StepTextForm(SeenForm):
    """What the step says."""

    text = LongTextField(label="Hva skal gjøres?", max_length=2000)


class DoneStepForm(SeenForm):
    """What a step that is done says, and what came of it."""

    text = LongTextField(label="Hva skulle gjøres?", max_length=2000)
    came_of = LongTextField(label="Hva kom ut av det?", max_length=4000, required=False)


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
            return back_with(request, "Teksten er rettet. Det som sto før, står i saken.", f"{place.home}/steg")
    rows = list(StepWas.objects.filter(step=step).order_by("-at", "-id")) if step else []
    return matter_page(request, place, "triage/step_text.html", {"form": form, "rows": rows})


def _tell(form: StepTextForm, sentence: str, stands: NextStep | None) -> None:
    """What stands now, where it is the same step: the words for one that is done are never saved on the next one."""
    if stands is not None and (form.was_seen or "").startswith(str(stands.pk)):
        form.told(sentence, as_seen(stands), {"text": words(stands, "text")})
    else:
        form.add_error(None, sentence)


@on_matter
def done_step(request: HttpRequest, place: Place, step_id: UUID) -> HttpResponse:
    """The words of a step that is done; POST puts them right. Who did it and when stays."""
    sent = request.POST if request.method == "POST" else None
    step = done_step_for(reader(request), place.concern, step_id)
    if sent is None and (over := back_when_over(request, place)):
        return over
    record(by=reader(request), action=Action.VIEW, what="triage.step", ids=[step.pk])
    form = DoneStepForm(sent, initial=_says(step) | {"seen": as_done(step)})
    if sent is not None and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("text", "came_of")}
        try:
            put_done_right(step=step, **said, seen=form.was_seen, by=reader(request))
        except Overtaken as error:
            step = done_step_for(reader(request), place.concern, step_id)
            form.told(str(error), as_done(step), _says(step))
        except (Refused, Destroyed) as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, "Teksten er rettet. Det som sto før, står i saken.", f"{place.home}#tidslinje")
    context = {"form": form, "step": step, "rows": queries_of_done.earlier(step)}
    return matter_page(request, place, "triage/step_text.html", context)


def _says(step: NextStep) -> dict[str, str]:
    return {name: words(step, name) for name in ("text", "came_of")}
