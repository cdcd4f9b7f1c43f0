"""Figures planned before the numbers are seen: unions of answers, and one question among cases of another."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from shared.codes.data_files import read


@dataclass(frozen=True, slots=True)
class PlannedFigure:
    """Cases with `any` of the answers to `question`, `among` those with any of the answers named there.

    An empty `among` means all cases.
    """

    id: str
    question: str
    any: tuple[str, ...]
    among: Mapping[str, tuple[str, ...]]


@cache
def plan(form_version: str) -> tuple[PlannedFigure, ...]:
    """Return the plan for a reported form."""
    return tuple(
        PlannedFigure(
            row["id"],
            row["question"],
            tuple(row["any"]),
            MappingProxyType({key: tuple(codes) for key, codes in row["among"].items()}),
        )
        for row in read(f"plan_{form_version}")["figures"]
    )
