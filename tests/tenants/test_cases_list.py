"""Choosing among cases, keeping a choice, and that the list is what the reader sees and nothing else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants.cases import queries, saved
from tenants.cases.filters import Choice, address
from tenants.cases.models import Case, SavedView
from tenants.inbox import shutting
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import client_for
from tests.tenants import way
from varde.access import Role
from varde.clock import now
from varde.identity.models import User
from varde.tenancy.work import work

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
        ({"since": now().date() + timedelta(days=2)}, 0),
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


def test_a_kept_choice_is_there_for_its_owner_alone(house):
    with work(ref("gjovik"), TEST):
        way.case()
        kari, tom = client_for("kari", Role.COORDINATOR), client_for("tom", Role.TEAM_MEMBER)
    answer = kari.post("/saker/utvalg?kategori=ma&frist=snart", {"navn": "Det som haster hos Ola"})
    assert (answer.status_code, answer["Location"]) == (303, "/saker?kategori=ma&frist=snart")
    assert "Det som haster hos Ola" in kari.get("/saker").content.decode()
    assert "Det som haster" not in tom.get("/saker").content.decode()
    with work(ref("gjovik"), TEST):
        row = SavedView.objects.get()
        assert (row.chosen, "Ola" in row.name) == ("kategori=ma&frist=snart", False)
    tom.post(f"/saker/utvalg/{row.id}/slett")
    with work(ref("gjovik"), TEST):
        assert SavedView.objects.count() == 1
    kari.post(f"/saker/utvalg/{row.id}/slett")
    with work(ref("gjovik"), TEST):
        assert SavedView.objects.count() == 0


def test_a_name_that_is_too_long_comes_back_with_a_sentence(house):
    with work(ref("gjovik"), TEST):
        kari = client_for("kari", Role.COORDINATOR)
    answer = kari.post("/saker/utvalg?vis=mine", {"navn": "x" * 61})
    assert answer.status_code == 422
    assert "x" * 61 in answer.content.decode()


def test_there_is_an_end_to_kept_choices(gjovik):
    with seen_as("kari") as kari:
        for number in range(saved.MOST):
            saved.keep(name=f"Utvalg {number}", choice=Choice(shown="mine"), by=kari)
        saved.keep(name="Utvalg 3", choice=Choice(), by=kari)
        with pytest.raises(saved.Refused, match="Slett ett først"):
            saved.keep(name="Ett til", choice=Choice(), by=kari)
        assert [one.chosen for one in saved.of(kari) if one.name == "Utvalg 3"] == [""]


def test_days_in_the_wrong_order_are_said_and_the_list_stands(house):
    with work(ref("gjovik"), TEST):
        way.case()
        kari = client_for("kari", Role.COORDINATOR)
    said = kari.get("/saker?fra=2026-05-02&til=2026-05-01&vis=tull").content.decode()
    assert "Siste dag kommer før første dag" in said
    assert "Sak 2026-" in said


def test_the_same_choice_is_the_same_address():
    choice = Choice(shown="mine", category=("akutt", "ma"), due="over")
    assert address(choice) == "vis=mine&kategori=akutt&kategori=ma&frist=over"
    assert address(Choice()) == ""
