"""A half-year is closed for good; figures are drafted by one and approved by another; the ledger says all of it."""

import json

import pytest

from regional.releases import actions
from regional.releases.cells import cases
from regional.releases.due_queries import due
from regional.releases.engines import Engines
from regional.releases.given import given
from regional.releases.models import Contribution, FrozenCopy, Kept, LedgerEntry, Wish
from regional.releases.offered import follows, half_of
from regional.releases.queries import read_ledger, told_openly, world
from regional.releases.statements import digest
from shared.codes.periods import parse, quarter_of
from tests.cast import TEST, ref
from tests.regional.released import (
    H1,
    H2,
    KOMMUNER,
    REGION,
    asks,
    best,
    by_two,
    cases_of,
    closed,
    copies,
    everybody_sends,
    given_out,
    looks,
    never,
    person,
    says_yes,
    send,
    told,
    totals_only,
    wish_of,
    works,
)
from tests.standing import OTHER_REGION, join, leave
from varde.audit.models import Entry
from varde.clock import now
from varde.refusal import Refused
from varde.tenancy.work import work
from varde.ui.dates import day_of


def test_a_closed_half_year_is_frozen_and_what_comes_late_is_in_the_next(house):
    everybody_sends(H1)
    closed(H1)
    send("gjovik", cases_of(15, H1, kjonn="woman", kategori="ma"), "2025Q1")
    everybody_sends(H2)
    closed(H2)
    with work(ref(REGION), "returns"):
        found = world(read_ledger())
        numbers = [sum(part.numbers[("cases", "", "")] for part in each.parts) for each in found.closed]
    assert numbers == [36, 39]


def test_half_years_are_closed_in_order_and_when_all_have_sent_or_on_purpose(house):
    everybody_sends(H1, H2)
    wish = asks("closed", {"period": H2, "without": False})
    works()
    assert wish_of(wish).said == "Halvår lukkes i rekkefølge. Det neste er 1. halvår 2025."
    assert told().closed == ()


def test_a_half_year_with_too_few_is_closed_empty_and_its_cases_are_in_the_next(house):
    send("gjovik", cases_of(9, H1), "2025Q1", "2025Q2")
    row = by_two("closed", {"period": H1, "without": True})
    assert row.state == "done", row.said
    assert told().closed[0].marks == {}
    everybody_sends(H2)
    closed(H2)
    with work(ref(REGION), "returns"):
        last = world(read_ledger()).closed[1]
    assert sum(part.numbers[("cases", "", "")] for part in last.parts if part.form != "phone_1") == 9 + 36


def test_missing_returns_stop_a_closing_unless_two_mean_it(house):
    for kommune in ("gjovik", "vestre-toten"):
        send(kommune, cases_of(9, H1), "2025Q1", "2025Q2")
    send("ostre-toten", cases_of(9, H1), "2025Q1")
    wish = asks("closed", {"period": H1, "without": False})
    works()
    assert "Tall mangler fra Østre Toten" in wish_of(wish).said
    meant = asks("closed", {"period": H1, "without": True})
    works()
    assert wish_of(meant).state == "ready"
    with person("sara") as by:
        assert actions.preview(wish=meant, by=by).made["missing"] == ["Østre Toten"]
    says_yes(meant)
    works()
    assert wish_of(meant).state == "done"
    assert told().closed[0].missing == ("Østre Toten",)
    with work(ref(REGION), TEST):
        content = LedgerEntry.objects.get().content
    assert (content["asked_by"], content["approved_by"]) == ("Stine", "Sara")


def test_two_persons_give_out_and_the_ledger_holds_what_was_said(house):
    everybody_sends(H1)
    closed(H1)
    wish = given_out(H1)
    found = told()
    release = found.releases[0]
    assert release.tables == ("2025Q1", "2025Q2", H1)
    assert {each.cell.question: each.value for each in release.statements if each.value}["saker"] == 36
    with work(ref(REGION), TEST):
        row = LedgerEntry.objects.get(number=release.number)
        draft = LedgerEntry.objects.get(number=release.drafted)
        copy, proof = FrozenCopy.objects.get(entry=row), Kept.objects.get(wish=wish, kind="proof")
    assert (row.content["asked_by"], row.content["approved_by"]) == ("Stine", "Sara")
    assert digest(copy.content.encode()) == release.copy == row.content["copy"]
    assert proof.mark == row.content["proof"] == draft.content["proof"]
    assert set(row.content["audit"]["checked"]) <= {"cells", "attackers"}
    assert "hash" not in row.content["release"]
    with person("liv") as by:
        one = given(by)[0]
    assert (one.number, one.asked_by, one.approved_by, one.digest) == (release.number, "Stine", "Sara", release.copy)
    assert one.tables[-1].cases == 36
    assert one.tables[-1].kommuner == ("Gjøvik", "Vestre Toten", "Østre Toten")
    assert found.not_released() == found.not_shown() == []


