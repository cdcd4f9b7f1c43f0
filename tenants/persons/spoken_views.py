"""The person's voice with the plan for a first contact, and warnings to those who visit."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from tenants.inbox import safe_queries
from tenants.inbox.access import concern_for
from tenants.inbox.models import Concern
from tenants.inbox.safe import EXPOSED, Safe
from tenants.inbox.safe_views import shown_of
from tenants.inbox.states import OVER
from tenants.persons import access, panels, queries, spoken_actions
from tenants.persons.models import Person
from tenants.persons.spoken_forms import ContactForm, EndForm, RenewForm, VoiceForm, WarningForm
from tenants.persons.voice import SAFE, Contact
from varde.access import Permission, Reader, allow, reader
from varde.clock import now
from varde.privacy.errors import Destroyed
from varde.refusal import Refused
from varde.ui.dates import day_of
from varde.ui.shortcuts import back_with, page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]
REFUSALS = (Refused, Destroyed)


@allow(Permission.INBOX_READ)
@require_http_methods(READ_AND_SEND)
def voice(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Everything the person has said, a new entry, and (`plan`) the plan for the first contact."""
    by = reader(request)
    concern = concern_for(by, concern_id)
    if concern.progress == "received":
        return see_other(f"/innboks/{concern.pk}")
    posted = request.POST if request.method == "POST" else None
    planning = posted is not None and "plan" in posted
    exposed = queries.exposed_of(concern)
    known = safe_queries.of_matter(concern)
    about = _about(request, exposed)
    said = VoiceForm(
        None if planning else posted, persons=exposed, nobody="Den utsatte", initial=_begins(known, exposed, about)
    )
    contact = ContactForm(posted if planning else None, initial=_newest(concern).given())
    form = contact if planning else said
    if posted is not None and form.is_valid():
        try:
            _write(request, concern, form, by)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            return see_other(f"/innboks/{concern.pk}/stemme")
    access.note_listed(by, "persons.voice", [concern.pk])
    context = {
        "concern": concern, "form": said, "contact_form": contact, "open": concern.progress not in OVER,
        "plans": panels.shown_plans(concern), "said": panels.shown_voice(concern, wrong=True),
        "known": {"people": shown_of(known)}, "choosable": exposed if len(exposed) > 1 else [], "about": about,
        **panels.of_matter(concern, by),
    }  # fmt: skip
    return page(request, "persons/voice.html", context, status=422 if posted is not None else 200)


def _about(request: HttpRequest, exposed: list[Person]) -> str:
    """Whom the page was opened for; "" for nobody in particular."""
    asked = request.GET.get("gjelder", "")
    return asked if asked in {str(each.pk) for each in exposed} else ""


def _begins(known: list[Safe], exposed: list[Person], about: str) -> dict[str, str]:
    """What holds for that person. Where there are several and none was chosen nothing, which could be another's."""
    key = about or (str(exposed[0].pk) if len(exposed) == 1 else "" if exposed else EXPOSED)
    said = next((each.said for each in known if each.key == key), {})
    return {"person": about} | {own: said.get(name, "") for name, own in SAFE.items()}


def _newest(concern: Concern) -> Contact:
    try:
        return Contact.of(next(iter(queries.contact_plans(concern))).given)
    except (StopIteration, Destroyed):
        return Contact()


def _write(request: HttpRequest, concern: Concern, form: VoiceForm | ContactForm, by: Reader) -> None:
    if isinstance(form, ContactForm):
        spoken_actions.plan_contact(concern=concern, contact=form.contact(), by=by)
        messages.success(request, "Planen for førstekontakt er lagret.")
        return
    stage = form.cleaned_data["stage"]
    spoken_actions.write_voice(concern=concern, person=form.chosen, stage=stage, said=form.said(), by=by)
    messages.success(request, "Lagret. Det som er skrevet før, står fortsatt.")


@allow(Permission.INBOX_READ)
@require_http_methods(READ_AND_SEND)
def warnings(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Warnings in the matter, those that have ended, and a new one."""
    by = reader(request)
    concern = concern_for(by, concern_id)
    if concern.progress == "received":
        return see_other(f"/innboks/{concern.pk}")
    form = _form(concern, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            spoken_actions.warn(concern=concern, told=form.told(), by=by)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            return back_with(
                request, "Advarselen vises nå øverst for alle som ser saken.", f"/innboks/{concern.pk}/advarsler"
            )
    return _page(request, concern, 422 if form.is_bound else 200, form=form)


def _form(concern: Concern, posted: Any = None) -> WarningForm:
    return WarningForm(posted, persons=queries.persons_of(concern), nobody="Nei, et sted", today=day_of(now()))


def _page(request: HttpRequest, concern: Concern, status: int = 200, **bound: Any) -> HttpResponse:
    by = reader(request)
    access.note_listed(by, "persons.warning", [concern.pk])
    context = {
        "concern": concern,
        "form": _form(concern),
        "end_form": EndForm(auto_id="id_end_%s"),
        "renew_form": RenewForm(auto_id="id_again_%s", today=day_of(now())),
        "ended": panels.ended_dangers(concern),
        "open": concern.progress not in OVER,
        **panels.of_matter(concern, by),
    }
    return page(request, "persons/warnings.html", context | bound, status=status)


@allow(Permission.INBOX_READ)
@require_POST
def end_warning(request: HttpRequest, concern_id: UUID, warning_id: UUID) -> HttpResponse:
    """The danger is over."""
    by = reader(request)
    concern = concern_for(by, concern_id)
    warning = access.warning_in(by, concern, warning_id)
    form = EndForm(request.POST, auto_id="id_end_%s")
    if form.is_valid():
        try:
            spoken_actions.end_warning(warning=warning, reason=form.cleaned_data["reason"], by=by)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, "Advarselen er avsluttet.", f"/innboks/{concern.pk}/advarsler")
    return _page(request, concern, 422, end_form=form, ending=warning.pk)


@allow(Permission.INBOX_READ)
@require_POST
def renew_warning(request: HttpRequest, concern_id: UUID, warning_id: UUID) -> HttpResponse:
    """Somebody has looked at it again, and it still holds."""
    by = reader(request)
    concern = concern_for(by, concern_id)
    warning = access.warning_in(by, concern, warning_id)
    form = RenewForm(request.POST, auto_id="id_again_%s", today=day_of(now()))
    if form.is_valid():
        try:
            spoken_actions.renew_warning(warning=warning, review_on=form.cleaned_data["again_on"], by=by)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, "Advarselen gjelder fortsatt, med ny dato.", f"/innboks/{concern.pk}/advarsler")
    return _page(request, concern, 422, renew_form=form, renewing=warning.pk)
