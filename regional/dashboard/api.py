"""GET /api/v1/releases: what has been given out, for machines with a token. A release is its frozen bytes."""

import hashlib
import json
from typing import Any, cast

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from regional.dashboard.api_schema import release_schema, releases_schema
from regional.dashboard.copies import copy_of, withdrawn
from regional.releases.given import Given, all_given
from varde.audit.actions import Action, record
from varde.machines.api import MachineDoor, machine_door, machine_of, machine_reader
from varde.ui.problems import problem

WHAT = "releases.release"
GONE = "Utgivelsen er trukket tilbake, og tallene vises ikke mer."
BROKEN = "Noe som er gitt ut, er ikke slik det ble gitt ut. Ingen tall vises før driften har funnet ut av det."
UNKNOWN = "Det finnes ingen utgivelse med det nummeret."


class Releases(MachineDoor):
    """Every release, the newest first: its number, tables and digest; the figures stand under its own address."""

    scope = "releases"
    http_method_names = ["get", "head"]

    @releases_schema
    def get(self, request: Request) -> HttpResponse:
        """The list."""
        _nothing_asked(request)
        try:
            said = [_said(one) for one in all_given()]
        except ValueError:
            return problem(503, "Kan ikke vises", BROKEN)
        content = json.dumps({"releases": said}, ensure_ascii=False, sort_keys=True)
        record(by=machine_reader(request), action=Action.VIEW, what=WHAT, reason=machine_of(request).name)
        return _answer(request, content.encode(), hashlib.sha256(content.encode()).hexdigest())


class Release(MachineDoor):
    """One release, byte for byte as it was frozen."""

    scope = "releases"
    http_method_names = ["get", "head"]

    @release_schema
    def get(self, request: Request, number: int) -> HttpResponse:
        """The frozen copy; 410 for one that is withdrawn."""
        _nothing_asked(request)
        by, machine = machine_reader(request), machine_of(request).name
        try:
            copy = copy_of(number)
        except ValueError:
            return problem(503, "Kan ikke vises", BROKEN)
        if copy is None:
            record(by=by, action=Action.DENIED, what=WHAT, reason=machine)
            gone = withdrawn(number)
            return problem(410, "Trukket tilbake", GONE) if gone else problem(404, "Finnes ikke", UNKNOWN)
        record(by=by, action=Action.EXPORT, what=WHAT, ids=[str(number)], reason=machine)
        return _answer(request, copy.content, copy.digest)


def _nothing_asked(request: Request) -> None:
    """Nothing can be chosen: what is given out is given out whole."""
    if request.query_params:
        raise ValidationError({name: ["Ukjent felt."] for name in sorted(request.query_params)})


def _said(one: Given) -> dict[str, Any]:
    return {
        "number": one.number,
        "period": one.period,
        "label": one.label,
        "given_at": one.at.isoformat(),
        "approved_by": one.approved_by,
        "digest": one.digest,
        "tables": [{"id": table.id, "kind": table.kind, "label": table.label} for table in one.tables],
        "withdrawn_at": one.withdrawn_at.isoformat() if one.withdrawn_at else None,
        "href": f"/api/v1/releases/{one.number}",
    }


def _answer(request: Request, content: bytes, digest: str) -> HttpResponse:
    """The bytes, or 304 where the machine has them already."""
    etag = quote_etag(digest)
    said = HttpResponse(content, content_type="application/json", headers={"ETag": etag})
    return cast(HttpResponse, get_conditional_response(request._request, etag=etag, response=said))


releases = machine_door(Releases)
release = machine_door(Release)
