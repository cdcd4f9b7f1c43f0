"""The page of a next step, shared with the later rooms: they guard the matter, this keeps the step."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from tenants.triage import actions
from tenants.triage.forms import DueForm, StepForm, due_parts
from tenants.triage.models import NextStep
from tenants.triage.states import Refused
from varde.access import reader
from varde.clock import now
from varde.identity.models import User
from varde.ui.shortcuts import page


@dataclass(frozen=True, slots=True)
class Matter:
    """What the step belongs to: its name, its address, and who may own a step in it."""

    name: str
    address: str
    owners: list[User]


def step_page(request: HttpRequest, step: NextStep, matter: Matter) -> HttpResponse:
    """GET: both forms. POST: the step is done and the next one is made, or (`change`) it gets other hands or dates."""
    posted = request.POST if request.method == "POST" else None
    changing = posted is not None and "change" in posted
    moment = now()
    kept = {"owner": str(step.owner_id), **due_parts(step.due_at)}
    done = StepForm(None if changing else posted, owners=matter.owners, now=moment, prefix="then")
    change = DueForm(
        posted if changing else None, initial=kept, owners=matter.owners, now=moment, prefix="change"
    )  # fmt: skip
    if posted is not None and (change if changing else done).is_valid():
        try:
            _act(request, step, change if changing else done)
        except Refused as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(matter.address, status=303)
    context = {"step": step, "matter": matter, "done": done, "change": change}
    return page(request, "triage/step.html", context, status=422 if posted is not None else 200)


def _act(request: HttpRequest, step: NextStep, form: DueForm) -> None:
    by = reader(request)
    if isinstance(form, StepForm):
        actions.complete_step(step=step, then=form.step(), by=by)
        messages.success(request, "Steget er meldt gjort, og det neste er lagt til.")
        return
    actions.reassign(step=step, owner=form.chosen, due_at=form.cleaned_data["due_at"], by=by)
    messages.success(request, "Steget er endret.")
