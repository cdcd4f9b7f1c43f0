"""Who works together: an agreement is in force between a region and a kommune while both have said so.

Pure. Times are aware. What one side says counts from `at` until it says something else that has begun, so that the
newest of what has begun is its stance. A no that has begun ends the yes of both: an old yes is no answer to a new
question, so after a break both say yes anew, from the break on at the earliest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

_NIL = UUID(int=0)
# Offices that were born into a region have been in it as long as anybody can ask.
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
_FOREVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Word:
    """One side's yes ("in") or no ("out") to one agreement. `host` is meant in the region's words alone."""

    agreement: UUID
    region: UUID
    kommune: UUID
    said_by: UUID
    word: Literal["in", "out"]
    at: datetime
    said_at: datetime
    host: bool = False
    id: UUID = _NIL


@dataclass(frozen=True, slots=True)
class Party:
    """A kommune in an agreement in force. `since`: from when without a break; ALWAYS for one that was born into it."""

    agreement: UUID
    region: UUID
    kommune: UUID
    host: bool
    since: datetime


type Bond = tuple[UUID, UUID, UUID]  # agreement, region, kommune


def in_force(words: Iterable[Word], *, at: datetime) -> list[Party]:
    """Every kommune with an agreement in force at this time, once; of two agreements the newest word decides."""
    newest: dict[UUID, tuple[tuple[datetime, UUID], Party]] = {}
    for bond, said in _by_bond(words).items():
        stances = _stances(said, bond, at)
        if stances is None:
            continue
        region, kommune = stances
        weight = (max(region.said_at, kommune.said_at), bond[0])
        party = Party(*bond, host=region.host, since=_since(said, bond, at))
        if bond[2] not in newest or newest[bond[2]][0] < weight:
            newest[bond[2]] = weight, party
    return [party for _, party in newest.values()]


def next_change(words: Iterable[Word], *, after: datetime) -> datetime | None:
    """When something that is said begins to count next; None when nothing more will."""
    return min((word.at for word in words if word.at > after), default=None)


def open_yes(words: Iterable[Word], *, side: UUID) -> list[Bond]:
    """Where the last thing that a side has said is yes, and the other has not said no since; the newest last."""
    found = []
    for bond, said in _by_bond(words).items():
        last = max((word for word in said if word.said_by == side), key=_order, default=None)
        if last is not None and last.word == "in" and not _undone(last, said, _FOREVER):
            found.append((last, bond))
    return [bond for _, bond in sorted(found, key=lambda each: _order(each[0]))]


def overlaps(words: Iterable[Word]) -> list[UUID]:
    """Kommuner that at some time would be in force with two regions at once."""
    known = list(words)
    bonds = _by_bond(known)
    found: set[UUID] = set()
    for at in sorted({word.at for word in known}):
        regions: dict[UUID, set[UUID]] = {}
        for bond, said in bonds.items():
            if _stances(said, bond, at) is not None:
                regions.setdefault(bond[2], set()).add(bond[1])
        found |= {kommune for kommune, several in regions.items() if len(several) > 1}
    return sorted(found)


def during(words: Iterable[Word], *, start: datetime, end: datetime) -> list[Party]:
    """Every kommune that was in force at some time from `start` until before `end`, as it last was."""
    known = list(words)
    times = sorted({start} | {word.at for word in known if start < word.at < end})
    found: dict[tuple[UUID, UUID], Party] = {}
    for at in times:
        found |= {(party.region, party.kommune): party for party in in_force(known, at=at)}
    return list(found.values())


def _by_bond(words: Iterable[Word]) -> dict[Bond, list[Word]]:
    found: dict[Bond, list[Word]] = {}
    for word in words:
        found.setdefault((word.agreement, word.region, word.kommune), []).append(word)
    return found


def yes_of(said: Sequence[Word], side: UUID, at: datetime) -> Word | None:
    """The yes of a side to what all of `said` is about, if it stands at this time."""
    newest = _newest(said, side, at)
    return None if newest is None or newest.word != "in" or _undone(newest, said, at) else newest


def _stances(said: Sequence[Word], bond: Bond, at: datetime) -> tuple[Word, Word] | None:
    """The region's and the kommune's word when both say yes, else None."""
    region, kommune = (yes_of(said, side, at) for side in bond[1:])
    return None if region is None or kommune is None else (region, kommune)


def _newest(said: Sequence[Word], side: UUID, at: datetime) -> Word | None:
    begun = [word for word in said if word.said_by == side and word.at <= at]
    return max(begun, key=_order, default=None)


def _undone(yes: Word, said: Sequence[Word], at: datetime) -> bool:
    """Has the other side said no since, so that it began? A no that was taken back before it began never was."""
    return any(
        word.word == "out"
        and word.said_by != yes.said_by
        and word.at <= at
        and (yes.at < word.at or yes.said_at <= word.said_at)
        and _newest(said, word.said_by, word.at) == word
        for word in said
    )


def _order(word: Word) -> tuple[datetime, UUID]:
    return word.said_at, word.id


def _since(said: Sequence[Word], bond: Bond, at: datetime) -> datetime:
    """From when it has been in force without a break until `at`."""
    since = at
    for change in sorted({word.at for word in said if word.at <= at}, reverse=True):
        if _stances(said, bond, change) is None:
            break
        since = change
    return since
