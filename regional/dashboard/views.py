"""The region's figures: one released table at a time, and the same figure through the releases."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from regional.dashboard.choosing import KINDS, Told, by_kind, first, told
from regional.dashboard.through import CASES, MEASURES, questions, through
from regional.releases.given import Given, given
from regional.releases.views import broken
from varde.access import Permission, allow, reader
from varde.ui.released import picture
from varde.ui.shortcuts import page


@require_GET
@allow(Permission.STATISTICS_READ)
def dashboard(request: HttpRequest) -> HttpResponse:
    """One released table, as pictures and figures."""
    try:
        releases = given(reader(request))
    except ValueError as error:  # Broken too: then nothing is said
        return broken(request, error)
    tables = told(releases)
    usual = first(tables)
    gone = [one for one in releases if one.withdrawn_at]
    if usual is None:
        return page(request, "dashboard/nothing.html", {"gone": gone})
    wanted = request.GET.get("tabell", "")
    chosen = next((one for one in tables if one.table.id == wanted), None)
    unknown = bool(wanted) and chosen is None
    context = {
        "kinds": by_kind(tables),
        "chosen": chosen or usual,
        "unknown": unknown,
        "picture": picture((chosen or usual).table),
        "gone": gone,
    }
    return page(request, "dashboard/dashboard.html", context, status=400 if unknown else 200)


@require_GET
@allow(Permission.STATISTICS_READ)
def over_time(request: HttpRequest) -> HttpResponse:
    """One figure in every table of a kind."""
    try:
        releases = given(reader(request))
    except ValueError as error:
        return broken(request, error)
    tables = told(releases)
    gone = [one for one in releases if one.withdrawn_at]
    if not tables:
        return page(request, "dashboard/nothing.html", {"gone": gone})
    context = _through(request, tables, gone)
    return page(request, "dashboard/over_time.html", context, status=400 if context["unknown"] else 200)


def _through(request: HttpRequest, tables: Sequence[Told], gone: Sequence[Given]) -> dict[str, Any]:
    have = {one.table.kind for one in tables}
    offered: dict[str, dict[str, str]] = {
        "slag": {kind: title for kind, title in KINDS.items() if kind in have},
        "tall": MEASURES,
    }
    offered["sporsmal"] = questions(tables)
    usual = {"slag": next(iter(offered["slag"])), "tall": "antall", "sporsmal": CASES}
    asked = {name: request.GET.get(name, "") for name in usual}
    said = {name: asked[name] if asked[name] in offered[name] else usual[name] for name in usual}
    kept = [one for one in tables if one.table.kind == said["slag"]]
    return {
        "offered": offered,
        "said": said,
        "unknown": any(asked[name] and asked[name] != said[name] for name in usual),
        "kind": offered["slag"][said["slag"]],
        "drawn": through(kept, said["sporsmal"], share=said["tall"] == "andel", withdrawn=gone),
    }
