"""What else two persons say in the ledger: withdrawn, known from others, another rule, taken to notice."""

import json

import pytest
from django.core.exceptions import PermissionDenied

from regional.releases import words
from regional.releases.cells import cases
from regional.releases.engines import Engines
from regional.releases.given import given
from regional.releases.models import LedgerEntry
from regional.releases.queries import read_ledger, true_facts, world
from tests.cast import TEST, ref
from tests.regional.released import (
    H1,
    H2,
    REGION,
    asks,
    by_two,
    claims,
    closed,
    copies,
    everybody_sends,
    finds,
    given_out,
    never,
    person,
    says_yes,
    told,
    totals_only,
    wish_of,
    works,
)
from varde.refusal import Refused
from varde.tenancy.work import work


def test_history_that_tells_stops_new_releases_until_two_persons_have_settled_it(house):
    everybody_sends(H1, H2)
    closed(H1)
    given_out(H1)
    closed(H2)
    cell = cases((H1,)).id
    wish = asks("release", {"period": H2})
    works(lambda key: finds(cell))
    assert "kan nå røpe små tall (1. halvår 2025)" in wish_of(wish).said
    settled = asks("settled", {"because": "Kjent fra en årsmelding."})
    works(lambda key: finds(cell))
    says_yes(settled)
    works(lambda key: finds(cell))
    assert wish_of(settled).state == "done", wish_of(settled).said
    assert {one.id for one in told().settled} == {cell}
    given_out(H2, lambda key: finds(cell))


def test_what_two_have_withdrawn_is_still_known_and_can_be_given_out_again_as_it_was(house):
    everybody_sends(H1)
    closed(H1)
    given_out(H1)
    assert by_two("withdrawn", {"release": 3, "reason": "Feil i teksten."}).state == "done"
    found = told()
    assert found.releases[0].withdrawn
    assert cases((H1,)) in found.history.values
    again = asks("withdrawn", {"release": 3, "reason": "Igjen."})
    works()
    assert wish_of(again).state == "failed"
    with person("liv") as by:
        assert [(one.number, one.tables) for one in given(by) if one.withdrawn_at] == [(3, ())]
    given_out(H1)
    assert len(set(map(json.dumps, copies()))) == 1
    assert [one.number for one in told().releases] == [3, 5]


def test_words_are_kept_beside_the_ledger_and_looked_through(house):
    everybody_sends(H1)
    closed(H1)
    given_out(H1)
    with pytest.raises(Refused, match="kan si noe om en person"):
        asks("withdrawn", {"release": 3, "reason": "Ring 99 88 77 66, født 01.02.1940."})
    wish = asks("withdrawn", {"release": 3, "reason": "Feil i teksten."})
    works()
    says_yes(wish)
    works()
    with work(ref(REGION), TEST):
        content = LedgerEntry.objects.get(kind="withdrawn").content
        stored = json.dumps(content)
    assert "Feil" not in stored
    with person("liv") as by:
        assert words.words_of([wish]) == {wish: "Feil i teksten."}
        assert content["words"] == words.mark_of(wish)
        with pytest.raises(PermissionDenied):
            words.blank(wish=wish, by=by)
    with person("sara") as by:
        words.blank(wish=wish, by=by)
    with person("liv") as by:
        assert words.words_of([wish]) == {wish: ""}
    assert told().releases[0].withdrawn


def test_a_claim_is_answered_alike_whether_it_is_so_or_not(house):
    everybody_sends(H1)
    closed(H1)
    given_out(H1)
    rows = []
    for low in (12, 3):
        row = by_two("outside", claims(low, low), lambda key: Engines(never, never, {}))
        rows.append((row.state, row.said, row.made))
        with work(ref(REGION), TEST):
            content = LedgerEntry.objects.order_by("-number").first().content
        rows[-1] += (sorted(content),)
    assert rows[0] == rows[1]
    with work(ref(REGION), "returns"):
        found = read_ledger()
        assert [fact.low for fact in true_facts(found, world(found))] == [12]
    assert len(found.facts) == 2


