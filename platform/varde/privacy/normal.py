"""How names, phone numbers and id numbers are written before they are compared. Pure."""

import re
import unicodedata

# A postal code with its town, a house number, and its letter written apart from it.
_TOWN = re.compile(r"(?:^| )\d{4} [^\d]+$")
_HOUSE = re.compile(r" \d+[a-zæøå]?$")
_LETTER = re.compile(r"(\d) ([a-zæøå])$")


def words(text: str) -> list[str]:
    """Each word of a name once, in the order written: «Anne-Marie ØDEGÅRD» -> anne, marie, ødegård.

    Diacritics are kept, because å and a are different letters; but however they were typed, they come out the same.
    """
    even = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    letters = "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in even)
    return list(dict.fromkeys(letters.split()))


def whole_name(text: str) -> list[str]:
    """A name of two words or more as one, in whatever order they stand; nothing for a single word."""
    found = words(text)
    return [" ".join(sorted(found))] if len(found) > 1 else []


def places(text: str) -> list[str]:
    """The parts of an address that say where it is: «Storgata 1 B, 2815 Gjøvik» -> storgata 1b.

    Those with a house number; where none has one, the first, unless it is a single word: that may be a whole town.
    """
    parts = [_TOWN.sub("", " ".join(words(part))) for part in re.split(r"[,;\n]", text)]
    whole = [_LETTER.sub(r"\1\2", part) for part in parts if any(sign.isalpha() for sign in part)]
    numbered = [part for part in whole if _HOUSE.search(part)]
    return list(dict.fromkeys(numbered or [part for part in whole[:1] if " " in part]))


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal())


def phone(text: str) -> str:
    """Digits only, without Norway's own prefix: «+47 61 18 95 00» -> 61189500; «+46 8 123» -> 00468123."""
    foreign = unicodedata.normalize("NFKC", text).strip().startswith("+")
    digits = ("00" if foreign else "") + _digits(text)
    if len(digits) == 10 and digits.startswith("47"):
        digits = "00" + digits
    return digits[4:] if digits.startswith("0047") and len(digits) == 12 else digits


def id_number(text: str) -> str:
    """The eleven digits, or nothing when there are not eleven."""
    digits = _digits(text)
    return digits if len(digits) == 11 else ""