def test_a_draft_is_already_said_and_no_figure_of_it_is_open(house):
    everybody_sends(H1)
    closed(H1)
    wish = asks("release", {"period": H1})
    works()
    assert [each.period for each in told().drafted] == [H1]
    assert cases((H1,)) in told().history.values
    with person("liv"):
        rows = list(LedgerEntry.objects.filter(kind="drafted"))
        openly = told_openly()
    assert not {"statements", "copy", "levels"} & set(rows[0].content)
    assert openly.drafted == ()
    assert openly.not_shown() != []
    assert looks(wish) == wish_of(wish).made_digest


def test_what_was_drafted_and_dropped_counts_in_everything_after(house):
    """Two previews cannot be subtracted from each other: the second is protected against the first."""
    everybody_sends(H1, H2)
    closed(H1)
    wish = asks("release", {"period": H1})
    works()
    with person("stine") as by:
        actions.drop(wish=wish, by=by)
    closed(H2)
    problems = []

    def protect(problem):
        problems.append(problem)
        return totals_only().protect(problem)

    asks("release", {"period": H2})
    works(lambda key: Engines(protect, totals_only().audit, {}))
    earlier = {each["id"]: each["state"] for each in problems[0]["cells"] if each["state"] != "open"}
    assert earlier.get(cases((H1,)).id) == "published"


def test_the_same_tables_are_not_given_out_twice(house):
    everybody_sends(H1)
    closed(H1)
    given_out(H1)
    wish = asks("release", {"period": H1})
    works()
    assert wish_of(wish).said.startswith("Halvåret har ingen tabeller som ikke er gitt ut")


def test_a_draft_that_is_dropped_is_not_shown_and_asked_for_anew_it_is_the_same(house):
    everybody_sends(H1)
    closed(H1)
    wish = asks("release", {"period": H1})
    works()
    first = wish_of(wish)
    with person("sara") as by:
        actions.drop(wish=wish, by=by)
    dropped = wish_of(wish)
    assert (dropped.made, dropped.dropped_by_name) == (None, "Sara")
    with pytest.raises(Refused), person("sara") as by:
        actions.preview(wish=wish, by=by)
    assert copies() == []
    again = asks("release", {"period": H1})
    works(lambda key: Engines(never, never, {}))
    assert wish_of(again).made_digest == first.made_digest
    assert len(told().drafted) == 1


def test_another_release_in_between_does_not_undo_a_draft(house):
    everybody_sends(H1, H2)
    closed(H1, H2)
    slow, quick = (asks("release", {"period": period}) for period in (H1, H2))
    works()
    says_yes(quick)
    works()
    says_yes(slow)
    works()
    assert [wish_of(one).state for one in (slow, quick)] == ["done", "done"]
    assert len(copies()) == 2


def test_a_merger_while_it_is_given_out_is_seen(house, monkeypatch):
    """Audited with those who hold the figures today; and if that changes meanwhile, audited anew."""
    everybody_sends(H1)
    closed(H1)
    wish = asks("release", {"period": H1})
    works()
    says_yes(wish)
    old, new = str(ref("ostre-toten").id), str(ref("gjovik").id)
    merged = {}
    monkeypatch.setattr("regional.releases.queries.became", lambda: dict(merged))
    holders = []

    def audit(problem, release):
        holders.append({each["holder"] for each in problem["atoms"]} - {None})
        merged[old] = new
        return {"safe": True, "checked": {}, "findings": []}

    works(lambda key: Engines(never, audit, {}))
    assert wish_of(wish).state == "approved"
    works(lambda key: Engines(never, audit, {}))
    assert wish_of(wish).state == "done"
    assert old in holders[0]
    assert old not in holders[1]


