"""Who sits follows the agreement: a kommune that has left is called no more, and its people are out the same second."""

from datetime import date, timedelta

import pytest

from regional.leaders.people_actions import Body, Person, add_place, seat_person
from regional.leaders.queries import Slot, members, vacant
from tests.cast import ref
from tests.client import log_in
from tests.standing import REGION, become, leave, lend
from varde.access import Role
from varde.clock import now
from varde.identity.actions import set_lender
from varde.refusal import Refused
from varde.tenancy.work import work
from varde.ui.dates import day_of

BEGUN = date(2025, 1, 1)


def coordinator_of(kommune: str, by) -> Slot:
    body = Body(body="Koordinator", since=BEGUN, kommune=kommune, coordinator=True)
    return Slot("", kommune, "fixed", add_place(asked=body, by=by))


def sits(slot: Slot, name: str, by, **more) -> None:
    seat_person(slot=slot, person=Person(name=name, since=BEGUN, **more), by=by)


def test_a_kommune_that_has_left_is_called_no_more_and_its_place_is_vacant(house):
    today = day_of(now())
    week = today + timedelta(days=7)
    with work(ref(REGION), "setup") as by:
        for kommune, name in (("Gjøvik", "Berit Moen"), ("Østre Toten", "Nina Moe")):
            sits(coordinator_of(kommune, by), name, by)
        assert [one.kommune for one in members(by, week)] == ["Gjøvik", "Østre Toten"]
    leave("ostre-toten")
    with work(ref(REGION), "setup") as by:
        for day in (today, week):
            assert [one.kommune for one in members(by, day)] == ["Gjøvik"]
            assert [slot.kommune for slot in vacant(by, day)] == ["Østre Toten"]
        assert [one.kommune for one in members(by, today - timedelta(days=7))] == ["Gjøvik", "Østre Toten"]


def test_an_account_in_a_seat_follows_the_agreement(house):
    """Whoever logs in for a kommune is lent by it: the second it goes out, they are out."""
    leif = log_in(REGION, "leif@lent.example", "Leif Lånt", Role.LEADER_TEAM)
    with work(ref(REGION), "setup") as by:
        slot = coordinator_of("Østre Toten", by)
        with pytest.raises(Refused, match="Handler på vegne av"):
            sits(slot, "Leif Lånt", by, user=leif.person.id)
    lend("ostre-toten", REGION, Role.LEADER_TEAM)
    with work(ref(REGION), "setup") as by:
        slot = coordinator_of("Østre Toten", by)
        set_lender(user=leif.person, lender=ref("ostre-toten").id, by=by)
        sits(slot, "Leif Lånt", by, user=leif.person.id)
    assert leif.get("/lederteam").status_code == 200
    leave("ostre-toten")
    assert leif.get("/lederteam").status_code == 403


def test_who_sat_for_a_kommune_sits_for_the_one_it_became_from_the_day(house):
    today = day_of(now())
    with work(ref(REGION), "setup") as by:
        for kommune, name in (("Gjøvik", "Berit Moen"), ("Østre Toten", "Nina Moe")):
            sits(coordinator_of(kommune, by), name, by)
    with become("ostre-toten", "nabo"), work(ref(REGION), "setup") as by:
        assert [(one.kommune, one.kommune_id) for one in members(by, today)] == [
            ("Gjøvik", ref("gjovik").id), ("Nabo", ref("nabo").id),
        ]  # fmt: skip
        assert vacant(by, today) == []
        assert [one.kommune for one in members(by, today - timedelta(days=7))] == ["Gjøvik", "Østre Toten"]
