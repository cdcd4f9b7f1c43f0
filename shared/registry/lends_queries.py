"""Asking who lends people to whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from shared.registry import lends
from shared.registry.lends import Lend, LendWord
from shared.registry.lends_models import LendSaid
from shared.registry.standing import Word
from shared.registry.standing_models import Standing


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that was said of some lends, and of the agreements that they belong to."""

    said: list[LendWord]
    words: list[Word]

    def in_force(self, at: datetime) -> list[Lend]:
        """As `lends.in_force`."""
        return lends.in_force(self.said, self.words, at=at)

    def says_yes(self, lend: Lend, side: UUID, at: datetime) -> bool:
        """As `lends.says_yes`."""
        return lends.says_yes(self.said, self.words, lend=lend, side=side, at=at)

    def changes(self, lend: Lend, side: UUID, after: datetime) -> list[datetime]:
        """When what an office has said of a lend next begins, in order."""
        return sorted({each.at for each in self.said if each.lend == lend and each.said_by == side and each.at > after})


def about(office: UUID) -> Known:
    """The lends that an office lends, borrows or is the region of."""
    rows = LendSaid.objects.filter(Q(region=office) | Q(lender=office) | Q(borrower=office))
    return _known(row.said for row in rows)


def _known(said: Iterable[LendWord]) -> Known:
    found = sorted(said, key=lambda word: (word.said_at, word.id))
    kommuner = {key for word in found for key in (word.lend.lender, word.lend.borrower)}
    words = (row.said for row in Standing.objects.filter(kommune__in=kommuner))
    return Known(found, sorted(words, key=lambda word: (word.said_at, word.id)))
