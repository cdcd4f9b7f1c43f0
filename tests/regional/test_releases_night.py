"""What goes on without anybody asking: a stop at any step, another worker, letters, and each night's look."""

import json
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core import mail
from django.db import OperationalError

from regional.releases import wish_actions
from regional.releases.cells import cases
from regional.releases.chain import verify
from regional.releases.checking import check
from regional.releases.engines import Engines
from regional.releases.letters import send_letters
from regional.releases.models import FrozenCopy, Kept, LedgerEntry, Sent
from regional.releases.worker import work_off
from shared.contracts import ReleaseGiven, ReleaseWithdrawn
from shared.post.models import SealedLetter
from tests.cast import TEST, ref
from tests.owner import by_hand
from tests.regional.released import (
    H1,
    KOMMUNER,
    REGION,
    asks,
    by_two,
    claims,
    closed,
    everybody_sends,
    finds,
    given_out,
    never,
    person,
    says_yes,
    totals_only,
    wish_of,
    works,
)
from tests.standing import join, leave
from varde.audit.models import Entry
from varde.tenancy.work import work


def counts() -> list[int]:
    """Rows of the ledger, copies, what is kept."""
    with work(ref(REGION), TEST):
        return [LedgerEntry.objects.count(), FrozenCopy.objects.count(), Kept.objects.count()]


@pytest.mark.parametrize("error", [OSError(28, "full"), OperationalError("line"), KeyboardInterrupt()])
@pytest.mark.parametrize(
    "step",
    [
        "release_actions.keeping.keep", "release_actions.enter", "release_actions.ready", "release_actions.done",
        "release_actions.FrozenCopy", "wish_actions.record", "worker.solve", "worker.last_look",
    ],
)  # fmt: skip
def test_a_stop_at_any_step_leaves_it_to_be_done_again_and_never_half(house, monkeypatch, step, error):
    everybody_sends(H1)
    closed(H1)
    wish = asks("release", {"period": H1})
    monkeypatch.setattr("regional.releases.wish_actions.SILENT", timedelta(0))

    def stop(*_args, **_keywords):
        raise error

    for state, before in (("waiting", [1, 0, 0]), ("approved", [2, 0, 2])):
        with monkeypatch.context() as broken, suppress(OSError, OperationalError, KeyboardInterrupt):
            broken.setattr(f"regional.releases.{step}", stop)
            works()
        if wish_of(wish).state == state:
            assert counts() == before
        with work(ref(REGION), "returns"):
            assert verify().whole
        works()
        if wish_of(wish).state == "ready":
            says_yes(wish)
    works()
    assert wish_of(wish).state == "done"
    assert counts() == [3, 1, 2]


def test_what_one_worker_is_at_no_other_takes_until_it_has_died(house, monkeypatch):
    everybody_sends(H1)
    closed(H1)
    wish = asks("release", {"period": H1})
    taken = []

    def protect(problem):
        taken.append(work_off(ref(REGION), lambda key: Engines(never, never, {})))
        return totals_only().protect(problem)

    works(lambda key: Engines(protect, totals_only().audit, {}))
    assert set(taken) == {0}
    assert wish_of(wish).state == "ready"
    other = asks("closed", {"period": "2025H2", "without": True})
    with work(ref(REGION), "returns") as by:
        assert wish_actions.take(wish=other, state="waiting", by=by)
    works()
    assert wish_of(other).state == "waiting"
    monkeypatch.setattr("regional.releases.wish_actions.SILENT", timedelta(0))
    works()
    assert wish_of(other).state != "waiting"


def test_something_said_meanwhile_and_it_is_worked_out_anew(house):
    everybody_sends(H1, "2025H2")
    closed(H1)
    wish = asks("release", {"period": H1})

    def protect(problem):
        if wish_of(wish).state == "waiting" and len(rounds) == 0:
            rounds.append(1)
            plain = asks("closed", {"period": "2025H2", "without": False})
            works()
            assert wish_of(plain).state == "done"
        return totals_only().protect(problem)

    rounds = []
    works(lambda key: Engines(protect, totals_only().audit, {}))
    assert (wish_of(wish).state, wish_of(wish).begun_at) == ("waiting", None)
    works()
    assert wish_of(wish).state == "ready"


