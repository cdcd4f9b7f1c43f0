"""How long a closed matter is kept, on its page."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tenants.cases.models import Case
from tenants.inbox.models import Concern
from tenants.inbox.panels import Panel
from tenants.inbox.states import OVER
from tenants.kept import queries
from varde.access import Reader


def on_case(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """Class, day and the way to the archive; nothing while the case is open."""
    found = queries.one(case.concern) if case.state == "closed" else None
    if found is None:
        return SafeString("")
    context = {"seen": found, "key": case.concern_id}
    return SafeString(render_to_string("kept/_panel.html", context, request).strip())


def on_concern(concern: Concern, reader: Reader) -> Panel | None:
    """The same for a concern that became no case."""
    found = queries.one(concern) if concern.progress in OVER else None
    return Panel("kept/_concern.html", {"seen": found, "key": concern.pk}) if found else None
