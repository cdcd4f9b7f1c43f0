"""The agreement's rules: kroner that are never lost, deadlines, what may stand, and what a change makes of it."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from regional.cooperation import money, steps
from regional.cooperation.rhythm import DEADLINES, next_deadline, report_deadlines
from regional.cooperation.shares import WHOLE, hundredths, percent, split
from regional.cooperation.terms import (
    BadTerms,
    Lend,
    Party,
    Terms,
    check,
    usual,
    warnings,
    with_host,
    with_party,
    without_party,
)
from regional.cooperation.terms_file import from_json, to_json
from shared.codes import cooperation
from shared.codes.strict import BadList

WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any)


@given(st.integers(-(10**12), 10**12), WEIGHTS)
@example(100, [1, 1, 1])
@example(1, [0, 0, 7])
def test_the_parts_are_the_sum_for_any_split(kroner, weights):
    parts = split(kroner, weights)
    assert sum(parts) == kroner
    whole = sum(weights)
    assert all(abs(part * whole - kroner * weight) < whole for part, weight in zip(parts, weights, strict=True))
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if not weight)


def test_the_kroner_left_over_go_to_who_was_cut_most_and_then_to_who_stands_first():
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    assert split(1001, [60, 40]) == [601, 400]
    assert split(-100, [1, 1, 1]) == [-34, -33, -33]
    assert split(7_500_001, [6000, 1000, 1000, 1000, 1000]) == [4_500_001, 750_000, 750_000, 750_000, 750_000]


def test_a_split_of_nothing_is_refused():
    for weights in ([0, 0], [3, -1]):
        with pytest.raises(ValueError, match="minst én andel"):
            split(100, weights)


@pytest.mark.parametrize(
    ("typed", "value"), [("60", 6000), ("33,33", 3333), ("33.3 %", 3330), (" 0,5%", 50), ("100", 10_000)]
)
def test_percent_is_read_as_people_write_it(typed, value):
    assert hundredths(typed) == value


@pytest.mark.parametrize("typed", ["", "seksti", "33,333", "-1", "101", "6 0"])
def test_what_is_no_percent_is_refused_with_a_sentence(typed):
    with pytest.raises(ValueError, match=r"andel"):
        hundredths(typed)


def test_percent_is_said_shortly():
    assert [percent(6000), percent(3333), percent(1, 3), percent(0)] == ["60 %", "33,33 %", "33,33 %", "0 %"]


def test_deadlines_come_in_order_and_a_day_that_is_not_there_is_the_last_of_its_month():
    assert report_deadlines(2026) == [date(2026, 1, 31), date(2026, 7, 31)]
    assert report_deadlines(2027, ((12, 31), (2, 29))) == [date(2027, 2, 28), date(2027, 12, 31)]
    assert next_deadline(date(2026, 8, 1)) == date(2027, 1, 31)
    assert next_deadline(date(2026, 7, 31)) == date(2026, 7, 31)
    assert [len(DEADLINES[each]) for each in ("year", "half_year", "quarter")] == [1, 2, 4]
    with pytest.raises(ValueError, match="ikke en dag"):
        report_deadlines(2026, ((13, 1),))


# --- terms ---------------------------------------------------------------------------------------------------------

GJOVIK, TOTEN, LAND = (UUID(int=n) for n in (1, 2, 3))


def terms(**more) -> Terms:
    parties = (
        Party(GJOVIK, "Gjøvik", "310000019", "3407", host=True, weight=6000),
        Party(TOTEN, "Østre Toten", "", "3442", weight=4000),
    )
    plain = Terms(title="Avtalen", form="host_admin", parties=parties, starts_on=date(2025, 1, 1))
    return replace(plain, **({"tasks": usual(parties)} | more))


def test_the_usual_tasks_give_the_host_the_common_and_each_its_own():
    found = {task.code: task for task in terms().tasks}
    assert found["phone"].of("R") == [GJOVIK]
    assert found["phone"].of("C") == [TOTEN]
    assert set(found["coordinator"].of("R")) == {GJOVIK, TOTEN}
    assert [task for task in terms().tasks if not task.of("R")] == []


def test_what_is_stored_reads_the_same():
    whole = terms(lends=(Lend(GJOVIK, TOTEN),), text="Vi møtes.", ends_on=date(2028, 12, 31))
    assert from_json(to_json(whole)) == whole


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": " "}, "Gi avtalen et navn"),
        ({"model": "4"}, "Velg modell"),
        ({"ends_on": date(2024, 1, 1)}, "slutte før den begynner"),
        ({"lends": (Lend(GJOVIK, GJOVIK),)}, "to ulike parter"),
        ({"lends": (Lend(GJOVIK, LAND),)}, "to ulike parter"),
    ],
)
def test_what_cannot_stand_is_refused(change, sentence):
    with pytest.raises(BadTerms, match=sentence):
        check(terms(**change))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"weight": 3999}, "til sammen 99,99 %"),
        ({"host": True}, "Bare én kommune"),
        ({"organisation": "310000019"}, "samme organisasjonsnummer"),
        ({"organisation": "310000007"}, "feil siffer"),
        ({"id": GJOVIK}, "står to ganger"),
        ({"grant": -1}, "under null"),
    ],
)
def test_a_party_that_cannot_stand_is_refused(change, sentence):
    whole = terms(tasks=())
    with pytest.raises(BadTerms, match=sentence):
        check(replace(whole, parties=(whole.parties[0], replace(whole.parties[1], **change))))


def test_the_third_model_can_be_chosen_and_warns_and_says_why():
    whole = terms(model="3")
    check(whole)
    assert any("fraråder" in one and "inhabil" in one for one in warnings(whole))
    assert not any("fraråder" in one for one in warnings(terms(model="2")))


def test_a_form_that_needs_a_host_or_cannot_give_services_says_so():
    lone = replace(terms(), parties=tuple(replace(party, host=False) for party in terms().parties))
    assert any("krever en vertskommune" in one for one in warnings(lone))
    assert any("ikke produsere tjenester" in one for one in warnings(terms(form="political_council")))


def test_who_joins_gets_a_partners_tasks_and_no_part_of_the_grant():
    whole = with_party(terms(), Party(LAND, "Søndre Land", "", "3447"))
    check(whole)
    assert whole.share(whole.parties[-1]) == "ingen andel"
    assert {task.code: task.who[LAND] for task in whole.tasks}["phone"] == "C"


def test_who_leaves_is_in_nothing_and_the_others_have_a_hundred_between_them():
    whole = without_party(
        with_party(terms(lends=(Lend(GJOVIK, TOTEN),)), Party(LAND, "Søndre Land", "", "3447")), TOTEN
    )
    check(whole)
    assert whole.lends == (Lend(LAND, None, ("lederteam",)),)
    assert sum(party.weight for party in whole.parties) == WHOLE
    assert not any(TOTEN in task.who for task in whole.tasks)


def test_the_new_host_has_what_the_old_one_had():
    whole = with_host(terms(), TOTEN)
    check(whole)
    assert whole.host is not None
    assert whole.host.id == TOTEN
    assert {task.code: task.of("R") for task in whole.tasks}["phone"] == [TOTEN]
    assert {task.code: task.of("C") for task in whole.tasks}["phone"] == [GJOVIK]


def test_the_first_host_gets_what_a_host_usually_has():
    lone = replace(terms(), parties=tuple(replace(party, host=False) for party in terms().parties))
    lone = replace(lone, tasks=usual(lone.parties))
    assert [task.code for task in lone.tasks if not task.of("R")]
    assert {task.code: task.of("R") for task in with_host(lone, TOTEN).tasks}["phone"] == [TOTEN]
    assert not any("Ingen er ansvarlig" in one for one in warnings(with_host(lone, TOTEN)))


@given(st.lists(st.integers(1, 500), min_size=1, max_size=12), st.integers(0, 10**9))
def test_a_grant_by_weights_is_shared_to_the_last_krone(weights, kroner):
    parties = tuple(Party(uuid4(), f"Kommune {n}", "", weight=weight) for n, weight in enumerate(weights))
    shared = Terms(title="A", parties=parties, sharing="weights").shared(kroner)
    assert sum(shared.values()) == kroner


def test_without_shares_nothing_is_shared():
    with pytest.raises(BadTerms, match="Skriv andelene først"):
        Terms(title="A", parties=(Party(GJOVIK, "Gjøvik", ""),)).shared(100)


def test_the_year_says_what_differs_and_what_does_not_add_up():
    figures = {
        (GJOVIK, "planned"): 600, (GJOVIK, "received"): 500, (GJOVIK, "used"): 550,
        (TOTEN, "planned"): 399, (None, "grant"): 1000,
    }  # fmt: skip
    rows = money.lines(terms().parties, figures)
    assert [(row.short, row.left) for row in rows] == [(-100, -50), (None, None)]
    assert money.total(rows).planned == 999
    assert money.warnings(rows, 1000) == [
        "Det er planlagt 999 kroner av et tilskudd på 1000 kroner.",
        "Gjøvik har brukt mer enn mottatt.",
    ]


# --- steps ---------------------------------------------------------------------------------------------------------


def test_the_region_says_yes_only_after_the_kommune_has():
    assert steps.may("join", ["invited"]) == ["send", "cancel"]
    assert steps.may("join", ["invited", "sent"]) == ["cancel"]
    assert steps.may("join", ["invited", "sent", "yes"]) == ["region_yes", "send", "cancel"]
    assert steps.may("join", ["invited", "sent", "yes", "no"]) == ["send", "cancel"]
    assert steps.may("join", ["invited", "sent", "no", "sent"]) == ["cancel"]
    for kind in ("leave", "end", "host"):
        assert steps.may(kind, ["invited"]) == ["finish", "cancel"]
        assert steps.may(kind, ["invited", "done"]) == []


def test_where_a_step_stands_is_one_line_of_its_way():
    way = steps.stages("join", ["invited", "sent", "no", "sent"])
    assert [stage.state for stage in way] == ["done", "done", "now", "coming"]
    assert all(stage.state == "done" for stage in steps.stages("leave", ["invited", "done"]))
    assert steps.state(["invited", "sent", "no"]) == ("Kommunen har sagt nei", "warning")


def test_what_a_kommune_has_said_waits_for_the_region_until_it_does_something():
    assert steps.waits_for_region("join", ["invited", "sent"]) == ""
    assert steps.waits_for_region("join", ["invited", "sent", "yes"]) == "Kommunen har sagt ja"
    assert steps.waits_for_region("join", ["invited", "sent", "yes", "sent"]) == ""
    assert steps.waits_for_region("join", ["invited", "sent", "yes", "region_yes", "done"]) == ""
    assert steps.waits_for_region("join", ["invited", "sent", "yes", "out"]) == "Kommunen har trukket svaret"
    assert steps.waits_for_region("leave", ["invited", "out"]) == "Kommunen har sagt at den går ut"
    assert steps.state(["invited", "out"], "leave")[0] == "Kommunen har sagt at den går ut"


def test_a_list_of_codes_with_an_unknown_duty_is_refused_whole():
    row = {"code": "a", "title": "A", "text": "A", "host": "R", "partner": "X"}
    whole = {"version": "1", "source": "her", "tasks": [row]}
    form = {"code": "f", "title": "F", "section": "§ 1", "host": "nei", "text": "t", "note": ""}
    model = {"code": "1", "title": "M", "text": "t", "warning": ""}
    with pytest.raises(BadList, match="ukjent rolle"):
        cooperation.parse(whole | {"forms": [form], "models": [model]})
    assert "mot Lovdata" in cooperation.source()
