"""The log of the office, for those who watch over it: who, when, what and why, never what was in it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.audit.former_models import FormerEntry, FormerLog
from varde.audit.forms import FilterForm
from varde.audit.models import Entry
from varde.audit.phrases import deed, deeds, said_ground, short, who
from varde.audit.queries import Told, Wanted, folded, kinds, rows, told
from varde.clock import now
from varde.ui.dates import day_of
from varde.ui.shortcuts import page

_PER_PAGE = 50
_DAYS = 30  # what is shown when nothing is asked for


@allow(Permission.AUDIT_READ)
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """A page of the log, one line per person and minute; that it was read is itself a row."""
    asked = {key: value for key, value in request.GET.items() if key != "side"}
    searched = any(asked.values())
    form = FilterForm(asked, whats=kinds())
    found = rows(_wanted(form, searched)) if form.is_valid() else Entry.objects.none()
    shown = Paginator(folded(found), _PER_PAGE).get_page(request.GET.get("side"))
    requests = told(found, [str(each["key"]) for each in shown])
    record(by=reader(request), action=Action.SEARCH if searched else Action.LIST, what="audit.entry")
    context = {
        "form": form,
        "page": shown,
        "lines": [_line(each, requests[str(each["key"])]) for each in shown],
        "query": urlencode(asked) + "&" if asked else "",
        "searched": searched,
        "days": _DAYS,
        "formers": FormerLog.objects.order_by("name"),
    }
    return page(request, "audit/log.html", context, 200 if form.is_valid() else 422)


@allow(Permission.AUDIT_READ)
@require_GET
def former_log(request: HttpRequest, office_id: UUID) -> HttpResponse:
    """The log of an office that has become part of this one, row by row as it was; that it was read is a row here."""
    by, found = reader(request), FormerLog.objects.filter(id=office_id).first()
    if found is None:
        record(by=by, action=Action.DENIED, what="audit.former", ids=[office_id])
        raise Http404
    rows = FormerEntry.objects.filter(office=office_id).order_by("-number")
    shown = Paginator(rows, _PER_PAGE).get_page(request.GET.get("side"))
    record(by=by, action=Action.LIST, what="audit.former", ids=[office_id])
    lines = [_former(row) for row in shown]
    return page(request, "audit/former.html", {"former": found, "page": shown, "lines": lines, "query": ""})


def _former(row: FormerEntry) -> dict[str, Any]:
    person = row.user_id is not None
    why = " · ".join(text for text in (row.reason, said_ground(row.ground)) if text)
    return {
        "number": row.number, "at": row.at, "who": who(row.name, is_person=person), "role": row.role if person else "",
        "deed": deed(row.action, row.what), "short": short(row.object_id), "why": why,
    }  # fmt: skip


def _wanted(form: FilterForm, searched: bool) -> Wanted:
    if searched:
        return form.wanted()
    return replace(form.wanted(), since=day_of(now()) - timedelta(days=_DAYS))


def _line(group: dict[str, Any], what: Told) -> dict[str, Any]:
    last = what.rows[-1]
    person = last.user_id is not None
    return {
        "at": group["last"],
        "who": who(last.name, is_person=person),
        "role": last.role if person else "",
        "deeds": deeds(what.deeds),
        "rows": [_row(row) for row in what.rows] if group["count"] > 1 else [],
        "hidden": group["count"] - len(what.rows),
        "short": short(last.object_id) if group["count"] == 1 else "",
        "reasons": list(
            dict.fromkeys(text for row in what.rows for text in (row.reason, said_ground(row.ground)) if text)
        ),
    }


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "at": entry.at,
        "deed": deed(entry.action, entry.what),
        "short": short(entry.object_id),
        "reason": " · ".join(text for text in (entry.reason, said_ground(entry.ground)) if text),
    }
