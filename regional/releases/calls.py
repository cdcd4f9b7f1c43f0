"""What came of the calls to the region's shared phone, as parts to be frozen. Pure.

Who a call was sent on to knows of it; what the region kept to itself nobody knows as theirs.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from regional.hotline.states import FORWARDED, HUNG_UP
from regional.hotline.states import UPDATE as OLDER
from regional.releases.flat import Flat
from regional.releases.problem import NOBODY, PHONE, Part
from shared.codes.phone_calls import CALLS, SENT, UNANSWERED, UPDATE


def parts_of(rows: Iterable[Mapping[str, Any]], offices: Mapping[str, str]) -> tuple[Part, ...]:
    """The calls by who knows of them. `offices`: id by number."""
    counted: dict[str, Counter[str]] = {NOBODY: Counter()}
    for row in rows:
        code, whose = _came_of(row), NOBODY
        if row["state"] in FORWARDED - {"returned"}:
            whose = offices.get(row["place"], "") or str(row["kommune"] or NOBODY)
        counted.setdefault(whose, Counter())[code] += 1
    return tuple(Part(whose, PHONE, _numbers(own)) for whose, own in sorted(counted.items()))


def _came_of(row: Mapping[str, Any]) -> str:
    """The answer to what a call led to; "" where it was never written, or is still under way."""
    if row["state"] in FORWARDED - {"returned"}:
        return UPDATE if row["kind"] == OLDER else SENT
    if (row["state"] == "missed" and row["answered_at"] is None) or (
        row["state"] == "ended" and row["kind"] == HUNG_UP
    ):
        return UNANSWERED
    return str(row["kind"]) if row["state"] == "ended" else ""


def _numbers(own: Counter[str]) -> Flat:
    """The calls of each answer, with how many have one, and how many there are."""
    answers = {(CALLS, "code", code): count for code, count in own.items() if code}
    return {**answers, (CALLS, "answered", ""): sum(answers.values()), (CALLS, "blank", ""): own[""]}
