"""When an account that nobody uses is told of and closed: a pure rule."""

from datetime import datetime, timedelta
from typing import Literal

Step = Literal["nothing", "tell", "close"]


def step(*, used_at: datetime, told_at: datetime | None, now: datetime, days: int, notice: int) -> Step:
    """`used_at` is the last log-in, or when the account was made. Nobody is closed without `notice` days' warning.

    A warning from before the last log-in counts for nothing.
    """
    warned = told_at if told_at is not None and told_at > used_at else None
    if now - used_at < timedelta(days=days - notice):
        return "nothing"
    if warned is None:
        return "tell"
    over = now - used_at >= timedelta(days=days) and now - warned >= timedelta(days=notice)
    return "close" if over else "nothing"
