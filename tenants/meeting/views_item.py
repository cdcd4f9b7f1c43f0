"""The agenda and each point of it; and the papers of a meeting."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tenants.inbox.access import concern_for
from tenants.inbox.queries import readers_of
from tenants.meeting import access, agenda_actions, decision_actions, papers, queries
from tenants.meeting.forms import DecisionForm, HearForm, MinutesForm, PointForm
from tenants.meeting.models import Item, Meeting
from tenants.meeting.shown import Point, Seen, name_of, seen
from tenants.meeting.states import OPEN
from tenants.meeting.views import READ_AND_SEND, meeting_page, to_meeting
from tenants.triage.models import NextStep
from tenants.triage.queries import open_step, owners
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.documents.serving import CALENDAR, download, paper_download
from varde.privacy.errors import Destroyed
from varde.privacy.fields import open_together
from varde.refusal import Overtaken, Refused
from varde.ui.gone import words
from varde.ui.refusals import refusal_above
from varde.ui.shortcuts import page

REFUSALS = (Refused, Destroyed)


@allow(Permission.CASES)
@require_POST
def agenda(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Put on what is put forward (`fyll`), one matter (`concern`), or a point of one's own."""
    by = reader(request)
    found = access.meeting_for(by, meeting_id)
    form = PointForm(request.POST)
    try:
        if "fyll" in request.POST:
            agenda_actions.fill(meeting=found, by=by)
        elif "concern" in request.POST:
            concern = concern_for(by, _uuid(request.POST["concern"]))
            agenda_actions.add_matter(meeting=found, concern=concern, by=by)
        elif form.is_valid():
            agenda_actions.add_point(meeting=found, title=form.cleaned_data["title"], by=by)
        else:
            return meeting_page(request, found, status=422, point_form=form)
    except REFUSALS as error:
        messages.error(request, str(error))
    return to_meeting(found, "#saklista")


def _uuid(typed: str) -> UUID:
    """The id that was sent; what is none is asked for like one that is not there."""
    try:
        return UUID(typed)
    except ValueError:
        return uuid4()


