"""Is anything missing? What this office has sent or waits for, and how old it is: times and types, no content."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from shared.post.overview import lines, per_recipient
from shared.post.queries import under_way
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.ui.dates import span
from varde.ui.shortcuts import page


@require_GET
@allow(Permission.POST_STATUS)
def status(request: HttpRequest) -> HttpResponse:
    """The letters without a receipt; htmx asks for the table alone every half minute."""
    by = reader(request)
    record(by=by, action=Action.LIST, what="post.under_way")
    letters = under_way(by.office)
    context = {
        "lines": lines(letters),
        "recipients": [(name, number, span(oldest)) for name, number, oldest in per_recipient(letters)],
        "seen_at": now(),
    }
    part = "#table" if request.headers.get("HX-Request") else ""
    return page(request, f"post/status.html{part}", context)
