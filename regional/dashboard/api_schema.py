"""The description of the releases in the region's API."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema

from varde.ui.problems import PROBLEM

_COUNT = {"type": ["integer", "null"], "minimum": 0, "description": "null: null, lite, eller skjult for et annet tall."}
_SHARE = {"type": ["integer", "null"], "minimum": 0, "maximum": 100, "description": "Hele prosent av trykte tall."}
_TEXT, _TEXTS = {"type": "string"}, {"type": "array", "items": {"type": "string"}}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


_LINE = _object(code=_TEXT, label=_TEXT, value=_COUNT, share=_SHARE, share_answered=_SHARE)
_QUESTION = _object(
    key=_TEXT,
    label=_TEXT,
    group={"type": "string", "enum": ["form", "steering", "phone"]},
    level={"type": "string", "enum": ["all", "groups", "few"]},
    unit={"type": "string", "enum": ["cases", "ticks", "calls"]},
    asked=_COUNT,
    answered=_COUNT,
    ticks=_COUNT,
    multi=_COUNT,
    lines={"type": "array", "items": _LINE},
    blank=_LINE,
    rest=_LINE | {"type": ["object", "null"]},
)
_FIGURE = _object(
    id=_TEXT, label=_TEXT, question=_TEXT, any=_TEXTS, among={"type": "object"}, count=_COUNT, of=_COUNT, share=_SHARE
)
_KIND = {"type": "string", "enum": ["quarter", "half", "year", "start"]}
_TABLE = _object(
    id=_TEXT,
    kind=_KIND,
    label=_TEXT,
    periods=_TEXTS,
    cases=_COUNT,
    questions={"type": "array", "items": _QUESTION},
    left_out=_TEXTS,
    planned={"type": "array", "items": _FIGURE},
    population=_COUNT,
    kommuner=_TEXTS,
    starts={"type": "object", "additionalProperties": {"type": ["string", "null"], "format": "date"}},
    notes=_TEXTS,
)
FROZEN = _object(period=_TEXT, label=_TEXT, tables={"type": "array", "items": _TABLE}, protection={"type": "object"})
LISTED = _object(
    releases={
        "type": "array",
        "items": _object(
            number={"type": "integer", "minimum": 1},
            period=_TEXT,
            label=_TEXT,
            given_at={"type": "string", "format": "date-time"},
            approved_by=_TEXT,
            digest={"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "SHA-256 av bytene som er frosset."},
            tables={"type": "array", "items": _object(id=_TEXT, kind=_KIND, label=_TEXT)},
            withdrawn_at={"type": ["string", "null"], "format": "date-time"},
            href=_TEXT,
        ),
    }
)


def _responses(said: dict[str, Any], *statuses: int) -> dict[Any, Any]:
    problems: dict[Any, Any] = {(status, "application/problem+json"): PROBLEM for status in statuses}
    return {(200, "application/json"): said, (304, "application/json"): None} | problems


releases_schema = extend_schema(
    operation_id="list_releases",
    summary="Tall som er gitt ut",
    description="Alle utgivelser, den nyeste først. En utgivelse som er trukket tilbake, står uten tabeller.",
    responses=_responses(LISTED, 400, 401, 403, 429, 503),
)
release_schema = extend_schema(
    operation_id="get_release",
    summary="Én utgivelse",
    description="Bytene som ble frosset da to personer ga tallene ut. ETag er fingeravtrykket i hovedboken.",
    parameters=[OpenApiParameter("number", int, "path", description="Nummeret i hovedboken.")],
    responses=_responses(FROZEN, 400, 401, 403, 404, 410, 429, 503),
)
