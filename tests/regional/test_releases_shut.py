"""What somebody curious tries around a release: the log's fingerprints, a rule as an oracle, a command that closes for
nothing, a kommune that has gone with what it was given, the raw pool."""

from datetime import datetime

import pytest
from django.db import DatabaseError, connection

from regional.releases.actions import drop
from regional.releases.by_command import table_for_period
from regional.releases.engines import Engines
from regional.releases.letters import send_letters
from regional.releases.statements import canonical, digest
from regional.releases.wants import Release
from regional.releases.wish_actions import approve_by_command, ask_by_command
from shared.codes.periods import parse
from shared.contracts import ReleaseWithdrawn
from shared.post.actions import open_mail
from shared.post.models import SealedLetter
from tenants.returns.received_models import WithdrawnRelease
from tests.cast import TEST, ref
from tests.regional.released import (
    H1,
    H2,
    KOMMUNER,
    REGION,
    asks,
    by_two,
    cases_of,
    closed,
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
from tests.standing import leave
from varde.audit.models import Entry
from varde.clock import OSLO
from varde.privacy.box import PURPOSES
from varde.refusal import Refused
from varde.tenancy.door import office
from varde.tenancy.work import work


def test_the_log_holds_no_digest_of_a_draft_that_a_guess_could_be_tried_against(house):
    everybody_sends(H1)
    closed(H1)
    wish = asks("release", {"period": H1})
    works()
    seen, made = looks(wish), wish_of(wish).made
    with work(ref(REGION), TEST):
        said = Entry.objects.get(what="releases.preview").reason
    assert said == seen
    assert said != digest(canonical(made))


def test_no_rule_is_entered_while_a_claim_is_not_settled(house):
    """Its audit would answer whether the claim is so, in the ledger where everybody reads it."""
    everybody_sends(H1)
    closed(H1)
    given_out(H1)
    about = {"threshold": 6, "coalition": 1, "min_contributors": 3}
    before = asks("rule", about)
    claim = {"question": "saker", "kind": "codes", "codes": ("1", "2"), "periods": (H1,), "low": 12, "high": 12}
    by_two("outside", {**claim, "kommuner": (str(ref("gjovik").id),), "source": "En årsmelding."})
    says_yes(before)
    works(lambda key: Engines(never, never, {}))
    assert wish_of(before).said.startswith("Et tall er ført inn som kjent fra andre")
    after = asks("rule", about)
    works(lambda key: Engines(never, never, {}))
    assert wish_of(after).said.startswith("Et tall er ført inn som kjent fra andre")
    by_two("settled", {"because": "Vi har sett på det."})
    assert by_two("rule", about).state == "done"


def test_a_command_that_cannot_be_answered_closes_nothing(house, monkeypatch):
    everybody_sends(H1, H2)
    at = datetime(2025, 9, 1, 12, tzinfo=OSLO)
    for period, said in (("2025Q2..2025Q3", "Det som kan bestilles, er 1\\. kvartal 2025, "),):
        with pytest.raises(Refused, match=said):
            table_for_period(ref(REGION), parse(period), totals_only)
    monkeypatch.setattr("regional.releases.by_command.now", lambda: at)
    with pytest.raises(Refused, match="2\\. halvår 2025 er ikke over"):
        table_for_period(ref(REGION), parse("2025"), totals_only)
    assert told().closed == ()


def test_a_command_for_a_half_year_that_is_closed_empty_is_refused_with_a_sentence(house):
    for kommune in KOMMUNER[:2]:
        send(kommune, cases_of(12, H1), "2025Q1", "2025Q2")
    with pytest.raises(Refused, match="bygger på for få kommuner"):
        table_for_period(ref(REGION), parse(H1), totals_only)


def test_who_has_left_is_told_that_what_it_was_given_is_withdrawn(house):
    everybody_sends(H1)
    closed(H1)
    given_out(H1)
    open_mail(ref("gjovik"))
    leave("gjovik")
    by_two("withdrawn", {"release": 3, "reason": "Feil i teksten."})
    send_letters(ref(REGION))
    with work(ref(REGION), TEST):
        sent = SealedLetter.objects.filter(kind=ReleaseWithdrawn.__name__, recipient=ref("gjovik").id)
        assert sent.count() == 1
    open_mail(ref("gjovik"))
    with work(ref("gjovik"), TEST):
        assert WithdrawnRelease.objects.filter(number=3).exists()


@pytest.mark.parametrize("who", ["stine", "liv", None])
def test_sql_as_the_regions_login_gives_no_kommunes_figures(house, who):
    """Raw figures are the worker's: not those of the person whose ticket is there, nor without one."""
    everybody_sends(H1)
    closed(H1)
    asks("release", {"period": H1})
    works()
    with person(who) if who else office(ref(REGION)):
        for table in ("statistics_return", "releases_contribution", "releases_kept"):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone() == (0,), table


@pytest.mark.parametrize("who", ["liv", None])
def test_a_row_that_somebody_lays_in_the_log_stops_nothing(house, who):
    """Anybody with the login may lay a row in the log; what was entered in the ledger is said by the worker alone."""
    everybody_sends(H1)
    closed(H1)
    with person(who) if who else office(ref(REGION)), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (id, at, user_id, name, role, action, what, object_id, reason, ground,"
            " request_id, number, previous, digest) VALUES (gen_random_uuid(), now(), access_signed(), '', '',"
            " 'create', 'releases.closed', '', 'Nr. 9, 00', '', '', 0, '', '')"
        )
    given_out(H1)


def test_a_command_does_not_give_out_again_what_two_have_withdrawn(house):
    everybody_sends(H1)
    closed(H1)
    given_out(H1)
    by_two("withdrawn", {"release": 3, "reason": "Feil i teksten."})
    with pytest.raises(Refused, match="er trukket tilbake"):
        table_for_period(ref(REGION), parse(H1), totals_only)
    given_out(H1)
    assert table_for_period(ref(REGION), parse(H1), totals_only)[0].number == 5


@pytest.mark.parametrize("state", ["waiting", "ready", "dropped"])
def test_a_command_does_not_give_out_what_people_have_asked_for(house, state):
    """Dropped, in somebody's hands, or being made: two people give it out, or nobody does."""
    everybody_sends(H1)
    closed(H1)
    wish = asks("release", {"period": H1})
    if state != "waiting":
        works()
    if state == "dropped":
        with person("sara") as by:
            drop(wish=wish, by=by)
    with pytest.raises(Refused, match="gis ut av to personer"):
        table_for_period(ref(REGION), parse(H1), totals_only)
    assert told().releases == ()


def test_the_database_lets_no_command_give_out_what_people_have_dropped(house):
    everybody_sends(H1)
    closed(H1)
    wish = asks("release", {"period": H1})
    works()
    with person("sara") as by:
        drop(wish=wish, by=by)
    with work(ref(REGION), "returns") as by:
        own = ask_by_command(wanted=Release(period=H1), by=by).id
    works()
    with work(ref(REGION), "returns") as by:
        approve_by_command(wish=own, by=by)
    with pytest.raises(DatabaseError, match="people give out"):
        works()


def test_the_keys_of_the_ledger_are_there_from_the_offices_birth():
    """Anybody with the login may lay a key; one under the id of a key that is not made yet would stop all for good."""
    assert {"releases", "releases_words"} <= set(PURPOSES)
