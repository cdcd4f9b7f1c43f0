"""The list of meetings, the plan for years ahead, and the calendar."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regional.cooperation.queries import settings
from regional.meetings import access, actions, calendar_file, feeds, people, queries
from regional.meetings.calendar_plan import Slot, slots
from regional.meetings.forms import MeetingForm, PlanForm, RulesForm
from regional.meetings.rules import Rules
from varde.access import Permission, Reader, allow, anyone, as_purpose, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.documents.serving import subscription
from varde.notify.mail import address
from varde.privacy.fields import open_together
from varde.ui.dates import day_of
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page
from varde.worktime import holiday

BASE = "/lederteam/moter"
READ_AND_SEND = ["GET", "HEAD", "POST"]
PAGE_SIZE = 15
YEARS = 3


@allow(Permission.LEADERS_READ)
@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """The next meeting, those planned after it, what was decided and is not done, and earlier ones."""
    by = reader(request)
    rows = Paginator(queries.earlier(), PAGE_SIZE).get_page(request.GET.get("side"))
    coming, earlier, undone = list(queries.coming()), list(rows.object_list), queries.open_decisions(by)
    done = queries.done(10)
    access.note_list(by, [*coming, *earlier], [*undone, *done])
    open_together([*coming, *earlier, *undone, *done])
    today = day_of(now())
    turns = people.forecast(by, today, [one for one in coming if one.state == "planned"])
    context = {
        "first": coming[0] if coming else None,
        "coming": [(one, turns.get(one.id)) for one in coming],
        "earlier": earlier,
        "page": rows,
        "undone": [(one, one.due < today, access.may_finish(by, one)) for one in undone],
        "done": done,
        "manages": access.may_manage(by),
        "feed": feeds.current(by.user_id),
    }
    return page(request, "meetings/list.html", context)


@allow(Permission.LEADERS_MANAGE)
@require_http_methods(READ_AND_SEND)
def plan(request: HttpRequest) -> HttpResponse:
    """Days for years ahead: GET shows what they would be, POST lays them down."""
    by = reader(request)
    agreed = settings(by)
    sent = request.POST if request.method == "POST" else request.GET if "years" in request.GET else None
    form = PlanForm(sent, initial={"per_year": agreed.meetings_per_year, "years": YEARS})
    valid = form.is_bound and form.is_valid()
    asked = form.cleaned_data if valid else {"per_year": agreed.meetings_per_year, "years": YEARS}
    found = _slots(by, queries.rules(), **asked) if valid or not form.is_bound else []
    if request.method == "POST" and valid:
        made = actions.plan_meetings(slots=found, by=by)
        said = f"{len(made)} møter er lagt inn." if made else "Alle møtene var lagt inn fra før."
        return back_with(request, said, BASE)
    there = {one.deadline for one in queries.taken_days([], [s.deadline for s in found if s.deadline])}
    days = {day_of(one.starts_at) for one in queries.taken_days([s.day for s in found], [])}
    rows = [(slot, slot.day in days or (slot.deadline is not None and slot.deadline in there)) for slot in found]
    context = {"form": form, "rows": rows, "rules": queries.rules(), "new": sum(1 for _, taken in rows if not taken)}
    return page(request, "meetings/plan.html", context, status=422 if form.is_bound and not valid else 200)


def _slots(by: Reader, rules: Rules, *, per_year: int, years: int) -> list[Slot]:
    """Of this year and the following ones; what is over is left out."""
    today, agreed = day_of(now()), settings(by)
    deadlines: list[date] = [d for n in range(years + 1) for d in agreed.report_deadlines(today.year + n)]
    found = slots(deadlines, per_year, holiday=holiday, days_before=rules.days_before, quiet=rules.quiet)
    last = date(today.year + years, today.month, min(today.day, 28))
    return [one for one in found if today < one.day <= last]


@allow(Permission.LEADERS_MANAGE)
@require_http_methods(READ_AND_SEND)
def rules(request: HttpRequest) -> HttpResponse:
    """How meetings are planned and called here."""
    by, stands = reader(request), queries.rules()
    initial = {name: getattr(stands, name) for name in stands.__slots__} | {
        "fixed_items": "\n".join(stands.fixed_items)
    }
    form = RulesForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        actions.set_rules(rules=form.rules(), by=by)
        return back_with(request, "Lagret. Møter som er kalt inn, beholder det de har.", f"{BASE}/plan")
    context = {"form": form, "title": "Faste valg for møtene", "back": f"{BASE}/plan", "button": "Lagre"}
    return page(request, "meetings/form.html", context, status=422 if form.is_bound else 200)


@allow(Permission.LEADERS_MANAGE)
@require_http_methods(READ_AND_SEND)
def new(request: HttpRequest) -> HttpResponse:
    """One meeting more, besides the plan."""
    by, stands = reader(request), queries.rules()
    initial = {"hour": stands.starts, "minutes": stands.minutes, "place": stands.place}
    form = MeetingForm(request.POST if request.method == "POST" else None, initial=initial, now=now())
    if form.is_bound and form.is_valid():
        with refusal_on(form):
            made = actions.add_meeting(wish=form.wish(), by=by)
            return back_with(request, "Møtet er lagt inn. Ingen er kalt inn ennå.", f"{BASE}/{made.id}")
    context = {"form": form, "title": "Nytt møte", "back": BASE, "button": "Legg inn møtet"}
    return page(request, "meetings/form.html", context, status=422 if form.is_bound else 200)


@allow(Permission.LEADERS_READ)
@require_POST
def feed_made(request: HttpRequest) -> HttpResponse:
    """A new calendar address, shown in this answer and never again."""
    by = reader(request)
    secret = feeds.make(by=by)
    url = address(by.office, f"{BASE}/kalender/{secret}.ics")
    return page(request, "meetings/feed.html", {"url": url}, status=201)


@allow(Permission.LEADERS_READ)
@require_POST
def feed_ended(request: HttpRequest) -> HttpResponse:
    """The address works no more."""
    ended = feeds.end(by=reader(request))
    return back_with(
        request, "Kalenderadressen virker ikke lenger." if ended else "Du hadde ingen kalenderadresse.", BASE
    )


@anyone
@as_purpose("sharing")
@require_GET
def feed(request: HttpRequest, secret: str) -> Any:
    """What a calendar program reads, for whoever has the address: when and where, and nothing else."""
    by, whose = reader(request), feeds.whose(secret)
    if whose is None:
        record(by=by, action=Action.DENIED, what="meetings.feed")
        raise Http404
    record(by=by, action=Action.EXPORT, what="meetings.feed", ids=[whose])
    rows = list(queries.coming())
    open_together(rows)
    return subscription(calendar_file.feed(rows, now(), office=by.office.name))
