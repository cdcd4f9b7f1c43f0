"""Ordinary measures to choose from when a plan is made; one's own words are always possible."""

from dataclasses import dataclass
from functools import cache

from shared.codes.data_files import read


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A measure as it is usually planned. `kind` as in the plan of measures, `ground` a code of `shared.codes.legal`
    or "" where none is needed, `sentence` what it means in plain words."""

    code: str
    title: str
    kind: str
    service: str
    ground: str
    sentence: str


@cache
def suggestions() -> tuple[Suggestion, ...]:
    """Return every measure of the shipped version."""
    return tuple(Suggestion(**row) for row in read("measures_catalogue")["measures"])


def suggestion(code: str) -> Suggestion | None:
    """Return the measure with this code, or None: the code may come from an old link."""
    return next((found for found in suggestions() if found.code == code), None)


def matching(words: str = "", kind: str = "", service: str = "") -> list[Suggestion]:
    """Return the measures that hold every word in title, service or sentence, of this kind and service when given."""
    wanted = words.casefold().split()
    return [
        found
        for found in suggestions()
        if (not kind or found.kind == kind)
        and (not service or found.service == service)
        and all(word in f"{found.title} {found.service} {found.sentence}".casefold() for word in wanted)
    ]


def services() -> list[str]:
    """Return the services of the catalogue by name."""
    return sorted({found.service for found in suggestions()})
