"""Meetings on the case page and in its timeline."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tenants.cases.models import Case
from tenants.cases.panels import Event
from tenants.meeting import queries
from tenants.meeting.models import Decision, Item
from tenants.meeting.states import TOOK_PLACE
from varde.access import Reader
from varde.ui.dates import date_and_time
from varde.ui.gone import words


def on_case(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """The meetings that the case can be taken up in, or is."""
    if case.state != "open":
        return SafeString("")
    coming = [meeting for meeting in queries.coming()[:5] if meeting.state == "planned"]
    on = set(Item.objects.filter(concern=case.concern_id, off=False).values_list("meeting_id", flat=True))
    rows = [(meeting, meeting.id in on) for meeting in coming]
    return SafeString(render_to_string("meeting/_panel.html", {"case": case, "rows": rows}, request) if rows else "")


def events(case: Case) -> Iterator[Event]:
    """When the case was taken up, what was said, and what was decided."""
    rows = Item.objects.filter(concern=case.concern_id, off=False, meeting__state__in=TOOK_PLACE)
    for item in rows.select_related("meeting__chair"):
        yield Event(item.meeting.starts_at, "Tatt opp i teammøte", item.meeting.chair.name, words(item, "minutes"))
    for made in Decision.objects.filter(concern=case.concern_id).select_related("owner"):
        said = f"{words(made, 'text')} ({made.owner.name}, frist {date_and_time(made.due_at)})"
        yield Event(made.made_at, "Bestemt i teammøte", made.made_by_name, said)
