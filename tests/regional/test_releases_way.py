"""A half-year is closed for good; figures are drafted by one and approved by another; the ledger says all of it."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from regional.releases import actions
from regional.releases.cells import cases
from regional.releases.engines import Engines
from regional.releases.ledger import Broken, fact_json
from regional.releases.models import Contribution, FrozenCopy, LedgerEntry, Proof, Wish
from regional.releases.offered import follows, half_of
from regional.releases.problem import Fact
from regional.releases.queries import due, next_period, read_ledger, world
from regional.releases.release_actions import approve_by_command, ask_by_command
from regional.releases.statements import canonical, digest
from regional.releases.worker import draft
from shared.codes.periods import parse, quarter_of
from tests.cast import TEST, ref
from tests.regional.released import (
    KOMMUNER,
    REGION,
    asks,
    best,
    cases_of,
    closed,
    copies,
    everybody_sends,
    given_out,
    person,
    says_yes,
    send,
    totals_only,
    wish_of,
    works,
)
from tests.standing import OTHER_REGION, join, leave
from varde.audit.models import Entry
from varde.clock import now
from varde.refusal import Overtaken, Refused
from varde.tenancy import fleet
from varde.tenancy.work import work
from varde.ui.dates import day_of

H1, H2 = "2025H1", "2025H2"


def told():
    with work(ref(REGION), "returns"):
        return read_ledger()


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


def test_too_few_kommuner_close_nothing(house):
    send("gjovik", cases_of(9, H1), "2025Q1", "2025Q2")
    wish = asks("closed", {"period": H1, "without": True})
    works()
    assert wish_of(wish).said == "Bare 1 kommuner har sendt tall, og det må være minst 3."


def test_missing_returns_stop_a_closing_unless_it_is_meant(house):
    for kommune in ("gjovik", "vestre-toten"):
        send(kommune, cases_of(9, H1), "2025Q1", "2025Q2")
    send("ostre-toten", cases_of(9, H1), "2025Q1")
    wish = asks("closed", {"period": H1, "without": False})
    works()
    assert "Tall mangler fra Østre Toten" in wish_of(wish).said
    meant = asks("closed", {"period": H1, "without": True})
    works()
    assert wish_of(meant).state == "done"
    assert told().closed[0].missing == ("Østre Toten",)


def test_two_persons_give_out_and_the_ledger_holds_what_was_said(house):
    everybody_sends(H1)
    closed(H1)
    wish = given_out(H1, ["2025Q1", "2025Q2", H1])
    found = told()
    release = found.releases[0]
    assert release.tables == ("2025Q1", "2025Q2", H1)
    assert {each.cell.question: each.value for each in release.statements if each.value} == {"saker": 36}
    with work(ref(REGION), TEST):
        row = LedgerEntry.objects.get(number=release.number)
        copy, proof = FrozenCopy.objects.get(entry=row), Proof.objects.get(wish=wish)
    assert (row.content["asked_by"], row.content["approved_by"]) == ("Stine", "Sara")
    assert digest(copy.content.encode()) == release.copy == row.content["copy"]
    assert proof.mark == row.content["proof"]
    assert set(row.content["audit"]["checked"]) <= {"cells", "attackers"}
    assert "hash" not in row.content["release"]
    shown = copies()[0]
    assert shown["tables"][-1]["cases"] == 36
    assert shown["kommuner"] == {H1: ["Gjøvik", "Vestre Toten", "Østre Toten"]}
    assert [one.id for one in found.not_released()] == []


def test_the_same_tables_are_not_given_out_twice(house):
    everybody_sends(H1)
    closed(H1)
    given_out(H1, [H1])
    wish = asks("release", {"period": H1, "tables": [H1]})
    works()
    assert wish_of(wish).said == "Halvåret har ingen tabeller som ikke er gitt ut."


def test_who_asked_does_not_approve_nor_does_who_may_only_read(house):
    everybody_sends(H1)
    closed(H1)
    wish = asks("release", {"period": H1, "tables": [H1]})
    works()
    seen = wish_of(wish).made_digest
    with pytest.raises(Refused, match="En annen må se"), person("stine") as by:
        actions.approve(wish=wish, seen=seen, by=by)
    with pytest.raises(PermissionDenied), person("liv") as by:
        actions.approve(wish=wish, seen=seen, by=by)
    with pytest.raises(PermissionDenied), person("liv") as by:
        actions.preview(wish=wish, by=by)
    with pytest.raises(Overtaken), person("sara") as by:
        actions.approve(wish=wish, seen="noe annet", by=by)


def test_the_database_itself_wants_a_second_person_and_what_was_looked_at(house):
    everybody_sends(H1)
    closed(H1)
    wish = asks("release", {"period": H1, "tables": [H1]})
    works()
    with person("stine") as by:
        own = Wish.objects.get(pk=wish)
        own.state, own.approved_by, own.approved_by_name = "approved", by.user_id, "Stine"
        own.approved_at = own.asked_at
        with pytest.raises(DatabaseError, match="second person"), transaction.atomic():
            own.save()
    with person("sara"):
        row = Wish.objects.get(pk=wish)
        row.made = {"entry": {}, "copy": {}}
        with pytest.raises(DatabaseError, match="worker alone"), transaction.atomic():
            row.save()
    with work(ref(REGION), "returns"):
        row = Wish.objects.get(pk=wish)
        row.state = "approved"
        with pytest.raises(DatabaseError, match="second person"), transaction.atomic():
            row.save()


def test_a_draft_that_is_dropped_is_never_shown_and_the_next_is_the_same(house):
    everybody_sends(H1)
    closed(H1)
    wish = asks("release", {"period": H1, "tables": [H1]})
    works()
    first = wish_of(wish).made_digest
    with person("stine") as by:
        actions.drop(wish=wish, by=by)
    assert copies() == []
    again = asks("release", {"period": H1, "tables": [H1]})
    works()
    assert wish_of(again).made_digest == first


def test_a_draft_that_something_was_given_out_after_is_not_given_out(house):
    everybody_sends(H1)
    closed(H1)
    slow, quick = (asks("release", {"period": H1, "tables": [name]}) for name in (H1, "2025Q1"))
    works()
    says_yes(quick)
    says_yes(slow)
    works()
    states = {wish_of(one).state for one in (slow, quick)}
    assert states == {"done", "failed"}
    assert len(copies()) == 1


def test_people_see_no_contribution_and_no_proof(house):
    everybody_sends(H1)
    closed(H1)
    given_out(H1, [H1])
    for name in ("stine", "sara", "liv"):
        with person(name):
            assert (Contribution.objects.count(), Proof.objects.count()) == (0, 0)
    with person("liv"):
        assert LedgerEntry.objects.count() == 2
        assert Wish.objects.count() == 0


def test_neither_the_ledger_nor_the_log_holds_what_one_kommune_sent(house):
    everybody_sends(H1)
    send("gjovik", cases_of(7391, H1, kjonn="man"), "2025Q1")
    closed(H1)
    given_out(H1, [H1])
    with work(ref(REGION), TEST):
        rows = json.dumps([row.content for row in LedgerEntry.objects.all()])
        log = [f"{row.reason} {row.object_id}" for row in Entry.objects.filter(what__startswith="releases.")]
    assert "7391" not in rows
    assert log
    assert not any("7391" in line for line in log)


def change_frozen(sql: str) -> None:
    with fleet.connect() as owner:
        owner.execute("SET LOCAL search_path = region_gjovikregionen")
        owner.execute("ALTER TABLE releases_contribution DISABLE TRIGGER USER")
        owner.execute(sql.encode())
        owner.execute("ALTER TABLE releases_contribution ENABLE TRIGGER USER")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE releases_contribution SET numbers = jsonb_set(numbers, '{0,3}', '99')",
        "DELETE FROM releases_contribution WHERE ctid = (SELECT min(ctid) FROM releases_contribution)",
        "UPDATE releases_contribution SET period = '2019H1'"
        " WHERE ctid = (SELECT min(ctid) FROM releases_contribution)",
    ],
)
def test_history_that_was_changed_stops_everything(house, sql):
    everybody_sends(H1)
    closed(H1)
    change_frozen(sql)
    wish = asks("release", {"period": H1, "tables": [H1]})
    works()
    assert "er endret siden det ble lukket" in wish_of(wish).said


def test_a_ledger_that_was_changed_stops_everything(house):
    everybody_sends(H1)
    closed(H1)
    with fleet.connect() as owner:
        owner.execute("SET LOCAL search_path = region_gjovikregionen")
        owner.execute("ALTER TABLE releases_entry DISABLE TRIGGER USER")
        owner.execute("UPDATE releases_entry SET content = jsonb_set(content, '{area}', '7')")
        owner.execute("ALTER TABLE releases_entry ENABLE TRIGGER USER")
    wish = asks("release", {"period": H1, "tables": [H1]})
    works()
    assert "Hovedboken er ikke hel" in wish_of(wish).said
    with work(ref(REGION), "returns"), pytest.raises(Broken):
        read_ledger()


def test_a_ledger_whose_end_was_cut_off_stops_everything_by_what_the_log_says(house):
    everybody_sends(H1)
    closed(H1)
    given_out(H1, ["2025Q1"])
    with fleet.connect() as owner:
        owner.execute("SET LOCAL search_path = region_gjovikregionen")
        for table in ("releases_entry", "releases_copy"):
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
        owner.execute("DELETE FROM releases_copy")
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        owner.execute("DELETE FROM releases_entry WHERE number = 2")
        owner.execute("UPDATE releases_head SET (number, digest) = (SELECT number, digest FROM releases_entry)")
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("releases_entry", "releases_copy"):
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER".encode())
    assert told().releases == ()  # the chain itself is whole
    wish = asks("release", {"period": H1, "tables": ["2025Q1"]})
    works()
    assert "har hatt rader som er borte" in wish_of(wish).said


def finds(cell: str) -> Engines:
    """An auditor that finds this cell unsafe while it is a target."""

    def audit(problem, release):
        found = [{"cell": cell, "earlier": True} for one in problem["cells"] if one["id"] == cell]
        return {"safe": not found, "checked": {"cells": 1}, "findings": found}

    return Engines(totals_only().protect, audit, {})


def test_history_that_tells_stops_new_releases_until_two_persons_have_settled_it(house):
    everybody_sends(H1, H2)
    closed(H1)
    given_out(H1, [H1])
    closed(H2)
    cell = cases((H1,)).id
    wish = asks("release", {"period": H2, "tables": [H2]})
    works(lambda key: finds(cell))
    assert "kan nå røpe små tall (1. halvår 2025)" in wish_of(wish).said
    settled = asks("settled", {"because": "Kjent fra kommunens årsmelding."})
    works(lambda key: finds(cell))
    says_yes(settled)
    works(lambda key: finds(cell))
    assert wish_of(settled).state == "done", wish_of(settled).said
    assert {one.id for one in told().settled} == {cell}
    given_out(H2, [H2], lambda key: finds(cell))


def test_a_verdict_that_is_not_yes_gives_nothing(house):
    everybody_sends(H1)
    closed(H1)
    for verdict in ({"safe": False, "findings": []}, {"findings": []}, {"safe": True, "errors": ["x"]}):
        wish = asks("release", {"period": H1, "tables": [H1]})
        works(lambda key, said=verdict: Engines(totals_only().protect, lambda problem, release: said, {}))
        assert wish_of(wish).said.startswith("Kontrollen godtok ikke")


def test_an_engine_that_fails_gives_nothing_and_says_so(house):
    everybody_sends(H1)
    closed(H1)

    def broken(problem):
        raise RuntimeError("løser")

    wish = asks("release", {"period": H1, "tables": [H1]})
    with pytest.raises(RuntimeError):
        works(lambda key: Engines(broken, totals_only().audit, {}))
    assert wish_of(wish).state == "failed"
    assert "løser" not in wish_of(wish).said
    assert copies() == []


def test_what_is_withdrawn_is_still_known(house):
    everybody_sends(H1)
    closed(H1)
    given_out(H1, [H1])
    wish = asks("withdrawn", {"release": 2, "reason": "Feil i teksten."})
    works()
    assert wish_of(wish).state == "done"
    found = told()
    assert found.releases[0].withdrawn
    assert cases((H1,)) in found.history.values
    again = asks("withdrawn", {"release": 2, "reason": "Igjen."})
    works()
    assert wish_of(again).state == "failed"


def test_a_fact_published_elsewhere_is_entered_and_audited(house):
    everybody_sends(H1)
    closed(H1)
    given_out(H1, [H1])
    gjovik = str(ref("gjovik").id)
    fact = Fact(cases((H1,)), 12, 12, frozenset([gjovik]))
    asked = []

    def audit(problem, release):
        asked.append(problem["rows"][-1])
        return {"safe": True, "checked": {}, "findings": []}

    wish = asks("outside", fact_json(fact) | {"source": "Årsmelding"})
    works(lambda key: Engines(totals_only().protect, audit, {}))
    assert wish_of(wish).state == "done", wish_of(wish).said
    assert told().facts == (fact,)
    assert (asked[0]["low"], {atom.rsplit("/", 1)[1] for atom in asked[0]["atoms"]}) == (12, {gjovik})


def test_a_new_rule_holds_from_then_on_and_needs_two(house):
    everybody_sends(H1)
    closed(H1)
    wish = asks("rule", {"threshold": 10, "coalition": 2, "min_contributors": 3})
    works()
    assert wish_of(wish).state == "ready"
    says_yes(wish)
    works()
    assert (told().rule.threshold, told().rule.coalition) == (10, 2)
    low = asks("rule", {"threshold": 3, "coalition": 1, "min_contributors": 3})
    works()
    says_yes(low)
    works()
    assert "kan ikke være under 5" in wish_of(low).said


def test_a_draft_is_stopped_when_somebody_drops_it(house):
    everybody_sends(H1)
    closed(H1)
    wish = asks("release", {"period": H1, "tables": [H1]})

    def dropped(problem):
        with person("stine") as by:
            actions.drop(wish=wish, by=by)
        return totals_only().protect(problem)

    with pytest.raises(Refused):
        draft(ref(REGION), wish, lambda key: Engines(dropped, totals_only().audit, {}))
    assert wish_of(wish).state == "dropped"


def test_the_command_answers_for_its_own_and_for_nobody_elses(house):
    everybody_sends(H1)
    closed(H1)
    with work(ref(REGION), "returns") as by:
        wish = ask_by_command(period=H1, tables=[H1], by=by).id
    works()
    with work(ref(REGION), "returns") as by:
        approve_by_command(wish=wish, by=by)
    works()
    assert wish_of(wish).state == "done"
    own = asks("release", {"period": H1, "tables": ["2025Q1"]})
    works()
    with work(ref(REGION), "returns") as by, pytest.raises(Refused, match="annet menneske"):
        approve_by_command(wish=own, by=by)


def test_asking_twice_for_what_is_under_way_is_refused_and_pages_never_write_the_ledger(house):
    everybody_sends(H1)
    asks("closed", {"period": H1, "without": False})
    with pytest.raises(Refused, match="alt bedt om"):
        asks("closed", {"period": H1, "without": False})
    with person("stine") as by, pytest.raises(PermissionDenied):
        ask_by_command(period=H1, tables=[H1], by=by)
    with work(ref(REGION), "returns"):
        assert next_period(read_ledger()) == H1
    assert parse(H1)[-1].last_day + timedelta(days=1) == parse(H2)[0].first_day
    assert canonical({}) == b"{}"


def test_kommuner_that_become_one_are_one_contributor_with_what_both_have_sent(house, monkeypatch):
    """Østre Toten goes out and Nabo comes in its place, as if born of it: the quarter of the birth is Nabo's."""
    today = quarter_of(day_of(now()))
    before = next(quarter for quarter in parse("2020..2100") if quarter.next == today)
    old, new = str(ref("ostre-toten").id), str(ref("nabo").id)
    leave("ostre-toten")
    leave("nabo", OTHER_REGION)
    join("nabo", REGION)
    monkeypatch.setattr("regional.releases.queries._became", lambda: {old: new})
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
    given_out(H1, ["2025Q1", "2025Q2", H1], best)
    closed(H2)
    given_out(H2, ["2025Q3", "2025Q4", H2, "2025", "start..2025H2"], best)
    values = [each.value for one in told().releases for each in one.statements if each.value is not None]
    assert min(values) >= 5
    assert copies()[1]["tables"][3]["cases"] == 144


def test_a_figure_is_said_once_and_what_was_withheld_stays_so(house):
    """The first year is also all since the start: the same figure, asked for by two releases."""
    everybody_sends(H1, H2)
    closed(H1)
    given_out(H1, [H1])
    closed(H2)
    given_out(H2, ["2025"])
    seen = []

    def protect(problem):
        seen.append({cell["id"]: cell["state"] for cell in problem["cells"]})
        return totals_only().protect(problem)

    given_out(H2, ["start..2025H2"], lambda key: Engines(protect, totals_only().audit, {}))
    cells = [each.cell for one in told().releases for each in one.statements]
    assert len(set(cells)) == len(cells)
    assert {seen[0][cases(periods).id] for periods in ((H1,), (H1, H2))} == {"published"}
