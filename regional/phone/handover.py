"""What a note to the next shift may look like it says. Pure."""

from collections.abc import Collection
from datetime import datetime, timedelta

from varde import screens

LONGEST = 4_000  # characters
KEPT = timedelta(days=14)


def warnings(text: str, known: Collection[str]) -> list[str]:
    """Sentences about what looks like it tells of a caller; `known`: names of colleagues, kommuner and places."""
    found = [f"Notatet ser ut til å ha {what}." for what in screens.numbers(text)]
    found += [f"Notatet ser ut til å ha en e-postadresse: {one}." for one in screens.emails(text)]
    return found + [
        f"Er «{name}» navnet på noen som ringte, eller noen det gjelder?" for name in screens.names(text, known)
    ]


def over(written_at: datetime, now: datetime) -> bool:
    """Is the note so old that it goes?"""
    return now - written_at >= KEPT
