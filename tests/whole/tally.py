"""What must come out even: everything acknowledged is stored, once. Pure, so that it can be tested by itself."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were acknowledged, which of them are not stored, and which marks are stored more than once."""

    acknowledged: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]

    @property
    def even(self) -> bool:
        """True when nothing is lost and nothing doubled."""
        return not self.lost and not self.doubled

    def __str__(self) -> str:
        return f"kvittert {self.acknowledged}, tapt {len(self.lost)}, doblet {len(self.doubled)}"


def tally(acknowledged: Iterable[str], stored: Iterable[str]) -> Tally:
    """Compare the marks of what was acknowledged with the marks that lie in the database (repeats count).

    A stored mark that nobody was told about is no fault (the answer can be lost on its way), two of it are.
    """
    told, lying = set(acknowledged), Counter(stored)
    lost = tuple(sorted(mark for mark in told if not lying[mark]))
    doubled = tuple(sorted(mark for mark, count in lying.items() if count > 1))
    return Tally(len(told), lost, doubled)
