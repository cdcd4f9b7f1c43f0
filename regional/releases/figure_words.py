"""A figure that somebody speaks of, in words: which one, of when, of whom, and what is said of it. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from regional.releases.cells import QUARTERS
from regional.releases.pages_words import Fact, period
from shared.codes.forms import REPORTED, form
from varde.ui.numbers import whole


def spoken_of(figure: Mapping[str, Any], kommuner: Sequence[str] | None, names: Mapping[str, str]) -> list[Fact]:
    """Which figure it is, never how large. `figure`: question, kind, codes and periods; `names`: of kommuner by id."""
    whose = ", ".join(names.get(each, "en kommune som ikke er her lenger") for each in kommuner or ())
    return [
        Fact("Tallet", _figure(figure)),
        Fact("Periode", _span(figure["periods"])),
        Fact("Gjelder", whose or "Hele regionen"),
    ]


def bounds(low: int, high: int | None) -> str:
    """«12», «minst 3» or «fra 3 til 12»."""
    if high is None:
        return f"minst {whole(low)}"
    return whole(low) if low == high else f"fra {whole(low)} til {whole(high)}"


def _span(periods: Sequence[str]) -> str:
    first, last = period(periods[0]), period(periods[-1])
    return first if first == last else f"{first} til og med {last}"


def _figure(figure: Mapping[str, Any]) -> str:
    if figure["question"] == QUARTERS:
        return "Antall saker"
    try:
        question = form(REPORTED).question(figure["question"])
        return f"{question.label}: {' eller '.join(question.answer(code).label for code in figure['codes'])}"
    except ValueError:
        return "Et tall som skjemaet ikke har lenger"
