"""What a closing asks the pool, the registry and the phone for: nothing that was sent is lost, no half-year stops the
next."""

from datetime import datetime, timedelta

from regional.hotline.models import Call
from regional.releases.calls_queries import calls
from regional.releases.closing import freeze, waiting
from regional.releases.due_queries import due
from regional.releases.models import Contribution
from regional.releases.offered import half_of
from regional.releases.problem import NOBODY, PHONE
from shared.codes.periods import parse, quarter_of
from shared.codes.phone_calls import CALLS
from tests.cast import TEST, ref
from tests.regional.released import (
    H1,
    H2,
    KOMMUNER,
    REGION,
    best,
    by_two,
    cases_of,
    closed,
    copies,
    everybody_sends,
    given_out,
    send,
    told,
)
from tests.standing import OTHER_REGION, join, leave
from varde.clock import OSLO, now
from varde.tenancy.work import work
from varde.ui.dates import day_of


def frozen():
    with work(ref(REGION), "returns"):
        return {(row.period, str(row.kommune), row.form): dict_of(row.numbers) for row in Contribution.objects.all()}


def dict_of(rows):
    return {tuple(name): count for *name, count in rows}


def test_a_half_year_with_two_is_closed_empty_and_the_next_has_it_all(house):
    for kommune in KOMMUNER[:2]:
        send(kommune, cases_of(12, H1, kjonn="woman"), "2025Q1", "2025Q2")
    everybody_sends(H2)
    by_two("closed", {"period": H1, "without": True})
    assert told().periods == [H1]
    assert told().closed[0].waits
    assert frozen() == {}
    assert told().not_released() == []
    closed(H2)
    own = frozen()
    cases = {kommune: own[(H2, str(ref(kommune).id), "bufdir_2018")][("cases", "", "")] for kommune in KOMMUNER}
    assert cases == {"gjovik": 24, "ostre-toten": 24, "vestre-toten": 12}
    assert [one.id for one in told().offered(H2)] == ["2025Q3", "2025Q4", H2, "2025", "start..2025H2"]
    assert told().closed[1].late
    given_out(H2)
    year = next(one for one in copies()[0]["tables"] if one["id"] == "2025")
    assert (year["cases"], year["periods"]) == (60, [H2])
    assert any("for sent" in note for note in year["notes"])


def test_a_region_that_falls_below_three_goes_on_when_it_is_three_again(house):
    everybody_sends(H1)
    closed(H1)
    for kommune in KOMMUNER[:2]:
        send(kommune, cases_of(4, H2, kjonn="man"), "2025Q3", "2025Q4")
    by_two("closed", {"period": H2, "without": True})
    assert [bool(each.marks) for each in told().closed] == [True, False]
    assert [one.id for one in told().offered(H2)] == ["2025", "start..2025H2"]
    assert all(one.periods == (H1,) for one in told().offered(H2))


def test_what_the_new_one_sends_for_a_quarter_before_its_birth_counts(house, monkeypatch):
    today = quarter_of(day_of(now()))
    before = next(each for each in parse("2020..2100") if each.next == today)
    old, new = str(ref("ostre-toten").id), str(ref("nabo").id)
    leave("ostre-toten")
    leave("nabo", OTHER_REGION)
    join("nabo", REGION)
    monkeypatch.setattr("regional.releases.due_queries.became", lambda: {old: new})
    send("ostre-toten", cases_of(12, str(before)), str(before))
    send("nabo", cases_of(15, str(before)), str(before))
    send("nabo", cases_of(7, str(today)), str(today))
    with work(ref(REGION), "returns") as by:
        found = due(half_of(today), (), by)
    assert sum(each.counts.cases for each in found.sent[new].all) == 22
    part = freeze(new, half_of(today), found.sent[new], []).part
    assert part is not None
    assert part.numbers[("cases", "", "")] == 22


def test_what_was_sent_for_quarters_outside_of_the_standing_waits_and_is_not_lost(house):
    today = quarter_of(day_of(now()))
    before = next(each for each in parse("2020..2100") if each.next.next.next == today)
    leave("nabo", OTHER_REGION)
    join("nabo", REGION)
    send("nabo", cases_of(9, str(before)), str(before))
    send("nabo", cases_of(5, str(today)), str(today))
    with work(ref(REGION), "returns") as by:
        found = due(half_of(today), (), by)
    own = found.sent[str(ref("nabo").id)]
    assert [(each.quarter, each.counts.cases) for each in own.aside] == [(before, 9)]
    assert waiting(own, [], today)[("cases", "", "")] == 14


def test_who_left_with_something_unfrozen_waits_among_the_others(house):
    today = quarter_of(day_of(now()))
    leave("ostre-toten")
    send("ostre-toten", cases_of(9, str(today)), str(today))
    with work(ref(REGION), "returns") as by:
        later = due(half_of(today.next.next), (), by)
    assert list(later.others) == [str(ref("ostre-toten").id)]
    assert sum(each.counts.cases for each in later.others[str(ref("ostre-toten").id)].all) == 9


def rang(number, state, *, kind="", place="", month=2, answered=True):
    at = datetime(2025, month, 3, 10, tzinfo=OSLO) + timedelta(minutes=number)
    Call(
        reference=f"V-{month}-{number}", state=state, kind=kind, place=place, started_at=at, announced_at=at,
        answered_at=at if answered else None, missed_at=None if answered else at, ended_at=at, operator_name="Olga",
    ).save()  # fmt: skip


def test_calls_are_frozen_with_the_half_year_and_given_out_as_a_question_of_their_own(house):
    with work(ref(REGION), TEST):
        for number in range(20):
            rang(number, "stored", place=ref(KOMMUNER[number % 3]).number)
        for number in range(20, 32):
            rang(number, "ended", kind="advice")
        for number in range(32, 40):
            rang(number, "missed", answered=False)
        rang(40, "ended", kind="advice", month=8)
    everybody_sends(H1)
    closed(H1)
    own = frozen()
    kept = own[(H1, NOBODY, PHONE)]
    assert (kept[(CALLS, "code", "advice")], kept[(CALLS, "code", "unanswered")]) == (12, 8)
    assert [own[(H1, str(ref(one).id), PHONE)][(CALLS, "code", "sent")] for one in KOMMUNER] == [7, 7, 6]
    given_out(H1, best)
    half = next(one for one in copies()[0]["tables"] if one["id"] == H1)
    phone = next(one for one in half["questions"] if one["key"] == CALLS)
    assert (phone["group"], phone["unit"], phone["asked"]) == ("phone", "calls", 40)
    assert half["cases"] == 36
    assert not any("ikke gitt tall" in note for note in half["notes"])


def test_a_region_whose_phone_nobody_has_rung_has_none(house):
    with work(ref(REGION), "returns"):
        assert calls(parse(H1)) == ()
    everybody_sends(H1)
    closed(H1)
    assert {form for _, _, form in frozen()} == {"bufdir_2018"}
    given_out(H1)
    half = next(one for one in copies()[0]["tables"] if one["id"] == H1)
    assert CALLS not in [*half["left_out"], *(one["key"] for one in half["questions"])]
