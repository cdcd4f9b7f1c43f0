"""Writing the plan: the draft, its goals and its measures, and the decision that freezes it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from regional.plan import access, actions, adoption_actions, queries
from regional.plan.forms import AdoptForm, GoalForm, MeasureForm, NewPlanForm, Owners, PlanForm
from regional.plan.models import Goal, Measure, Plan
from varde.access import Permission, Reader, allow, reader
from varde.clock import now
from varde.refusal import Overtaken, Refused
from varde.ui.dates import day_of
from varde.ui.refusals import refusal_above
from varde.ui.shortcuts import back_with, page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]
HERE = queries.HERE


def _to(request: HttpRequest, plan: Plan, said: str) -> HttpResponse:
    return back_with(request, said, f"{HERE}/{plan.id}")


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200


@allow(Permission.PLAN_EDIT)
@require_http_methods(READ_AND_SEND)
def new_plan(request: HttpRequest) -> HttpResponse:
    """A new draft."""
    by, year = reader(request), day_of(now()).year
    earlier = [one for one in queries.plans() if queries.adoption_of(one)]
    initial = {"first_year": year + 1, "last_year": year + 2, "carry": str(earlier[0].id) if earlier else ""}
    form = NewPlanForm(request.POST if request.method == "POST" else None, initial=initial, earlier=earlier)
    if form.is_bound and form.is_valid():
        try:
            made = actions.start_plan(told=form.typed(), carry=form.carried(), by=by)
        except ValueError as error:
            form.add_error(None, str(error))
        else:
            return _to(request, made, "Utkastet er laget. Skriv mål og tiltak, og før vedtaket når planen er klar.")
    return page(request, "plan/new.html", {"form": form, "draft": queries.draft()}, status=_status(form))


@allow(Permission.PLAN_EDIT)
@require_http_methods(READ_AND_SEND)
def edit_plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Name, period and introduction of the draft."""
    by = reader(request)
    plan = access.draft_for(by, plan_id)
    form = PlanForm(request.POST if request.method == "POST" else None, initial=_of_plan(plan))
    if form.is_bound and form.is_valid():
        try:
            actions.change_plan(plan=plan, told=form.typed(), by=by, seen=form.was_seen)
        except Overtaken as error:
            plan.refresh_from_db()
            stands = _of_plan(plan)
            form.told(str(error), stands["seen"], stands)
        except ValueError as error:
            form.add_error(None, str(error))
        else:
            return _to(request, plan, "Lagret.")
    return page(request, "plan/edit_plan.html", {"form": form, "plan": plan}, status=_status(form))


def _of_plan(plan: Plan) -> dict[str, Any]:
    said = {name: getattr(plan, name) for name in ("title", "first_year", "last_year", "about")}
    return said | {"seen": queries.plan_seen(plan)}


@allow(Permission.PLAN_EDIT)
@require_POST
def remove_plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """The draft goes, with what is in it."""
    by = reader(request)
    with refusal_above(request):
        actions.remove_draft(plan=access.draft_for(by, plan_id), by=by)
        messages.success(request, "Utkastet er slettet.")
    return see_other(HERE)