def test_people_see_no_contribution_and_no_proof(house):
    everybody_sends(H1)
    closed(H1)
    given_out(H1)
    for name in ("stine", "sara", "liv"):
        with person(name):
            assert (Contribution.objects.count(), Kept.objects.count()) == (0, 0)
    with person("liv"):
        assert LedgerEntry.objects.count() == 3
        assert Wish.objects.count() == 0


def test_neither_the_ledger_nor_the_log_holds_what_one_kommune_sent(house):
    everybody_sends(H1)
    send("gjovik", cases_of(7391, H1, kjonn="man"), "2025Q1")
    closed(H1)
    given_out(H1)
    with work(ref(REGION), TEST):
        rows = json.dumps([row.content for row in LedgerEntry.objects.all()])
        log = [f"{row.reason} {row.object_id}" for row in Entry.objects.filter(what__startswith="releases.")]
    assert "7391" not in rows
    assert log
    assert not any("7391" in line for line in log)


def test_kommuner_that_become_one_are_one_contributor_with_what_both_have_sent(house, monkeypatch):
    """Østre Toten goes out and Nabo comes in its place, as if born of it: the quarter of the birth is Nabo's."""
    today = quarter_of(day_of(now()))
    before = next(quarter for quarter in parse("2020..2100") if quarter.next == today)
    old, new = str(ref("ostre-toten").id), str(ref("nabo").id)
    leave("ostre-toten")
    leave("nabo", OTHER_REGION)
    join("nabo", REGION)
    monkeypatch.setattr("regional.releases.due_queries.became", lambda: {old: new})
    send("ostre-toten", cases_of(12, str(before)), str(before))
    send("ostre-toten", cases_of(5, str(today)), str(today))
    send("nabo", cases_of(7, str(today)), str(today))
    with work(ref(REGION), "returns") as by:
        found = due(half_of(today), (), by)
    assert set(found.sent) == {str(ref(one).id) for one in ("gjovik", "vestre-toten", "nabo")}
    known = [(each.quarter, each.counts.cases) for each in found.sent[new].all]
    assert known == ([(before, 12)] if before < today else []) + [(today, 7)]
    assert {each.name for each in found.members} == {"Gjøvik", "Nabo", "Vestre Toten", "Østre Toten"}


def test_who_left_is_in_no_half_year_after(house):
    today = quarter_of(day_of(now()))
    leave("ostre-toten")
    send("ostre-toten", cases_of(9, str(today)), str(today))
    with work(ref(REGION), "returns") as by:
        here, after = due(half_of(today), (), by), due(follows(half_of(today)), (), by)
    assert str(ref("ostre-toten").id) in here.sent
    assert str(ref("ostre-toten").id) not in after.sent
    assert [each.name for each in after.members] == ["Gjøvik", "Vestre Toten"]


def test_with_the_installed_engines_nothing_small_is_given_out_and_the_rest_is(house):
    for half in (H1, H2):
        for kommune in KOMMUNER:
            quarters = [str(each) for each in parse(half)]
            send(kommune, [case for each in quarters for case in cases_of(12, each, kjonn="woman")], *quarters)
    closed(H1)
    given_out(H1, best)
    closed(H2)
    given_out(H2, best)
    values = [each.value for one in told().releases for each in one.statements if each.value is not None]
    assert min(values) >= 5
    assert copies()[1]["tables"][3]["cases"] == 144


def test_a_figure_is_said_once_and_what_was_withheld_stays_so(house):
    """The first year is also all since the start: the same figure, asked for by two releases."""
    everybody_sends(H1, H2)
    closed(H1)
    given_out(H1)
    closed(H2)
    seen = []

    def protect(problem):
        seen.append({cell["id"]: cell["state"] for cell in problem["cells"]})
        return totals_only().protect(problem)

    given_out(H2, lambda key: Engines(protect, totals_only().audit, {}))
    cells = [each.cell for one in told().releases for each in one.statements]
    assert len(set(cells)) == len(cells)
    assert (seen[0][cases((H1,)).id], seen[0][cases((H1, H2)).id]) == ("published", "open")
