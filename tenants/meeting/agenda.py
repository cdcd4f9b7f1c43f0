"""What belongs on the agenda, each matter once. Pure: what was found is handed in."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

# In the order in which a meeting takes them.
KINDS = [
    ("new", "Ikke avklart"),
    ("step", "Neste steg er over frist"),
    ("measure", "Tiltak over frist"),
    ("request", "Forespørsel uten svar, over frist"),
    ("risk", "Risikoen skal vurderes på nytt"),
    ("warning", "Advarsel skal ses på igjen"),
    ("hold", "Stoppet, skal ses på igjen"),
    ("handover", "Tjenesten har ikke bekreftet at de har saken"),
    ("followup", "Oppfølging etter at saken ble lukket"),
    ("case", "Ny sak siden sist"),
    ("still", "Lite har skjedd på en måned"),
    ("review", "Ikke tatt opp på tre måneder"),
    ("own", "Eget punkt"),
]
_ORDER = [code for code, _ in KINDS]
# How much of each kind is put forward: a meeting that takes more than this takes none of it well.
MOST = 15
STILL = timedelta(days=30)
REVIEW = timedelta(days=90)
# Without an earlier meeting: what counts as new.
NEW = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A matter and why it should be taken up."""

    matter: UUID
    why: str


def merged(found: Iterable[Candidate], taken: Collection[UUID]) -> list[Candidate]:
    """Each matter once, for its first reason in the order of `KINDS`; without those that are on the agenda."""
    first: dict[UUID, Candidate] = {}
    for each in sorted(found, key=lambda one: _ORDER.index(one.why)):
        if each.matter not in taken:
            first.setdefault(each.matter, each)
    return list(first.values())


def moved[T](items: list[T], item: T, *, up: bool) -> list[T]:
    """The same items with this one a place nearer the beginning or the end; unchanged at the edge."""
    at = items.index(item)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(items):
        return items
    changed = list(items)
    changed[at], changed[to] = changed[to], changed[at]
    return changed
