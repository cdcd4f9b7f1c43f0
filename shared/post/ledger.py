"""Which rooms know what of letters. A room registers when it starts, so that the post knows no room.

    ledger.lays("region", laid)      laid(by) -> {letter id: Laid(recipient's office, kind, opened?)}
    ledger.keeps("kommune", held)    held(by, letters) -> Held(kept=[…], opened={…}, ended={…})
    ledger.waits("kommune", late)    late(by, at) -> how many things wait here for a person, too long
    ledger.alarms("kommune", whom)   whom(by) -> the addresses that hear of what is missing

`laid` is told from the sender's own rows, `held` from what the recipient really has now: never from the post itself.
All are asked for the purpose `ledger`.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from varde.access.reader import Reader


@dataclass(frozen=True, slots=True)
class Laid:
    """A letter that the sender's own rows say was sent; does the sender know that a person has opened it? `moved`: what
    it brought has come back from there, and the recipient need not have it any more."""

    to: UUID
    kind: str
    heard: bool = False
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """Letters of which the recipient has what came of them (one that is named twice is there twice), those that a
    person has opened, and those that were deleted by the rules."""

    kept: Collection[UUID] = ()
    opened: Collection[UUID] = ()
    ended: Collection[UUID] = ()


LaidOf = Callable[[Reader], Mapping[UUID, Laid]]
HeldOf = Callable[[Reader, Collection[UUID]], Held]
LateOf = Callable[[Reader, datetime], int]
Whom = Callable[[Reader], Collection[str]]


@dataclass(slots=True)
class _Kind:
    laid: list[LaidOf] = field(default_factory=list)
    held: list[HeldOf] = field(default_factory=list)
    late: list[LateOf] = field(default_factory=list)
    whom: list[Whom] = field(default_factory=list)


_kinds: dict[str, _Kind] = {}


def _of(kind: str) -> _Kind:
    return _kinds.setdefault(kind, _Kind())


def _once[T](known: list[T], function: T) -> None:
    if function not in known:
        known.append(function)


def lays(kind: str, laid: LaidOf) -> None:
    """A room of offices of this type whose rows say which letters it has sent."""
    _once(_of(kind).laid, laid)


def keeps(kind: str, held: HeldOf) -> None:
    """A room of offices of this type that letters become something in."""
    _once(_of(kind).held, held)


def waits(kind: str, late: LateOf) -> None:
    """A room of offices of this type that knows what has waited too long for a person."""
    _once(_of(kind).late, late)


def alarms(kind: str, whom: Whom) -> None:
    """Who is mailed in offices of this type when something is missing."""
    _once(_of(kind).whom, whom)


def all_laid(by: Reader) -> dict[UUID, Laid]:
    """What this office has sent, as its rooms say."""
    return {letter: laid for ask in _of(by.office.kind).laid for letter, laid in ask(by).items()}


@dataclass(frozen=True, slots=True)
class Stands:
    """What the rooms together say of the letters that came."""

    kept: Counter[UUID]
    opened: set[UUID]
    ended: set[UUID]

    def of(self, letter: UUID) -> str:
        """The word for one that was receipted."""
        times = self.kept[letter]
        if times:
            return "kept" if times == 1 else "twice"
        return "ended" if letter in self.ended else "lost"


def all_held(by: Reader, letters: Collection[UUID]) -> Stands:
    """What became of these letters here, as the rooms say now."""
    stands = Stands(Counter(), set(), set())
    for ask in _of(by.office.kind).held:
        held = ask(by, letters)
        stands.kept.update(held.kept)
        stands.opened.update(held.opened)
        stands.ended.update(held.ended)
    return stands


def late(by: Reader, at: datetime) -> int:
    """How many things wait here too long, as the rooms say."""
    return sum(ask(by, at) for ask in _of(by.office.kind).late)


def whom(by: Reader) -> list[str]:
    """Who is told in this office."""
    return sorted({address for ask in _of(by.office.kind).whom for address in ask(by)})
