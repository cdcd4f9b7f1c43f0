"""What the inbox has on a case: what the reporter writes, whom to call back, and the files."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tenants.cases.models import Case
from tenants.cases.panels import Event, brief, quiet
from tenants.inbox import attachments, callbacks_access, replies_queries, safe_views
from tenants.inbox.models import Concern
from varde.access import Reader
from varde.identity.models import User
from varde.ui.dates import count
from varde.ui.gone import words


def talk(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """Messages both ways; what nobody has opened shows only its time."""
    said = replies_queries.talk(case.concern_id)
    unread = sum(1 for each in said if not each.own and each.read_at is None)
    context = {"talk": said, "unread": unread, "concern": case.concern}
    html = SafeString(render_to_string("cases/_talk.html", context, request))
    return quiet(html, nothing_open=not unread)


def unread(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """That the reporter has written something that nobody has opened."""
    if not replies_queries.unread(case.concern_id):
        return SafeString("")
    return SafeString(render_to_string("cases/_unread.html", {}, request))


def held(case: Case, user: User) -> str | None:
    """That a person is to call somebody back keeps them on the case; None when not."""
    return callbacks_access.held(case.concern_id, user)


def callbacks(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """Who waits to be called, and the way to write somebody up."""
    rows = callbacks_access.of_matter(case.concern_id)
    context = {"rows": rows, "concern_id": case.concern_id, "open": case.concern.progress != "closed"}
    html = SafeString(render_to_string("inbox/_callbacks_rows.html", context, request).strip())
    return quiet(html, nothing_open=not rows)


def safe(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """How the people of the matter are safely reached."""
    panel = safe_views.panel(case.concern, reader)
    return SafeString(render_to_string(panel.template, {"panel": panel.context}, request) if panel else "")


def files(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """What came with the report, what was laid later, and the way to lay more."""
    listed = attachments.listed(case.concern)
    html = SafeString(render_to_string("cases/_files.html", {"listed": listed}, request) if listed else "")
    files = sum(len(rows) for _, rows in listed["groups"]) if listed else 0
    return brief(html, waits=count(files, "fil", "filer") if files else "")


def laid(case: Case) -> Iterator[Event]:
    """Files that came after the report."""
    return laid_in(case.concern)


def laid_in(concern: Concern) -> Iterator[Event]:
    """The same of a matter that need not be a case."""
    rows = attachments.later_of(concern.pk)
    marks = attachments.wrongly_laid([row.attachment for row in rows])
    for row in rows:
        mark = marks.get(row.attachment_id)
        title = f"{attachments.called(row.attachment)} lagt ved"
        yield Event(row.at, title, row.by_name, words(row, "came_from"), mark.said if mark else "")
