"""Numbers as the telephone system has them: E.164, or a short number that only Norway knows. Pure."""

import re

import phonenumbers

from varde.ui.numbers import EMERGENCY

# 112, 1881, 02800, 116 006, and what an exchange calls its own apparatus. The library knows some of them and not
# others, so their form decides.
_SHORT = re.compile(r"\d{3,4}|0\d{4}|116\d{3}")
LONGEST = 16


class NotANumber(ValueError):
    """Nobody could ring it; a sentence to show."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            f"«{typed[:40]}» er ikke et telefonnummer. Skriv for eksempel 61 18 95 00, +46 … eller 116 006."
        )


def e164(typed: str) -> str:
    """«+4761189500» of whatever way it was written; a short number as its digits. Raises NotANumber."""
    digits = re.sub(r"[\s().\u00a0-]", "", typed)
    national = re.sub(r"^(?:\+47|0047)", "", digits)
    if _SHORT.fullmatch(national) or _SHORT.fullmatch(digits):
        return national
    try:
        number = phonenumbers.parse(digits, "NO")
    except phonenumbers.NumberParseException:
        raise NotANumber(typed) from None
    if not phonenumbers.is_valid_number(number):
        raise NotANumber(typed)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class Emergency(NotANumber):
    """112 and its like lead to nobody of ours, and no call of ours is sent on to them by a machine."""

    def __init__(self, typed: str) -> None:
        ValueError.__init__(self, f"«{typed[:40]}» er et nødnummer. Skriv et nummer som er regionens eller kommunens.")


def ours(typed: str) -> str:
    """As `e164`, of a number that leads to a line or rings for one. Raises Emergency too."""
    number = e164(typed)
    if number in EMERGENCY:
        raise Emergency(typed)
    return number


def several(typed: str) -> list[str]:
    """Numbers that ring, with a comma or a line between them, each once. Raises NotANumber for one that cannot."""
    parts = [part.strip() for part in re.split(r"[,;\n]", typed)]
    return list(dict.fromkeys(ours(part) for part in parts if part))
