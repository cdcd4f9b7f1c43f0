"""Where we stand with closing and giving out, and one release with the very bytes that were frozen."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from regional.releases import pages_queries
from regional.releases.figure_words import spoken_of
from regional.releases.given import Given, given
from regional.releases.ledger import Broken, Ledger
from regional.releases.models import EntryKind, FrozenCopy, LedgerEntry, Wish
from regional.releases.pages_next import Task, next_step
from regional.releases.pages_queries import (
    coming,
    lately_over,
    names_of,
    new,
    not_given,
    seconds,
    taken_back,
    under_way,
    unsettled,
)
from regional.releases.pages_shown import shown
from regional.releases.pages_words import STATES, Fact, facts, period, wanted
from regional.releases.words import words_of
from varde.access import Permission, Reader, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.exits.downloads import file_answer
from varde.ui.dates import day_of
from varde.ui.shortcuts import page

READ_AND_SEND = ["GET", "HEAD", "POST"]
REASON = "Grunn"
UNREADABLE = "Noe som er gitt ut, kan ikke leses. Ingen tall vises her før driften har funnet ut av det."


@allow(Permission.STATISTICS_READ)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Half-years, what waits and for whom, releases; what is next comes first."""
    by = reader(request)
    may = by.may(Permission.STATISTICS_RELEASE)
    try:
        told, releases = pages_queries.told(), given(by)
    except ValueError as error:  # Broken too: then nothing else is said
        return broken(request, error)
    tasks = [task(row, by) for row in under_way()] if may else []
    over = lately_over() if may else []
    following, stops = coming(told, by, day_of(now())), unsettled(told)
    context = {
        "may": may,
        "next": next_step(tasks, new(told), following, stops) if may else None,
        "tasks": tasks,
        "over": [task(row, by) for row in over],
        "coming": following,
        "closing": next((each for each in tasks if each.kind == EntryKind.CLOSED), None),
        "closed": _closed(told, releases, tasks),
        "releases": releases,
        "unsettled": stops,
    }
    return page(request, "releases/home.html", context)


def why_broken(error: ValueError) -> str:
    """A sentence for people: the ledger's own, or that something cannot be read."""
    return str(error) if isinstance(error, Broken) else UNREADABLE


def broken(request: HttpRequest, error: ValueError) -> HttpResponse:
    """Nothing is shown of what cannot be trusted."""
    return page(request, "releases/broken.html", {"broken": why_broken(error)}, status=503)


def task(row: Wish, by: Reader) -> Task:
    """A wish as a line of the overview."""
    about: Any = row.about
    said, color = STATES[row.state]
    return Task(
        id=row.id,
        kind=row.kind,
        title=wanted(row.kind, about),
        state=row.state,
        said=said,
        color=color,
        asked_by=row.asked_by_name,
        own=row.asked_by == by.user_id,
        others=tuple(seconds(row)) if row.state == "ready" else (),
        period=about.get("period", ""),
    )


def _closed(told: Ledger, releases: list[Given], tasks: list[Task]) -> list[dict[str, Any]]:
    """Closed half-years, the newest first, each with its releases and with what is being made of it. `again`: what
    was given out is withdrawn, and can be asked for as it was."""
    waiting, gone = not_given(told), taken_back(told)
    made = {each.period: each for each in tasks if each.kind == EntryKind.RELEASE}
    return [
        {
            "closed": each,
            "label": period(each.period),
            "kommuner": len(each.marks),
            "releases": [one for one in releases if one.period == each.period],
            "waits": each.period in waiting,
            "again": each.period in gone,
            "task": made.get(each.period),
        }
        for each in reversed(told.closed)
    ]


@allow(Permission.STATISTICS_READ)
@require_GET
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One release: a table at a time (`?tabell=`), and what all of it rests on."""
    by = reader(request)
    try:
        found, row = _release(by, number)
    except ValueError as error:
        return broken(request, error)
    content: Any = row.content
    drawn = shown(found.tables, content.get("levels") or {}, request.GET.get("tabell", ""))
    context = {
        "given": found,
        "shown": drawn,
        "facts": facts(row.kind, content),
        "rests": _rests(found),
        "row": row,
        "gone": _gone(number),
        "may": by.may(Permission.STATISTICS_RELEASE),
    }
    return page(request, "releases/one.html", context)


def _release(by: Reader, number: int) -> tuple[Given, LedgerEntry]:
    """The guard: 404 for what is no release. That it was looked at stands in the log. Raises Broken, ValueError."""
    pages_queries.told()
    found = next((each for each in given(by) if each.number == number), None)
    row = LedgerEntry.objects.filter(number=number, kind=EntryKind.RELEASE).first()
    if found is None or row is None:
        raise Http404
    return found, row


def _rests(found: Given) -> list[dict[str, Any]]:
    """The closed half-years that its tables add up, with their rows of the ledger."""
    used = {period for table in found.tables for period in table.periods}
    rows = LedgerEntry.objects.filter(kind=EntryKind.CLOSED, content__period__in=sorted(used)).order_by("number")
    return [{"number": row.number, "label": period(str(_of(row)["period"]))} for row in rows]


def _of(row: LedgerEntry) -> Any:
    return row.content


def _gone(number: int) -> dict[str, Any] | None:
    """The row by which it was withdrawn, with the reason."""
    for row in LedgerEntry.objects.filter(kind=EntryKind.WITHDRAWN).order_by("-number"):
        content: Any = row.content
        if content["release"] == number:
            return {"row": row, "facts": [each for each in said_in(row) if not each.url]}
    return None


def why_withdrawn(number: int) -> str:
    """What was written when this release was withdrawn; "" where it has been taken away."""
    found = _gone(number)
    return next((each.value for each in found["facts"] if each.label == REASON), "") if found else ""


def said_in(row: LedgerEntry) -> list[Fact]:
    """What a row says, with the words that somebody wrote for it."""
    content: Any = row.content
    written = words_of([UUID(content["wish"])]) if content.get("wish") else {}
    found = facts(row.kind, content)
    if row.kind == EntryKind.OUTSIDE:
        found = [*spoken_of(content["cell"], content.get("kommuner"), names_of(content.get("kommuner") or ())), *found]
    label = {"withdrawn": REASON, "outside": "Kilde", "settled": "Begrunnelse"}.get(row.kind, "Begrunnelse")
    return [*found, *(Fact(label, text) for text in written.values() if text)]


@allow(Permission.STATISTICS_READ)
@require_GET
def frozen(request: HttpRequest, number: int) -> HttpResponse:
    """The frozen bytes as a file; 404 for what is withdrawn."""
    by = reader(request)
    try:
        found, row = _release(by, number)
    except ValueError as error:
        return broken(request, error)
    copy = FrozenCopy.objects.filter(entry=row).first()
    if copy is None or found.withdrawn_at:
        raise Http404
    record(by=by, action=Action.EXPORT, what="releases.release", ids=[row.id])
    return file_answer(copy.content.encode(), "tall", day_of(row.at), "json")
