"""The public host: choose your kommune. Nobody logs in here and nothing is stored."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from shared.registry.choosing import choices
from varde.access.doors import anyone
from varde.ui.shortcuts import page

LONGEST = 80


@anyone
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """`?q=` a name, a place or a postcode."""
    wanted = request.GET.get("q", "").strip()
    context = {
        "wanted": wanted,
        "choices": choices(wanted[:LONGEST]),
        "messages": (),  # there is no session here to ask for any
    }
    return page(request, "registry/choose.html", context)
