"""The page of a next step, shared with the later rooms: they guard the matter, this keeps the step."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict

from tenants.inbox.home import home_of
from tenants.inbox.models import Concern
from tenants.triage import actions, hold_queries, queries
from tenants.triage.forms import ChangeForm, StepForm, ThenForm, due_parts
from tenants.triage.models import NextStep
from varde.access import reader
from varde.clock import now
from varde.identity.models import User
from varde.refusal import Refused
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page, see_other


@dataclass(frozen=True, slots=True)
class Matter:
    """What the step belongs to: its name, its address, and who may own a step in it."""

    name: str
    address: str
    owners: list[User]


def step_page(request: HttpRequest, step: NextStep, matter: Matter) -> HttpResponse:
    """GET: both forms. POST: the step is done and the next one is made, or (`change`) it gets other hands or dates.

    Whoever comes second sees what stands now, with the sentence and what was typed.
    """
    posted = request.POST if request.method == "POST" else None
    changing = posted is not None and "change" in posted
    form = _change(step, matter, posted) if changing else _then(step, matter, posted)
    if posted is not None and form.is_valid():
        try:
            _act(request, step, form)
        except Refused as error:
            step = queries.open_step(step.concern) or step
            form.told(str(error), _seen(step, form), _now(step))
        else:
            return see_other(matter.address)
    context = {
        "step": step,
        "matter": matter,
        "home": home_of(step.concern),
        "done": _then(step, matter) if changing else form,
        "change": form if changing else _change(step, matter),
        "held": hold_queries.held([step.concern_id]).get(step.concern_id),
    }
    return page(request, "triage/step.html", context, status=422 if posted is not None else 200)


def first_step_page(request: HttpRequest, concern: Concern, matter: Matter) -> HttpResponse:
    """Of a matter at work that has nothing next: the form that lays it."""
    by, posted = reader(request), request.POST if request.method == "POST" else None
    form = StepForm(
        posted, initial={"owner": str(by.user_id or "")}, owners=matter.owners, now=now(), prefix="then"
    )  # fmt: skip
    if posted is not None and form.is_valid():
        with refusal_on(form):
            actions.lay_step(concern=concern, step=form.step(), by=by)
            return back_with(request, "Neste steg er lagt til.", matter.address)
    context = {"concern": concern, "matter": matter, "form": form, "step": queries.open_step(concern)}
    context["home"] = home_of(concern)
    context["step_url"] = f"{matter.address}/steg"
    return page(request, "triage/first_step.html", context, status=422 if posted is not None else 200)


def _then(step: NextStep, matter: Matter, posted: QueryDict | None = None) -> ThenForm:
    return ThenForm(posted, initial={"seen": str(step.pk)}, owners=matter.owners, now=now(), prefix="then")


def _change(step: NextStep, matter: Matter, posted: QueryDict | None = None) -> ChangeForm:
    kept = {"seen": queries.as_seen(step)} | _now(step)
    return ChangeForm(posted, initial=kept, owners=matter.owners, now=now(), prefix="change")


def _now(step: NextStep) -> dict[str, object]:
    return {"owner": str(step.owner_id), **due_parts(step.due_at)}


def _seen(step: NextStep, form: ThenForm | ChangeForm) -> str:
    return str(step.pk) if isinstance(form, ThenForm) else queries.as_seen(step)


def _act(request: HttpRequest, step: NextStep, form: ThenForm | ChangeForm) -> None:
    by = reader(request)
    if isinstance(form, ThenForm):
        came_of = form.cleaned_data["came_of"]
        actions.complete_step(step=step, came_of=came_of, then=form.step(), by=by, seen=form.was_seen)
        messages.success(request, "Steget er meldt gjort, og det neste er lagt til.")
        return
    due_at = form.cleaned_data["due_at"]
    actions.reassign(step=step, owner=form.chosen, due_at=due_at, by=by, seen=form.was_seen)
    messages.success(request, "Steget er endret.")
