"""The API's description, made from the same tables that check the body."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema

from tenants.inbox.api_body import BOOLEANS, CHOICES, KINDS, REQUIRED
from tenants.inbox.states import PROGRESS
from tenants.inbox.told import LABELS, LIMITS, WHO_SEES_IT
from varde.ui.problems import PROBLEM

_APART = "Send feltet, også tomt, når dere spør om dette for seg. Uten det vet ikke teamet hvem safe_contact gjelder."


def _fields() -> dict[str, Any]:
    texts = {name: {"type": "string", "maxLength": limit} for name, limit in LIMITS.items()}
    choices = {name: {"type": "string", "enum": codes} for name, codes in CHOICES.items()}
    choices["reporter_kind"] = {"type": "string", "enum": KINDS}
    booleans = {name: {"type": "boolean"} for name in BOOLEANS}
    day = {"occurred_on": {"type": "string", "format": "date"}}
    every: dict[str, Any] = choices | booleans | day | texts
    said = LABELS | {
        "about_staff": f"{LABELS['about_staff']} {WHO_SEES_IT}",
        "safe_person": f"{LABELS['safe_person']} {_APART}",
    }
    return {name: field | ({"description": said[name]} if name in said else {}) for name, field in every.items()}


REPORT = {
    "type": "object",
    "required": list(REQUIRED),
    "additionalProperties": False,
    "properties": _fields(),
}
RECEIPT = {
    "type": "object",
    "required": ["receipt", "received_at"],
    "properties": {
        "receipt": {"type": "string", "pattern": "^[0-9]{4}( [0-9]{4}){3}$"},
        "received_at": {"type": "string", "format": "date-time"},
    },
}
STATE = {
    "type": "object",
    "required": ["state", "messages"],
    "properties": {
        "state": {"type": "string", "enum": [code for code, _ in PROGRESS if code != "returned"]},
        "messages": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["at", "text"],
                "properties": {"at": {"type": "string", "format": "date-time"}, "text": {"type": "string"}},
            },
        },
    },
}
_LANGUAGE = OpenApiParameter("Accept-Language", str, "header", enum=["nb", "nn", "en"], description="Svarets språk.")
_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    "header",
    description="16 til 200 synlige ASCII-tegn, tilfeldige. Samme nøkkel og samme innhold gir samme kvittering i 30 "
    "dager. Uten nøkkel er hver sending en ny bekymring.",
)
_EXAMPLES = [
    OpenApiExample(
        "Minste melding",
        value={"reporter_kind": "privat", "anonymous": True, "what": "Jeg er redd naboen min blir slått."},
        request_only=True,
    ),
    OpenApiExample(
        "Fra et fagsystem",
        value={
            "reporter_kind": "ansatt",
            "anonymous": False,
            "what": "Blåmerker på begge armer. Vil ikke si hvordan det skjedde.",
            "who": "Kvinne, 84 år",
            "occurred_on": "2026-01-07",
            "reporter_name": "Ola Nordmann",
            "reporter_phone": "61189500",
            "person_knows": "consents",
        },
        request_only=True,
    ),
    OpenApiExample(
        "Kvittering",
        value={"receipt": "1234 5678 9012 3456", "received_at": "2026-01-07T12:00:00Z"},
        response_only=True,
        status_codes=["201"],
    ),
]


def _problems(*statuses: int) -> dict[Any, Any]:
    return {(status, "application/problem+json"): PROBLEM for status in statuses}


report_schema = extend_schema(
    operation_id="send_report",
    summary="Send en bekymring",
    description="Svaret 201 sendes først når bekymringen er lagret i kommunen. Ethvert annet svar betyr IKKE mottatt. "
    "Filer tas ikke imot her. Skal en fil med, må noen sende den med nettskjemaet eller registrere den i innboksen.",
    parameters=[_KEY, _LANGUAGE],
    request={"application/json": REPORT},
    responses={(201, "application/json"): RECEIPT} | _problems(400, 409, 413, 415, 422, 500, 503),
    examples=_EXAMPLES,
    tags=["reports"],
)
state_schema = extend_schema(
    operation_id="follow_report",
    summary="Følg en bekymring",
    description="Bare tilstanden og meldinger til melderen. Alle koder som ikke finnes, får samme svar.",
    parameters=[OpenApiParameter("receipt", str, "path", description="16 siffer"), _LANGUAGE],
    responses={(200, "application/json"): STATE} | _problems(404, 429),
    examples=[
        OpenApiExample(
            "Under arbeid",
            value={
                "state": "in_progress",
                "messages": [{"at": "2026-01-08T09:00:00Z", "text": "Takk. Vi er i gang."}],
            },
            response_only=True,
            status_codes=["200"],
        )
    ],
    tags=["reports"],
)
