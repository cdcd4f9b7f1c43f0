"""Numbers as the telephone system has them: E.164, or a short number that only Norway knows. Pure."""

import re

import phonenumbers

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


def several(typed: str) -> list[str]:
    """Numbers with a comma or a line between them, each once. Raises NotANumber for the first that is none."""
    parts = [part.strip() for part in re.split(r"[,;\n]", typed)]
    return list(dict.fromkeys(e164(part) for part in parts if part))
