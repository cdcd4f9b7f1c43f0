"""What a system matter can be about, and how soon it should be taken up. A version is data; older codes stay known."""

from dataclasses import dataclass
from functools import cache

from shared.codes.data_files import read
from shared.codes.strict import rows, texts, unique

FILE = "matter_categories"
URGENCIES = [
    ("before", "Før neste møte"),
    ("next", "På neste møte"),
    ("later", "Når det er plass"),
]


@dataclass(frozen=True, slots=True)
class Category:
    """A category with a sentence that says what belongs there."""

    code: str
    label: str
    sentence: str


@cache
def categories() -> tuple[Category, ...]:
    """All of them, in the order they are offered. Raises BadList for a file that is not as it should be."""
    found = tuple(
        Category(**texts(row, ("code", "label", "sentence"), FILE)) for row in rows(read(FILE), "categories", FILE)
    )
    unique((each.code for each in found), FILE)
    return found


def category_label(code: str) -> str:
    """What it is called; a code of another version of the list is shown as it is."""
    return next((each.label for each in categories() if each.code == code), code)


def urgency_label(code: str) -> str:
    """In words."""
    return dict(URGENCIES).get(code, code)
