"""What came of the calls to the region's shared phone, as the region gives it out: a question about a call."""

from functools import cache

from shared.codes.data_files import read
from shared.codes.forms import Answer, Question
from shared.codes.strict import rows, texts, unique

PHONE = "phone_1"
"""The form that calls are counted in."""
CALLS = "telefon"
SENT, UPDATE, UNANSWERED = "sent", "update", "unanswered"


@cache
def phone_questions() -> tuple[Question, ...]:
    """One question: what came of the call. A call of which that was never written has no answer. Raises BadList."""
    content = read(PHONE)
    answers = [texts(row, ("code", "label"), PHONE) for row in rows(content, "answers", PHONE)]
    unique((row["code"] for row in answers), PHONE)
    boxes = tuple(Answer(row["code"], row["label"], row["label"]) for row in answers)
    return (Question(CALLS, 1, content["label"], "choice", 1, boxes, True),)
