"""What a telephone system may say of a call, and what is shown of a number. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

EVENTS = ("ringing", "answered", "ended")
FIELDS = ("call_id", "from", "to", "event", "at")
WITHHELD = "withheld"
# What was said longer ago, or lies further ahead, may be an old message sent again.
OFF = timedelta(minutes=5)
_NUMBER = re.compile(r"\+[1-9][0-9]{3,14}|[0-9]{3,6}")
_ID = re.compile(r"[!-~]{1,64}")


@dataclass(frozen=True, slots=True)
class Said:
    """One event. `caller` is a number, «withheld», or "" where the system did not say; `at` None means now."""

    call_id: str
    event: str
    caller: str
    to: str
    at: datetime | None


class BadCall(ValueError):
    """What was sent is no event of a call: a sentence per field."""

    def __init__(self, faults: list[dict[str, str]]) -> None:
        super().__init__("Rett feltene og send på nytt.")
        self.faults = faults[:50]


def read(body: Mapping[str, Any], header: str, now: datetime) -> Said:
    """The event, or BadCall with every fault at once. `header` is the Idempotency-Key, for those without call_id."""
    faults = [_fault(str(name)[:100], "Feltet er ukjent.") for name in body if name not in FIELDS]
    call_id = body.get("call_id", header)
    if not isinstance(call_id, str) or not _ID.fullmatch(call_id):
        faults.append(_fault("call_id", "Må være 1 til 64 tegn uten mellomrom."))
    event = body.get("event", "ringing")
    if event not in EVENTS:
        faults.append(_fault("event", "Må være ringing, answered eller ended."))
    faults += [_fault(name, _WRONG[name]) for name in ("from", "to") if not _is_number(name, body.get(name))]
    at, wrong = _moment(body.get("at"), now)
    faults += [_fault("at", wrong)] if wrong else []
    if faults:
        raise BadCall(faults)
    return Said(call_id, event, body.get("from") or "", body.get("to") or "", at)


_WRONG = {
    "from": "Må være et nummer med landkode (+47…), et kortnummer, withheld eller null.",
    "to": "Må være et nummer med landkode (+47…) eller et kortnummer.",
}


def _is_number(name: str, value: object) -> bool:
    if value is None or (name == "from" and value == WITHHELD):
        return True
    return isinstance(value, str) and bool(_NUMBER.fullmatch(value))


def _moment(value: object, now: datetime) -> tuple[datetime | None, str]:
    if value is None:
        return None, ""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        return None, "Må være et tidspunkt etter ISO 8601 med forskjell fra UTC."
    return (
        (at, "") if abs(at - now) <= OFF else (None, "Er mer enn fem minutter fra klokken her. Meldingen er ikke ny.")
    )


def _fault(field: str, message: str) -> dict[str, str]:
    return {"field": field, "message": message}


def mask(number: str) -> str:
    """What others see of a number: that it is withheld, or its last two digits. "" for none and for a short number."""
    if number == WITHHELD:
        return WITHHELD
    digits = [sign for sign in number if sign.isdigit()]
    return "".join(digits[-2:]) if len(digits) > 6 else ""
