"""The frame of the pages where something is said of a matter: the guard, and the way back."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_http_methods

from tenants.inbox.models import Concern
from tenants.triage import access
from varde.access import Permission, allow, reader
from varde.ui.shortcuts import page, see_other

type MatterView = Callable[[HttpRequest, "Place"], HttpResponse]


@dataclass(frozen=True, slots=True)
class Place:
    """A matter that the reader sees, where it lives now, and what that is called."""

    concern: Concern
    home: str
    name: str

    def here(self, word: str) -> str:
        """The address of one of its pages."""
        return f"/innboks/{self.concern.id}/{word}"


def on_matter(view: MatterView) -> Callable[..., HttpResponseBase]:
    """A page of an opened matter, for those who triage and see it; Http404 for others, hidden and absent alike."""

    @wraps(view)
    def inner(request: HttpRequest, concern_id: UUID) -> HttpResponse:
        concern, home = access.matter_for(reader(request), concern_id)
        if concern.progress == "received":
            messages.error(request, "Bekymringen må åpnes og tas imot først.")
            return see_other(f"/innboks/{concern.id}")
        place = Place(concern, home or f"/innboks/{concern.id}", "saken" if home else "bekymringen")
        return view(request, place)

    return allow(Permission.TRIAGE)(require_http_methods(["GET", "HEAD", "POST"])(inner))


def matter_page(request: HttpRequest, place: Place, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page of the matter; 422 for what was sent and not taken."""
    status = 422 if request.method == "POST" else 200
    return page(request, template, {"place": place, "concern": place.concern} | context, status=status)


def done(request: HttpRequest, place: Place, word: str, sentence: str) -> HttpResponse:
    """It is stored: said, and back to the same page, where it now stands."""
    messages.success(request, sentence)
    return see_other(place.here(word))
