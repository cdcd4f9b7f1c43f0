"""The frame of the pages where something is said of a matter: the guard, and the way back."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_http_methods

from tenants.inbox.home import home_of
from tenants.inbox.models import Concern
from tenants.triage import access
from tenants.triage.states import DECIDABLE, OVER
from varde.access import Permission, allow, reader
from varde.ui.shortcuts import back_with, page, see_other

type MatterView = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Place:
    """A matter that the reader sees, where it lives now, and what that is called."""

    concern: Concern
    home: str
    name: str

    @property
    def is_case(self) -> bool:
        """Has a later room made a case of it?"""
        return self.home != f"/innboks/{self.concern.id}"

    @property
    def going(self) -> bool:
        """Is it at work, so that something can be said of it?"""
        return self.concern.progress in DECIDABLE

    def here(self, word: str) -> str:
        """The address of one of its pages."""
        return f"/innboks/{self.concern.id}/{word}"


def on_matter(view: MatterView) -> Callable[..., HttpResponseBase]:
    """A page of an opened matter, for those who triage and see it; Http404 for others, hidden and absent alike."""

    @wraps(view)
    def inner(request: HttpRequest, concern_id: UUID, **more: UUID) -> HttpResponse:
        concern, home = access.matter_for(reader(request), concern_id)
        if concern.progress == "received":
            messages.error(request, "Bekymringen må åpnes og tas imot først.")
            return see_other(f"/innboks/{concern.id}")
        place = Place(concern, home or f"/innboks/{concern.id}", "saken" if home else "bekymringen")
        return view(request, place, **more)

    return allow(Permission.TRIAGE)(require_http_methods(["GET", "HEAD", "POST"])(inner))


def back_when_over(request: HttpRequest, place: Place) -> HttpResponse | None:
    """Of a matter that is over: told so, and back to its page. None of one that goes on."""
    if place.going:
        return None
    messages.error(request, OVER)
    return see_other(place.home)


def matter_page(request: HttpRequest, place: Place, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page of the matter; 422 for what was sent and not taken.

    `writes`: its forms show. Of a matter that is over it shows facts, and what was typed where somebody just sent it.
    """
    sent = request.method == "POST"
    about = {
        "place": place, "home": home_of(place.concern), "concern": place.concern, "writes": place.going or sent
    }  # fmt: skip
    return page(request, template, about | context, status=422 if sent else 200)


def done(request: HttpRequest, place: Place, word: str, sentence: str) -> HttpResponse:
    """It is stored: said, and back to the same page, where it now stands."""
    return back_with(request, sentence, place.here(word))
