"""Which of a period's figures may be printed for the kommune's leaders: found by the engine, proved by the auditor.

Whoever reads them knows no case (`leaders_access`), so the attacker is an outsider: nobody's own part is taken away.
The problem holds one period alone: periods that are given share no case (`leaders.may_be_given`, and a trigger), so
figures of different periods are sums of different cases, and nothing that is known of one tells of another. What a
period's figures tell of each other, question by question, is all in it. Pure.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from shared.codes.forms import REPORTED, Question, form
from shared.codes.release_plans import CURRENT_PLAN, ReleasePlan, release_plan
from shared.contracts import Counts
from varde.auditor.reading import Unreadable
from varde.auditor.verdict import audit
from varde.protect.engine import Wish, protect
from varde.protect.problem import FLOOR, Refusal
from varde.protect.solver import SolverFailed
from varde.refusal import Refused

THRESHOLD = FLOOR
SECONDS = 20.0
UNPROVED = "Varde fikk ikke vist at tallene er trygge, og de kan ikke gis. Prøv igjen, eller meld fra til driften."
CASES, ANSWERED, BLANK, CODE = "cases", "answered", "blank", "code"
type Json = dict[str, Any]


def name(kind: str, key: str = "", code: str = "") -> str:
    """What a cell is called."""
    return ":".join(filter(None, (kind, key, code)))


def shown(counts: Counts) -> frozenset[str]:
    """The cells that may be printed, audited. Raises Refused where that is not proved."""
    problem = problem_of(counts)
    try:
        release = protect(problem, wish=Wish(seconds=SECONDS))
        verdict = audit(problem, release, seconds=SECONDS, strict=True)
    except (Refusal, SolverFailed, Unreadable) as failure:
        raise Refused(UNPROVED) from failure
    if not verdict["safe"]:
        raise Refused(UNPROVED)
    return frozenset(release["show"])


def problem_of(counts: Counts) -> Json:
    """The period's counts as the engine takes them."""
    known, asked = release_plan(CURRENT_PLAN), form(REPORTED).choices
    atoms = {each: count for one in asked for each, count in _atoms(one, counts)}
    whole = _whole(asked[0])
    cells = [_cell(name(CASES), whole, known.weights[CASES])]
    rows: list[Json] = []
    for one in asked:
        cells += _cells(one, known)
        rows += _rows(one, whole)
    return {
        "rule": {"threshold": THRESHOLD, "coalition": 0, "zeros": "hide", "min_contributors": 1},
        "atoms": [{"id": each, "count": count} for each, count in atoms.items()],
        "cells": cells,
        "rows": rows,
    }


def _atoms(one: Question, counts: Counts) -> Iterator[tuple[str, int]]:
    own = counts.questions[one.key]
    yield name(BLANK, one.key), counts.cases - own.answered
    for code, count in own.answers.items():
        yield name(CODE, one.key, code), count
    if not one.single:
        yield name(ANSWERED, one.key), own.answered


def _codes(one: Question) -> list[str]:
    return [name(CODE, one.key, answer.code) for answer in one.answers]


def _answered(one: Question) -> list[str]:
    """Atoms that add up to the cases with an answer."""
    return _codes(one) if one.single else [name(ANSWERED, one.key)]


def _whole(one: Question) -> list[str]:
    """Atoms that add up to all cases."""
    return [*_answered(one), name(BLANK, one.key)]


def _cells(one: Question, known: ReleasePlan) -> Iterator[Json]:
    yield _cell(name(ANSWERED, one.key), _answered(one), known.weights[ANSWERED])
    # Printed nowhere, but the cases less those with an answer: it must be as hard to find.
    yield _cell(name(BLANK, one.key), [name(BLANK, one.key)], known.weights[BLANK])
    weights = {group.codes[0]: group.weight for group in known.questions[one.key].levels["all"]}
    for answer in one.answers:
        each = name(CODE, one.key, answer.code)
        yield _cell(each, [each], weights[answer.code])


def _cell(cell_id: str, atoms: list[str], weight: float) -> Json:
    return {"id": cell_id, "atoms": atoms, "weight": weight, "state": "open"}


def _rows(one: Question, whole: list[str]) -> Iterator[Json]:
    """What everybody knows of the form: all questions are about the same cases, and no answer is ticked twice."""
    if _whole(one) != whole:
        yield {"atoms": _less(_whole(one), whole), "low": 0, "high": 0}
    if not one.single:
        answered = name(ANSWERED, one.key)
        for code in _codes(one):
            yield {"atoms": {answered: 1, code: -1}, "low": 0, "high": None}
        yield {"atoms": {answered: -1, **dict.fromkeys(_codes(one), 1)}, "low": 0, "high": None}


def _less(these: list[str], those: list[str]) -> Mapping[str, int]:
    return dict.fromkeys(these, 1) | dict.fromkeys(those, -1)
