"""Adds up the kommuner's returns and builds the raw report, for checking against a source. Never shown to people.

Questions and answers are named as in the figures that Bufdir and the evaluation print.
"""

from collections.abc import Iterable, Mapping, Sequence

from shared.codes.forms import REPORTED, Question, form
from shared.codes.plans import PlannedFigure, plan
from shared.contracts import Counts, PlannedCount, QuestionCounts

type Json = dict[str, object]


def add_up(counts: Iterable[Counts]) -> Counts:
    """Return the sum, for example of one kommune's returns for several quarters."""
    listed = list(counts)
    return Counts(
        cases=sum(one.cases for one in listed),
        questions={question.key: _add_question(question, listed) for question in form(REPORTED).choices},
        planned={figure.id: _add_planned(figure, listed) for figure in plan(REPORTED)},
    )


def raw_report(contributions: Mapping[str, Counts], *, period: str) -> Json:
    """Return the report with every figure as counted. `contributions`: each kommune's counts for the whole period."""
    whole = add_up(contributions.values())
    return {
        "period": period,
        "kommuner": list(contributions),
        "cases": whole.cases,
        "questions": {question.key: _question(question, whole) for question in form(REPORTED).choices},
        "planned": [_planned(figure, whole.planned[figure.id]) for figure in plan(REPORTED)],
        "protection": {"method": "none", "protected": False},
    }


def _question(question: Question, whole: Counts) -> Json:
    own = whole.questions[question.key]
    totals: Json = {"asked": whole.cases, "answered": own.answered, "ticks": own.ticks, "multi": own.multi}
    answers = {
        answer.report_label: {
            "count": own.answers[answer.code],
            "share": _share(own.answers[answer.code], whole.cases),
            "share_answered": _share(own.answers[answer.code], own.answered),
        }
        for answer in question.answers
    }
    return totals | {"answers": answers}


def _planned(figure: PlannedFigure, counted: PlannedCount) -> Json:
    return {
        "id": figure.id,
        "question": figure.question,
        "any": _labels(figure.question, figure.any),
        "among": {key: _labels(key, codes) for key, codes in figure.among.items()},
        "count": counted.count,
        "of": counted.of,
    }


def _labels(key: str, codes: Iterable[str]) -> list[str]:
    question = form(REPORTED).question(key)
    return [question.answer(code).report_label for code in codes]


def _share(count: int, base: int) -> float | None:
    return count / base if base else None


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
