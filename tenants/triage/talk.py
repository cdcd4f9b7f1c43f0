"""A drøfting holds nobody's identity: what looks like a number of somebody is pointed out, never cut. Pure."""

from shared.codes.periods import Quarter
from varde import screens

# Why somebody deleted one at once.
ENDINGS = [
    ("name", "et navn sto i teksten"),
    ("known", "teksten viste hvem det gjaldt"),
    ("other", "den skulle ikke vært skrevet opp"),
]


def warning(*texts: str) -> str:
    """A sentence when a text seems to hold an id number or a phone number; "" when not."""
    found = screens.numbers("\n".join(texts))
    if not found:
        return ""
    return f"Teksten ser ut til å ha {' og '.join(found)}. En drøfting skal ikke vise hvem det gjelder."


def quarter_in_words(quarter: Quarter) -> str:
    """«4. kvartal 2026»."""
    return f"{quarter.number}. kvartal {quarter.year}"