@allow(Permission.PLAN_EDIT)
@require_http_methods(READ_AND_SEND)
def new_goal(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """A goal of the draft."""
    by = reader(request)
    plan = access.draft_for(by, plan_id)
    form = GoalForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.add_goal(plan=plan, told=form.typed(), by=by)
        except ValueError as error:
            form.add_error(None, str(error))
        else:
            return _to(request, plan, "Målet er lagt til.")
    return page(request, "plan/edit_goal.html", {"form": form, "plan": plan}, status=_status(form))


@allow(Permission.PLAN_EDIT)
@require_http_methods(READ_AND_SEND)
def edit_goal(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """Another wording of a goal."""
    by = reader(request)
    goal = access.goal_for(by, goal_id)
    plan = access.draft_for(by, goal.plan_id)
    form = GoalForm(request.POST if request.method == "POST" else None, initial=_of_goal(goal))
    if form.is_bound and form.is_valid():
        try:
            actions.change_goal(goal=goal, told=form.typed(), by=by, seen=form.was_seen)
        except Overtaken as error:
            goal.refresh_from_db()
            stands = _of_goal(goal)
            form.told(str(error), stands["seen"], stands)
        except ValueError as error:
            form.add_error(None, str(error))
        else:
            return _to(request, plan, "Lagret.")
    return page(request, "plan/edit_goal.html", {"form": form, "plan": plan, "goal": goal}, status=_status(form))


def _of_goal(goal: Goal) -> dict[str, Any]:
    return {"title": goal.title, "about": goal.about, "seen": queries.goal_seen(goal)}


@allow(Permission.PLAN_EDIT)
@require_POST
def remove_goal(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """A goal without measures."""
    by = reader(request)
    goal = access.goal_for(by, goal_id)
    plan = access.draft_for(by, goal.plan_id)
    try:
        actions.remove_goal(goal=goal, by=by)
    except Refused as error:
        messages.error(request, str(error))
        return see_other(f"{HERE}/{plan.id}")
    return _to(request, plan, "Målet er slettet.")


def _measure_form(request: HttpRequest, plan: Plan, by: Reader, kept: Measure | None, **initial: Any) -> MeasureForm:
    goals = list(Goal.objects.filter(plan=plan).order_by("number", "made_at"))
    owners = Owners(queries.kommuner(by), access.owners(by))
    said = _of_measure(kept, owners) if kept else initial
    posted = request.POST if request.method == "POST" else None
    return MeasureForm(posted, initial=said, goals=goals, owners=owners, names=queries.kommune_names(), kept=kept)


def _of_measure(measure: Measure, owners: Owners) -> dict[str, Any]:
    plain = ("what", "effect", "kommuner", "due_on", "cost", "origin_kind", "origin")
    key = owners.key_of(measure)
    return {name: getattr(measure, name) for name in plain} | {
        "goal": str(measure.goal_id),
        "owner": key,
        "body": measure.owner_name if key == Owners.BODY else "",
        "seen": queries.measure_seen(measure),
    }


@allow(Permission.PLAN_EDIT)
@require_http_methods(READ_AND_SEND)
def new_measure(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """A measure: of the draft, or by a later decision of the plan in force. `?mal=` is the goal."""
    by = reader(request)
    plan = access.plan_for(by, plan_id)
    form = _measure_form(request, plan, by, None, goal=request.GET.get("mal", ""))
    if form.is_bound and form.is_valid():
        try:
            actions.add_measure(plan=plan, goal=form.goal_chosen(), told=form.typed(), by=by)
        except ValueError as error:
            form.add_error(None, str(error))
        else:
            return _to(request, plan, "Tiltaket er lagt til.")
    context = {"form": form, "plan": plan, "adoption": queries.adoption_of(plan)}
    return page(request, "plan/edit_measure.html", context, status=_status(form))


@allow(Permission.PLAN_EDIT)
@require_http_methods(READ_AND_SEND)
def edit_measure(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """A measure of the draft."""
    by = reader(request)
    measure = access.measure_for(by, measure_id)
    plan = access.draft_for(by, measure.plan_id)
    form = _measure_form(request, plan, by, measure)
    if form.is_bound and form.is_valid():
        try:
            actions.change_measure(
                measure=measure, goal=form.goal_chosen(), told=form.typed(), by=by, seen=form.was_seen
            )
        except Overtaken as error:
            measure.refresh_from_db()
            stands = _of_measure(measure, form.owners)
            form.told(str(error), stands["seen"], stands)
        except ValueError as error:
            form.add_error(None, str(error))
        else:
            return _to(request, plan, "Lagret.")
    return page(request, "plan/edit_measure.html", {"form": form, "plan": plan, "row": measure}, status=_status(form))


@allow(Permission.PLAN_EDIT)
@require_POST
def remove_measure(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """A measure of the draft."""
    by = reader(request)
    measure = access.measure_for(by, measure_id)
    plan = access.draft_for(by, measure.plan_id)
    try:
        actions.remove_measure(measure=measure, by=by)
    except Refused as error:
        messages.error(request, str(error))
        return see_other(f"{HERE}/{plan.id}")
    return _to(request, plan, "Tiltaket er slettet.")


@allow(Permission.PLAN_EDIT)
@require_http_methods(READ_AND_SEND)
def adopt(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """The decision is entered: the draft is frozen and in force."""
    by, today = reader(request), day_of(now())
    plan = access.draft_for(by, plan_id)
    initial = {"seen": queries.whole_seen(plan), "decided_on": today}
    form = AdoptForm(request.POST if request.method == "POST" else None, initial=initial, today=today)
    if form.is_bound and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("decision", "decided_on")}
        try:
            adoption_actions.adopt(plan=plan, by=by, seen=form.was_seen or "", **said)
        except Overtaken as error:
            form.told(str(error), queries.whole_seen(plan))
        except Refused as error:
            form.add_error(None, str(error))
        else:
            start = f"1. januar {plan.first_year}" if plan.first_year > today.year else "nå"
            return _to(
                request, plan, f"Planen er vedtatt og gjelder fra {start}. Det som er vedtatt, står slik det er."
            )
    context = {
        "form": form,
        "plan": plan,
        "sections": queries.sections(plan, queries.lines(plan, today), today),
        "since": queries.made_since(plan),
        "ahead": plan.first_year > today.year,
    }
    return page(request, "plan/adopt.html", context, status=_status(form))
