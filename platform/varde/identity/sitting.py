"""How long a session lasts: a pure rule. Times are seconds since 1970."""

from typing import Literal

Ended = Literal["idle", "long", "closed"]


def ended(*, born: float, seen: float, closed_before: float, now: float, idle: float, longest: float) -> Ended | None:
    """Why a session that began at `born` and was last used at `seen` is over; None while it holds."""
    if born < closed_before:
        return "closed"
    if now - born >= longest:
        return "long"
    return "idle" if now - seen >= idle else None
