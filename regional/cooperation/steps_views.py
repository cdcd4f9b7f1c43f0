"""The guided steps: the list, beginning one, and the page of one with what happens and what has happened."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regional.cooperation import agreement_access as access
from regional.cooperation import agreement_queries as queries
from regional.cooperation import steps, steps_actions, steps_ending, steps_parts, steps_queries
from regional.cooperation.agreement_models import AgreementStep, StepMark
from regional.cooperation.agreement_views import none_yet
from regional.cooperation.queries import members
from regional.cooperation.steps import KINDS, MARKS
from regional.cooperation.steps_forms import CancelForm, FinishForm, SendForm, StepForm, TakeBackForm
from regional.lines.forms import NOW, FromForm
from shared.registry.models import Office
from varde.access import Permission, Reader, allow, reader
from varde.clock import now
from varde.refusal import Overtaken, Refused
from varde.ui.dates import date_and_time
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page, see_other

HERE = "/samarbeid/steg"
READ_AND_SEND = ["GET", "HEAD", "POST"]
WORDS = {
    "bli-med": "join",
    "ga-ut": "leave",
    "avslutt": "end",
    "ny-vert": "host",
}
LEADS = {
    "join": "Kommunen får vilkårene, sier ja selv, og regionen sier ja til slutt. Først da er den med.",
    "leave": "Du ser hva som skjer med brev, bekymringer, telefon, plasser og folk før noe slutter.",
    "end": "Samarbeidet slutter for alle kommunene samtidig. Du ser følgene for hver av dem først.",
    "host": "Ansvaret som vertskommunen har i avtalen, går over til den nye.",
}


@allow(Permission.COOPERATION_READ)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Every step, and the four that can be begun."""
    by = reader(request)
    row = access.the_agreement(by)
    if row is None:
        return none_yet(request, by)
    kinds = [{"word": word, "title": KINDS[kind], "lead": LEADS[kind]} for word, kind in WORDS.items()]  # type: ignore[index]
    context = {"lines": steps_queries.lines(row), "kinds": kinds, "may": by.may(Permission.COOPERATION_MANAGE)}
    return page(request, "cooperation/steps.html", context)


@allow(Permission.COOPERATION_MANAGE)
@require_http_methods(READ_AND_SEND)
def begin(request: HttpRequest, word: str) -> HttpResponse:
    """Which kommune, and from when."""
    if word not in WORDS:
        raise Http404
    by, kind = reader(request), WORDS[word]
    row = access.the_agreement(by)
    if row is None:
        return none_yet(request, by)
    offices = _offices(kind, by)
    initial = {"begins": NOW, "kommune": request.GET.get("kommune", "")}
    form: FromForm
    if kind == "end":
        form = FromForm(request.POST or None, initial=initial)
    else:
        form = StepForm(request.POST or None, offices=offices, initial=initial)
    if request.method == "POST" and form.is_valid():
        kommune = form.chosen() if isinstance(form, StepForm) else None
        with refusal_on(form):
            step = steps_actions.start(row=row, kind=kind, kommune=kommune, starts_at=form.since(), by=by)  # type: ignore[arg-type]
            return see_other(f"{HERE}/{step.id}")
    context = {"form": form, "title": KINDS[kind], "lead": LEADS[kind], "nobody": kind != "end" and not offices}  # type: ignore[index]
    return page(request, "cooperation/step_begin.html", context, status=422 if form.errors else 200)


def _offices(kind: str, by: Reader) -> list[Office]:
    if kind == "join":
        return queries.outside(by)
    return [office for office in members(by) if kind == "leave" or not office.host]


