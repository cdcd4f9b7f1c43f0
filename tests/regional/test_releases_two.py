"""Nobody alone does what cannot be undone: by account, by name, by address, on the page and in the database."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from regional.releases import actions
from regional.releases.by_command import table_for_period
from regional.releases.due_queries import next_period
from regional.releases.engines import Engines
from regional.releases.models import LedgerEntry, Wish
from regional.releases.queries import read_ledger
from regional.releases.statements import canonical
from regional.releases.wants import Release
from regional.releases.wish_actions import BY_COMMAND, approve_by_command, ask_by_command
from shared.codes.periods import parse
from tests.cast import ref
from tests.owner import by_hand
from tests.regional.released import (
    H1,
    H2,
    REGION,
    asks,
    cases_of,
    closed,
    everybody_sends,
    looks,
    never,
    person,
    says_yes,
    send,
    totals_only,
    wish_of,
    works,
)
from varde.clock import now
from varde.refusal import Overtaken, Refused
from varde.tenancy.work import work


def test_who_asked_does_not_approve_nor_does_who_may_only_read(house):
    everybody_sends(H1)
    closed(H1)
    wish = asks("release", {"period": H1})
    works()
    seen = wish_of(wish).made_digest
    with pytest.raises(Refused, match="En annen må se"), person("stine") as by:
        actions.approve(wish=wish, seen=seen, by=by)
    with pytest.raises(PermissionDenied), person("liv") as by:
        actions.approve(wish=wish, seen=seen, by=by)
    with pytest.raises(PermissionDenied), person("liv") as by:
        actions.preview(wish=wish, by=by)
    with pytest.raises(Refused, match="se på det før"), person("sara") as by:
        actions.approve(wish=wish, seen=seen, by=by)
    looks(wish)
    with pytest.raises(Overtaken), person("sara") as by:
        actions.approve(wish=wish, seen="noe annet", by=by)


@pytest.mark.parametrize(
    ("name", "email"), [("stine", "en.annen@region.example"), ("Noen andre", "stine+to@region.example")]
)
def test_two_accounts_of_one_name_or_address_are_one_person(house, name, email):
    everybody_sends(H1)
    closed(H1)
    wish = asks("release", {"period": H1})
    works()
    looks(wish)
    changed = "UPDATE identity_user SET name = %(name)s, email = %(email)s WHERE email = 'sara@region.example'"
    by_hand(REGION, "identity_user", changed, name=name, email=email)
    seen = wish_of(wish).made_digest
    with pytest.raises(Refused, match="regnes som én person"), person("sara") as by:
        actions.approve(wish=wish, seen=seen, by=by)


def test_the_database_itself_wants_a_second_person_and_what_was_looked_at(house):
    everybody_sends(H1)
    closed(H1)
    wish = asks("release", {"period": H1})
    works()
    for name in ("stine", "sara"):  # who asked; and who has not opened it
        with person(name) as by:
            own = Wish.objects.get(pk=wish)
            own.state, own.approved_by, own.approved_by_name = "approved", by.user_id, name.title()
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


def test_no_row_that_cannot_be_undone_is_entered_without_two(house):
    everybody_sends(H1)
    closed(H1)
    wish = asks("release", {"period": H1})
    works()
    row = wish_of(wish)
    who = {"wish": str(wish), "asked_by": "Stine", "approved_by": "Sara"}
    with work(ref(REGION), "returns"):
        for kind, content in (("release", {"period": H1, "drafted": row.drafted, **who}), ("rule", who)):
            with pytest.raises(DatabaseError), transaction.atomic():
                LedgerEntry(at=now(), kind=kind, content=content, by_name="Sara").save()


def test_who_approves_leaving_somebody_out_has_seen_whom(house):
    for kommune in ("gjovik", "vestre-toten"):
        send(kommune, cases_of(9, H1), "2025Q1", "2025Q2")
    wish = asks("closed", {"period": H1, "without": True})
    works()
    says_yes(wish)
    send("ostre-toten", cases_of(9, H1), "2025Q1", "2025Q2")
    works()
    assert wish_of(wish).said.startswith("Det er andre kommuner som mangler nå")


def test_the_command_answers_for_its_own_and_for_nobody_elses(house):
    everybody_sends(H1, H2)
    found, table = table_for_period(ref(REGION), parse("2025"), totals_only)
    assert (found.asked_by, found.approved_by) == (BY_COMMAND, BY_COMMAND)
    assert (table.id, table.cases) == ("2025", 72)
    again, same = table_for_period(ref(REGION), parse("2025"), lambda key: Engines(never, never, {}))
    assert (again.number, same) == (found.number, table)
    table_for_period(ref(REGION), parse(H1), totals_only)
    with pytest.raises(Refused, match="Det som kan bestilles, er 1\\. kvartal 2025"):
        table_for_period(ref(REGION), parse("2025Q2..2025Q3"), totals_only)
    with pytest.raises(Refused, match="Ingen kommuner har sendt"):
        table_for_period(ref(REGION), parse("2019"), totals_only)


def test_the_command_does_not_approve_what_a_person_asked_for(house):
    everybody_sends(H1)
    closed(H1)
    own = asks("release", {"period": H1})
    works()
    with work(ref(REGION), "returns") as by, pytest.raises(Refused, match="annet menneske"):
        approve_by_command(wish=own, by=by)


def test_asking_twice_for_what_is_under_way_is_refused_and_pages_never_write_the_ledger(house):
    everybody_sends(H1)
    asks("closed", {"period": H1, "without": False})
    with pytest.raises(Refused, match="alt bedt om"):
        asks("closed", {"period": H1, "without": False})
    with person("stine") as by, pytest.raises(PermissionDenied):
        ask_by_command(wanted=Release(period=H1), by=by)
    with work(ref(REGION), "returns"):
        assert next_period(read_ledger()) == H1
    assert parse(H1)[-1].last_day + timedelta(days=1) == parse(H2)[0].first_day
    assert canonical({}) == b"{}"
