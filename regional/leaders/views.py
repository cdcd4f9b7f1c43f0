"""The leader team: who sits and who is next, the whole table, why it is fair, and what was decided before."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_GET

from regional.leaders import access, papers, queries, tables
from regional.leaders.changing import grid
from regional.leaders.models import BODY, INTAKE, RotationTable
from regional.leaders.proof import Said, is_fair, proof
from regional.leaders.rotation_moves import Rotation
from regional.leaders.sitting import current, sitting
from varde.access import Permission, Reader, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.documents.serving import CALENDAR, download, paper_download
from varde.exits.downloads import file_answer
from varde.exits.workbook import workbook
from varde.ui.dates import day_of
from varde.ui.shortcuts import page


@require_GET
@allow(Permission.LEADERS_READ)
def leader_team(request: HttpRequest) -> HttpResponse:
    """Who sits now, until when, who is next, what is vacant, and what comes."""
    by, today = reader(request), day_of(now())
    newest = access.table(by)
    access.note_people(by)
    table = queries.table_on(today)
    found = queries.slots(by, today)
    context: dict[str, Any] = {
        "newest": newest,
        "table": table,
        "coming": newest if newest and (table is None or newest.id != table.id) else None,
        "draft": queries.draft(),
        "slots": found,
        "vacant": [slot for slot in found if slot.is_vacant],
        "phone": any(slot.place and slot.place.answers_phone for slot in found),
        "may": by.may(Permission.LEADERS_MANAGE),
        "intake": INTAKE.get(table.intake, "") if table and table.form == BODY else "",
    }
    if table and table.form != BODY:
        context["next"] = {place.seat: place for place in sitting(tables.rotation_of(table), today_year=today.year)}
        context["seats"] = [(slot, context["next"].get(slot.seat)) for slot in found if slot.capacity == "seat"]
    elif table:
        context["seats"] = [(slot, None) for slot in found if slot.capacity == "seat"]
    return page(request, "leaders/leaders.html", context)


@require_GET
@allow(Permission.LEADERS_READ)
def rotation(request: HttpRequest) -> HttpResponse:
    """The newest table, whole."""
    by = reader(request)
    return _table(request, by, access.table(by), newest=True)


@require_GET
@allow(Permission.LEADERS_READ)
def earlier(request: HttpRequest, table_id: UUID) -> HttpResponse:
    """A table as it was decided then."""
    by = reader(request)
    row = access.table_for(by, table_id)
    return _table(request, by, row, newest=row == queries.newest_table())


def _table(request: HttpRequest, by: Reader, row: RotationTable | None, *, newest: bool) -> HttpResponse:
    if row is None or row.form == BODY:
        return page(request, "leaders/rotation.html", {"table": row, "newest": newest})
    made = tables.rotation_of(row)
    here = current(made, day_of(now()).year)
    said = said_of(row, made)
    context = {
        "table": row,
        "newest": newest,
        "periods": made.periods,
        "rows": grid(made, now=here),
        "fair": is_fair(said),
        "may": by.may(Permission.LEADERS_MANAGE),
    }
    return page(request, "leaders/rotation.html", context)


@require_GET
@allow(Permission.LEADERS_READ)
def fair(request: HttpRequest) -> HttpResponse:
    """Why the newest table is fair, in words, from the check that is made anew each time."""
    row = access.table(reader(request))
    if row is None or row.form == BODY:
        return page(request, "leaders/proof.html", {"table": row})
    said = said_of(row, tables.rotation_of(row))
    parts: dict[str, list[Said]] = {}
    for each in said:
        parts.setdefault(each.about, []).append(each)
    return page(request, "leaders/proof.html", {"table": row, "parts": parts.items(), "fair": is_fair(said)})


@require_GET
@allow(Permission.LEADERS_READ)
def history(request: HttpRequest) -> HttpResponse:
    """Every decision, the newest first."""
    rows = queries.all_tables()
    record(by=reader(request), action=Action.LIST, what="leaders.rotation", ids=[row.id for row in rows])
    in_force = tables.in_force(rows, day_of(now()))
    return page(request, "leaders/history.html", {"rows": rows, "in_force": in_force})


@require_GET
@allow(Permission.LEADERS_READ)
def file(request: HttpRequest, ending: str) -> Any:
    """The newest table as PDF, workbook or calendar. Http404 for another ending, and where there is no rotation."""
    by, row = reader(request), queries.newest_table()
    make = _FILES.get(ending)
    if make is None or row is None or row.form == BODY:
        raise Http404
    record(by=by, action=Action.EXPORT, what="leaders.rotation", ids=[row.id])
    return make(row, tables.rotation_of(row), by)


def said_of(row: RotationTable, made: Rotation) -> list[Said]:
    """The proof; after a change also that what was before it stands."""
    if not row.changes:
        return proof(tables.decided(row), made)
    last = row.changes[-1]
    before = tables.rotation_of(_Before(row))
    return proof(tables.decided(row), made, before=before, since=tables.first_changed(last, before))


class _Before:
    """A decision without its last change."""

    def __init__(self, row: RotationTable) -> None:
        self.kommuner, self.seats, self.first_year = row.kommuner, row.seats, row.first_year
        self.years, self.periods, self.holds_from = row.years, row.periods, row.holds_from
        self.changes = row.changes[:-1]


def _pdf(row: RotationTable, made: Rotation, by: Reader) -> HttpResponse | StreamingHttpResponse:
    said = said_of(row, made)
    return paper_download(papers.paper(row, made, said, office=by.office.name, now=now()), "rullering")


def _xlsx(row: RotationTable, made: Rotation, by: Reader) -> HttpResponse | StreamingHttpResponse:
    content = workbook(papers.sheet(made), "Forslag til rullering" if row.proposal else "Rullering")
    return file_answer(content, "rullering", day_of(now()), "xlsx")


def _ics(row: RotationTable, made: Rotation, by: Reader) -> HttpResponse | StreamingHttpResponse:
    content = papers.calendar(by.office.id, made, now(), sequence=row.number, proposal=row.proposal)
    return download([content], size=len(content), stem="rullering", kind=CALENDAR)


_FILES: dict[str, Callable[[RotationTable, Rotation, Reader], HttpResponse | StreamingHttpResponse]] = {
    "pdf": _pdf, "xlsx": _xlsx, "ics": _ics,
}  # fmt: skip
