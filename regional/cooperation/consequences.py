"""What follows when a kommune joins, leaves, or the cooperation ends: counted from real rows, never guessed.

A room says what it knows about a kommune by registering a function when it starts; so the agreement knows no later
room. The page of a step shows everything that is said, and a step that ends something is refused unless it was shown.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from shared.registry.models import Office
from varde.access import Reader

type Kind = Literal["join", "leave", "end", "host"]


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing that is touched. `count` 0: looked for, and there is none.

    `happens`: what becomes of it, a sentence. `first`: what must be done before, "" for nothing; `where`: the page for
    that, "" for none.
    """

    what: str
    count: int
    happens: str
    first: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is about to happen to a kommune of the region, and from when."""

    by: Reader
    kind: Kind
    kommune: Office
    at: datetime


Tell = Callable[[Asked], Iterable[Consequence]]
_tells: dict[int, Tell] = {}


def register(place: int, tell: Tell) -> None:
    """`tell` is asked for each kommune of a step; `place` gives the order: 5 to 50 are this room's, then 60 the leader
    team, 70 the action plan, 80 the figures. ValueError for a place that is taken."""
    if _tells.get(place, tell) is not tell:
        raise ValueError(f"Plass {place} er opptatt.")
    _tells[place] = tell


def of(asked: Asked) -> list[Consequence]:
    """Everything that every room says, in order."""
    return [one for place in sorted(_tells) for one in _tells[place](asked)]
