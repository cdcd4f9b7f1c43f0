"""Systems with a token: given once, good for what it says, and no longer when it is taken back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.cast import as_person, ref
from tests.client import client_for
from varde.access import Role
from varde.access.reader import Reader
from varde.access.ticket import presented
from varde.clock import now
from varde.machines import actions
from varde.machines.access import machine_of
from varde.machines.models import Machine
from varde.machines.states import holds
from varde.machines.tokens import hash_of, new_token
from varde.refusal import Refused

NEW = {"name": "Sentralbordet", "scopes": ["calls"], "days": "365"}


@pytest.fixture
def host(gjovikregionen):
    return client_for("liv", Role.HOST_ADMINISTRATOR)


def given(scopes=("calls",), days: int = 30) -> tuple[Machine, str]:
    setup = Reader.for_purpose("setup", ref("gjovikregionen"))
    return actions.give(name="Sentralbordet", scopes=scopes, days=days, by=setup)


def test_the_token_is_shown_once_and_only_its_hash_is_kept(host):
    shown = host.post("/maskiner", NEW).content.decode()
    token = shown.partition('id="token">')[2].partition("<")[0]
    machine = Machine.objects.get()
    assert (machine.name, machine.scopes, machine.token_hash) == ("Sentralbordet", "calls", hash_of(token))
    assert machine_of(token) == machine
    assert token not in host.get("/maskiner").content.decode()


def test_two_tokens_are_never_alike_and_long_enough():
    assert new_token() != new_token()
    assert len(new_token()) > 45


@pytest.mark.parametrize("wrong", ["", "varde_", "x" * 5000, "\ud800", "varde_é"])
def test_what_is_no_token_is_nobodys(gjovikregionen, wrong):
    given()
    assert machine_of(wrong) is None


def test_a_revoked_token_opens_nothing(host):
    machine, token = given()
    assert host.post(f"/maskiner/{machine.id}/trekk-tilbake").status_code == 302
    assert machine_of(token) is None
    assert "Trukket tilbake" in host.get("/maskiner").content.decode()


def test_a_token_ends_by_itself(gjovikregionen):
    at = now()
    assert holds(at, expires_at=at + timedelta(seconds=1), revoked_at=None)
    assert not holds(at, expires_at=at, revoked_at=None)


@pytest.mark.parametrize(("scopes", "days"), [([], 30), (["everything"], 30), (["calls"], 0), (["calls"], 900)])
def test_a_machine_needs_something_to_do_and_an_end(gjovikregionen, scopes, days):
    with pytest.raises(Refused):
        given(scopes, days)


@pytest.mark.parametrize("fault", [{"name": ""}, {"scopes": []}, {"days": "3650"}])
def test_what_is_missing_is_said(host, fault):
    answer = host.post("/maskiner", NEW | fault)
    assert (answer.status_code, Machine.objects.count()) == (422, 0)


def test_only_those_who_run_the_phone_give_and_take_tokens(gjovikregionen):
    assert client_for("olga").get("/maskiner").status_code == 403
    with pytest.raises(PermissionDenied):
        actions.give(name="x", scopes=["calls"], days=1, by=as_person("olga"))
    with pytest.raises(PermissionDenied):
        actions.revoke(machine_id=given()[0].id, by=as_person("olga"))


def test_the_database_shows_machines_to_nobody_else(gjovikregionen):
    given()
    client_for("olga")
    with presented(as_person("olga")):
        assert Machine.objects.count() == 0


def test_the_answer_loaded_again_gives_no_second_token(host):
    mark = host.get("/maskiner").content.decode().partition('name="side" value="')[2].partition('"')[0]
    first = host.post("/maskiner", NEW | {"side": mark})
    assert 'id="token"' in first.content.decode()
    again = host.post("/maskiner", NEW | {"side": mark}, follow=True).content.decode()
    assert "gitt allerede" in again
    assert 'id="token"' not in again
    assert Machine.objects.count() == 1
    host.post("/maskiner", NEW | {"side": mark[::-1]})
    assert Machine.objects.count() == 2


def test_who_gave_it_is_said_in_norwegian_also_when_it_was_the_setup(host):
    given()
    shown = host.get("/maskiner").content.decode()
    assert "ved oppsettet av systemet" in shown
    assert "av setup" not in shown
