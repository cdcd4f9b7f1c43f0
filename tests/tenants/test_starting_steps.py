"""How far a kommune has come: what is judged by what is known, and what only people know. Pure."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.codes.starting import by_code, expected, steps
from tenants.starting.steps import _RULES, Known, Word, done, in_the_way, next_step, standings, unanswered

AT = datetime(2026, 11, 23, tzinfo=UTC)
ALL = Known(
    region="Hamarregionen", coordinators=1, team=4, placed=4, police=True, secrecy=4, certified=4, trained=4,
    mandate=AT.date(), routines=2, classes=6, phone="62000000", hours="Hverdager 9–14",
    accessibility="https://uustatus.no", opening=True, rota=True, opened_at=AT,
)  # fmt: skip
WORDS = {step.code: Word("done", "Kommunestyret, sak 34/26", "Kari", AT) for step in steps() if step.how != "known"}


def states(
    known: Known = ALL, words: dict[str, Word] = WORDS, documents: tuple[str, ...] = ("decision",)
) -> dict[str, str]:
    return {one.step.code: one.state for one in standings(steps(), known, words, documents)}


def test_every_step_that_the_platform_knows_has_a_rule_and_no_other():
    assert {step.code for step in steps() if step.how == "known"} == set(_RULES)
    assert len(by_code()) == len(steps())


def test_what_bufdir_expects_is_on_the_list():
    assert {"decision", "phone", "visible", "bufdir", "network", "reporting", "sharing", "team", "coordinator", "rite",
            "elearning", "police"} <= {step.code for step in expected()}  # fmt: skip


def test_with_everything_in_place_all_steps_are_done_and_nothing_is_in_the_way():
    found = standings(steps(), ALL, WORDS, ["decision"])
    assert set(states().values()) == {"done"}
    assert (next_step(found), in_the_way(found), done(found)) == (None, [], len(steps()))


@pytest.mark.parametrize(("change", "code", "state"), [
    ({"region": ""}, "agreement", "open"),
    ({"coordinators": 0}, "coordinator", "open"),
    ({"placed": 1}, "team", "under_way"),
    ({"team": 0, "placed": 0}, "team", "open"),
    ({"police": False}, "police", "open"),
    ({"certified": 3}, "rite", "under_way"),
    ({"certified": 0}, "rite", "open"),
    ({"team": 0}, "elearning", "open"),
    ({"secrecy": 0}, "secrecy", "open"),
    ({"mandate": None}, "mandate", "open"),
    ({"routines": 0}, "routines", "open"),
    ({"undecided": 6}, "retention", "open"),
    ({"undecided": 1}, "retention", "under_way"),
    ({"accessibility": ""}, "accessibility", "open"),
    ({"hours": ""}, "phone", "under_way"),
    ({"phone": ""}, "phone", "open"),
    ({"rota": False}, "rota", "under_way"),
    ({"rota": False, "opening": False}, "rota", "open"),
    ({"opened_at": None, "came_at": AT}, "trial", "under_way"),
    ({"opened_at": None, "asked_at": AT}, "trial", "under_way"),
    ({"opened_at": None}, "trial", "open"),
])  # fmt: skip
def test_what_lacks_is_seen(change, code, state):
    assert states(replace(ALL, **change))[code] == state


@pytest.mark.parametrize(("change", "warns"), [
    ({}, False),
    ({"rota": False}, True),
    ({"rota": False, "opening": False}, True),
    ({"rota": False, "published": True}, False),
    ({"rota": False, "phone": ""}, False),
])  # fmt: skip
def test_a_number_that_nobody_has_said_who_answers_is_warned_of(change, warns):
    known = replace(ALL, **change)
    assert bool(unanswered(known)) == warns
    said = next(one.said for one in standings(steps(), known, WORDS, ["decision"]) if one.step.code == "phone")
    assert ("Ring nummeret" in said) == warns


def test_a_decision_needs_both_the_word_and_the_document():
    without_word = {code: word for code, word in WORDS.items() if code != "decision"}
    assert states(documents=())["decision"] == "under_way"
    assert states(words=without_word)["decision"] == "under_way"
    assert states(words=without_word, documents=())["decision"] == "open"


def test_only_steps_that_may_be_skipped_can_be_not_relevant():
    skipped = {step.code: Word("not_relevant", "Vakttelefonen svarer", "Kari", AT) for step in steps()}
    found = states(Known(), skipped, ())
    assert {code for code, state in found.items() if state == "not_relevant"} == {"police", "rota"}


@given(st.sets(st.sampled_from(sorted(by_code()))))
def test_the_next_step_is_one_that_is_needed_while_any_is_left(skipped):
    words = {code: word for code, word in WORDS.items() if code not in skipped}
    known = replace(ALL, phone="" if "phone" in skipped else ALL.phone, region="" if "agreement" in skipped else "R")
    found = standings(steps(), known, words, ["decision"])
    ahead, left = next_step(found), in_the_way(found)
    assert (ahead is None) == (done(found) == len(found))
    assert ahead is None or ahead.step.needed == bool(left)
