"""Pages of a list without counting it: the database asks of every row it counts whether the reader may see it."""

from collections.abc import Iterable, Sequence
from typing import Any

MOST = 200
"""Pages; who looks further searches or chooses."""


class Leaf[M]:
    """One page of a list, as templates use Django's own `Page`, but for the number of all rows."""

    def __init__(self, rows: Iterable[M], asked: str | None, size: int) -> None:
        """`rows` is a queryset, or a list in memory. `asked` is what stands in the address; what is no number, or lies
        behind the end, is the first page."""
        self.size = size
        self.number = _number(asked)
        self.object_list: Sequence[M] = self._of(rows)
        if not self.object_list and self.number > 1:
            self.number = 1
            self.object_list = self._of(rows)
        end = self.number * size
        # Asking whether there is one more fetches nothing, so that nothing is logged as seen that is not shown.
        self._more = self.number < MOST and len(self.object_list) == size and _any(rows, end)

    def _of(self, rows: Any) -> list[M]:
        return list(rows[(self.number - 1) * self.size : self.number * self.size])

    def has_previous(self) -> bool:
        """Is this not the first?"""
        return self.number > 1

    def has_next(self) -> bool:
        """Is there one more?"""
        return self._more

    def has_other_pages(self) -> bool:
        """Does anything have to be shown of pages?"""
        return self.has_previous() or self.has_next()

    def previous_page_number(self) -> int:
        """Of a page that has one."""
        return self.number - 1

    def next_page_number(self) -> int:
        """Of a page that has one."""
        return self.number + 1

    def said(self) -> str:
        """Which rows these are: «1–25»."""
        first = (self.number - 1) * self.size + 1
        last = first + len(self.object_list) - 1
        return f"{first}–{last}" if last > first else str(first)


def _any(rows: Any, end: int) -> bool:
    rest = rows[end : end + 1]
    return bool(rest.exists() if hasattr(rest, "exists") else rest)


def _number(asked: str | None) -> int:
    typed = (asked or "").strip()
    return min(int(typed), MOST) if typed.isdecimal() and len(typed) <= 6 and int(typed) > 0 else 1
