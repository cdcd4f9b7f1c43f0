"""What a rule says no to, as a sentence for whoever asked; and what the second of two people is told."""

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import Model

from varde.ui.dates import date_and_time
from varde.ui.gone import words


class Refused(ValueError):
    """Something that the rules do not allow; the text is a Norwegian sentence to show."""


class Overtaken(Refused):
    """Somebody else was first. The sentence says so, and that nothing typed is lost."""


def overtaken(who: str = "", at: datetime | None = None, did: str = "") -> str:
    """What the second of two people is told; who, when and what, as far as it is known."""
    when = f", {date_and_time(at)}" if at else ""
    what = f": {did}." if did else " og lagret mens du skrev."
    return (
        f"{who or 'Noen andre'} var først ute{when}{what} "
        "Det du har skrevet, står her fortsatt. Se over og lagre på nytt."
    )


def check_seen(seen: str | None, stands: str, sentence: str = overtaken()) -> None:
    """Raise Overtaken unless what the page showed (`seen`) is what stands now. None: there was no page to show it."""
    if seen is not None and seen != stands:
        raise Overtaken(sentence)


def print_of(row: Model, names: Sequence[str]) -> str:
    """A short print of what these fields say, the same until somebody changes one; for a page to send back."""
    return print_of_values([words(row, name) for name in names])


def print_of_values(values: Any) -> str:
    """The same of anything that JSON can say, and of days and numbers."""
    return sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()[:32]
