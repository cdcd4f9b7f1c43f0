"""The host's own pages of the phone: the overview, and who answers when."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regional.lines import access, actions, forms, queries
from regional.lines import picture as drawn
from regional.lines import setup as rules
from regional.lines.board import Board, board, versions
from regional.lines.setup import Version
from regional.phone import host
from shared.registry.models import Office
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Overtaken, Refused
from varde.ui.dates import day_of
from varde.ui.refusals import refusal_above
from varde.ui.shortcuts import page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]
HERE = "/vakttelefon/drift"
SETUPS = f"{HERE}/oppsett"
_WEEK = timedelta(days=drawn.DAYS)


def _row(known: Board, office: Office, moment: datetime) -> dict[str, Any]:
    """A kommune on the overview: who answers now, the set-up in force, the next switch."""
    said = known.versions.get(office.id, [])
    return {
        "kommune": office,
        "answer": known.answer(office.id, moment),
        "setup": rules.in_words(rules.version_at(said, moment).setup),
        "coming": rules.next_switch(said, moment),
    }


@allow(Permission.HOTLINE_MANAGE)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Who answers now for each kommune, when nobody does, the numbers, and what the other rooms have to say."""
    by, moment = reader(request), now()
    access.note_read(by)
    known = board(moment)
    pointed, offices = known.pointed(moment), queries.members(by.office.id)
    context = {
        "rows": [_row(known, office, moment) for office in offices],
        "silent": queries.silent_of(known, offices, moment),
        "astray": queries.astray(known, offices, moment),
        "numbers": len([row for row in pointed.values() if row.line_id]),
        "lines": len([line for line in known.lines.values() if line.closed_at is None]),
        "acute": queries.acute_allowed(by, moment),
        "boxes": host.boxes(request, by),
    }
    return page(request, "lines/overview.html", context)


@allow(Permission.HOTLINE_MANAGE)
@require_GET
def setups(request: HttpRequest) -> HttpResponse:
    """`?kommune=` an office: its week as a picture and in words, what comes, and what has been."""
    by, moment = reader(request), now()
    access.note_read(by, "lines.setup")
    offices = queries.to_set_up(by.office.id)
    wanted = request.GET.get("kommune", "")
    chosen = next((office for office in offices if str(office.id) == wanted), None)
    if wanted and chosen is None:
        raise Http404
    known, chosen = board(moment), chosen or next(iter(offices), None)
    context: dict[str, Any] = {"offices": offices, "chosen": chosen, "templates": _templates()}
    if chosen:
        said = known.versions.get(chosen.id, [])
        context |= _shown(known, chosen.id, moment) | _row(known, chosen, moment)
        context["coming_words"] = rules.in_words(context["coming"].setup) if context["coming"] else ""
        context["history"] = queries.setup_history(chosen.id)
        context["own"] = bool(said)
    return page(request, "lines/setups.html", context)


def _templates() -> list[tuple[str, str]]:
    return [(code, label) for code, (label, _) in forms.TEMPLATES.items()]


def _shown(known: Board, kommune: UUID, since: datetime) -> dict[str, Any]:
    """The week from a time on, as a picture and in words, with the times when nobody answers."""
    first = day_of(since)
    found = known.stretches(kommune, since, since + _WEEK)
    holes = known.silent(kommune, since)
    return {"picture": drawn.picture(found, holes, first), "days": drawn.days(found, holes, first), "holes": holes}


@allow(Permission.HOTLINE_MANAGE)
@require_http_methods(READ_AND_SEND)
def setup_new(request: HttpRequest) -> HttpResponse:
    """A new set-up. «Se uken» shows it and stores nothing; «Ta i bruk» stores it. `?mal=` fills the form in."""
    by = reader(request)
    offices = queries.to_set_up(by.office.id)
    if request.method != "POST":
        access.note_read(by, "lines.setup")
        form = forms.SetupForm(offices=offices, initial=_initial(request, offices))
        return page(request, "lines/setup_form.html", {"form": form, "templates": _templates()})
    form = forms.SetupForm(request.POST, offices=offices)
    if form.is_valid() and request.POST.get("gjor") != "vis" and _stored(request, form):
        return see_other(f"{SETUPS}?kommune={form.chosen()[0]}")
    context: dict[str, Any] = {"form": form, "templates": _templates()}
    if form.is_valid() and _can_begin(form):
        context |= _previewed(form, offices)
    return page(request, "lines/setup_form.html", context, status=422 if form.errors else 200)


def _can_begin(form: forms.SetupForm) -> bool:
    try:
        rules.from_when(form.since(), now())
    except Refused as error:
        if not form.errors:
            form.add_error(None, str(error))
        return False
    return True


def _initial(request: HttpRequest, offices: list[Office]) -> dict[str, Any]:
    """Of a template; else of what the kommune in `?kommune=` has now."""
    label_and_setup = forms.TEMPLATES.get(request.GET.get("mal", ""))
    wanted = [str(office.id) for office in offices if str(office.id) == request.GET.get("kommune")]
    setup = label_and_setup[1] if label_and_setup else rules.DEFAULT.setup
    if wanted and not label_and_setup:
        setup = rules.version_at(versions().get(UUID(wanted[0]), []), now()).setup
    return forms.initial_of(setup) | {"kommuner": wanted, "begins": forms.NOW, "seen": queries.setup_seen()}


def _stored(request: HttpRequest, form: forms.SetupForm) -> bool:
    try:
        actions.set_setup(
            kommuner=form.chosen(), since=form.since(), setup=form.setup(), by=reader(request), seen=form.was_seen
        )
    except Overtaken as error:
        form.told(str(error), queries.setup_seen())
    except Refused as error:
        form.add_error(None, str(error))
    else:
        messages.success(request, "Oppsettet er lagret. Samtaler, oppringninger, numre og tall er som før.")
        return True
    return False


def _previewed(form: forms.SetupForm, offices: list[Office]) -> dict[str, Any]:
    """The week of the first kommune that was chosen, as if it were stored."""
    moment = now()
    since = form.since() or moment
    known, kommune = board(since), form.chosen()[0]
    version = Version(since, form.setup())
    tried = replace(known, versions={**known.versions, kommune: [*known.versions.get(kommune, []), version]})
    shown = _shown(tried, kommune, since)
    return shown | {"chosen": next(office for office in offices if office.id == kommune), "previewed": True}


@allow(Permission.HOTLINE_MANAGE)
@require_POST
def setup_cancel(request: HttpRequest, kommune: UUID) -> HttpResponse:
    """The next switch of a kommune does not come."""
    by = reader(request)
    if kommune not in {office.id for office in queries.to_set_up(by.office.id)}:
        record(by=by, action=Action.DENIED, what="lines.setup", ids=[kommune])
        raise Http404
    with refusal_above(request):
        actions.cancel_switch(kommune=kommune, by=by)
        messages.success(request, "Byttet er avlyst. Det som gjelder nå, fortsetter.")
    return see_other(f"{SETUPS}?kommune={kommune}")
