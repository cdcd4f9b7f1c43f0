"""From registered cases to the counts of a return. Pure: cases in, numbers out.

Cases are registered in the current form and counted in the reported one: an answer added since then counts
as the older answer that its form declares, and two answers that become the same count once.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from shared.codes.forms import CURRENT, REPORTED, Question, form
from shared.codes.periods import Quarter, format_period
from shared.codes.plans import PlannedFigure, plan
from shared.codes.steering import steering
from shared.contracts import Counts, PlannedCount, QuestionCounts, Return, SinceStart

type Answers = Mapping[str, tuple[str, ...]]
"""Question key -> codes of the answers; a question that is missing or empty is not answered."""


@dataclass(frozen=True, slots=True)
class RegisteredCase:
    """What is counted of a case: its quarter, its answers in the form it was registered in, and what it tells for
    steering (question -> code)."""

    quarter: Quarter
    answers: Answers
    form_version: str = CURRENT
    steering: Mapping[str, str] = MappingProxyType({})


def count_cases(cases: Iterable[RegisteredCase], quarters: Sequence[Quarter] | None = None) -> Counts:
    """Return the counts of the cases in these quarters, of all when None, in the reported form.

    Raises ValueError for a question or an answer that a case's form does not have.
    """
    wanted = None if quarters is None else set(quarters)
    here = [case for case in cases if wanted is None or case.quarter in wanted]
    counted = [reported(case) for case in here]
    steered = [{key: (code,) for key, code in case.steering.items()} for case in here]
    return Counts(
        cases=len(counted),
        questions={question.key: _question(question, counted) for question in form(REPORTED).choices},
        planned={figure.id: _planned(figure, counted) for figure in plan(REPORTED)},
        steering={question.key: _question(question, steered) for question in steering()},
    )


def make_return(
    cases: Iterable[RegisteredCase],
    *,
    quarters: Sequence[Quarter],
    kommune_number: str,
    started_on: date,
    sent_at: datetime,
    gone: Mapping[Quarter, Counts] = MappingProxyType({}),
) -> Return:
    """Return the letter for a period. "Since start" counts every case up to the period's end.

    `gone`: what the cases counted that have been deleted since, per quarter.
    """
    known = list(cases)
    so_far = [case for case in known if case.quarter <= quarters[-1]]
    here, until = set(quarters), quarters[-1]
    return Return(
        form_version=REPORTED,
        period=format_period(quarters),
        kommune_number=kommune_number,
        counts=added(count_cases(known, quarters), *(gone[each] for each in gone if each in here)),
        since_start=SinceStart(
            from_date=started_on, counts=added(count_cases(so_far), *(gone[each] for each in gone if each <= until))
        ),
        sent_at=sent_at,
    )


def added(counts: Counts, *others: Counts) -> Counts:
    """Counts over several sets of cases that have none in common."""
    for other in others:
        counts = Counts(
            cases=counts.cases + other.cases,
            questions={key: _both(one, other.questions[key]) for key, one in counts.questions.items()},
            planned={
                key: PlannedCount(count=one.count + other.planned[key].count, of=one.of + other.planned[key].of)
                for key, one in counts.planned.items()
            },
            steering=_steering(counts.steering, other.steering),
        )
    return counts


def _steering(one: Mapping[str, QuestionCounts], other: Mapping[str, QuestionCounts]) -> dict[str, QuestionCounts]:
    """A question that one of them does not know has no answers there."""
    keys = [question.key for question in steering() if question.key in one or question.key in other]
    return {key: _both(one[key], other[key]) if key in one and key in other else {**one, **other}[key] for key in keys}


def _both(one: QuestionCounts, other: QuestionCounts) -> QuestionCounts:
    return QuestionCounts(
        answered=one.answered + other.answered,
        ticks=one.ticks + other.ticks,
        multi=one.multi + other.multi,
        answers={code: count + other.answers[code] for code, count in one.answers.items()},
    )


def reported(case: RegisteredCase) -> Answers:
    """Return the case's answers in the reported form, only questions that are answered there."""
    version = form(case.form_version)
    found = {key: version.reported(key, codes) for key, codes in case.answers.items()}
    return {key: codes for key, codes in found.items() if codes}


def _question(question: Question, cases: Sequence[Answers]) -> QuestionCounts:
    given = [case[question.key] for case in cases if question.key in case]
    ticks = Counter(code for codes in given for code in codes)
    return QuestionCounts(
        answered=len(given),
        ticks=ticks.total(),
        multi=sum(len(codes) > 1 for codes in given),
        answers={answer.code: ticks[answer.code] for answer in question.answers},
    )


def _planned(figure: PlannedFigure, cases: Sequence[Answers]) -> PlannedCount:
    base = [case for case in cases if all(_has(case, key, codes) for key, codes in figure.among.items())]
    return PlannedCount(count=sum(_has(case, figure.question, figure.any) for case in base), of=len(base))


def _has(case: Answers, key: str, codes: Iterable[str]) -> bool:
    return not set(codes).isdisjoint(case.get(key, ()))
