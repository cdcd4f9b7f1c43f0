"""The team's page and the places in it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants.team.models import TeamMember
from tenants.team.services import SERVICES, missing
from tests.cast import as_person
from tests.client import client_for
from varde.access import Role
from varde.audit.trail import current
from varde.clock import now
from varde.identity.actions import invite

PLACE = {"service": "NAV Gjøvik", "since": "2025-01-07", "rite_until": "2031-01-07", "deputy": "on"}


@pytest.fixture
def arne(gjovik):
    """Arne at the keyboard, with Tom in the team."""
    tom = client_for("tom").person
    client = client_for("arne")
    client.tom = f"/team/medlem/{tom.id}"
    return client


def test_a_place_is_written_down_and_shown(arne):
    assert arne.get(arne.tom).status_code == 200
    assert arne.post(arne.tom, PLACE)["Location"] == "/team"
    shown = arne.get("/team").content.decode()
    assert "NAV Gjøvik" in shown
    assert "Til 07.01.2031" in shown
    assert "Stedfortreder" in shown


def test_a_place_is_changed(arne):
    arne.post(arne.tom, PLACE)
    arne.post(arne.tom, PLACE | {"service": "Helse", "deputy": ""})
    assert TeamMember.objects.values_list("service", "deputy").get() == ("Helse", False)


@pytest.mark.parametrize(("field", "value"), [
    ("service", ""), ("service", "\x00"), ("service", "a" * 121), ("since", "i går"), ("since", "2999-01-01"),
    ("rite_until", "0031-01-01"), ("rite_until", "31.02.2026"),
])  # fmt: skip
def test_what_cannot_be_used_is_said(arne, field, value):
    assert arne.post(arne.tom, PLACE | {field: value}).status_code == 422
    assert not TeamMember.objects.exists()


@pytest.mark.parametrize(("days", "word"), [(-1, "Gått ut"), (30, "Går snart ut")])
def test_a_certification_that_ends_is_marked(arne, days, word):
    arne.post(arne.tom, PLACE | {"rite_until": (now() + timedelta(days=days)).date().isoformat()})
    assert word in arne.get("/team").content.decode()


def test_services_without_a_member_are_named(arne):
    assert "Habilitering" in arne.get("/team").content.decode()


def test_a_police_contact_is_of_the_police_and_without_one_the_attempts_are_near(arne):
    before = arne.get("/team").content.decode()
    assert "Dere har ingen politikontakt" in before
    assert 'href="/team/partnere"' in before
    client_for("tove", Role.POLICE_CONTACT)
    after = arne.get("/team").content.decode()
    assert "Dere har ingen politikontakt" not in after
    assert "Politiet" not in after.split("Ingen i teamet kommer fra")[1].split("</div>")[0]


@pytest.mark.parametrize(("typed", "found"), [
    ("Psykisk helse og rus", "Psykisk helse"), ("Helse og omsorg", "Helse"), ("NAV", "Nav"), ("Politiet", "Politiet"),
    ("Hjemmesykepleien sone 2", "Hjemmetjenesten"), ("Barneverntjenesten", "Barnevernet"),
])  # fmt: skip
def test_a_service_is_recognised(typed, found):
    assert missing([typed]) == [service.label for service in SERVICES if service.label != found]


def test_a_word_with_nav_inside_is_not_nav():
    assert "Nav" in missing(["Navigasjon"])


def test_only_people_of_the_team_have_a_place(arne):
    assert arne.get(f"/team/medlem/{arne.person.id}").status_code == 404


def test_a_member_reads_but_does_not_change(arne):
    tom = client_for("tom")
    assert "Endre" not in tom.get("/team").content.decode()
    assert tom.get(arne.tom).status_code == 403


def test_those_around_the_team_are_shown_apart(arne):
    invite(email="p@gjovik.example", name="Pia Politi", roles=[Role.POLICE_CONTACT], by=as_person("arne"))
    shown = arne.get("/team").content.decode()
    assert "Pia Politi" in shown.split("Rundt teamet")[1]


def test_the_same_number_of_questions_for_many(arne):
    arne.get("/team")
    with CaptureQueriesContext(connection) as few:
        arne.get("/team")
    for number in range(15):
        invite(email=f"{number}@gjovik.example", name="T", roles=[Role.TEAM_MEMBER], by=as_person("arne"))
    with CaptureQueriesContext(connection) as many:
        arne.get("/team")
    assert len(few) == len(many)


def test_a_change_is_logged(arne, gjovik):
    from tenants.team.actions import set_place

    user = client_for("tom").person
    set_place(user=user, service="NAV", deputy=False, rite_until=None, since=date(2025, 1, 1), by=as_person("arne"))
    assert [(row.what, row.action) for row, *_ in current().rows] == [("team.member", "create")]
