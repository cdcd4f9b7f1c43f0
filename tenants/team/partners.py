"""Rules of the partner directory. Pure: texts and days are handed in."""

import re
from datetime import date, timedelta

from shared.codes.partners import partner_kinds, secrecies

KINDS = [(kind.code, kind.label) for kind in partner_kinds()]
SECRECIES = [(each.code, each.label) for each in secrecies()]
WAYS = [("phone", "Telefon"), ("meeting", "Møte"), ("mail", "E-post"), ("letter", "Brev"), ("other", "Annet")]
POLICE = "politi"
STALE = timedelta(days=365)
_PHONE = re.compile(r"\+?[0-9]{3,15}")


class Refused(ValueError):
    """What cannot be done, as a Norwegian sentence."""


def check_phone(typed: str) -> str:
    """The number as typed, when somebody could ring it: eight digits, a short number, or one with a country in front.

    Raises ValueError with a sentence.
    """
    digits = re.sub(r"[\s()-]", "", typed)
    if not digits:
        return ""
    national = digits.removeprefix("+47").removeprefix("0047")
    abroad = digits.startswith(("+", "00")) and national == digits
    fits = len(digits) >= 8 if abroad else len(national) in (3, 4, 5, 6, 8)
    if not _PHONE.fullmatch(digits) or not fits:
        raise ValueError("Telefonnummeret ser ikke riktig ut. Skriv åtte sifre, for eksempel 61 18 95 00.")
    return typed


def is_stale(reviewed_on: date, today: date) -> bool:
    """Is it more than a year since somebody looked whether it is still right?"""
    return today - reviewed_on > STALE


def check_seen(seen: str, stands: str) -> None:
    """Raise Refused when somebody else changed it after the page was opened."""
    if seen != stands:
        raise Refused(
            "Noen andre endret dette mens du skrev. Slik det står nå, ser du under. Lagre en gang til for å bruke ditt."
        )


def check_day(day: date, today: date) -> None:
    """Raise ValueError for a contact that has not been yet."""
    if day > today:
        raise ValueError("Dagen er ikke kommet ennå.")
