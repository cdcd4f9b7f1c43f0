"""Sharing kroner between parties so that not one is lost. Pure.

Largest remainder: everybody gets what their part is worth rounded down, and the kroner that are left go one by one to
those whose part was cut the most; between equals to the one who stands first. The sum is always exact.
"""

import re
from collections.abc import Sequence
from fractions import Fraction

WHOLE = 10_000
"""A hundred percent, in hundredths of a percent."""
LARGEST_WEIGHT = 1_000_000_000
_PERCENT = re.compile(r"(\d{1,3})(?:[,.](\d{1,2}))?", re.ASCII)


def split(kroner: int, weights: Sequence[int]) -> list[int]:
    """Whole kroner for each, in the given order. ValueError where a weight is negative or all are nothing.

    A negative amount (to be paid back) is shared as the same amount the other way.
    """
    whole = sum(weights)
    if any(weight < 0 for weight in weights) or not whole:
        raise ValueError("Fordelingen må ha minst én andel, og ingen kan være under null.")
    if kroner < 0:
        return [-part for part in split(-kroner, weights)]
    parts, cut = zip(*(divmod(kroner * weight, whole) for weight in weights), strict=True)
    left = kroner - sum(parts)
    first = set(sorted(range(len(weights)), key=lambda place: (-cut[place], place))[:left])
    return [part + (place in first) for place, part in enumerate(parts)]


def hundredths(text: str) -> int:
    """Hundredths of a percent of what was typed («60», «33,33», «33,3 %»). ValueError with a sentence."""
    found = _PERCENT.fullmatch(text.strip().removesuffix("%").strip())
    if not found:
        raise ValueError("Skriv andelen som et tall, for eksempel 60 eller 33,33.")
    value = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
    if value > WHOLE:
        raise ValueError("En andel kan ikke være mer enn 100 prosent.")
    return value


def percent(weight: int, whole: int = WHOLE) -> str:
    """A weight as percent for a page, at most two decimals: «60 %», «33,33 %»."""
    value = Fraction(weight * 100, whole) if whole else Fraction(0)
    text = f"{float(value):.2f}".rstrip("0").rstrip(".")
    return f"{text.replace('.', ',')} %"
