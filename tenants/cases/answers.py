"""The registration form seen from a case: what is answered, what is missing, what is ticked too often. Pure."""

from collections.abc import Collection, Mapping

from shared.codes.forms import Form, Question

type Answers = Mapping[str, Collection[str]]
"""Question key -> codes; a question that is missing or empty is not answered."""


def check(form: Form, answers: Answers) -> None:
    """Raise ValueError with a sentence for a question or a code that the form does not have."""
    for key, codes in answers.items():
        question = form.question(key)
        if question.kind != "choice":
            raise ValueError(f"Spørsmålet «{question.label}» har ingen svar å krysse av for.")
        for code in codes:
            question.answer(code)


def gaps(form: Form, answers: Answers) -> list[Question]:
    """The questions with boxes that have no answer, in the form's order."""
    return [question for question in form.choices if not answers.get(question.key)]


def warnings(form: Form, answers: Answers) -> list[str]:
    """A sentence for each question with more ticks than the form asks for. They are kept: the case is what it is."""
    return [
        f"«{question.label}»: skjemaet ber om høyst {question.max_ticks} kryss, her er {len(answers[question.key])}."
        for question in form.choices
        if len(answers.get(question.key, ())) > question.max_ticks
    ]
