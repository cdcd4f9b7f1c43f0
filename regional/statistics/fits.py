"""Does a return hold exactly what the form asks for? Pure; a return that does not would break every report."""

from shared.codes.forms import REPORTED, form
from shared.codes.plans import plan
from shared.codes.steering import steering
from shared.contracts import Counts


def fits(counts: Counts) -> bool:
    """Every question, answer and planned figure of the reported form is there, no others, and they agree."""
    questions = {question.key: question for question in form(REPORTED).choices}
    if counts.questions.keys() != questions.keys() or counts.planned.keys() != {one.id for one in plan(REPORTED)}:
        return False
    for key, question in questions.items():
        own = counts.questions[key]
        if own.answers.keys() != {answer.code for answer in question.answers}:
            return False
        if question.single and own.ticks != own.answered:
            return False
    return _steers(counts)


def _steers(counts: Counts) -> bool:
    """Only what is known is counted beside the form; a kommune need not have counted all of it."""
    known = {question.key: {answer.code for answer in question.answers} for question in steering()}
    return all(set(own.answers) == known.get(key) for key, own in counts.steering.items())
