"""The registration form as versioned data."""

import pytest

from shared.codes.forms import CURRENT, REPORTED, form
from shared.codes.plans import plan


def test_the_2018_form_has_fifteen_questions_in_order() -> None:
    assert [question.number for question in form(REPORTED).questions] == list(range(1, 16))
    assert len(form(REPORTED).choices) == 13


@pytest.mark.parametrize("version", [REPORTED, CURRENT])
def test_codes_and_labels_are_unique_and_codes_are_plain(version: str) -> None:
    for question in form(version).choices:
        codes = [answer.code for answer in question.answers]
        assert len(set(codes)) == len(codes) == len({answer.report_label for answer in question.answers})
        assert all(code.isascii() and code.isidentifier() and code.islower() for code in codes)


def test_no_limit_of_ticks_is_enforced() -> None:
    assert not any(question.enforced_limit for question in form(REPORTED).questions)
    assert [question.key for question in form(REPORTED).choices if question.max_ticks == 2] == [
        "overgrep", "sarbarhet", "handtert_av", "utfall",
    ]  # fmt: skip


def test_open_answers_are_those_that_take_text() -> None:
    assert [answer.report_label for answer in form(REPORTED).question("melder").open_answers] == ["andre"]


@pytest.mark.parametrize(("key", "codes", "counted"), [
    ("relasjon", ["own_child"], ("family",)),
    ("handtert_av", ["tryggest_team", "resource_group"], ("resource_group",)),
    ("sarbarhet", ["lhbti", "drugs"], ("drugs", "other")),
    ("sarbarhet", ["indigenous_national_minority"], ("minority_migration",)),
    ("overgrep", ["online", "physical"], ("physical", "other")),
    ("kjonn", ["other_or_unknown"], ()),
])  # fmt: skip
def test_an_added_answer_counts_as_an_older_one(key: str, codes: list[str], counted: tuple[str, ...]) -> None:
    assert form(CURRENT).reported(key, codes) == counted


def test_every_added_answer_counts_as_one_that_exists_or_as_not_answered() -> None:
    for question in form(CURRENT).choices:
        older = {answer.code for answer in form(REPORTED).question(question.key).answers}
        added = [answer for answer in question.answers if answer.added]
        assert all(answer.counts_as in older | {None} and answer.code not in older for answer in added)


def test_the_plan_names_only_what_the_form_has() -> None:
    for figure in plan(REPORTED):
        for key, codes in {figure.question: figure.any, **figure.among}.items():
            assert form(REPORTED).reported(key, codes) == codes


def test_what_does_not_exist_is_named() -> None:
    with pytest.raises(ValueError, match="1999"):
        form("1999")
    with pytest.raises(ValueError, match="ukjent"):
        form(REPORTED).question("ukjent")
    with pytest.raises(ValueError, match="own_child"):
        form(REPORTED).reported("relasjon", ["own_child"])
