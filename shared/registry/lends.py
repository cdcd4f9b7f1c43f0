"""Who lends people to whom: a word per kind of people of each office that it is about (ADR 0029).

Pure. A lend is in force while the lender and the office that borrows are in the agreement that it belongs to, and all
that it is about say yes: the region, the lender, and a kommune that borrows. As between two, a no that has begun ends
the yes of the others, and so does a no to the agreement itself: nobody is lent anew by an old yes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid5

from shared.registry import standing
from shared.registry.standing import Word

_NIL = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Lend:
    """One kind of people (a role), from a kommune to the region's own office or to another kommune of it."""

    agreement: UUID
    region: UUID
    lender: UUID
    borrower: UUID
    role: str

    @property
    def voices(self) -> frozenset[UUID]:
        """Who must say yes."""
        return frozenset({self.region, self.lender, self.borrower})


@dataclass(frozen=True, slots=True)
class LendWord:
    """One office's yes ("in") or no ("out") to a lend, from `at`."""

    lend: Lend
    said_by: UUID
    word: Literal["in", "out"]
    at: datetime
    said_at: datetime
    id: UUID = _NIL


def in_force(said: Iterable[LendWord], words: Iterable[Word], *, at: datetime) -> list[Lend]:
    """Every lend in force at this time. `words`: all that lenders and borrowers have said of agreements."""
    known, all_words = list(said), list(words)
    here = {(party.agreement, party.region, party.kommune) for party in standing.in_force(all_words, at=at)}
    return [
        lend
        for lend in dict.fromkeys(word.lend for word in known)
        if all((lend.agreement, lend.region, each) in here for each in _kommuner(lend))
        and all(says_yes(known, all_words, lend=lend, side=side, at=at) for side in lend.voices)
    ]


def says_yes(said: Iterable[LendWord], words: Iterable[Word], *, lend: Lend, side: UUID, at: datetime) -> bool:
    """Does this office's yes to the lend stand at this time?"""
    return standing.yes_of(_together(said, words, lend), side, at) is not None


def _kommuner(lend: Lend) -> set[UUID]:
    return {lend.lender, lend.borrower} - {lend.region}


def _together(said: Iterable[LendWord], words: Iterable[Word], lend: Lend) -> Sequence[Word]:
    """What was said of the lend, and of the agreement by and to those whom it is about, as one story. What was said of
    the agreement gets voices of its own: it ends a yes to the lend and is none."""
    own = [
        Word(lend.agreement, lend.region, lend.lender, each.said_by, each.word, each.at, each.said_at, id=each.id)
        for each in said
        if each.lend == lend
    ]
    bonds = {(lend.agreement, lend.region, kommune) for kommune in _kommuner(lend)}
    beside = [
        Word(
            each.agreement, each.region, each.kommune, uuid5(each.kommune, str(each.said_by)), each.word, each.at,
            each.said_at, id=each.id,
        )
        for each in words
        if (each.agreement, each.region, each.kommune) in bonds
    ]  # fmt: skip
    return [*own, *beside]
