"""What the inbox has on a case: what the reporter writes, and whom to call back."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tenants.cases.models import Case
from tenants.inbox import callbacks_access, replies_queries
from varde.access import Reader
from varde.identity.models import User


def talk(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """Messages both ways; what nobody has opened shows only its time."""
    said = replies_queries.talk(case.concern_id)
    unread = sum(1 for each in said if not each.own and each.read_at is None)
    context = {"talk": said, "unread": unread, "concern": case.concern}
    return SafeString(render_to_string("cases/_talk.html", context, request))


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
    context = {"rows": callbacks_access.of_matter(case.concern_id), "concern_id": case.concern_id}
    return SafeString(render_to_string("inbox/_callbacks_rows.html", context, request))
