"""A drøfting holds nobody's identity: what looks like a number of somebody is pointed out, never cut. Pure."""

import re

from shared.codes.periods import Quarter

# Why somebody deleted one at once.
ENDINGS = [
    ("name", "et navn sto i teksten"),
    ("known", "teksten viste hvem det gjaldt"),
    ("other", "den skulle ikke vært skrevet opp"),
]
# An id number of eleven digits and a phone number of eight, as people write them.
_ID = re.compile(r"(?<!\d)\d{6}[ .-]?\d{5}(?!\d)")
_PHONE = re.compile(r"(?<!\d)(?:\+47 ?|0047 ?)?(?:\d{8}|\d{2} \d{2} \d{2} \d{2}|\d{3} \d{2} \d{3})(?!\d)")


def warning(*texts: str) -> str:
    """A sentence when a text seems to hold an id number or a phone number; "" when not."""
    joined, looks_like = "\n".join(texts), (("et fødselsnummer", _ID), ("et telefonnummer", _PHONE))
    found = [name for name, pattern in looks_like if pattern.search(joined)]
    if not found:
        return ""
    return f"Teksten ser ut til å ha {' og '.join(found)}. En drøfting skal ikke vise hvem det gjelder."


def quarter_in_words(quarter: Quarter) -> str:
    """«4. kvartal 2026»."""
    return f"{quarter.number}. kvartal {quarter.year}"
