"""The description of the region's API, made from the tables that check the body."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from drf_spectacular.views import SpectacularJSONAPIView

from regional.hotline.ringing import EVENTS, WITHHELD
from regional.hotline.states import STATES
from varde.access import anyone
from varde.ui.json_doors import NoLogIn, OnlyJSON
from varde.ui.problems import PROBLEM

NUMBER = "Med landkode (+47…), eller et kortnummer på tre til seks sifre."
CALL = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "call_id": {
            "type": "string", "minLength": 1, "maxLength": 64,
            "description": "Telefonsystemets eget nummer på samtalen. Kan også stå i Idempotency-Key.",
        },
        "from": {
            "type": ["string", "null"],
            "description": f"{NUMBER} «{WITHHELD}» for skjult nummer. Vises ikke for andre enn den som tar samtalen.",
        },
        "to": {"type": ["string", "null"], "description": f"Nummeret det ble ringt til. {NUMBER}"},
        "event": {"type": "string", "enum": list(EVENTS), "default": EVENTS[0]},
        "at": {
            "type": ["string", "null"], "format": "date-time",
            "description": "Når det skjedde. Uten feltet: nå. Mer enn fem minutter fra klokken her blir avvist.",
        },
    },
}  # fmt: skip
HEARD = {
    "type": "object",
    "required": ["reference", "state", "answers"],
    "properties": {
        "reference": {"type": "string", "pattern": "^V-[0-9A-Z]{4}-[0-9A-Z]{2}$"},
        "state": {"type": "string", "enum": [code for code, _ in STATES]},
        "answers": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Apparatene som skal ringe nå.",
        },
    },
}
_KEY = OpenApiParameter(
    "Idempotency-Key", str, "header", description="Samtalens nummer, for den som ikke sender call_id."
)
_EXAMPLES = [
    OpenApiExample(
        "Det ringer",
        value={"call_id": "1795423.12", "from": "+4761189500", "to": "+4761150000", "event": "ringing"},
        request_only=True,
    ),
    OpenApiExample(
        "Skjult nummer", value={"call_id": "1795424.3", "from": WITHHELD, "event": "ringing"}, request_only=True
    ),
    OpenApiExample("Lagt på", value={"call_id": "1795423.12", "event": "ended"}, request_only=True),
]


def _problems(*statuses: int) -> dict[Any, Any]:
    return {(status, "application/problem+json"): PROBLEM for status in statuses}


calls_schema = extend_schema(
    operation_id="announce_call",
    summary="Meld fra om en telefonsamtale",
    description="En samtale meldes når det ringer, når noen løfter røret, og når den er over. Det samme sagt to ganger "
    "er sagt én gang. Svaret holder aldri et telefonnummer.",
    parameters=[_KEY],
    request={"application/json": CALL},
    responses={(200, "application/json"): HEARD, (201, "application/json"): HEARD}
    | _problems(400, 401, 403, 404, 409, 413, 415, 429),
    examples=_EXAMPLES,
)


class Schema(NoLogIn, SpectacularJSONAPIView):
    """OpenAPI 3.1 of a region's host."""

    urlconf = "varde.urls_region"
    content_negotiation_class = OnlyJSON


schema = anyone(Schema.as_view())
