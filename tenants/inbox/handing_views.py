"""«Gi alt til arvtaker»: what it is, the one press, and the receipt."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from tenants.inbox import handing, handing_actions, handing_queries
from tenants.inbox.handing_models import Handed
from tenants.inbox.home import Home, homes_of
from tenants.team import register
from tenants.team.register_access import handover_for
from varde.access import Permission, Role, allow, reader
from varde.audit.actions import Action, record
from varde.refusal import Refused
from varde.ui.shortcuts import back_with, page


@allow(Permission.SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """GET: what would be given, in numbers. POST: give it."""
    by = reader(request)
    found, refusal = handover_for(by, handover_id), ""
    if request.method == "POST":
        try:
            handing_actions.give_all(handover=found, by=by)
        except Refused as error:
            refusal = str(error)
        else:
            return back_with(request, f"Gitt til {found.heir.name}.", f"/team/register/overlevering/{found.id}/gitt")
    sees = by.has(Role.COORDINATOR)
    held = handing.held_by(found.leaving_id) if sees else {}
    numbers = [(kind, sum(number for (_, code), number in held.items() if code == kind.code)) for kind in
               handing.kinds()]  # fmt: skip
    context = {
        "row": found,
        "sees": sees,
        "refusal": refusal,
        "gives": [kind.words(number) for kind, number in numbers if number and kind.give],
        "stays": [kind.words(number) for kind, number in numbers if number and not kind.give],
        "links": register.holding(found.leaving_id) if sees else [],
    }
    return page(request, "inbox/handing.html", context, status=422 if refusal else 200)


@allow(Permission.SETTINGS)
@require_safe
def receipt(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """What was given and what stayed, of the matters that the reader sees."""
    by = reader(request)
    found = handover_for(by, handover_id)
    rows = handing_queries.handed(found)
    matters = {row.concern_id for row in rows if row.concern_id is not None}
    homes = homes_of(matters)
    record(by=by, action=Action.LIST, what="inbox.concern", ids=sorted(matters))
    times: dict[datetime, list[Handed]] = {}
    for row in rows:
        times.setdefault(row.at, []).append(row)
    context = {
        "row": found,
        "times": [
            {"first": lines[0], "given": _lines(lines, homes, "given"), "stays": _lines(lines, homes, "stays")}
            for lines in times.values()
        ],
    }
    return page(request, "inbox/handing_receipt.html", context)


def _lines(rows: Iterable[Handed], homes: dict[UUID, Home], which: str) -> list[dict[str, Any]]:
    """Per matter, those about none last: where it is, and what of it."""
    kinds = {kind.code: kind for kind in handing.kinds()}
    found: dict[UUID | None, list[str]] = {}
    for row in sorted(rows, key=lambda each: kinds[each.kind].order if each.kind in kinds else 0):
        number = getattr(row, which)
        if number and row.kind in kinds:
            found.setdefault(row.concern_id, []).append(kinds[row.kind].words(number))
    named = [{"home": homes.get(key) if key else None, "said": said} for key, said in found.items()]
    return sorted(named, key=lambda each: each["home"] is None)
