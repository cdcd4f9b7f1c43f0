"""The kommune's own figures for its leaders: which periods may be given, and what may be printed. Pure.

Periods that are given never overlap: what lies inside another, or around it, could be subtracted from it. Cases of
periods that do not overlap are other cases, so each period can be protected by itself (`leaders_engine`).
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shared.codes.forms import REPORTED, form
from shared.codes.periods import Quarter, format_period, label, parse
from shared.contracts import Counts, QuestionCounts
from tenants.returns import leaders_engine
from tenants.returns.leaders_engine import ANSWERED, CASES, CODE, name

_YEARS = 5


@dataclass(frozen=True, slots=True)
class Period:
    """A year or a half-year."""

    value: str
    label: str
    quarters: tuple[Quarter, ...]


def period(text: str) -> Period | None:
    """A year or a half-year; None for anything else."""
    try:
        quarters = parse(text)
    except ValueError:
        return None
    if len(quarters) not in (2, 4) or format_period(quarters) != text or ".." in text:
        return None
    return Period(text, label(quarters), quarters)


def is_closed(found: Period, today: date) -> bool:
    """Its last day has passed."""
    return found.quarters[-1].last_day < today


def may_be_given(first: Quarter, given: Iterable[str], today: date) -> list[Period]:
    """Closed periods that hold no quarter of what has been given, the newest first and a year before its halves."""
    taken = [one for text in given for one in parse(text)]
    years = range(today.year, max(first.year, today.year - _YEARS) - 1, -1)
    found = [one for year in years for text in (f"{year}", f"{year}H2", f"{year}H1") if (one := period(text))]
    return [
        one
        for one in found
        if is_closed(one, today) and one.quarters[-1] >= first and not set(taken).intersection(one.quarters)
    ]


def protected(counts: Counts) -> dict[str, Any]:
    """What may be printed, to be kept: a figure that is hidden is None here, and kept nowhere. Raises Refused where it
    is not proved to be safe."""
    shown = leaders_engine.shown(counts)
    return {
        "cases": counts.cases if name(CASES) in shown else None,
        "questions": {key: _kept(key, own, shown) for key, own in counts.questions.items()},
    }


def _kept(key: str, own: QuestionCounts, shown: Collection[str]) -> dict[str, Any]:
    answers = {code: count if name(CODE, key, code) in shown else None for code, count in own.answers.items()}
    return {"answered": own.answered if name(ANSWERED, key) in shown else None, "answers": answers}


def print_of(content: Mapping[str, Any]) -> str:
    """The same figures give the same print."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def tables(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is kept as tables to draw; shares of the cases are worked out from printed figures alone."""
    return [
        {
            "label": question.label,
            "answered": content["questions"][question.key]["answered"],
            "rows": [
                {"label": answer.label, "count": count, "share": _share(count, content["cases"])}
                for answer in question.answers
                for count in (content["questions"][question.key]["answers"].get(answer.code),)
            ],
        }
        for question in _asked()
    ]


def _share(count: int | None, cases: int | None) -> float | None:
    return None if count is None or not cases else count / cases


def _asked() -> Sequence[Any]:
    return form(REPORTED).choices
