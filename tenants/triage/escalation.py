"""To whom something that is overdue goes next. Pure: the people, what has been told and `now` are handed in.

The chain is: who has the phone now, who is next on the rota, the coordinators. Whoever has been told before is not told
again, and a level with nobody left is passed over at once: nothing waits for somebody who is not there. Of what nobody
has opened the leader hears after them, and then the phone that sent it: only that something waits.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

ON_DUTY, NEXT, COORDINATORS, LEADER, PHONE = 1, 2, 3, 4, 5
LEVELS = [
    (ON_DUTY, "som har vakt"),
    (NEXT, "neste på vaktlisten"),
    (COORDINATORS, "koordinator"),
    (LEADER, "leder, bare om at noe venter"),
    (PHONE, "som sendte bekymringen, bare om at den venter"),
]
# How long somebody has before the next one is told.
SPACING = timedelta(hours=4)
SPACING_AKUTT = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Told[P: Hashable]:
    """Somebody was told, on this level and then."""

    level: int
    person: P
    at: datetime


@dataclass(frozen=True, slots=True)
class Call[P: Hashable]:
    """Whom to tell now, on which level."""

    level: int
    people: tuple[P, ...]


def spacing(*, akutt: bool) -> timedelta:
    """How long to wait for the one who was told last."""
    return SPACING_AKUTT if akutt else SPACING


def waits(told: Iterable[Told[object]], asked_at: datetime | None, now: datetime, wait: timedelta) -> bool:
    """Has the last one who was told, or the owner who was asked at `asked_at`, still time?"""
    last = max([*(each.at for each in told), *([asked_at] if asked_at else [])], default=None)
    return last is not None and now - last < wait


def chain[P: Hashable](on_duty: Sequence[P], line: Sequence[P], coordinators: Sequence[P]) -> list[list[P]]:
    """The levels of those who see the matter: the first on duty, the next one in line, the coordinators."""
    first = list(on_duty[:1])
    return [first, [one for one in line if one not in first][:1], list(coordinators)]


def next_call[P: Hashable](
    levels: Sequence[Sequence[P]], told: Iterable[Told[P]], heard: Iterable[P]
) -> Call[P] | None:
    """The first level above those told with somebody who has not heard of it; None when there is none."""
    known = list(told)
    reached = max((each.level for each in known), default=0)
    heard = {*heard, *(each.person for each in known)}
    for level, people in enumerate(levels, start=1):
        fresh = tuple(dict.fromkeys(one for one in people if one not in heard))
        if level > reached and fresh:
            return Call(level, fresh)
    return None


def in_words(name: str, level: int) -> str:
    """«Varslet Tom Teammedlem, som har vakt»"""
    return f"Varslet {name}, {dict(LEVELS)[level]}"
