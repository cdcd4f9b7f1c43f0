"""The region's screen of what is under way costs the same however much lies there; so does the list of offices."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.client import client_for, log_in
from tests.shared.letters import post_one
from varde.access import Role


def questions(client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.fixture
def host(house):
    client = log_in("gjovikregionen", "vert@gjovikregionen.example", "Vera Vert", Role.HOST_ADMINISTRATOR)
    client.get("/post")
    return client


def test_the_list_of_letters_asks_the_same_number_of_questions_however_long(host):
    post_one("gjovik")
    few = questions(host, "/post")
    for _ in range(8):
        post_one("ostre-toten")
    assert questions(host, "/post") == few


def test_nothing_of_a_letter_shows_but_kind_place_and_age(host):
    post_one("gjovik")
    shown = host.get("/post").content.decode()
    assert "Gjøvik" in shown
    assert "P-1" not in shown


def test_the_people_who_run_the_platform_see_offices_and_no_counts(house):
    ola = log_in("drift", "ola@drift.example", "Ola Drift", Role.PLATFORM_OPERATOR)
    ola.get("/plattform")
    before = questions(ola, "/plattform")
    client_for("kari")
    assert questions(ola, "/plattform") == before
    assert "Østre Toten" in ola.get("/plattform").content.decode()
