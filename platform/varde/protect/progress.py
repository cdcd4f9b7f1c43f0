"""How far the search has come, for whoever waits."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """`bound`: no safe release costs less. `best`: what the best one found so far costs."""

    part: int
    parts: int
    rounds: int
    cuts: int
    bound: float
    best: float


type Tell = Callable[[Progress], None]


def silence(_progress: Progress) -> None:
    """Tells nobody."""
