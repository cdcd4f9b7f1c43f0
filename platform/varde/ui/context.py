"""What the page frame needs on every page: the office's public facts and the reader's way around."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from shared.codes.emergency import emergency_numbers
from varde.tenancy.directory import facts_of
from varde.ui import hotkeys
from varde.ui.navigation import links


def frame(request: HttpRequest) -> dict[str, Any]:
    """`office` (who it is and its public facts), `nav`, `reader`, `emergency`, `demo`, `lang` … for the frames."""
    ref = getattr(request, "office", None)
    reader = getattr(request, "reader", None)
    inside = reader is not None and reader.user_id is not None
    return {
        "office": {**asdict(ref), **facts_of(ref)} if ref else None,
        "reader": reader,
        "nav": links(request.path, reader) if reader is not None and inside else [],
        "account_url": "/konto" if inside else "",
        "keyboard_url": hotkeys.PAGE if inside else "",
        "hotkeys": inside and hotkeys.on(request),
        "home_url": "/start" if inside else "/",
        "privacy_url": "/personvern" if ref is not None and ref.kind == "kommune" else "",
        "emergency": emergency_numbers(),
        "demo": settings.MODE == "demo",
        "lang": get_language() or "nb",
    }
