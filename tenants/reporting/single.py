"""The anonymous registration of one closed case, as the form of appendix 2 has it: the questions in its order, its own
labels, the quarter and no date. Pure.

Words are the danger: a text in which the screening finds anything is left out until somebody has written it anew.
"""

import hmac
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from shared.codes.forms import CURRENT, REPORTED, Question, form
from shared.codes.periods import Quarter, label
from shared.codes.screening import Words
from tenants.reporting import strict
from tenants.reporting.rules import Answers

FREE = "fritekst"
QUARTER = "kvartal"
JOINED = "; "
_PERSON = ("kjonn", "alder", "sarbarhet")


@dataclass(frozen=True, slots=True)
class Single:
    """A closed case: its quarter, its answers in the current form, and what it says in words (place -> text)."""

    case_id: UUID
    name: str
    quarter: Quarter
    answers: Answers
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where words may stand: an open answer that is ticked, or «noe å føye til»."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Held:
    """A text that is left out, and the kinds of what was found in it."""

    single: Single
    place: Place
    kinds: tuple[str, ...]


def places(answers: Answers) -> list[Place]:
    """Where words may stand in this case."""
    found = [
        Place(f"{question.key}.{answer.code}", f"{question.number}. {question.label}: {answer.label}, hva?")
        for question in form(CURRENT).choices
        for answer in question.open_answers
        if answer.code in answers.get(question.key, ())
    ]
    free = form(REPORTED).question(FREE)
    return [*found, Place(FREE, f"{free.number}. {free.label}")]


def held_back(singles: Iterable[Single], words: Words) -> list[Held]:
    """Every text in which something was found, case by case."""
    return [held for single in singles for held in _held(single, words)]


def _held(single: Single, words: Words) -> list[Held]:
    known = {place.key: place for place in places(single.answers)}
    texts = {key: text for key, text in single.said.items() if key in known and text.strip()}
    return [Held(single, known[key], kinds) for key, kinds in strict.found(texts, words).items() if kinds]


def alone(singles: Iterable[Single]) -> int:
    """How many have a person that no other has: the only one of that sex, age and vulnerability."""
    told = Counter(tuple(single.answers.get(key, ()) for key in _PERSON) for single in singles)
    return sum(number == 1 for number in told.values())


def columns() -> tuple[str, ...]:
    """The questions as heads, in the form's order."""
    return tuple(f"{question.number}. {question.label}" for question in form(REPORTED).questions)


def rows(singles: Iterable[Single], held: Iterable[Held], *, key: bytes) -> list[tuple[str, ...]]:
    """A row for each case, without the texts that are held back, in an order that tells nothing of time: by a digest
    under a key that nobody outside knows."""
    out = {(each.single.case_id, each.place.key) for each in held}
    shuffled = sorted(singles, key=lambda single: _place_of(single, key))
    return [_row(single, {each for case_id, each in out if case_id == single.case_id}) for single in shuffled]


def _place_of(single: Single, key: bytes) -> bytes:
    return hmac.new(key, single.case_id.bytes, sha256).digest()


def _row(single: Single, without: set[str]) -> tuple[str, ...]:
    said = {key: text.strip() for key, text in single.said.items() if key not in without}
    return tuple(_answer(question, single, said) for question in form(REPORTED).questions)


def _answer(question: Question, single: Single, said: Mapping[str, str]) -> str:
    if question.key == QUARTER:
        return label([single.quarter])
    if question.key == FREE:
        return said.get(FREE, "")
    codes = single.answers.get(question.key, ())
    counted = form(CURRENT).reported(question.key, codes)
    return JOINED.join(_with_words(question, code, codes, said) for code in counted)


def _with_words(question: Question, code: str, codes: Sequence[str], said: Mapping[str, str]) -> str:
    """The answer's label; behind it what was written, or the newer answer that it stands for."""
    own = form(CURRENT).question(question.key)
    newer = [one.label for one in own.answers if one.added and one.counts_as == code and one.code in codes]
    told = [text for text in [said.get(f"{question.key}.{code}", "") if code in codes else "", *newer] if text]
    plain = question.answer(code).label
    return f"{plain} ({', '.join(told)})" if told else plain
