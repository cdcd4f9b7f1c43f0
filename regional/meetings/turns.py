"""Who leads the next meeting and who writes: the kommuner's coordinators by turns. Pure.

Two queues. Whoever is first and can come takes the office and goes to the back; whoever is away stays where they are,
and so has the next one. A kommune that joins goes to the back; one that leaves is taken out, and comes back as a new
one. The queue of those who write begins one further on, so that a round without absence gives everybody each office
once.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Past:
    """A meeting that was: who could have had an office there, and who had it ("" for nobody)."""

    members: tuple[str, ...]
    chair: str = ""
    taker: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is; "" where there is nobody. The same for both only where one alone can come."""

    chair: str
    taker: str


@dataclass(frozen=True, slots=True)
class Queues:
    """In the order in which they have the office next."""

    chair: tuple[str, ...]
    taker: tuple[str, ...]


def queues(members: Sequence[str], past: Sequence[Past]) -> Queues:
    """How the queues stand after these meetings, the oldest first, for those who are members now."""
    chair: list[str] = []
    taker: list[str] = []
    for one in past:
        _follow(chair, taker, one.members)
        _to_back(chair, one.chair)
        _to_back(taker, one.taker)
    _follow(chair, taker, members)
    return Queues(tuple(chair), tuple(taker))


def turn(members: Sequence[str], past: Sequence[Past], absent: Collection[str] = ()) -> Turn:
    """Whose turn it is when these cannot come."""
    standing = queues(members, past)
    chair = next((one for one in standing.chair if one not in absent), "")
    taker = next((one for one in standing.taker if one not in absent and one != chair), chair)
    return Turn(chair, taker)


def ahead(members: Sequence[str], past: Sequence[Past], meetings: int) -> Iterator[Turn]:
    """Whose turn it is at the next meetings, if everybody comes."""
    gone = list(past)
    for _ in range(meetings):
        found = turn(members, gone)
        gone.append(Past(tuple(members), found.chair, found.taker))
        yield found


def _follow(chair: list[str], taker: list[str], members: Sequence[str]) -> None:
    """Members who left go out, and new ones to the back; those who begin the queues stand in the given order."""
    first = not chair
    for queue in (chair, taker):
        queue[:] = [one for one in queue if one in members]
    chair += [one for one in dict.fromkeys(members) if one not in chair]
    new = [one for one in dict.fromkeys(members) if one not in taker]
    taker += new[1:] + new[:1] if first else new


def _to_back(queue: list[str], name: str) -> None:
    if name in queue:
        queue.remove(name)
        queue.append(name)
