"""Meetings on the pages of a matter and in its timeline."""

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tenants.cases.models import Case
from tenants.cases.panels import Event
from tenants.inbox.models import Concern
from tenants.inbox.panels import Panel
from tenants.meeting import queries
from tenants.meeting.models import Decision, Item
from tenants.meeting.states import TOOK_PLACE
from varde.access import Permission, Reader
from varde.identity.models import User
from varde.privacy.fields import open_together
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


def tasks_on_case(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """What was decided in meetings and nobody has done, with the way to report it."""
    tasks = _tasks(case.concern_id)
    return SafeString(render_to_string("meeting/_tasks.html", {"tasks": tasks}, request) if tasks else "")


def tasks_on_concern(concern: Concern, reader: Reader) -> Panel | None:
    """The same of a concern that is no case; a case shows them itself."""
    if not reader.may(Permission.CASES) or Case.objects.filter(concern=concern).exists():
        return None
    tasks = _tasks(concern.pk)
    return Panel("meeting/_tasks_panel.html", {"tasks": tasks}) if tasks else None


def _tasks(concern_id: UUID) -> list[Decision]:
    found = list(queries.undone().filter(concern=concern_id))
    open_together(found)
    return found


def held(case: Case, user: User) -> str | None:
    """Why a person cannot leave a case, or None."""
    if queries.undone().filter(queries.theirs(user.pk), concern=case.concern_id).exists():
        return f"{user.name} har en oppgave fra et møte som ikke er meldt gjort."
    return None


def events(case: Case) -> Iterator[Event]:
    """When the case was taken up, what was said, what was decided, and what came of it."""
    rows = Item.objects.filter(concern=case.concern_id, off=False, meeting__state__in=TOOK_PLACE)
    for item in rows.select_related("meeting__chair"):
        yield Event(item.meeting.starts_at, "Tatt opp i teammøte", item.meeting.chair.name, words(item, "minutes"))
    decided = Decision.objects.filter(concern=case.concern_id, gone_at__isnull=True)
    for made in decided.select_related("owner", "heir"):
        said = f"{words(made, 'text')} ({made.whose}, frist {date_and_time(made.due_at)})"
        yield Event(made.made_at, "Bestemt i teammøte", made.made_by_name, said)
        if made.done_at is not None:
            came = f"{words(made, 'text')}\nDet kom ut av det: {words(made, 'came_of')}"
            yield Event(made.done_at, "Oppgave fra møte gjort", made.done_by_name, came)
