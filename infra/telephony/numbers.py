"""Telephone numbers: one way of writing, and what may be told of whoever rings. Pure."""

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

WITHHELD = "withheld"
SHORT = re.compile(r"\d{3,6}")  # 116006, 02800: there is no E.164 form that can be rung from everywhere
_NOBODY = {"", "anonymous", "anonym", "unavailable", "restricted", "private", "withheld", "unknown", "asterisk"}
_SENDER = re.compile(
    r'^\s*(?:"(?P<name>(?:[^"\\]|\\.)*)"|(?P<bare>[^<]*?))\s*'
    r"<?(?:sips?:(?P<user>[^@>;]*)@(?P<host>[^>;:]+)|tel:(?P<phone>[^>;]*))",
    re.IGNORECASE,
)
_RPID = re.compile(r";\s*privacy\s*=\s*\"?(?P<word>[\w-]+)", re.IGNORECASE)


def e164(raw: str, region: str = "NO") -> str | None:
    """`+4761189500` from any way of writing; short numbers as they are; None for what is no number."""
    text = re.sub(r"[\s().-]", "", raw)
    if SHORT.fullmatch(text):
        return text
    try:
        parsed = phonenumbers.parse(text, region)
    except NumberParseException:
        return None
    national = phonenumbers.national_significant_number(parsed)
    if parsed.country_code == phonenumbers.country_code_for_region(region) and SHORT.fullmatch(national):
        return national
    possible = phonenumbers.is_possible_number(parsed)
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164) if possible else None


@dataclass(frozen=True, slots=True)
class Heard:
    """What came with a call, as the dialplan read it; empty where nothing came."""

    number: str  # the caller as Asterisk understood it: P-Asserted-Identity where there is one, otherwise From
    presentation: str  # CALLERID(pres): `allowed…`, `prohib…` or `unavailable`
    sender: str  # the From header
    privacy: str  # the Privacy header (RFC 3323, 3325)
    remote: str  # Remote-Party-ID, which older exchanges use


def withheld(heard: Heard) -> bool:
    """Whether the caller has asked not to be known, in any of the ways that exist. In doubt: yes."""
    return (
        not heard.presentation.lower().startswith("allowed")
        or _asks_for_privacy(heard.privacy)
        or _anonymous(heard.sender)
        or any(found["word"].lower() != "off" for found in _RPID.finditer(heard.remote))
        or heard.number.strip().lower() in _NOBODY
    )


def caller(heard: Heard, region: str = "NO") -> str | None:
    """What Varde is told: a number, `withheld`, or None for a caller whose number makes no sense."""
    return WITHHELD if withheld(heard) else e164(heard.number, region)


def _asks_for_privacy(header: str) -> bool:
    return bool({word.strip().lower() for word in re.split(r"[;,]", header)} - {"", "none", "critical"})


def _anonymous(sender: str) -> bool:
    found = _SENDER.match(sender)
    if found is None:
        return True
    host = (found["host"] or "").lower()
    name = (found["name"] or found["bare"] or "").strip().lower()
    user = (found["user"] or found["phone"] or "").strip().lower()
    return user in _NOBODY or host.endswith("anonymous.invalid") or name in _NOBODY - {""}
