"""One thing to tell: that it was told, or who tells it instead."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse

from tenants.inbox.queries import readers_of
from tenants.triage import tell_actions, tell_queries
from tenants.triage.said_views import Place, matter_page, on_matter
from tenants.triage.tell_forms import OtherHandsForm, ToldForm
from tenants.triage.tell_models import Telling
from varde.access import reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Overtaken, Refused
from varde.ui.dates import day_of
from varde.ui.gone import words
from varde.ui.shortcuts import see_other


@on_matter
def telling(request: HttpRequest, place: Place, telling_id: UUID) -> HttpResponse:
    """GET: both forms. POST: it was told, or (`change`) it gets other hands or another day."""
    row = next((each for each in tell_queries.of_matter(place.concern) if each.pk == telling_id), None)
    if row is None:
        record(by=reader(request), action=Action.DENIED, what="triage.telling", ids=[telling_id])
        raise Http404
    record(by=reader(request), action=Action.VIEW, what="triage.telling", ids=[place.concern.pk])
    posted = request.POST if request.method == "POST" else None
    changing = posted is not None and "change" in posted
    told = ToldForm(
        None if changing else posted,
        initial={"told_on": day_of(now()), "told_to": words(row, "to_whom")},
        now=now(),
        prefix="meldt",
    )
    change = OtherHandsForm(
        posted if changing else None,
        initial={"seen": tell_queries.as_seen(row)} | _stands(row),
        owners=readers_of(place.concern.pk),
        now=now(),
        prefix="bytt",
    )
    form = change if changing else told
    if posted is not None and form.is_valid() and _kept(request, row, form):
        return see_other(place.home)
    row.refresh_from_db()
    ended = row.ended_at is not None
    context = {"telling": row, "told": told, "change": change, "ended": ended and posted is None}
    return matter_page(request, place, "triage/telling.html", context)


def _stands(row: Telling) -> dict[str, Any]:
    return {"owner": str(row.owner_id), "due_on": row.due_on}


def _kept(request: HttpRequest, row: Telling, form: ToldForm | OtherHandsForm) -> bool:
    """Stored and said; else the form says why not."""
    by = reader(request)
    try:
        if isinstance(form, ToldForm):
            done = tell_actions.tell(telling=row, by=by, **form.cleaned_data)
            messages.success(request, f"{done.said}.")
        else:
            due_on = form.cleaned_data["due_on"]
            tell_actions.change(telling=row, owner=form.chosen, due_on=due_on, seen=form.was_seen, by=by)
            messages.success(request, "Endret.")
    except Overtaken as error:
        row.refresh_from_db()
        if isinstance(form, OtherHandsForm):
            form.told(str(error), tell_queries.as_seen(row), _stands(row))
        else:
            form.add_error(None, str(error))
        return False
    except Refused as error:
        form.add_error(None, str(error))
        return False
    return True
