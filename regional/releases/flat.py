"""Counts as a flat table of numbers that can be added and subtracted. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping

from shared.contracts import Counts

type Name = tuple[str, str, str]
type Flat = Mapping[Name, int]
"""("cases", "", "") · (question, "code", code) · (question, "answered" | "multi", "") · (figure, "count" | "of", "")"""

CASES: Name = ("cases", "", "")


def flat(counts: Counts) -> Flat:
    """Every number that counts hold and that is not the sum of others."""
    found: dict[Name, int] = {CASES: counts.cases}
    for key, question in {**counts.questions, **counts.steering}.items():
        found |= {(key, "code", code): count for code, count in question.answers.items()}
        found |= {(key, "answered", ""): question.answered, (key, "multi", ""): question.multi}
    for key, figure in counts.planned.items():
        found |= {(key, "count", ""): figure.count, (key, "of", ""): figure.of}
    return found


def total(parts: Iterable[Flat]) -> Flat:
    """The sum, name by name."""
    whole: Counter[Name] = Counter()
    for part in parts:
        whole.update(part)
    return whole


def less(whole: Flat, part: Flat) -> Flat:
    """The difference, name by name; numbers may be negative."""
    return {name: whole.get(name, 0) - part.get(name, 0) for name in {**whole, **part}}
