"""«I dag» on the start page: the first that a member of the team sees."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tenants.inbox.due_access import LAST_PAGE, today_for
from varde.access import Permission, Reader
from varde.clock import now

MEMBERS = (Permission.TRIAGE, Permission.CASES)


def on_start(request: HttpRequest, by: Reader) -> SafeString:
    """What waits for this person; of somebody outside the team only when there is something."""
    if by.office.kind != "kommune":
        return SafeString("")
    moment = now()
    today = today_for(by, _page(request.GET.get("side", "")), moment)
    if not today.sections and not any(by.may(permission) for permission in MEMBERS):
        return SafeString("")
    return render_to_string("inbox/_today.html", {"today": today, "now": moment}, request)


def _page(typed: str) -> int:
    return min(int(typed), LAST_PAGE) if typed.isascii() and typed.isdigit() and int(typed) > 0 else 1
