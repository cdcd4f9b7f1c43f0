"""Periods beside each other: a year less its first half is its second half. Pure.

Every period that the page offers is protected by itself; this hides more in those that lie inside another one.
A question is shown in such a part only if each of its figures is large enough in every half-year of the wider
periods, for an outsider and for each kommune that knows its own: then all parts may be known, and subtracting
them tells nothing small. Else the whole question is hidden there: hiding single figures would leave them to be
worked out from the sums. With small numbers that is most of them; the wider period is where they can be seen.

Not here: earlier releases and corrections.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from shared.codes.forms import REPORTED, Question, form
from shared.codes.periods import Quarter
from shared.contracts import Counts
from varde.disclosure.rule import MIN_CONTRIBUTORS, THRESHOLD

type Contributions = Mapping[str, Counts]
"""Kommune -> its counts."""


def wider_halves(
    chosen: Sequence[Quarter], offered: Iterable[Sequence[Quarter]], known: Iterable[Quarter]
) -> list[tuple[Quarter, ...]]:
    """The half-years, as quarters with data, of every offered period that holds more than the chosen one."""
    have = set(known)
    own = have & set(chosen)
    wide = [have & set(period) for period in offered]
    halves: dict[tuple[int, int], list[Quarter]] = {}
    for quarter in sorted({quarter for period in wide if own < period for quarter in period}):
        halves.setdefault((quarter.year, (quarter.number + 1) // 2), []).append(quarter)
    return [tuple(half) for half in halves.values()]


def too_small(halves: Sequence[Contributions]) -> set[str]:
    """Keys of the questions that cannot be shown beside a wider period."""
    return {question.key for question in form(REPORTED).choices for half in halves if _small(question, half)}


def _small(question: Question, half: Contributions) -> bool:
    own = [_figures(question, counts) for counts in half.values()]
    if len(own) < MIN_CONTRIBUTORS:
        return True
    pooled = {name: sum(part[name] for part in own) for name in own[0]}
    rests = [pooled, *({name: pooled[name] - part[name] for name in pooled} for part in own)]
    return any(value < THRESHOLD for rest in rests for value in rest.values())


def _figures(question: Question, counts: Counts) -> dict[str, int]:
    part = counts.questions[question.key]
    several = {} if question.single else {"(several)": part.multi, "(one)": part.answered - part.multi}
    return {"(blank)": counts.cases - part.answered, **several, **part.answers}


def mask(content: Any, keys: set[str]) -> None:
    """Hide these questions in a report (in its JSON form), and the planned figures, which draw on several."""
    for key in keys:
        shown = content["questions"][key]
        hidden = {name: None for name in ("answered", "ticks", "multi") if shown[name] is not None}
        shown.update(hidden, hidden=True)
        for row in shown["answers"].values():
            row.update(count=None, share=None, share_answered=None, hidden=True)
    for figure in content["planned"] if keys else []:
        figure.update(count=None, of=None, hidden=True)


def too_few(halves: Sequence[Contributions]) -> bool:
    """Is the number of cases itself too small, or from too few kommuner, in one of the half-years?"""
    for half in halves:
        cases = [counts.cases for counts in half.values()]
        if len(cases) < MIN_CONTRIBUTORS or sum(cases) - max(cases) < THRESHOLD:
            return True
    return False


def mask_cases(content: Any) -> None:
    """Hide the number of cases too, which every question repeats."""
    content.update(cases=None, hidden=True)
    for shown in content["questions"].values():
        shown.update(asked=None, hidden=True)