def test_after_a_claim_nothing_is_given_out_until_two_have_settled_it(house):
    everybody_sends(H1)
    closed(H1)
    ready = asks("release", {"period": H1})
    works()
    says_yes(ready)
    claim = asks("outside", claims(3, 3))
    works()  # the draft is given out, the claim waits for another person
    assert wish_of(ready).state == "done"
    says_yes(claim)
    everybody_sends(H2)
    works()
    closed(H2)
    wish = asks("release", {"period": H2})
    works()
    assert wish_of(wish).said.startswith("Et tall er ført inn som kjent fra andre")
    assert by_two("settled", {"because": "Vi har sett på det."}).state == "done"
    assert not told().unsettled
    given_out(H2)


def test_a_true_claim_is_in_the_problem_and_another_is_not(house):
    everybody_sends(H1)
    closed(H1)
    asked = []

    def audit(problem, release):
        asked.append([each["low"] for each in problem["rows"] if each["low"] in (12, 3)])
        return {"safe": True, "checked": {}, "findings": []}

    for low in (12, 3):
        by_two("outside", claims(low, low))
    by_two("settled", {"because": "Vi har sett på det."})
    given_out(H1, lambda key: Engines(totals_only().protect, audit, {}))
    assert asked
    assert all(rows == [12] for rows in asked)


def test_claims_are_few_and_about_figures_that_there_are(house):
    everybody_sends(H1)
    closed(H1)
    for wrong in (
        claims(3, 2), claims(3, periods=(H2,)), claims(3, question="noe"), claims(3, kommuner=("x",)), claims(-1),
    ):  # fmt: skip
        with pytest.raises(Refused):
            asks("outside", wrong)
    for low in range(5):
        assert by_two("outside", claims(low)).state == "done"
    with pytest.raises(Refused, match="Flere kan ikke legges inn"):
        asks("outside", claims(9))


def test_a_new_rule_holds_from_then_on_and_needs_two(house):
    everybody_sends(H1)
    closed(H1)
    row = by_two("rule", {"threshold": 10, "coalition": 1, "min_contributors": 3})
    assert row.state == "done", row.said
    assert (told().rule.threshold, told().rule.coalition) == (10, 1)
    by_two("rule", {"threshold": 5, "coalition": 1, "min_contributors": 3})
    with work(ref(REGION), TEST):
        rules = [row.content for row in LedgerEntry.objects.filter(kind="rule").order_by("number")]
    assert [each["loosens"] for each in rules] == [[], ["threshold"]]


@pytest.mark.parametrize(
    ("threshold", "coalition", "least"), [(4, 1, 3), (21, 1, 3), (5, 0, 3), (5, 2, 3), (5, 1, 2), (5, 1, 4)]
)
def test_a_rule_that_protects_nothing_or_stops_everything_is_refused(house, threshold, coalition, least):
    everybody_sends(H1)
    closed(H1)
    with pytest.raises(Refused):
        asks("rule", {"threshold": threshold, "coalition": coalition, "min_contributors": least})


def test_a_draft_that_makes_something_unsafe_is_not_given_out_by_settling_it(house):
    """Two have seen it; that is not the same as everybody."""
    everybody_sends(H1, H2)
    closed(H1)
    cell = cases((H1,)).id
    ready = asks("release", {"period": H1})
    works()
    says_yes(ready)
    works(lambda key: finds(cell))
    assert "kan nå røpe små tall" in wish_of(ready).said
    settled = by_two("settled", {"because": "Vi har sett på det."}, lambda key: finds(cell))
    assert settled.state == "done", settled.said
    again = by_two("release", {"period": H1}, lambda key: finds(cell))
    assert again.said.startswith("Utkastet ville gjøre tall utrygge")
    assert told().releases == ()
