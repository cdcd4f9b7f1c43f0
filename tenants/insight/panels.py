"""On the page of a concern and of its case: requests for access, statements, and that the use is restricted."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tenants.cases.models import Case
from tenants.cases.panels import Event, brief
from tenants.inbox.due import Due, end_of
from tenants.inbox.models import Concern
from tenants.inbox.panels import Panel
from tenants.insight import inquiry_queries, queries
from tenants.persons.queries import shown_name
from varde.access import Reader, Role
from varde.ui.gone import words


def _of_matter(concern: Concern) -> dict[str, Any]:
    return {
        "concern": concern,
        "matches": inquiry_queries.waiting_in(concern),
        "requests": [{"row": row, "name": shown_name(row.person)} for row in queries.of_matter(concern)],
        "statements": [{"row": row, "name": shown_name(row.person)} for row in queries.statements(concern)],
    }


def on_concern(concern: Concern, reader: Reader) -> Panel:
    """The panel of the inbox's page."""
    return Panel("insight/_panel.html", _of_matter(concern))


def on_case(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """The same on the case page."""
    panel = _of_matter(case.concern)
    html = render_to_string("insight/_panel.html", {"panel": panel, "on_case": True}, request).strip()
    asked = sum(1 for each in panel["requests"] if each["row"].state == "open")
    unanswered = sum(1 for each in panel["statements"] if not each["row"].answered_at)
    waits = len(panel["matches"]) + asked + unanswered
    return brief(SafeString(html), waits=f"{waits} venter" if waits else "", colour="warning")


def restricted(concern: Concern, reader: Reader) -> Panel | None:
    """At the top, while the use is restricted."""
    rows = queries.restrictions(concern)
    return Panel("insight/_restricted.html", {"rows": rows}, top=True) if rows else None


def restricted_on_case(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """The same on the case page."""
    panel = restricted(case.concern, reader)
    if panel is None:
        return SafeString("")
    return SafeString(render_to_string(panel.template, {"panel": panel.context}, request))


def events(case: Case) -> Iterator[Event]:
    """What people said against what is written, beside it in time; and when access was given."""
    for row in queries.statements(case.concern):
        about = words(row, "about")
        text = f"{words(row, 'text')}\n\nOm denne teksten: «{_short(about)}»" if about else words(row, "text")
        yield Event(row.at, f"{shown_name(row.person)}: {row.get_kind_display().lower()}", row.by_name, text)
        if row.answered_at is not None:
            title = f"Svar til {shown_name(row.person)}: {row.get_answer_display().lower()}"
            yield Event(row.answered_at, title, row.answered_by_name, words(row, "reason"))
    for request in queries.of_matter(case.concern):
        yield Event(request.made_at, f"Krav om innsyn fra {_asker(request)}", request.made_by_name)
        if request.ended_at is not None:
            title = f"Innsyn: {request.get_state_display().lower()}"
            yield Event(request.ended_at, title, request.ended_by_name, words(request, "reason"))


def _asker(request: Any) -> str:
    label = str(request.get_asker_display())
    return f"{label[0].lower()}{label[1:]}"


def _short(text: str) -> str:
    one = " ".join(text.split())
    return one if len(one) <= 200 else f"{one[:199]}…"


def on_today(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """Requests that are due, for those who decide."""
    for row in queries.due_by(until, most) if reader.has(Role.COORDINATOR) else ():
        yield Due(
            kind="Innsyn", url=f"/innsynskrav/{row.pk}", what="insight.request", log_id=row.concern_id,
            at=end_of(row.due_on), whole_day=True, text="Svar på krav om innsyn", concern_id=row.concern_id,
        )  # fmt: skip
