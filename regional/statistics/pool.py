"""Adds up the kommuner's returns and builds the report: protected, or raw for checking against a source.

Questions and answers are named as in the figures that Bufdir and the evaluation print. A hidden value is null
with `"hidden": true` beside it; shares (0..1) are worked out from printed figures only.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shared.codes.forms import REPORTED, Question, form
from shared.codes.plans import PlannedFigure, plan
from shared.contracts import Counts, PlannedCount, QuestionCounts
from varde.disclosure.forms import part_of, table_of
from varde.disclosure.rule import MIN_CONTRIBUTORS, THRESHOLD, Protected, protect, protect_figure

type Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Release:
    """What may be shown: cases, each question's figures, and the planned figures that may be printed."""

    cases: int | None
    questions: Mapping[str, Protected]
    planned: Mapping[str, PlannedCount | None]


def add_up(counts: Iterable[Counts]) -> Counts:
    """Return the sum, for example of one kommune's returns for several quarters."""
    listed = list(counts)
    return Counts(
        cases=sum(one.cases for one in listed),
        questions={question.key: _add_question(question, listed) for question in form(REPORTED).choices},
        planned={figure.id: _add_planned(figure, listed) for figure in plan(REPORTED)},
    )


def protected_report(
    contributions: Mapping[str, Counts],
    *,
    period: str,
    threshold: int = THRESHOLD,
    min_contributors: int = MIN_CONTRIBUTORS,
) -> Json:
    """Return the report that may be shown. `contributions` is each kommune's counts for the whole period."""
    tables = {question.key: table_of(question, contributions) for question in form(REPORTED).choices}
    shown = {
        key: protect(table, threshold=threshold, min_contributors=min_contributors) for key, table in tables.items()
    }
    # The number of cases is the same figure under every question; it is printed everywhere or nowhere.
    cases = next(iter(shown.values())).asked
    planned = {figure.id: _protected_figure(figure, contributions, shown, threshold) for figure in plan(REPORTED)}
    protection = {
        "method": "suppress",
        "threshold": threshold,
        "min_contributors": min_contributors,
        "attackers": ["outsider", "kommune"],
        "hidden_as": ":",
        "protected": True,
    }
    return _report(_Release(cases, shown, planned), list(contributions), period, protection)


def raw_report(contributions: Mapping[str, Counts], *, period: str) -> Json:
    """Return the report with every figure as counted; never for people, only to check against a source."""
    whole = add_up(contributions.values())
    shown = {question.key: _raw(question, whole) for question in form(REPORTED).choices}
    protection: Json = {"method": "none", "protected": False}
    return _report(_Release(whole.cases, shown, whole.planned), list(contributions), period, protection)


def _report(release: _Release, kommuner: list[str], period: str, protection: Json) -> Json:
    return {
        "period": period,
        "kommuner": kommuner,
        **_value("cases", release.cases),
        "questions": {
            question.key: _question_json(question, release.questions[question.key])
            for question in form(REPORTED).choices
        },
        "planned": [_planned_json(figure, release.planned[figure.id]) for figure in plan(REPORTED)],
        "protection": protection,
    }


def _question_json(question: Question, shown: Protected) -> Json:
    totals = {name: getattr(shown, name) for name in ("asked", "answered", "ticks", "multi")}
    answers = {answer.report_label: _answer_json(shown.counts.get(answer.code), shown) for answer in question.answers}
    # A single choice never has several ticks: that figure is left out, not hidden.
    hidden = any(value is None for name, value in totals.items() if not (shown.single and name == "multi"))
    return {**totals, "answers": answers, **({"hidden": True} if hidden else {})}


def _answer_json(count: int | None, shown: Protected) -> Json:
    shares = {"share": _share(count, shown.asked), "share_answered": _share(count, shown.answered)}
    return {"count": count, **shares, **({"hidden": True} if count is None else {})}


def _planned_json(figure: PlannedFigure, shown: PlannedCount | None) -> Json:
    named: Json = {
        "id": figure.id,
        "question": figure.question,
        "any": _labels(figure.question, figure.any),
        "among": {key: _labels(key, codes) for key, codes in figure.among.items()},
    }
    if shown is None:
        return {**named, "count": None, "of": None, "hidden": True}
    return {**named, "count": shown.count, "of": shown.of}


def _labels(key: str, codes: Iterable[str]) -> list[str]:
    question = form(REPORTED).question(key)
    return [question.answer(code).report_label for code in codes]


def _value(name: str, value: int | None) -> Json:
    return {name: value, **({"hidden": True} if value is None else {})}


def _share(count: int | None, base: int | None) -> float | None:
    return None if count is None or not base else count / base


def _add_question(question: Question, counts: Sequence[Counts]) -> QuestionCounts:
    parts = [one.questions[question.key] for one in counts]
    return QuestionCounts(
        answered=sum(part.answered for part in parts),
        ticks=sum(part.ticks for part in parts),
        multi=sum(part.multi for part in parts),
        answers={answer.code: sum(part.answers[answer.code] for part in parts) for answer in question.answers},
    )


def _add_planned(figure: PlannedFigure, counts: Sequence[Counts]) -> PlannedCount:
    parts = [one.planned[figure.id] for one in counts]
    return PlannedCount(count=sum(part.count for part in parts), of=sum(part.of for part in parts))


def _raw(question: Question, whole: Counts) -> Protected:
    part = part_of(question, whole)
    return Protected(question.single, part.asked, part.answered, part.ticks, part.multi, part.counts)


def _protected_figure(
    figure: PlannedFigure, contributions: Mapping[str, Counts], shown: Mapping[str, Protected], threshold: int
) -> PlannedCount | None:
    single = shown[figure.question]
    if single.single and not figure.among and single.asked is not None:
        # A case has at most one of these answers, so a union of printed answers tells nothing new.
        printed = [count for code in figure.any if (count := single.counts[code]) is not None]
        return PlannedCount(count=sum(printed), of=single.asked) if len(printed) == len(figure.any) else None
    own = {name: (one.planned[figure.id].count, one.planned[figure.id].of) for name, one in contributions.items()}
    touched = [shown[key] for key in (figure.question, *figure.among)]
    if not protect_figure(own, touched, threshold=threshold):
        return None
    return _add_planned(figure, list(contributions.values()))
