"""«Gjenåpne» a concern that triage ended."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenants.inbox.models import Concern
from tenants.inbox.queries import held_by_right, readers_of
from tenants.triage import access, queries, reopen_actions
from tenants.triage.reopen_forms import ReopenForm
from tenants.triage.states import check_reopens
from varde.access import Permission, Reader, Role, allow, reader
from varde.clock import now
from varde.refusal import Refused
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page, see_other


def address(concern: Concern, by: Reader) -> str:
    """For the pages of a concern: where this reader takes it up again, or ""."""
    newest = queries.newest_assessment(concern) if concern.progress == "closed" else None
    if newest is None or not by.has(Role.COORDINATOR) or not held_by_right(concern.pk):
        return ""
    try:
        check_reopens(concern.progress, newest.outcome)
    except Refused:
        return ""
    return f"/innboks/{concern.id}/gjenapne"


@allow(Permission.TRIAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Why, and what is next. One that cannot be reopened sends the person back, if nothing was typed."""
    by = reader(request)
    concern, home = access.matter_for(by, concern_id)
    if not by.has(Role.COORDINATOR):
        raise PermissionDenied
    posted = request.POST if request.method == "POST" else None
    if posted is None and (home or not address(concern, by)):
        messages.error(request, "Denne kan ikke gjenåpnes her.")
        return see_other(home or f"/innboks/{concern.id}")
    newest = queries.newest_assessment(concern)
    initial = {"owner": str(by.user_id or ""), "category": newest.category if newest else ""}
    form = ReopenForm(posted, initial=initial, owners=readers_of(concern.id), now=now(), rules=queries.rules())
    if posted is not None and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("category", "reason")}
        with refusal_on(form):
            reopen_actions.reopen(concern=concern, step=form.step(), by=by, **said)
            return back_with(request, "Bekymringen er gjenåpnet.", f"/innboks/{concern.id}")
    return page(request, "triage/reopen.html", {"concern": concern, "form": form}, 422 if posted is not None else 200)
