"""What a decision to share must say, and how a one-time link is made. Pure: randomness is handed in."""

import re
from datetime import datetime, timedelta

from varde.refusal import Refused

CONSENTS = [
    ("yes", "Ja, personen samtykker"),
    ("no", "Nei, personen ønsker det ikke"),
    ("unable", "Personen kan ikke samtykke"),
    ("not_asked", "Personen er ikke spurt"),
]
WAYS = [
    ("link", "Engangslenke, med kode på telefon"),
    ("phone", "Sagt på telefon"),
    ("meeting", "Sagt i et møte"),
    ("letter", "Brev eller overlevert på papir"),
]
LASTS = [("1", "1 time"), ("4", "4 timer"), ("24", "1 døgn"), ("72", "3 døgn"), ("168", "7 døgn"), ("336", "14 døgn")]
SECRET_BYTES = 24
CODE_DIGITS = 8
# As in the database's function `sharing_try`.
MOST_WRONG = 5
CONSENT_GROUND = "samtykke"


def check_consent(ground: str, consent: str, why: str) -> None:
    """Raise Refused when ground and consent disagree, or when it is not said why there is none."""
    if ground == CONSENT_GROUND and consent != "yes":
        raise Refused(
            "Grunnlaget er samtykke, men personen samtykker ikke. Velg et annet grunnlag, eller la være å dele."
        )
    if consent != "yes" and not why:
        raise Refused("Skriv hvorfor det deles uten samtykke.")


def check_lasting(hours: int) -> timedelta:
    """How long a link lasts; Refused for anything but the choices."""
    if str(hours) not in dict(LASTS):
        raise Refused("Velg hvor lenge lenken skal virke.")
    return timedelta(hours=hours)


def code_of(number: int) -> str:
    """ "1234 5678" of a random number: easy to say on the phone."""
    digits = f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}d}"
    return f"{digits[:4]} {digits[4:]}"


def digits_of(typed: str) -> str:
    """The digits of a code as somebody typed it; "" for what is none."""
    digits = re.sub(r"[\s.-]", "", typed) if len(typed) <= 40 else ""
    return digits if re.fullmatch(rf"[0-9]{{{CODE_DIGITS}}}", digits) else ""


def standing(
    *, expires: datetime | None, opened: datetime | None, revoked: datetime | None, wrong: int, now: datetime
) -> str:
    """What has become of a link: "opened", "revoked", "dead", "expired" or "waiting"; "" without a link."""
    if expires is None:
        return ""
    if opened is not None:
        return "opened"
    if revoked is not None:
        return "revoked"
    if wrong >= MOST_WRONG:
        return "dead"
    return "expired" if expires <= now else "waiting"
