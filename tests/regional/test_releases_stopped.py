"""What stops a release: a past or a ledger that was changed, a verdict that is not yes, an engine that fails."""

import pytest

from regional.releases import actions
from regional.releases.cells import cases
from regional.releases.engines import Engines
from regional.releases.ledger import Broken
from regional.releases.queries import read_ledger
from tests.cast import ref
from tests.owner import by_hand
from tests.regional.released import (
    H1,
    REGION,
    asks,
    closed,
    copies,
    everybody_sends,
    finds,
    given_out,
    person,
    says_yes,
    told,
    totals_only,
    wish_of,
    works,
)
from varde.tenancy import fleet
from varde.tenancy.work import work


def test_a_draft_that_became_unsafe_before_it_was_given_out_is_not_given_out(house):
    everybody_sends(H1)
    closed(H1)
    wish = asks("release", {"period": H1})
    works()
    says_yes(wish)
    works(lambda key: finds(cases((H1,)).id))
    assert wish_of(wish).state == "failed"
    assert "kan nå røpe små tall" in wish_of(wish).said
    assert wish_of(wish).made is None
    assert copies() == []


def change_frozen(sql: str) -> None:
    by_hand(REGION, "releases_contribution", sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE releases_contribution SET numbers = jsonb_set(numbers, '{0,3}', '99')",
        "DELETE FROM releases_contribution WHERE ctid = (SELECT min(ctid) FROM releases_contribution)",
        "UPDATE releases_contribution SET period = '2019H1' WHERE ctid = (SELECT min(ctid) FROM releases_contribution)",
    ],
)
def test_history_that_was_changed_stops_everything(house, sql):
    everybody_sends(H1)
    closed(H1)
    change_frozen(sql)
    wish = asks("release", {"period": H1})
    works()
    assert "er endret siden det ble lukket" in wish_of(wish).said


def test_a_ledger_that_was_changed_stops_everything(house):
    everybody_sends(H1)
    closed(H1)
    by_hand(REGION, "releases_entry", "UPDATE releases_entry SET content = jsonb_set(content, '{area}', '7')")
    wish = asks("release", {"period": H1})
    works()
    assert "Hovedboken er ikke hel" in wish_of(wish).said
    with work(ref(REGION), "returns"), pytest.raises(Broken):
        read_ledger()


def test_a_ledger_whose_end_was_cut_off_stops_everything_by_what_the_log_says(house):
    everybody_sends(H1)
    closed(H1)
    given_out(H1)
    with fleet.connect() as owner:
        owner.execute("SET LOCAL search_path = region_gjovikregionen")
        for table in ("releases_entry", "releases_copy", "releases_sent"):
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
        owner.execute("DELETE FROM releases_copy")
        owner.execute("DELETE FROM releases_sent")
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        owner.execute("DELETE FROM releases_entry WHERE number = 3")
        owner.execute(
            "UPDATE releases_head SET (number, digest) = (SELECT number, digest FROM releases_entry WHERE number = 2)"
        )
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("releases_entry", "releases_copy"):
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER".encode())
    assert told().releases == ()  # the chain itself is whole
    wish = asks("release", {"period": H1})
    works()
    assert "har hatt rader som er borte" in wish_of(wish).said


def test_a_verdict_that_is_not_yes_gives_nothing(house):
    everybody_sends(H1)
    closed(H1)
    for verdict in ({"safe": False, "findings": []}, {"findings": []}, {"safe": True, "errors": ["x"]}):
        wish = asks("release", {"period": H1})
        works(lambda key, said=verdict: Engines(totals_only().protect, lambda problem, release: said, {}))
        assert wish_of(wish).said.startswith("Kontrollen godtok ikke")


def test_an_engine_that_fails_gives_nothing_and_says_so(house):
    everybody_sends(H1)
    closed(H1)

    def broken(problem):
        raise RuntimeError("løser")

    wish = asks("release", {"period": H1})
    with pytest.raises(RuntimeError):
        works(lambda key: Engines(broken, totals_only().audit, {}))
    assert wish_of(wish).state == "failed"
    assert "løser" not in wish_of(wish).said
    assert copies() == []


def test_a_draft_is_stopped_when_somebody_drops_it(house):
    everybody_sends(H1)
    closed(H1)
    wish = asks("release", {"period": H1})
    seen = []

    def dropped(problem):
        seen.append((wish_of(wish).stage, wish_of(wish).share, wish_of(wish).said))
        with person("stine") as by:
            actions.drop(wish=wish, by=by)
        return totals_only().protect(problem)

    works(lambda key: Engines(dropped, totals_only().audit, {}))
    assert wish_of(wish).state == "dropped"
    assert seen == [(2, 25, "Steg 2 av 4: finner ut hva som kan vises, runde 1")]
    assert told().drafted == ()
