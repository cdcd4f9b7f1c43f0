"""«Noen skal ringes» in a matter: for somebody of it, filled in with what is known, or for whoever reported it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenants.inbox import callbacks_access, callbacks_actions, reporter_queries, safe_queries
from tenants.inbox.access import concern_for
from tenants.inbox.callbacks_forms import CallbackForm, ReporterForm
from tenants.inbox.callbacks_states import CLOSED_TO, OF_REPORTER
from tenants.inbox.home import home_of
from tenants.inbox.models import Concern
from tenants.inbox.panels import warnings_in
from tenants.inbox.safe import REPORTER, Safe
from tenants.inbox.safe_views import shown_of
from varde.access import Permission, allow, reader
from varde.clock import now
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page, see_other

# What `?hvem=` says beside the key of somebody of the matter.
TO_REPORTER, ANOTHER = "melder", "annen"


@allow(Permission.INBOX_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def new_in_matter(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """A call back in a matter that is open: seen by those who see the matter."""
    found = concern_for(reader(request), concern_id)
    if found.progress == "received" or (found.progress in CLOSED_TO and request.method != "POST"):
        messages.error(request, CLOSED_TO[found.progress])
        return see_other(home_of(found).address)
    return _new(request, found)


def _new(request: HttpRequest, concern: Concern) -> HttpResponse:
    by, posted = reader(request), request.POST if request.method == "POST" else None
    known, home = safe_queries.of_matter(concern), home_of(concern)
    ways = _ways(concern, known)
    asked = (posted or request.GET).get("hvem", "")
    whom = asked if asked in dict(ways) else _usual(known)
    form = (ReporterForm if whom == TO_REPORTER else CallbackForm)(
        posted,
        initial={"owner": str(by.user_id), "hvem": whom} | _known(known, whom),
        owners=callbacks_access.owners(concern),
        now=now(),
    )
    if posted is not None and form.is_valid():
        with refusal_on(form):
            callbacks_actions.plan(plan=form.plan(), concern=concern, by=by)
            return back_with(request, "Lagt på listen.", home.address)
    context = {
        "form": form,
        "concern": concern,
        "home": home,
        "warned": warnings_in(concern, by),
        "known": {"people": shown_of(known)},
        "ways": ways,
        "whom": whom,
    }
    return page(request, "inbox/callback_new.html", context, status=422 if posted is not None else 200)


def _ways(concern: Concern, known: list[Safe]) -> list[tuple[str, str]]:
    """Whom the form can be filled in for."""
    found = [(each.key, each.whose) for each in known if each.is_card]
    if reporter_queries.can_be_called(concern):
        found.append((TO_REPORTER, "Melderen"))
    return [*found, (ANOTHER, "En annen")]


def _usual(known: list[Safe]) -> str:
    """The one of the matter, if there is one and no more: else nothing is filled in that could be another's."""
    cards = [each.key for each in known if each.is_card]
    return cards[0] if len(cards) == 1 else ANOTHER


def _known(known: list[Safe], whom: str) -> dict[str, Any]:
    """What the form is filled in with."""
    key = REPORTER if whom == TO_REPORTER else whom
    one = next((each for each in known if each.key == key), None)
    if one is None:
        return {}
    said = {name: one.said.get(name, "") for name in OF_REPORTER}
    said["safe_ways"] = "\n".join(filter(None, [said["safe_ways"], _but_not(one)]))
    return said if whom == TO_REPORTER else said | {"who": one.whose, "phone": one.said.get("phone", "")}


def _but_not(one: Safe) -> str:
    said = one.said.get("not_safe", "")
    return f"Ikke trygt: {said}" if said else ""
