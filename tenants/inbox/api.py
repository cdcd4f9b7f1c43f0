"""The doors for machines: send a report, follow a report. Reports are never throttled."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpResponse
from django.utils.translation import get_language_from_request
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from shared.registry.models import Office
from shared.registry.queries import facts
from tenants.inbox import limits, mistakes_queries, queries
from tenants.inbox.access import concern_with_receipt
from tenants.inbox.actions import KeyUsed, Received, receive
from tenants.inbox.api_body import BadBody, Fault, read
from tenants.inbox.api_schema import report_schema, state_schema
from tenants.inbox.api_texts import TEXTS, say
from tenants.inbox.forms import KEY_LENGTH
from tenants.inbox.models import ReporterMessage
from tenants.inbox.told import Told
from varde.access import Reader, anyone, as_purpose, reader
from varde.address import address_of
from varde.clock import now
from varde.tenancy.directory import facts_of
from varde.tenancy.door import need_office
from varde.ui.dates import day_of
from varde.ui.json_doors import CarefulJSON, NoLogIn, OnlyJSON
from varde.ui.problems import problem

MOST_BYTES = CarefulJSON.most_bytes
WITHDRAWN = "Meldingen er trukket tilbake."


class NoTeam(exceptions.APIException):
    """A kommune that has no team yet receives nothing here."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office


class TooOften(exceptions.APIException):
    """A receipt is tried too often."""

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds


class NoLength(exceptions.APIException):
    """A body sent in pieces: Django would take it for an empty one, and that would be answered with a lie."""


def language_of(request: Any) -> str:
    """nb, nn or en; Bokmål when nothing else was asked for."""
    found = get_language_from_request(request)
    return found if found in TEXTS else "nb"


class Door(NoLogIn):
    """What both doors share: JSON in and out, faults as problem+json in the language asked for."""

    parser_classes = [CarefulJSON]
    renderer_classes = [JSONRenderer]
    content_negotiation_class = OnlyJSON

    def handle_exception(self, exc: Exception) -> Response:
        """Known faults as problems; everything else goes on and becomes «ikke mottatt» with 500."""
        language = language_of(self.request)
        for kind, answer in _ANSWERS:
            if isinstance(exc, kind):
                response = answer(exc, language)
                response["Content-Language"] = language
                if response.status_code == 405:
                    response["Allow"] = ", ".join(self.allowed_methods)
                return cast(Response, response)
        raise exc

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """A receipt or a state is never kept by a cache."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response


class Reports(Door):
    """POST a concern."""

    http_method_names = ["post"]

    @report_schema
    def post(self, request: Request) -> Response:
        """201 with the receipt; sent only after the commit, because the request's transaction ends before it is."""
        if "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
            raise NoLength
        if not facts_of(need_office())["has_team"]:
            raise NoTeam(facts(need_office()))
        body = request.data
        if not isinstance(body, dict):
            raise BadBody([])
        key = _client_key(request)
        told = read(body, day_of(now()))
        # A machine is never asked for proof of work: in a flood its report is received too, and sorted later.
        told = replace(told, sorted_later=limits.came_in_flood(need_office().id, address_of(request)))
        got = _store(told, key, reader(request._request))
        return Response({"receipt": got.receipt, "received_at": _moment(got.received_at)}, status=201)


def _store(told: Told, key: str, by: Reader) -> Received:
    return receive(told=told, channel="api", by=by, client_key=key)


def _client_key(request: Request) -> str:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return ""
    if len(key) not in KEY_LENGTH or not all("!" <= char <= "~" for char in key):
        raise BadBody([Fault("Idempotency-Key", "key")])
    return key


class Report(Door):
    """GET how far a concern has come."""

    http_method_names = ["get", "head"]

    @state_schema
    def get(self, request: Request, receipt: str) -> Response:
        """State and messages to the reporter, nothing else."""
        ref = need_office()
        wait = limits.wait_for_receipt(ref.id, address_of(request))
        if wait is not None:
            raise TooOften(wait)
        found = concern_with_receipt(reader(request._request), receipt)
        rows = queries.messages_to_reporter(found.id)
        gone = mistakes_queries.marks_of(ReporterMessage, [row.pk for row in rows])
        letters = [{"at": _moment(row.at), "text": WITHDRAWN if row.pk in gone else row.text} for row in rows]
        return Response({"state": found.progress, "messages": letters})


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _simple(status: int, key: str, *values: object) -> Callable[[Any, str], HttpResponse]:
    return lambda _exc, language: problem(status, say(language, f"title_{status}"), say(language, key, *values))


def _faults(exc: BadBody, language: str) -> HttpResponse:
    entries = [{"field": f.field, "message": say(language, f.key, *f.values)} for f in exc.faults]
    return problem(400, say(language, "title_400"), say(language, "fields" if entries else "not_object"), entries)


def _no_team(exc: NoTeam, language: str) -> HttpResponse:
    office = exc.office
    contact = " ".join(
        part for part in (office.ordinary_name or f"{office.name} kommune", office.ordinary_phone) if part
    )
    return problem(422, say(language, "title_422"), say(language, "no_team", office.name, contact))


def _wait(exc: TooOften, language: str) -> HttpResponse:
    response = problem(429, say(language, "title_429"), say(language, "wait", exc.seconds))
    response["Retry-After"] = str(exc.seconds)
    return response


_ANSWERS: list[tuple[type[Exception], Callable[[Any, str], HttpResponse]]] = [
    (BadBody, _faults),
    (NoTeam, _no_team),
    (KeyUsed, _simple(409, "key_used")),
    (RequestDataTooBig, _simple(413, "too_large", MOST_BYTES)),
    (NoLength, _simple(411, "no_length")),
    (exceptions.UnsupportedMediaType, _simple(415, "only_json")),
    (exceptions.MethodNotAllowed, _simple(405, "method")),
    (exceptions.ParseError, _simple(400, "not_json")),
    (TooOften, _wait),
    (Http404, _simple(404, "wrong_code")),
]


class Schema(NoLogIn, SpectacularJSONAPIView):
    """OpenAPI 3.1 of a kommune's host."""

    urlconf = "varde.urls_kommune"
    content_negotiation_class = OnlyJSON


reports = anyone(as_purpose("intake")(Reports.as_view()))
report = anyone(as_purpose("receipt")(Report.as_view()))
schema = anyone(Schema.as_view())
