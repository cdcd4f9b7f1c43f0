"""The four categories of a concern as words and colour. The colour never stands alone."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Category:
    """Label and Designsystemet colour of a category."""

    label: str
    color: str


CATEGORIES = {
    "akutt": Category("Akutt", "danger"),
    "maa": Category("Må", "warning"),
    "boer": Category("Bør", "info"),
    "mangelfull": Category("Mangelfull", "neutral"),
}
# Stored codes are English, typed labels have Norwegian letters; both find their category.
_ALIASES = {
    "acute": "akutt",
    "must": "maa",
    "må": "maa",
    "should": "boer",
    "bør": "boer",
    "incomplete": "mangelfull",
    "insufficient": "mangelfull",
    "lacking": "mangelfull",
}


def category(code: str) -> Category:
    """The category of a code or label; an unknown one is shown in its own words, neutral."""
    key = code.strip().lower()
    return CATEGORIES.get(_ALIASES.get(key, key), Category(code, "neutral"))