@allow(Permission.CASES)
@require_POST
def place(request: HttpRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """Up, down, off the agenda, or back on it."""
    by = reader(request)
    found = access.meeting_for(by, meeting_id)
    item, to = access.item_for(by, found, item_id), request.POST.get("til", "")
    with refusal_above(request):
        if to in ("opp", "ned"):
            agenda_actions.move_item(item=item, up=to == "opp", by=by)
        elif to in ("av", "pa"):
            agenda_actions.put(item=item, off=to == "av", by=by)
    return to_meeting(found, "#saklista")


@allow(Permission.CASES)
@require_http_methods(READ_AND_SEND)
def point(request: HttpRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """One point: what is said, what is decided, who may hear it. POST says by its button which."""
    by = reader(request)
    found = access.meeting_for(by, meeting_id)
    item = access.item_for(by, found, item_id)
    shown = seen(found)
    standing = open_step(item.concern) if item.concern else None
    forms = _forms(request, item, shown, standing)
    sent = next((name for name in ("minutes", "decide", "hear") if name in request.POST), None)
    if sent is not None:
        answer = _sent(request, item, sent, forms[sent])
        if answer is not None:
            return answer
    context = {
        "meeting": found,
        "point": _point_of(shown, item),
        "open": found.state in OPEN,
        "guests": any(one.user_id is None for one in shown.people),
        "forms": forms,
        "standing": standing,
        "last": _last_time(item),
    }
    return page(request, "meeting/point.html", context, status=422 if request.method == "POST" else 200)


def _last_time(item: Item) -> dict[str, Any] | None:
    """What was said and decided when the matter was taken up last."""
    found = queries.last_time(item)
    if found is None:
        return None
    decided = queries.decided_on(found)
    open_together([found, *decided])
    return {"item": found, "meeting": found.meeting, "decisions": decided}


def _point_of(shown: Seen, item: Item) -> Point:
    return next(one for one in (*shown.points, *shown.off) if one.item.id == item.id)


Forms = dict[str, MinutesForm | DecisionForm | HearForm]


def _forms(request: HttpRequest, item: Item, shown: Seen, standing: NextStep | None) -> Forms:
    def typed(name: str) -> QueryDict | None:
        return request.POST if request.method == "POST" and name in request.POST else None

    able = readers_of(item.concern_id) if item.concern_id else owners()
    guests = [(str(one.id), name_of(one)) for one in shown.people if one.user_id is None]
    written = {"text": words(item, "minutes"), "seen": item.version}
    mine = {"owner": str(reader(request).user_id or ""), "seen": str(standing.id) if standing else ""}
    return {
        "minutes": MinutesForm(typed("minutes"), initial=written, prefix="m"),
        "decide": DecisionForm(typed("decide"), owners=able, now=now(), standing=standing, initial=mine, prefix="d"),
        "hear": HearForm(typed("hear"), guests=guests, prefix="h"),
    }


def _sent(
    request: HttpRequest, item: Item, name: str, form: MinutesForm | DecisionForm | HearForm
) -> HttpResponse | None:
    """The answer when it went well; None with the errors on the form."""
    if not form.is_valid():
        return None
    try:
        _act(request, item, form)
    except Overtaken as error:
        _tell(request, item, form, error)
        return None
    except REFUSALS as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, {"minutes": "Lagret.", "decide": "Beslutningen er ført.", "hear": "Ført."}[name])
    return to_meeting(item.meeting, f"/punkt/{item.id}")


def _tell(request: HttpRequest, item: Item, form: MinutesForm | DecisionForm | HearForm, error: Overtaken) -> None:
    """What stands now, beside what was typed."""
    newest = access.item_for(reader(request), item.meeting, item.id)
    if isinstance(form, MinutesForm):
        form.told(str(error), str(newest.version), {"text": words(newest, "minutes")})
    elif isinstance(form, DecisionForm):
        step = open_step(newest.concern) if newest.concern else None
        form.told(str(error), str(step.id) if step else "")
    else:
        form.add_error(None, str(error))


def _act(request: HttpRequest, item: Item, form: MinutesForm | DecisionForm | HearForm) -> None:
    by, data = reader(request), form.cleaned_data
    if isinstance(form, MinutesForm):
        agenda_actions.write_minutes(item=item, text=data["text"], version=form.seen_version(item.version), by=by)
    elif isinstance(form, HearForm):
        guest = access.participant_for(by, item.meeting, UUID(data["participant"]))
        decision_actions.let_hear(item=item, participant=guest, ground=data["ground"], reason=data["reason"], by=by)
    else:
        decision_actions.decide(item=item, step=form.step(), after=form.after(), by=by)


@allow(Permission.CASES)
@require_GET
def minutes(request: HttpRequest, meeting_id: UUID) -> Any:
    """The minutes as PDF, with the points that the reader sees."""
    by = reader(request)
    found = access.meeting_for(by, meeting_id)
    shown = seen(found)
    record(by=by, action=Action.PRINT, what="meeting.meeting", ids=[found.id])
    access.note_matters(by, [one.item.concern_id for one in shown.points], Action.PRINT)
    paper = papers.minutes_paper(found, shown, office=by.office.name, reader=by.name, now=now())
    return paper_download(paper, "referat")


@allow(Permission.CASES)
@require_GET
def invitation(request: HttpRequest, meeting_id: UUID) -> Any:
    """The invitation for a calendar: time and place, nothing of what is taken up."""
    by = reader(request)
    found: Meeting = access.meeting_for(by, meeting_id)
    record(by=by, action=Action.EXPORT, what="meeting.meeting", ids=[found.id])
    made = papers.invitation(found, now(), office=by.office.name)
    return download([made], size=len(made), stem="mote", kind=CALENDAR)
