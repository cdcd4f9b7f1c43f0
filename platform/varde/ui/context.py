"""What the page frame needs on every page: the office's public facts and the reader's way around."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from varde.ui.emergency import EMERGENCY
from varde.ui.navigation import links


def frame(request: HttpRequest) -> dict[str, Any]:
    """`office`, `nav`, `emergency`, `demo` for the frame templates."""
    ref = getattr(request, "office", None)
    reader = getattr(request, "reader", None)
    return {
        "office": ref,
        "reader": reader,
        "nav": links(request.path, reader) if reader is not None and reader.user_id else [],
        "emergency": EMERGENCY,
        "demo": settings.MODE == "demo",
        "lang": "nb",
    }
