"""From a JSON value to `Told`, or every fault of it by field. Pure: `today` is handed in."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tenants.inbox.states import ABOUT_STAFF
from tenants.inbox.told import LEADER_TOLD, LIMITS, PERSON_KNOWS, REPORTER_KINDS, Told, names_itself
from varde.text import clean_text

REQUIRED = ("reporter_kind", "anonymous", "what")
KINDS = [code for code, _ in REPORTER_KINDS]
CHOICES = {
    "reporter_kind": [*KINDS, "anonym"],
    "person_knows": [code for code, _ in PERSON_KNOWS],
    "leader_told": [code for code, _ in LEADER_TOLD],
    "about_staff": [code for code, _ in ABOUT_STAFF],
}
BOOLEANS = ("anonymous", "acute")
KNOWN = frozenset({*LIMITS, *CHOICES, *BOOLEANS, "occurred_on"})
# A body with thousands of unknown names gets an answer of a reasonable size.
MOST_FAULTS = 50
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field: a key of `api_texts` and what the sentence names."""

    field: str
    key: str
    values: tuple[object, ...] = ()


class BadBody(ValueError):
    """The body is not a report; `faults` has one entry per field."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("Meldingen har feil.")
        self.faults = faults[:MOST_FAULTS]


class _Wrong(ValueError):
    def __init__(self, key: str, *values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


def read(body: dict[str, Any], today: date) -> Told:
    """The told fields. BadBody with every fault at once; nothing is guessed, cut or dropped."""
    faults = [Fault(name[:100], "unknown") for name in body if name not in KNOWN]
    given = {name: value for name, value in body.items() if name in KNOWN and value is not None}
    if given.get("reporter_kind") == "anonym" and "anonymous" not in given:
        given["anonymous"] = True
    faults += [Fault(name, "required") for name in REQUIRED if name not in given]
    clean: dict[str, Any] = {}
    for name, value in given.items():
        try:
            clean[name] = _reader_of(name)(name, value, today)
        except _Wrong as wrong:
            faults.append(Fault(name, wrong.key, wrong.values))
    faults += _together(clean)
    if faults:
        raise BadBody(faults)
    if clean["reporter_kind"] == "anonym":
        clean["reporter_kind"] = "privat"
    # A system that does not know the newer field asked for one way, and not of whom.
    return Told(**clean, safe_apart="safe_person" in body)


def _together(clean: dict[str, Any]) -> list[Fault]:
    """Faults that only two fields together have."""
    if clean.get("reporter_kind") == "anonym" and clean.get("anonymous") is False:
        return [Fault("anonymous", "anonym")]
    typed = (clean.get("reporter_name", ""), clean.get("reporter_phone", ""))
    if names_itself(clean.get("anonymous", False), *typed):
        return [Fault("anonymous", "anonymous")]
    return []


_Read = Callable[[str, Any, date], Any]


def _reader_of(name: str) -> _Read:
    if name in BOOLEANS:
        return _boolean
    if name in CHOICES:
        return _choice
    return _day if name == "occurred_on" else _text


def _boolean(name: str, value: Any, today: date) -> bool:
    if not isinstance(value, bool):
        raise _Wrong("bool")
    return value


def _choice(name: str, value: Any, today: date) -> str:
    if value == "" and name not in REQUIRED:
        return ""
    if not isinstance(value, str) or value not in CHOICES[name]:
        raise _Wrong("choice", ", ".join(KINDS if name == "reporter_kind" else CHOICES[name]))
    return value


def _day(name: str, value: Any, today: date) -> date:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and _DAY.fullmatch(value) else None
    except ValueError:
        day = None
    if day is None:
        raise _Wrong("date")
    if day > today:
        raise _Wrong("future")
    return day


def _text(name: str, value: Any, today: date) -> str:
    if not isinstance(value, str):
        raise _Wrong("text")
    if len(value.strip()) > LIMITS[name]:
        raise _Wrong("too_long", LIMITS[name])
    try:
        text = clean_text(value, LIMITS[name])
    except ValueError as error:
        broken = any("\ud800" <= char <= "\udfff" for char in value)
        raise _Wrong("surrogate" if broken else "control") from error
    if not text and name in REQUIRED:
        raise _Wrong("required")
    return text
