"""One point: its text, what is said and decided, who is called to it, and its papers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regional.matters import register
from regional.meetings import access, actions, agenda_actions, held_actions, outcomes, papers_actions, people
from regional.meetings.forms import DecisionForm, GuestForm, PaperForm, SaidForm, TextForm
from regional.meetings.models import Item, Meeting
from regional.meetings.outcomes import NewMeasure
from regional.meetings.owners import owners
from regional.meetings.screened import findings_in
from regional.meetings.shown import Point, Seen, seen
from regional.meetings.states import AHEAD, OPEN, WRITTEN
from regional.meetings.views import BASE, READ_AND_SEND
from regional.meetings.views_meeting import to_meeting
from varde.access import Permission, Reader, allow, reader
from varde.clock import now
from varde.documents import beside
from varde.documents.serving import download
from varde.documents.uploads import SentFile, takes_files
from varde.refusal import Overtaken, Refused, print_of_values
from varde.ui.dates import day_of
from varde.ui.gone import words
from varde.ui.refusals import refusal_above, refusal_on
from varde.ui.shortcuts import back_with, page, see_other

FILE = "file"
Forms = dict[str, Any]


@allow(Permission.LEADERS_READ)
@require_http_methods(READ_AND_SEND)
def point(request: HttpRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """One point. POST says by its button what was written: `text`, or what was said and decided (`say`, `decide`)."""
    by = reader(request)
    found = access.meeting_for(by, meeting_id)
    item = access.item_for(by, found, item_id)
    if request.method != "POST":
        return point_page(request, found, item)
    found = access.writable_meeting(by, meeting_id)
    shown = seen(found)
    forms = _forms(request.POST, by, found, item, shown)
    names = ["text"] if "text" in request.POST else _written(request.POST)
    answer = _sent(request, found, item, shown, {name: forms[name] for name in names})
    return answer or point_page(request, found, item, status=422, forms=forms)


def point_page(
    request: HttpRequest, found: Meeting, item: Item, *, status: int = 200, forms: Forms | None = None, **bound: Any
) -> HttpResponse:
    """The page of a point; forms that were sent keep what was typed."""
    by, shown = reader(request), seen(found)
    here = next((one for one in shown.points if one.item.id == item.id), None)
    at = shown.points.index(here) if here else -1
    writes = access.may_write(by, found)
    # What is said is written on the day; a text that was sent earlier is shown again all the same.
    begun = forms is not None or day_of(found.starts_at) <= day_of(now())
    context = {
        "meeting": found,
        "item": here.item if here else next((one for one in shown.off if one.id == item.id), item),
        "point": here or Point(0, item, (), (), ()),
        "before": shown.points[at - 1] if at > 0 else None,
        "after": shown.points[at + 1] if here and at + 1 < len(shown.points) else None,
        "forms": forms or _forms(None, by, found, item, shown),
        "points": len(shown.points),
        "writing": writes and begun and found.state in WRITTEN and here is not None,
        "begun": begun,
        "edits": writes and found.state in AHEAD and here is not None,
        "files": writes and found.state in OPEN and here is not None,
        "guest_form": GuestForm(members=_guests(by, found)) if found.state == "called" else None,
        "paper_form": PaperForm(),
        "findings": findings_in(shown, [here]) if here and writes else [],
    }
    return page(request, "meetings/point.html", context | bound, status=status)


def _guests(by: Reader, found: Meeting) -> list[tuple[str, str]]:
    rows = people.on_request(by, day_of(found.starts_at))
    return [(str(one.id), f"{one.name} ({one.seat})" if one.seat else one.name) for one in rows]


def _forms(post: QueryDict | None, by: Reader, found: Meeting, item: Item, shown: Seen) -> Forms:
    sent = [] if post is None else ["text"] if "text" in post else _written(post)

    def typed(name: str) -> QueryDict | None:
        return post if name in sent else None

    choices = [(key, label) for key, (label, _) in owners(shown).items()]
    written = {"title": words(item, "title"), "text": words(item, "text"), "seen": item.text_version}
    matter, planned = item.kind == "matter", outcomes.may_plan(by)
    known = register.words(by) if matter else None
    return {
        "text": TextForm(typed("text"), initial=written, prefix="t"),
        "say": SaidForm(typed("say"), initial=_said(item), prefix="s"),
        "decide": DecisionForm(
            typed("decide"),
            owners=choices,
            earliest=min(day_of(now()), day_of(found.starts_at)),
            matter=matter,
            plan=planned,
            words=known,
            prefix="d",
        ),
    }


def _said(item: Item) -> dict[str, Any]:
    said = words(item, "said")
    return {"said": said, "seen": item.said_version, "was": print_of_values([said])}


def _written(post: QueryDict) -> list[str]:
    """Which of the two parts of the form have something in them: a decision that is begun counts with any button."""
    begun = "decide" in post or any(post.get(f"d-{name}", "").strip() for name in ("decided", "owner", "due"))
    said = "s-said" in post or not begun
    return [name for name, there in (("say", said), ("decide", begun)) if there]


def _sent(request: HttpRequest, found: Meeting, item: Item, shown: Seen, sent: Forms) -> HttpResponse | None:
    """The answer when it went well; None with the errors on the forms. All that was sent is kept, or nothing."""
    if any(form.errors for form in sent.values()):
        return None
    try:
        _act(reader(request), item, shown, sent)
    except Overtaken as error:
        newest = Item.objects.get(pk=item.pk)
        stands = {each: words(newest, each) for each in ("title", "text", "said")}
        name, version = ("text", newest.text_version) if "text" in sent else ("say", newest.said_version)
        sent[name].told(str(error), str(version), stands)
        return None
    except Refused as error:
        list(sent.values())[-1].add_error(None, str(error))
        return None
    told = {"text": "Lagret.", "say": "Referatet er lagret.", "decide": "Beslutningen er ført."}
    changed = [name for name, form in sent.items() if name != "say" or form.is_touched or len(sent) == 1]
    messages.success(request, " ".join(told[name] for name in changed))
    return _onwards(request, found, item, shown)


def _onwards(request: HttpRequest, found: Meeting, item: Item, shown: Seen) -> HttpResponse:
    """To the next point when that was asked for, else back to this one."""
    if "videre" in request.POST.getlist("say"):
        at = next((place for place, one in enumerate(shown.points) if one.item.id == item.id), None)
        if at is None or at + 1 >= len(shown.points):
            return to_meeting(found, "#saklisten")
        item = shown.points[at + 1].item
    return see_other(f"{BASE}/{found.id}/punkt/{item.id}")


def _act(by: Reader, item: Item, shown: Seen, sent: Forms) -> None:
    if "text" in sent:
        form = sent["text"]
        data = form.cleaned_data
        agenda_actions.write_text(item=item, title=data["title"], text=data["text"], seen=form.was_seen, by=by)
        return
    say = sent.get("say")
    # A text that nobody touched here is left alone: somebody else may be writing it.
    said = say.cleaned_data["said"] if say and say.is_touched else None
    decided = _decided(sent["decide"], shown) if "decide" in sent else None
    held_actions.write(item=item, text=said, seen=say.was_seen if say else None, decided=decided, by=by)


def _decided(form: DecisionForm, shown: Seen) -> held_actions.Decided:
    data = form.cleaned_data
    _, owner = owners(shown)[data["owner"]]
    measure = NewMeasure(data["decided"], owner.label, data["due"], owner.kommune) if data.get("measure") else None
    return held_actions.Decided(data["decided"], owner, data["due"], bool(data.get("answers")), measure, form.reasons)


@allow(Permission.LEADERS_READ)
@require_POST
def place(request: HttpRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """Up, down, off the agenda, or back on it."""
    by = reader(request)
    found = access.writable_meeting(by, meeting_id)
    item, to = access.item_for(by, found, item_id), request.POST.get("til", "")
    with refusal_above(request):
        if to in ("opp", "ned"):
            agenda_actions.move(item=item, up=to == "opp", by=by)
        elif to in ("av", "pa"):
            agenda_actions.put(item=item, off=to == "av", by=by)
    return to_meeting(found, "#saklisten")


@allow(Permission.LEADERS_READ)
@require_POST
def guest(request: HttpRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """Somebody who comes on request is called to this point."""
    by = reader(request)
    found = access.writable_meeting(by, meeting_id)
    item = access.item_for(by, found, item_id)
    members = {str(one.id): one for one in people.on_request(by, day_of(found.starts_at))}
    form = GuestForm(request.POST, members=_guests(by, found))
    if form.is_valid():
        with refusal_on(form):
            actions.invite(meeting=found, member=members[form.cleaned_data["member"]], item=item, by=by)
            return back_with(request, "Kalt inn til punktet.", f"{BASE}/{found.id}/punkt/{item.id}")
    return point_page(request, found, item, status=422, guest_form=form)


@takes_files(protect=True)
@allow(Permission.LEADERS_READ)
@require_POST
def paper_add(request: HttpRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """A file beside the point."""
    by = reader(request)
    found = access.writable_meeting(by, meeting_id)
    item = access.item_for(by, found, item_id)
    form = PaperForm(request.POST)
    sent = [file for file in request.FILES.getlist(FILE) if isinstance(file, SentFile)]
    if form.is_valid():
        with refusal_on(form):
            filed = beside.only(sent)
            if filed is None:
                raise Refused("Velg en fil.")
            papers_actions.lay(item=item, title=form.cleaned_data["title"], filed=filed, by=by)
            return back_with(request, "Vedlegget er lagt ved.", f"{BASE}/{found.id}/punkt/{item.id}")
    return point_page(request, found, item, status=422, paper_form=form)


@allow(Permission.LEADERS_READ)
@require_GET
def paper(request: HttpRequest, meeting_id: UUID, paper_id: UUID) -> Any:
    """The file."""
    by = reader(request)
    found = access.meeting_for(by, meeting_id)
    row = access.paper_for(by, found, paper_id)
    made = papers_actions.opened(row)
    return download([made], size=len(made), stem="vedlegg", kind=row.kind)


@allow(Permission.LEADERS_READ)
@require_POST
def paper_gone(request: HttpRequest, meeting_id: UUID, paper_id: UUID) -> HttpResponse:
    """It goes with no agenda any more."""
    by = reader(request)
    found = access.writable_meeting(by, meeting_id)
    row = access.paper_for(by, found, paper_id)
    with refusal_above(request):
        papers_actions.take_away(paper=row, by=by)
    return see_other(f"{BASE}/{found.id}/punkt/{row.item_id}")
