"""The plan of what is given out: a professional's groups, and no plan that is not whole."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from shared.codes.data_files import read
from shared.codes.forms import REPORTED, form
from shared.codes.phone_calls import phone_questions
from shared.codes.release_plans import CURRENT_PLAN, KINDS, asked, read_plan, release_plan
from shared.codes.steering import steering
from shared.codes.strict import BadList

PLAN = release_plan(CURRENT_PLAN)


def test_every_question_of_the_form_has_its_levels_from_fine_to_coarse() -> None:
    asked_for = [*form(REPORTED).choices, *steering(), *phone_questions()]
    assert list(PLAN.questions) == [question.key for question in asked_for] == list(asked(form(REPORTED)))
    assert set(PLAN.tables) == set(KINDS)
    for question in PLAN.questions.values():
        assert next(iter(question.levels)) == "all"
        sizes = [len(groups) for groups in question.levels.values()]
        assert sizes == sorted(sizes, reverse=True)


def test_each_level_holds_every_answer_once() -> None:
    for question in asked(form(REPORTED)).values():
        codes = sorted(answer.code for answer in question.answers)
        for groups in PLAN.questions[question.key].levels.values():
            assert sorted(code for group in groups for code in group.codes) == codes


def test_who_reported_from_outside_the_services_is_a_line_of_its_own_at_the_coarsest_level() -> None:
    outside = PLAN.questions["melder"].levels["few"][1]
    assert outside.label == "andre enn tjenestene"
    assert not {"housing_staff", "other_staff", "health_personnel"} & set(outside.codes)


def test_groups_keep_apart_what_a_reader_must_tell_apart() -> None:
    """Sexual abuse is not «annet»; no consequence is not a reaction; who moved is told; staff answer for themselves;
    that nobody handled it, and the person's own no, are lines; too little known is not less urgent."""
    for question, codes in (
        ("utfall", {"no_consequence"}), ("utfall", {"person_moved"}), ("overgrep", {"sexual"}),
        ("handtert_av", {"nobody"}),
        ("politi", {"advised_declined"}), ("meldt_til", {"police"}), ("relasjon", {"housing_staff", "other_staff"}),
    ):  # fmt: skip
        assert codes in [set(group.codes) for group in PLAN.questions[question].levels["groups"]], question
    few = {key: [set(group.codes) for group in PLAN.questions[key].levels["few"]] for key in PLAN.questions
           if "few" in PLAN.questions[key].levels}  # fmt: skip
    assert {"housing_staff", "other_staff"} in few["relasjon"]
    assert {"no_consequence"} in few["utfall"]
    assert {"nobody"} in few["handtert_av"]
    assert "lite opplyst" in PLAN.questions["kategori"].levels["few"][1].label
    assert PLAN.weights["of"] == PLAN.weights["planned"]


def test_who_reported_from_outside_the_services_is_a_figure_with_its_reason() -> None:
    own = PLAN.figure("share.outside_services")
    assert own is not None
    assert not {"housing_staff", "other_staff", "health_personnel"} & set(own.figure.any)
    assert "avgrensning" in own.because
    assert PLAN.figure("cross.old_neglect") is None


def test_a_level_that_a_question_lacks_is_the_next_one_down() -> None:
    alder, kjonn = PLAN.questions["alder"], PLAN.questions["kjonn"]
    assert (alder.at_most("groups"), alder.below("all"), alder.below("few")) == ("few", "few", "none")
    assert (kjonn.at_most("groups"), kjonn.below("all")) == ("none", "none")


def first(content: Any, key: str) -> Any:
    return next(row for row in content["questions"] if row["question"] == key)


def dropped(content: Any) -> None:
    first(content, "relasjon")["groups"][0]["codes"] = ["partner"]


def twice(content: Any) -> None:
    first(content, "relasjon")["groups"][0]["codes"].append("partner")


def torn(content: Any) -> None:
    few = first(content, "politi")["few"]
    few[0]["codes"], few[2]["codes"] = ["police_first"], ["reported", "not_reported", "unsure"]


def lone(content: Any) -> None:
    first(content, "politi")["few"] = first(content, "politi")["few"][:1]


def unknown(content: Any) -> None:
    first(content, "politi")["few"][0]["codes"].append("lensmannen")


def weightless(content: Any) -> None:
    first(content, "kjonn")["weights"]["man"] = 0


def unweighed(content: Any) -> None:
    del first(content, "kjonn")["weights"]["man"]


def same_name(content: Any) -> None:
    first(content, "politi")["few"][1]["label"] = "Meldt til politiet"


def as_many(content: Any) -> None:
    question = first(content, "politi")
    question["few"] = question["groups"]


def missing(content: Any) -> None:
    content["questions"].pop()


def other_form(content: Any) -> None:
    content["form"] = "bufdir_1999"


def more(content: Any) -> None:
    content["extra"] = 1


def figure_of_several(content: Any) -> None:
    content["figures"][0] |= {"question": "utfall", "any": ["talks"]}


def figure_of_all(content: Any) -> None:
    content["figures"][1]["any"] = ["police_first", "reported", "not_reported", "advised_declined", "unsure"]


def figure_without_a_reason(content: Any) -> None:
    content["figures"][0]["because"] = ""


def no_rate(content: Any) -> None:
    content["expected"]["source"] = " "


def no_table(content: Any) -> None:
    content["tables"].pop()


def said_badly(content: Any) -> None:
    content["tables"][0]["planned"] = "nei"


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (dropped, "to ganger|ikke med"), (twice, "to ganger"), (torn, "tar en del av"), (lone, "minst to linjer"),
        (unknown, "lensmannen"), (weightless, "«man» skal være et tall"), (unweighed, "skal ha tall for"),
        (same_name, "to ganger"), (as_many, "færre linjer"), (missing, "skjemaets rekkefølge"),
        (other_form, "bufdir_1999"), (more, "ingen andre"), (no_rate, "source"), (no_table, "en rad for hver"),
        (said_badly, "«planned»"), (figure_of_several, "ett svar"), (figure_of_all, "noen av svarene"),
        (figure_without_a_reason, "«because»"),
    ],
)  # fmt: skip
def test_a_plan_that_is_not_whole_is_refused_with_a_sentence(damage: Callable[[Any], None], said: str) -> None:
    content = copy.deepcopy(read(CURRENT_PLAN))
    damage(content)
    with pytest.raises(BadList, match=said):
        read_plan(content, "plan")


def test_the_shipped_plan_is_what_is_read() -> None:
    assert read_plan(read(CURRENT_PLAN), CURRENT_PLAN) == PLAN
