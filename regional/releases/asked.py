"""The questions as the model of what can be known has them. Pure.

`bufdir_2018` is the form that all others are held against. A question of a later form that has the same answers is the
same question; one whose new answers each count as an older one is folded onto it, where a case has one answer only (of
several ticks that become one it cannot be told how many cases they were). Any other question that changed its answers
is a new question with atoms of its own, and the same number of cases.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from regional.releases.flat import Flat, Name
from shared.codes.forms import REPORTED, Form, Question, form
from shared.codes.phone_calls import PHONE, phone_questions
from shared.codes.plans import PlannedFigure, plan
from shared.codes.release_plans import CURRENT_PLAN, release_plan
from shared.codes.steering import steering


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its answers' codes, and how many ticks are possible (None: as many as there are answers)."""

    key: str
    codes: tuple[str, ...]
    most: int | None

    @property
    def single(self) -> bool:
        """Has a case at most one answer?"""
        return self.most == 1


@dataclass(frozen=True, slots=True)
class Union:
    """Cases with any of several answers to a question with several ticks."""

    question: str
    codes: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A form as the model has it. `unions`: those whose number of cases a return tells, and under which name."""

    version: str
    questions: Mapping[str, Asked]
    figures: Mapping[str, PlannedFigure]
    unions: Mapping[Union, Name]
    counted: frozenset[str] = frozenset()
    """Figures that a return tells of; the others follow from its answers."""
    phone: frozenset[str] = frozenset()
    """Questions about calls, which have nothing to do with the cases."""

    def unions_of(self, key: str) -> dict[frozenset[str], Name]:
        """The known unions of one question."""
        return {union.codes: name for union, name in self.unions.items() if union.question == key}


@cache
def model(version: str = REPORTED) -> Model:
    """The model of a form that returns are sent in, or of the phone's calls. Raises ValueError for a plan whose unions
    overlap."""
    phone = {question.key: _of(question) for question in phone_questions()}
    if version == PHONE:
        return Model(PHONE, phone, {}, {}, phone=frozenset(phone))
    own = [each.figure for each in release_plan(CURRENT_PLAN).figures]
    found = model_of(form(version), form(REPORTED), plan(version), steering(), own)
    return replace(found, questions={**found.questions, **phone}, phone=frozenset(phone))


def model_of(
    sent: Form,
    base: Form,
    planned: Sequence[PlannedFigure],
    beside: Iterable[Question] = (),
    own: Iterable[PlannedFigure] = (),
) -> Model:
    """The same, of any form, its planned figures, what is counted beside it, and figures of our own."""
    questions = {question.key: question for question in (_asked(each, base) for each in sent.choices)}
    questions |= {question.key: _of(question) for question in beside}
    # A figure of a question that has changed its answers is another figure: the later form's plan names it anew.
    figures = {one.id: one for one in [*planned, *own] if {one.question, *one.among} <= questions.keys()}
    counted = frozenset(one.id for one in planned) & figures.keys()
    found = Model(sent.version, questions, figures, dict(_unions(questions, figures.values())), counted)
    for key, question in questions.items():
        sets = {frozenset(codes) for one in figures.values() for codes in _sets(one, key)}
        if any(one & other and one != other and not question.single for one in sets for other in sets):
            raise ValueError(f"Planen for {sent.version} har svar på «{key}» i to ulike samlinger.")
    return found


def key_in(question: Question, base: Form) -> str:
    """Under which key a question of a later form is counted: the older one's, or one of its own."""
    older = next((one for one in base.questions if one.key == question.key), None)
    if older is None or older.max_ticks != question.max_ticks or older.enforced_limit != question.enforced_limit:
        return _own_key(question)
    return question.key if _same(question, older) or _folds(question, older) else _own_key(question)


def folded(numbers: Flat, sent: Form, base: Form) -> Flat:
    """The numbers of a return in a later form, under the model's keys and codes."""
    renamed: dict[Name, int] = {}
    questions = {question.key: question for question in sent.choices}
    for (key, what, code), number in numbers.items():
        name = (key, what, code)
        if key in questions:
            name = (key_in(questions[key], base), what, _code_in(questions[key], code, base))
        if name[1:] == ("code", ""):  # counts as not answered there
            answered = (name[0], "answered", "")
            renamed[answered] = renamed.get(answered, 0) - number
            continue
        renamed[name] = renamed.get(name, 0) + number
    return renamed


def _own_key(question: Question) -> str:
    codes = "+".join(answer.code for answer in question.answers)
    return f"{question.key}@{question.max_ticks}:{codes}"


def _same(question: Question, older: Question) -> bool:
    return {answer.code for answer in question.answers} == {answer.code for answer in older.answers}


def _folds(question: Question, older: Question) -> bool:
    known = {answer.code for answer in older.answers}
    kept = {answer.code for answer in question.answers if not answer.added}
    added = [answer for answer in question.answers if answer.added]
    return question.single and kept == known and all(one.counts_as is None or one.counts_as in known for one in added)


def _code_in(question: Question, code: str, base: Form) -> str:
    if not code or key_in(question, base) != question.key:
        return code
    answer = question.answer(code)
    return (answer.counts_as or "") if answer.added else code


def _sets(figure: PlannedFigure, key: str) -> list[tuple[str, ...]]:
    """The answers to this question that the figure counts cases of."""
    return [codes for name, codes in ((figure.question, figure.any), *figure.among.items()) if name == key]


def _of(question: Question) -> Asked:
    return Asked(question.key, tuple(answer.code for answer in question.answers), 1)


def _asked(question: Question, base: Form) -> Asked:
    key = key_in(question, base)
    answers = base.question(key).answers if key == question.key else question.answers
    most = 1 if question.single else question.max_ticks if question.enforced_limit else None
    return Asked(key, tuple(answer.code for answer in answers), most)


def _unions(questions: Mapping[str, Asked], planned: Iterable[PlannedFigure]) -> list[tuple[Union, Name]]:
    several = {key for key, question in questions.items() if not question.single}
    found: list[tuple[Union, Name]] = []
    for one in planned:
        if not one.among and len(one.any) > 1 and one.question in several:
            found.append((Union(one.question, frozenset(one.any)), (one.id, "count", "")))
        for key, codes in one.among.items() if len(one.among) == 1 else ():
            if len(codes) > 1 and key in several:
                found.append((Union(key, frozenset(codes)), (one.id, "of", "")))
    return found[::-1]  # a figure of its own is told before what another one is among
