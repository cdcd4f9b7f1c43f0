"""`GET /api/v1/lines?number=`: who answers a number now, for the telephone system. No caller's number comes here."""

from datetime import datetime
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from regional.lines import queries
from regional.lines.board import Board, board
from regional.lines.greetings import LANGUAGES
from regional.lines.models import Line
from regional.lines.numbers import NotANumber, e164
from varde.audit.actions import Action, record
from varde.clock import now
from varde.machines.api import MachineDoor, machine_door, machine_of, machine_reader

_ANSWER = {
    "type": "object",
    "required": ["answer", "ring", "greeting", "until"],
    "properties": {
        "answer": {"type": "string", "enum": ["hotline", "own", "krisesenter", "form", "legevakt"]},
        "ring": {"type": "array", "items": {"type": "string"}, "description": "E.164 or short numbers, rung at once."},
        "greeting": {"type": "object", "additionalProperties": {"type": "string"}},
        "shared_with": {"type": "string"},
        "until": {"type": ["string", "null"], "format": "date-time"},
    },
}


class Lines(MachineDoor):
    """A number in, what is to ring out. A number that leads nowhere here is 404."""

    scope = "lines"
    http_method_names = ["get", "head"]

    @extend_schema(
        operation_id="lines",
        summary="Hvem svarer på et nummer nå",
        parameters=[OpenApiParameter("number", str, required=True, description="E.164, eller et kort nummer.")],
        responses={200: _ANSWER, 404: None},
    )
    def get(self, request: Request) -> Response:
        """What answers now."""
        number, moment = _number(request), now()
        line = queries.line_for(number, moment)
        machine = machine_of(request).name
        if line is None:
            record(by=machine_reader(request), action=Action.DENIED, what="lines.line", reason=machine)
            raise NotFound
        record(by=machine_reader(request), action=Action.VIEW, what="lines.line", ids=[line.id], reason=machine)
        return Response(_said(line, board(moment), moment))


def _number(request: Request) -> str:
    unknown = request.query_params.keys() - {"number"}
    if unknown:
        raise ValidationError({name: ["Ukjent felt."] for name in sorted(unknown)})
    try:
        return e164(request.query_params.get("number", ""))
    except NotANumber as error:
        raise ValidationError({"number": [str(error)]}) from error


def _said(line: Line, known: Board, moment: datetime) -> dict[str, Any]:
    way = known.routed(line, moment)
    words = {code: queries.greeting(way.line or line, code) for code in LANGUAGES}
    return {
        "answer": way.kind,
        "ring": way.apparatus,
        "greeting": {code: said.recorded for code, said in words.items() if said.written},
        "shared_with": line.shared_with,
        "until": way.until.isoformat() if way.until else None,
    }


lines = machine_door(Lines)
