"""The categories of a concern as words and colour, from the code list. The colour never stands alone."""

from dataclasses import dataclass

from shared.codes.categories import categories


@dataclass(frozen=True)
class Category:
    """Label and Designsystemet colour of a category."""

    label: str
    color: str


def category(code: str) -> Category:
    """The category of a code or label; an unknown one is shown in its own words, neutral."""
    wanted = code.strip().casefold()
    for known in categories():
        if wanted in (known.code, known.label.casefold(), known.label.casefold().split("-")[0]):
            return Category(known.label, known.colour)
    return Category(code, "neutral")