@allow(Permission.COOPERATION_READ)
@require_GET
def step(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """What happens, what must be done before, what has happened, and what can be done now."""
    by = reader(request)
    return _page(request, access.step(step_id, by), by)


def _page(
    request: HttpRequest, found: AgreementStep, by: Reader, *, status: int = 200, **given: forms.Form
) -> HttpResponse:
    marks = steps_queries.marks(found)
    had = [mark.mark for mark in marks]
    kommune = Office.objects.filter(id=found.kommune).first() if found.kommune else None
    said, color = steps.state(had, found.kind)
    may = steps.may(found.kind, had, ahead=found.starts_at > now()) if by.may(Permission.COOPERATION_MANAGE) else []
    over = bool(steps.OVER.intersection(had))
    at = found.starts_at if over else max(found.starts_at, now())
    consequences = [] if over else steps_queries.consequences_of(found, at, by)
    seen = steps_parts.print_of(consequences)
    context: dict[str, Any] = {
        "step": found,
        "title": KINDS[found.kind],  # type: ignore[index]
        "kommune": kommune,
        "said": said,
        "color": color,
        "may": may,
        "over": over,
        "at": at,
        "stages": steps.stages(found.kind, had),
        "consequences": consequences,
        "first": [one for one in consequences if one.first],
        "events": [_event(mark) for mark in reversed(marks)],
        "send": given.get("send") or SendForm(),
        "finish": given.get("finish") or FinishForm(initial={"seen": seen}),
        "cancel": given.get("cancel") or CancelForm(),
        "back": given.get("back") or TakeBackForm(),
        "finish_label": "Si ja for regionen" if found.kind == "join" else "Gjennomfør",
    }
    return page(request, "cooperation/step.html", context, status=status)


def _event(mark: StepMark) -> dict[str, Any]:
    counted = [f"{one['what']}: {one['count']}" for one in mark.shown]
    text = " ".join(part for part in (mark.text, f"Vist på forhånd: {', '.join(counted)}." if counted else "") if part)
    return {"when": mark.at, "who": mark.by_name, "title": MARKS[mark.mark], "text": text}  # type: ignore[index]


@allow(Permission.COOPERATION_MANAGE)
@require_POST
def send(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """The terms to the kommune."""
    by = reader(request)
    found = access.step(step_id, by)
    form = SendForm(request.POST)
    if form.is_valid():
        with refusal_on(form):
            steps_actions.send_terms(step=found, **form.cleaned_data, by=by)
            return back_with(request, "Vilkårene er sendt. Du får varsel når kommunen har svart.", f"{HERE}/{found.id}")
    return _page(request, found, by, status=422, send=form)


@allow(Permission.COOPERATION_MANAGE)
@require_POST
def finish(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """Carry it out: for a kommune that joins the region's yes, else what the step is about."""
    by = reader(request)
    found = access.step(step_id, by)
    form = FinishForm(request.POST)
    if form.is_valid():
        do = steps_actions.region_yes if found.kind == "join" else steps_ending.finish
        try:
            at = do(step=found, by=by, seen=form.cleaned_data["seen"])
        except Overtaken as error:
            messages.error(request, str(error))
            return _page(request, found, by, status=422)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, f"Gjennomført. Gjelder fra {date_and_time(at)}.", f"{HERE}/{found.id}")
    return _page(request, found, by, status=422, finish=form)


@allow(Permission.COOPERATION_MANAGE)
@require_POST
def cancel(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """The step is called off."""
    by = reader(request)
    found = access.step(step_id, by)
    form = CancelForm(request.POST)
    if form.is_valid():
        with refusal_on(form):
            steps_actions.cancel(step=found, why=form.cleaned_data["why"], by=by)
            return back_with(request, "Steget er avbrutt. Avtalen er som før.", HERE)
    return _page(request, found, by, status=422, cancel=form)


@allow(Permission.COOPERATION_MANAGE)
@require_POST
def take_back(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """What was to end on a day to come does not."""
    by = reader(request)
    found = access.step(step_id, by)
    form = TakeBackForm(request.POST)
    if form.is_valid():
        with refusal_on(form):
            steps_ending.take_back(step=found, why=form.cleaned_data["why"], by=by)
            return back_with(
                request, "Det er trukket tilbake. Avtalen sier igjen det den sa før.", f"{HERE}/{found.id}"
            )
    return _page(request, found, by, status=422, back=form)
