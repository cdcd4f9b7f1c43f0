"""Joined matters on the pages of a concern and a case: where it goes on, what goes on here, and the way to join."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tenants.cases.models import Case
from tenants.cases.panels import Event
from tenants.inbox.home import home_of
from tenants.inbox.models import Concern
from tenants.inbox.panels import Panel
from tenants.inbox.replies_queries import unread
from tenants.inbox.states import OVER
from tenants.joined import major_queries, queries
from tenants.joined.access import note_read
from tenants.joined.models import Join
from tenants.joined.story import events_of
from varde.access import Reader, Role
from varde.ui.gone import words


def on_concern(concern: Concern, reader: Reader) -> Panel | None:
    """For a matter that lives in the inbox; a case has it on its own page."""
    shown = _shown(concern, reader)
    return Panel("joined/_panel.html", shown) if shown and queries.case_of(concern) is None else None


def on_case(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """The same on the page of the case, early on it: where something is joined."""
    return _html(case, reader, request) if _tied(case.concern) else SafeString("")


def way_on_case(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """The way to join it, and what it was parted from: where nothing is joined."""
    return SafeString("") if _tied(case.concern) else _html(case, reader, request)


def _html(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    shown = _shown(case.concern, reader)
    if not shown:
        return SafeString("")
    return SafeString(render_to_string("joined/_panel.html", {"panel": shown | {"bare": True}}, request))


def _tied(concern: Concern) -> bool:
    return queries.is_joined(concern) or bool(major_queries.majors_of(concern))


def _shown(concern: Concern, reader: Reader) -> dict[str, Any]:
    """What the panel says; nothing when there is nothing to say and nothing to do."""
    history = queries.history(concern)
    holds = [row for row in history if row.ended_at is None]
    found: dict[str, Any] = {
        "went_on": next((_row(row, row.into) for row in holds if row.concern_id == concern.pk), None),
        "parts": [_part(row, reader) for row in (queries.joined_here(concern) if history else ())],
        "ended": [_row(row, _other(row, concern)) for row in history if row.ended_at is not None],
        "majors": major_queries.majors_of(concern),
        "joins": reader.has(Role.COORDINATOR),
    }
    if concern.progress in OVER and found["went_on"] is None:
        found["joins"] = False
    if not any(found.values()):
        return {}
    linked = bool(found["joins"] and queries.linked_with(concern))
    return found | {"linked": linked, "base": f"/innboks/{concern.pk}", "concern_id": concern.pk}


def _other(row: Join, concern: Concern) -> Concern:
    return row.into if row.concern_id == concern.pk else row.concern


def _row(row: Join, other: Concern) -> dict[str, Any]:
    return {"join": row, "home": home_of(other)}


def _part(row: Join, reader: Reader) -> dict[str, Any]:
    """A matter that goes on here, with all that happened in it: shown, and so logged as seen."""
    note_read(reader, row.concern_id)
    return _row(row, row.concern) | {"events": events_of(row.concern), "unread": unread(row.concern_id)}


def events(case: Case) -> Iterator[Event]:
    """When it was joined with another one, and parted from it."""
    for row in queries.history(case.concern):
        name = home_of(_other(row, case.concern)).name
        yield Event(row.at, f"Slått sammen med {name}", row.by_name, words(row, "reason"))
        if row.ended_at is not None:
            yield Event(row.ended_at, f"Skilt fra {name}", row.ended_by_name, words(row, "ended_reason"))
