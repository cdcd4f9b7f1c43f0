"""The anonymous registration form, one version a file.

`bufdir_2018` is the form that is reported; `varde_2026` is what a case is registered in. Each answer that
`varde_2026` adds says which 2018 answer it counts as, so every case can be counted in the reported form.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from shared.codes.data_files import read

REPORTED = "bufdir_2018"
CURRENT = "varde_2026"
VERSIONS = (REPORTED, CURRENT)


@dataclass(frozen=True, slots=True)
class Answer:
    """One box. `open`: text may be added. `added`: not in the reported form, where it `counts_as` another."""

    code: str
    label: str
    report_label: str
    open: bool = False
    added: bool = False
    counts_as: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `max_ticks` is what the form asks for; `enforced_limit` whether more are impossible."""

    key: str
    number: int
    label: str
    kind: Literal["choice", "quarter", "text"]
    max_ticks: int
    answers: tuple[Answer, ...]
    enforced_limit: bool = False

    @property
    def single(self) -> bool:
        """Whether a case has at most one answer."""
        return self.max_ticks == 1

    @property
    def open_answers(self) -> tuple[Answer, ...]:
        """Answers that may carry text of their own."""
        return tuple(answer for answer in self.answers if answer.open)

    def answer(self, code: str) -> Answer:
        """Return the answer with this code. Raises ValueError when there is none."""
        for answer in self.answers:
            if answer.code == code:
                return answer
        raise ValueError(f"Spørsmålet «{self.label}» har ikke svaret «{code}».")

    def by_report_label(self, label: str) -> Answer:
        """Return the answer printed as `label`. Raises ValueError when there is none."""
        for answer in self.answers:
            if answer.report_label == label:
                return answer
        raise ValueError(f"Spørsmålet «{self.label}» har ikke svaret «{label}».")


@dataclass(frozen=True, slots=True)
class Form:
    """A version of the form; `extends` names the form that its cases are reported in."""

    version: str
    label: str
    source: str
    extends: str | None
    questions: tuple[Question, ...]

    @property
    def choices(self) -> tuple[Question, ...]:
        """The questions with boxes: those that are counted."""
        return tuple(question for question in self.questions if question.kind == "choice")

    def question(self, key: str) -> Question:
        """Return the question with this key. Raises ValueError when there is none."""
        for question in self.questions:
            if question.key == key:
                return question
        raise ValueError(f"Skjemaet har ikke spørsmålet «{key}».")

    def reported(self, key: str, codes: Iterable[str]) -> tuple[str, ...]:
        """Return the answers under which `codes` count in the reported form, each once, in its order.

        Raises ValueError for a code that the question does not have.
        """
        question = self.question(key)
        wanted = {_reported_code(question.answer(code)) for code in codes}
        return tuple(answer.code for answer in question.answers if answer.code in wanted)


def _reported_code(answer: Answer) -> str | None:
    return answer.counts_as if answer.added else answer.code


@cache
def form(version: str) -> Form:
    """Return the form of this version. Raises ValueError for a version that is not shipped."""
    if version not in VERSIONS:
        raise ValueError(f"Ukjent skjemaversjon «{version}».")
    data = read(f"form_{version}")
    base = data["extends"]
    if base is None:
        questions = tuple(_question(row) for row in data["questions"])
    else:
        questions = tuple(_extended(question, data["additions"]) for question in form(base).questions)
    return Form(data["version"], data["label"], data["source"], base, questions)


def _question(row: dict[str, Any]) -> Question:
    answers = tuple(Answer(**answer) for answer in row["answers"])
    return Question(row["key"], row["number"], row["label"], row["kind"], row["max_ticks"], answers)


def _extended(question: Question, additions: list[dict[str, Any]]) -> Question:
    new = tuple(
        Answer(row["code"], row["label"], row["report_label"], added=True, counts_as=row["counts_as"])
        for row in additions
        if row["question"] == question.key
    )
    return replace(question, answers=question.answers + new)
