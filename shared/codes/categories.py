"""Categories of triage with default deadlines; an office may set its own."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Literal

from shared.codes.data_files import read

type Colour = Literal["danger", "warning", "info", "neutral"]


@dataclass(frozen=True, slots=True)
class Category:
    """A category. Without `deadline_hours`, `collect_more_hours` is the loop's length."""

    code: str
    label: str
    colour: Colour
    deadline_hours: int | None
    collect_more_hours: int | None
    sentence: str

    @property
    def deadline(self) -> timedelta | None:
        """Time from reception to assessment, or None."""
        return None if self.deadline_hours is None else timedelta(hours=self.deadline_hours)

    @property
    def collect_more(self) -> timedelta | None:
        """Time until a matter with too little to go on is looked at again, or None."""
        return None if self.collect_more_hours is None else timedelta(hours=self.collect_more_hours)


@cache
def categories() -> tuple[Category, ...]:
    """Return all categories, the most urgent first."""
    return tuple(Category(**row) for row in read("categories")["categories"])


def category(code: str) -> Category:
    """Return the category with this code. Raises ValueError when there is none."""
    for found in categories():
        if found.code == code:
            return found
    raise ValueError(f"Ukjent kategori «{code}».")
