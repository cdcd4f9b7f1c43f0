"""The rota: the plan of two weeks, its forms, and a person's own shifts for a calendar."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tenants.team import rota_actions as actions
from tenants.team import rota_calendar
from tenants.team import rota_forms as forms
from tenants.team import rota_queries as queries
from tenants.team.rota_access import KEEPING, keeps_own, note_read, sets_up
from tenants.team.rota_models import WEEKDAYS, Absence, DatedShift, OtherDay, ShiftSwap
from tenants.team.rota_rules import hours_differ, in_words, plan, week_of, weeks
from varde import rota as rules
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.documents.serving import CALENDAR, download
from varde.identity.models import User
from varde.refusal import Overtaken, Refused
from varde.tenancy.directory import facts_of
from varde.ui.dates import day_of
from varde.ui.shortcuts import page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]
REMOVABLE: dict[str, type[actions.Removable]] = {
    "enkeltvakt": DatedShift,
    "fravar": Absence,
    "bytte": ShiftSwap,
    "dag": OtherDay,
}


@allow(Permission.TEAM_READ)
@require_GET
def rota(request: HttpRequest) -> HttpResponse:
    """Who answers now, this week and next, the gaps of the next seven days, and everything the plan is made of."""
    by, moment = reader(request), now()
    note_read(by)
    today, able, calendar = day_of(moment), queries.here(), queries.calendar()
    found = queries.rota(calendar, able)
    names = {one.id: one.name for one in able}
    days = plan(found, names, week_of(today), 14)
    weekly, dated = queries.current_weekly(today), queries.coming_dated(moment)
    planned = [*(row.user for row in weekly), *(row.user for row in dated)]
    in_use = queries.in_use()
    context = {
        "today": today,
        "now_names": [names[key] for key in rules.answering(found, moment)],
        "weeks": weeks(days, today, in_use=in_use),
        "gaps": rules.gaps(found, moment, moment + queries.AHEAD) if in_use else [],
        "in_use": in_use,
        "differs": in_use and hours_differ(str(facts_of(by.office).get("phone_hours") or ""), calendar, today),
        "weekly": weekly,
        "dated": dated,
        "absences": queries.coming_absences(today),
        "swaps": queries.coming_swaps(moment),
        "days": [{"row": row, "hours": in_words(calendar.days[row.day])} for row in queries.coming_days(today)],
        "gone": sorted({one.name for one in planned if one.id not in names}),
        "here": names.keys(),
        "sets_up": sets_up(by),
        "keeps_own": keeps_own(by),
        "reader_id": by.user_id,
    }
    return page(request, "team/rota.html", context)


def _form_page(
    request: HttpRequest, form: forms.RotaForm, title: str, act: Callable[..., object], said: str, lead: str = ""
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            act(by=reader(request), **form.data_of())  # type: ignore[attr-defined]
        except Overtaken as error:
            if isinstance(form, forms.HoursForm):
                form.told(str(error), queries.hours_seen(), form.stands())
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, said)
            return see_other("/team/vakt")
    if not form.is_bound:
        note_read(reader(request))
    context = {"form": form, "title": title, "lead": lead}
    return page(request, "team/rota_form.html", context, status=422 if form.is_bound else 200)


def _filled(request: HttpRequest, kind: type[forms.RotaForm], people: list[User], **initial: Any) -> forms.RotaForm:
    return kind(request.POST if request.method == "POST" else None, initial=initial, people=people, now=now())


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def weekly(request: HttpRequest) -> HttpResponse:
    """A new shift of every week."""
    form = _filled(request, forms.WeeklyForm, queries.here(), place=1, valid_from=day_of(now()))
    return _form_page(request, form, "Ny fast vakt", actions.add_weekly, "Den faste vakten er lagt til.")


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def dated(request: HttpRequest) -> HttpResponse:
    """A new single shift."""
    form = _filled(request, forms.DatedForm, queries.here(), place=1)
    return _form_page(request, form, "Ny enkeltvakt", actions.add_dated, "Vakten er lagt til.")


@allow(*KEEPING)
@require_http_methods(READ_AND_SEND)
def absence(request: HttpRequest) -> HttpResponse:
    """A new absence; a member notes their own."""
    form = _filled(request, forms.AbsenceForm, _own(request), user=str(reader(request).user_id or ""))
    lead = "Vakter i fraværet regnes som tomme. Hvorfor noen er borte, skal ikke stå her."
    return _form_page(request, form, "Nytt fravær", actions.add_absence, "Fraværet er lagret.", lead)


@allow(*KEEPING)
@require_http_methods(READ_AND_SEND)
def swap(request: HttpRequest) -> HttpResponse:
    """Somebody else takes a shift; a member gives away their own."""
    form = _filled(request, forms.SwapForm, queries.here(), user=str(reader(request).user_id or ""))
    form.fields["user"].choices = [("", "Velg"), *((str(one.id), one.name) for one in _own(request))]  # type: ignore[attr-defined]
    lead = "Den som tar vakten, svarer i stedet for den andre mellom klokkeslettene."
    return _form_page(request, form, "Bytt vakt", actions.add_swap, "Byttet er lagret.", lead)


def _own(request: HttpRequest) -> list[User]:
    """Whose absences and swaps the reader keeps."""
    by = reader(request)
    return [one for one in queries.here() if sets_up(by) or one.id == by.user_id]


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def hours(request: HttpRequest) -> HttpResponse:
    """The opening hours from a day on, and who has changed them."""
    today, calendar = day_of(now()), queries.calendar()
    opening = [each for each in calendar.openings if each.since <= today][-1]
    posted = request.POST if request.method == "POST" else None
    initial = {"valid_from": today, "on_holidays": opening.on_holidays, "seen": queries.hours_seen()}
    form = forms.HoursForm(posted, initial=initial, people=[], now=now(), week=opening.week)
    if posted is not None:
        return _form_page(request, form, "Åpningstid", actions.set_hours, "Åpningstiden er lagret.")
    record(by=reader(request), action=Action.VIEW, what="team.hours")
    history = [
        {"when": row.set_at, "title": f"Fra {row.valid_from:%d.%m.%Y}", "who": row.set_by, "text": _week(week)}
        for row, week in queries.hours_history()[:50]
    ]
    lead = "Dagene du lar stå tomme, er stengt. Klokka 00.00–00.00 er hele døgnet."
    return page(request, "team/rota_form.html", {"form": form, "title": "Åpningstid", "lead": lead, "history": history})


def _week(week: Any) -> str:
    return "\n".join(f"{name}: {in_words(week.get(number, ()))}" for number, name in enumerate(WEEKDAYS))


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def day(request: HttpRequest) -> HttpResponse:
    """One day that is closed or has other hours."""
    form = _filled(request, forms.DayForm, [])
    lead = "Helligdagene er stengt uten at du skriver dem inn. Her skriver du for eksempel julaften."
    return _form_page(request, form, "Dag med annen åpningstid", actions.set_day, "Dagen er lagret.", lead)


@allow(Permission.SETTINGS)
@require_POST
def end(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """A weekly shift is over with yesterday: what has been stays in the plan."""
    yesterday = day_of(now()) - timedelta(days=1)
    return _done(request, lambda: actions.end_weekly(row_id=shift_id, last_day=yesterday, by=reader(request)))


@allow(*KEEPING)
@require_POST
def remove(request: HttpRequest, kind: str, row_id: UUID) -> HttpResponse:
    """Take away a single shift, an absence, a swap or a day."""
    if kind not in REMOVABLE:
        raise Http404
    return _done(request, lambda: actions.remove(kind=REMOVABLE[kind], row_id=row_id, by=reader(request)))


def _done(request: HttpRequest, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
        messages.success(request, "Vaktlisten er endret.")
    except Refused as error:
        messages.error(request, str(error))
    return see_other("/team/vakt")


@allow(*KEEPING)
@require_GET
def own_calendar(request: HttpRequest) -> Any:
    """The reader's own shifts as a calendar file."""
    by = reader(request)
    if by.user_id is None:
        raise Http404
    record(by=by, action=Action.EXPORT, what="team.shift")
    made = rota_calendar.ics(queries.rota(), by.user_id, now())
    return download([made], size=len(made), stem="vakt", kind=CALENDAR)
