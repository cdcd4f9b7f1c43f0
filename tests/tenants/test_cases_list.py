"""Choosing among cases, keeping a choice, and that the list is what the reader sees and nothing else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants.cases import queries
from tenants.cases.filters import Choice
from tenants.cases.models import Case
from tenants.inbox import shutting
from tenants.team.models import TeamMember
from tenants.triage import carry_actions, hold_actions
from tenants.triage.carry import Choice as CarryChoice
from tenants.triage.carry_models import Carried
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import client_for
from tests.tenants import way
from varde.access import Role
from varde.clock import now
from varde.identity.models import User
from varde.tenancy.work import work
from varde.ui.dates import day_of

WEEK = timedelta(days=7)


def account(name: str) -> User:
    return User.objects.get(id=as_person(name).user_id)


def listed(reader, **chosen) -> list[Case]:
    return list(queries.chosen(reader, Choice(**chosen), now(), now() + WEEK))


@pytest.fixture
def three(gjovik):
    """Kari's case, one that Tom is on, and one that Tom is shut out of."""
    cases = [way.case(), way.case(owner="tom"), way.case()]
    way.person("tove")
    with seen_as("kari") as kari:
        shutting.deny(concern=cases[2].concern, user=account("tom"), kind="kinship", by=kari)
    return cases


@pytest.mark.parametrize("name", ["kari", "tom", "tove"])
def test_the_list_is_what_the_row_rights_show(three, name):
    with seen_as(name) as reader:
        there = set(Case.objects.values_list("id", flat=True))
        assert {case.id for case in listed(reader, shown="alle")} == there
    assert len(there) == {"kari": 3, "tom": 1, "tove": 0}[name]


def test_the_near_ones_name_nothing_that_is_not_seen(three):
    with seen_as("tom"), connection.cursor() as cursor:
        cursor.execute("SELECT matters_near()")
        assert cursor.fetchone()[0] == [three[1].concern_id]


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        ({"category": ("ma",)}, 3), ({"category": ("akutt",)}, 0), ({"due": "over"}, 0), ({"due": "snart"}, 3),
        ({"shown": "lukket"}, 0), ({"shown": "lukket", "sort": "frist"}, 0), ({"sort": "frist"}, 3),
        ({"since": day_of(now()) + timedelta(days=2)}, 0),
    ],
)  # fmt: skip
def test_a_choice_narrows(three, chosen, count):
    with seen_as("kari") as kari:
        assert len(listed(kari, **chosen)) == count


def test_the_owner_of_the_step_chooses(three):
    with seen_as("kari") as kari:
        assert [case.id for case in listed(kari, owner=account("tom").id)] == [three[1].id]


def test_the_number_of_queries_does_not_grow(house):
    counts = []
    for _ in range(2):
        with work(ref("gjovik"), TEST):
            for _ in range(3):
                way.case()
            client = client_for("kari", Role.COORDINATOR)
        client.get("/saker")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get("/saker").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_days_in_the_wrong_order_are_said_and_the_list_stands(house):
    with work(ref("gjovik"), TEST):
        way.case()
        kari = client_for("kari", Role.COORDINATOR)
    said = kari.get("/saker?fra=2026-05-02&til=2026-05-01&vis=tull").content.decode()
    assert "Siste dag kommer før første dag" in said
    assert "Sak 2026-" in said


def test_who_is_on_it_who_carries_it_and_whether_it_stands_still(three):
    first, second, third = three
    TeamMember(user=account("tom"), service="Hjemmetjenesten", since=day_of(now())).save(force_insert=True)
    with seen_as("kari") as kari:
        hold_actions.stop(concern=first.concern, reason="Venter", look_at=day_of(now()) + WEEK, by=kari)
        carried = CarryChoice("both", "Nav", "", "Nav er med")
        carry_actions.choose(concern=third.concern, choice=carried, seen=None, by=kari)
        asked = {
            "member": ({"member": account("tom").id}, [second]),
            "service": ({"service": "hjemmetjenesten"}, [second]),
            "stopped": ({"held": "ja"}, [first]),
            "going": ({"held": "nei"}, [second, third]),
            "by a service": ({"carried": "tjeneste"}, [third]),
            "by the team": ({"carried": "team"}, [first, second]),
        }
        for name, (chosen, found) in asked.items():
            assert {one.id for one in listed(kari, **chosen)} == {one.id for one in found}, name
        before = {"carrier": "service", "service": "Nav", "reason": "Nav har den", "waits": None}
        Carried(concern=first.concern, at=now(), by_user=kari.user_id, by_name="Kari", **before).save()
        assert {one.id for one in listed(kari, carried="tjeneste")} == {first.id, third.id}
    with seen_as("tom") as tom:
        assert listed(tom, carried="tjeneste") == listed(tom, held="ja") == []