def test_what_is_unforeseen_ends_one_wish_and_not_the_others(house):
    everybody_sends(H1, "2025H2")
    closed(H1)
    wish = asks("release", {"period": H1})
    other = asks("closed", {"period": "2025H2", "without": False})
    with pytest.raises(AssertionError):
        works(lambda key: Engines(never, never, {}))
    assert (wish_of(wish).state, wish_of(other).state) == ("failed", "done")


def letters(kind: str) -> list[str]:
    """Whom such letters lie in the post for."""
    with work(ref(REGION), TEST):
        rows = SealedLetter.objects.filter(kind=kind)
        return sorted(str(each) for each in rows.values_list("recipient", flat=True))


def test_every_kommune_is_sent_what_is_given_out_and_that_it_is_withdrawn_once(house):
    everybody_sends(H1)
    closed(H1)
    given_out(H1)
    everyone = sorted(str(ref(one).id) for one in KOMMUNER)
    assert set(everyone) <= set(letters(ReleaseGiven.__name__))
    first = len(letters(ReleaseGiven.__name__))
    assert send_letters(ref(REGION)) == 0
    assert by_two("withdrawn", {"release": 3, "reason": "Feil i teksten."}).state == "done"
    assert len(letters(ReleaseWithdrawn.__name__)) == first
    works()
    assert len(letters(ReleaseWithdrawn.__name__)) == first


def test_who_joins_later_is_sent_what_stands(house):
    leave("ostre-toten")
    with work(ref(REGION), TEST):
        mine = str(ref("ostre-toten").id)
    everybody_sends(H1)
    closed(H1)
    given_out(H1)
    assert mine not in letters(ReleaseGiven.__name__)
    join("ostre-toten", REGION)
    works()
    assert letters(ReleaseGiven.__name__).count(mine) == 1
    with work(ref(REGION), TEST):
        assert Sent.objects.filter(kommune=ref("ostre-toten").id).count() == 1


def said_at_night() -> list[str]:
    """What the log says of the nights."""
    with work(ref(REGION), TEST):
        return list(Entry.objects.filter(what="releases.check").order_by("number").values_list("reason", flat=True))


def test_each_night_is_quiet_when_all_is_well(house):
    everybody_sends(H1)
    closed(H1)
    given_out(H1)
    assert check(ref(REGION), totals_only).said == ""
    assert said_at_night() == [""]
    assert mail.outbox == []


def test_a_night_that_finds_something_alarms_those_who_may_give_out(house, caplog):
    everybody_sends(H1)
    closed(H1)
    given_out(H1)
    with person("liv"):
        pass
    found = check(ref(REGION), lambda key: finds(cases((H1,)).id))
    assert "kan nå røpe små tall" in found.said
    told = {address for each in mail.outbox for address in each.to}
    assert {"stine@region.example", "sara@region.example"} <= told
    assert "liv@region.example" not in told
    assert not any("36" in each.body or "halvår" in each.body for each in mail.outbox)
    assert "releases are not safe" in caplog.text


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE releases_kept SET content = substring(content from 2) WHERE kind = 'draft'",
        "UPDATE releases_kept SET mark = repeat('0', 64) WHERE kind = 'draft'",
        "UPDATE releases_contribution SET period = '2019H1'",
        "UPDATE releases_copy SET content = replace(content, '36', '37')",
        "UPDATE releases_entry SET by_name = 'En annen' WHERE number = 1",
    ],
)
def test_a_night_finds_what_a_hand_in_the_database_did(house, sql):
    everybody_sends(H1)
    closed(H1)
    given_out(H1)
    by_hand(REGION, sql.split()[1], sql)
    assert "Ingen" in check(ref(REGION), totals_only).said


def test_no_night_answers_whether_a_claim_is_so(house):
    everybody_sends(H1)
    closed(H1)
    given_out(H1)
    asked = []

    def audit(problem, release):
        asked.append(json.dumps(problem["rows"]))
        return {"safe": True, "checked": {}, "findings": []}

    rows = []
    for low in (12, 3):
        assert by_two("outside", claims(low, low)).state == "done"
        check(ref(REGION), lambda key: Engines(never, audit, {}))
        rows.append(asked.pop())
    assert rows[0] == rows[1]
