"""In which kommune a matter is counted, so that it counts once whatever way it went. Pure.

A matter belongs to the kommune where the person lives when it is reported. Sent to the wrong one it comes back and is
not counted there. What is told of an earlier matter is a part of that one. A matter that another team has taken over
is counted by the one that has it in the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Fate = Literal["kept", "misrouted", "update", "transferred"]


@dataclass(frozen=True, slots=True)
class Stop:
    """A kommune (by number) that has had the matter, and what became of it there."""

    kommune: str
    fate: Fate


def counts_in(way: Sequence[Stop]) -> str | None:
    """The number of the one kommune that counts it; None while nobody keeps it, and for what is part of another."""
    if not way or way[-1].fate != "kept":
        return None
    return way[-1].kommune


def counts_here(fate: Fate) -> bool:
    """Does the kommune where this became of a matter count it? What each office asks of its own."""
    return fate == "kept"
