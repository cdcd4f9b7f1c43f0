"""What is counted beside the form: the list, its bands, and what a return may hold of it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional.statistics.fits import fits
from shared.codes import steering
from shared.codes.data_files import read
from shared.codes.strict import BadList
from shared.contracts import Counts, QuestionCounts
from shared.contracts.fields import from_json, to_json
from tenants.returns.counts import count_cases


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


@pytest.mark.parametrize(
    ("key", "passed", "code"),
    [
        ("tid_sortering", hours(0), "within_3_hours"),
        ("tid_sortering", hours(3), "within_3_hours"),
        ("tid_sortering", hours(3.01), "within_1_day"),
        ("tid_sortering", hours(168), "within_1_week"),
        ("tid_sortering", hours(504), "within_3_weeks"),
        ("tid_sortering", hours(505), "later"),
        ("tid_tiltak", hours(24), "within_1_day"),
        ("tid_tiltak", hours(24 * 365), "later"),
    ],
)
def test_a_time_falls_in_its_band(key, passed, code):
    assert steering.band(key, passed) == code


@given(st.timedeltas(timedelta(0), timedelta(days=4000)), st.sampled_from(["tid_sortering", "tid_tiltak"]))
def test_every_time_has_exactly_one_answer(passed, key):
    assert steering.band(key, passed) in {answer.code for answer in steering.question(key).answers}


def test_each_question_takes_one_answer_and_says_it_plainly():
    for one in steering.steering():
        assert (one.single, one.kind) == (True, "choice")
        assert len({answer.label for answer in one.answers}) == len(one.answers) >= 2


def shipped() -> dict:
    whole = read(steering.VERSION)
    return {**whole, "questions": [{**row, "answers": [dict(each) for each in row["answers"]]}
                                   for row in whole["questions"]]}  # fmt: skip


@pytest.mark.parametrize("wrong", ["twice", "falling", "endless", "unknown", "missing"])
def test_a_list_that_cannot_be_used_is_refused(wrong):
    whole = shipped()
    answers = whole["questions"][0]["answers"]
    if wrong == "twice":
        answers[1]["code"] = answers[0]["code"]
    elif wrong == "falling":
        answers[1]["up_to_hours"] = 2
    elif wrong == "endless":
        answers[-1]["up_to_hours"] = 9000
    elif wrong == "unknown":
        answers[0]["extra"] = "x"
    else:
        del whole["questions"][2]
    with pytest.raises(BadList):
        steering.read_steering(whole, "prøve")


# --- in a return -----------------------------------------------------------------------------------------------------


def said(answered: int, **answers: int) -> QuestionCounts:
    return QuestionCounts(answered=answered, ticks=sum(answers.values()), multi=0, answers=answers)


def test_nobody_answers_twice_and_no_more_than_there_are_cases():
    for wrong in (
        said(3, held=2, late=1),
        QuestionCounts(answered=1, ticks=2, multi=1, answers={"held": 2, "late": 0}),
    ):
        with pytest.raises(ValueError, match=r"enn det er saker|høyst ett svar"):
            Counts(cases=2, questions={}, planned={}, steering={"frist": wrong})
    with pytest.raises(ValueError, match="Summen"):
        said(2, held=1, late=0)


def test_an_older_sender_says_nothing_and_its_letter_is_the_same_bytes():
    older = Counts(cases=2, questions={}, planned={})
    written = to_json(Counts, older, "counts")
    assert "steering" not in written
    assert from_json(Counts, written, "counts") == older


def test_a_region_takes_what_is_known_and_nothing_else():
    whole = count_cases([])
    parts = {"cases": 0, "questions": whole.questions, "planned": whole.planned}
    assert fits(whole)
    assert fits(Counts(**parts))
    assert fits(Counts(**parts, steering={"frist": whole.steering["frist"]}))
    assert not fits(Counts(**parts, steering={"noe": said(0, held=0)}))
    assert not fits(Counts(**parts, steering={"frist": said(0, held=0)}))
