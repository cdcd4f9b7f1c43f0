"""A real caller, a real Asterisk, the real Varde: what an operator sees on the console."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.db import connection

from regional.hotline.models import Call, CallEvent
from tests.cast import TEST, ref
from tests.client import OfficeClient, client_for
from tests.regional.declared import declare
from tests.telephony.conftest import Town
from tests.telephony.exchange import FIRST, LINE, SECOND
from tests.telephony.real import REGION, Office, lay, served
from varde.audit.models import Entry
from varde.embedded.process import wait_until
from varde.tenancy.work import work

NUMBER, DIGITS = "+4741987654", "41987654"


@pytest.fixture
def office(house: None, servers: dict[str, str], tmp_path: Path) -> Iterator[Office]:
    token = lay(LINE, [FIRST, SECOND])
    with served(tmp_path / "varde", servers, token) as standing:
        yield standing


@pytest.fixture
def phone(office: Office, town_at: Callable[[str, str], AbstractContextManager[Town]]) -> Iterator[Town]:
    with town_at(office.address, office.token) as standing:
        yield standing


@pytest.fixture
def olga(office: Office) -> OfficeClient:
    client = client_for("olga")
    declare("olga")
    return client


def console(client: OfficeClient) -> str:
    page = client.get("/vakttelefon")
    assert page.status_code == 200
    return page.content.decode()


def test_a_call_stands_on_the_console_while_it_rings_and_with_two_digits(
    office: Office, phone: Town, olga: OfficeClient
):
    phone.apparatus("first", answers_after=30)
    phone.apparatus("second", answers_after=30)
    caller = phone.rings(number=NUMBER, patience=2)
    assert office.comes_to("ringing")
    seen = console(olga)
    assert office.calls()[0].reference in seen
    assert "slutter på 54" in seen
    assert DIGITS not in seen.replace(" ", "")
    assert caller.done()
    assert office.comes_to("missed")
    assert "Ring opp" in console(olga)


def test_who_lifts_first_is_the_only_one_and_varde_knows_when(office: Office, phone: Town):
    first, second = phone.apparatus("first", answers_after=0.5), phone.apparatus("second", answers_after=30)
    assert phone.rings(number=NUMBER, talk=1).done()
    assert first.answered
    assert second.done()
    assert not second.answered
    assert wait_until(lambda: office.calls()[0].hung_up_at is not None, seconds=5)
    [call] = office.calls()
    assert call.announced_at is not None
    assert call.answered_at is not None
    assert call.hung_up_at is not None
    assert call.announced_at < call.answered_at < call.hung_up_at


def test_a_withheld_number_is_known_to_nobody_in_varde(office: Office, phone: Town, olga: OfficeClient):
    phone.apparatus("first", answers_after=30)
    phone.apparatus("second", answers_after=30)
    headers = f"P-Asserted-Identity: <sip:{NUMBER}@net.example>\nPrivacy: id\n"
    caller = phone.rings(sender='From: "Anonymous" <sip:anonymous@anonymous.invalid>', headers=headers, patience=2)
    assert office.comes_to("ringing")
    [call] = office.calls()
    assert call.masked == "withheld"
    assert "skjult nummer" in console(olga).lower()
    with work(ref(REGION), TEST):
        assert call.caller == ""
        olga.post(f"/vakttelefon/{call.id}/ta")
    page = olga.get(f"/vakttelefon/{call.id}").content.decode()
    assert DIGITS not in page
    assert "54" not in re.findall(r"slutter på (\d\d)", page)
    assert caller.done()


def test_no_number_is_in_a_log_or_in_the_clear_in_the_database(office: Office, phone: Town):
    phone.apparatus("first", answers_after=0.2)
    phone.apparatus("second", answers_after=30)
    assert phone.rings(number=NUMBER, talk=0.3).done()
    assert wait_until(lambda: office.calls()[0].hung_up_at is not None, seconds=5)
    phone.exchange.stop()
    assert DIGITS not in phone.exchange.everything_written() + office.log.read_text()
    with work(ref(REGION), TEST):
        assert DIGITS not in str(list(Entry.objects.values_list()))
        with connection.cursor() as cursor:
            for model in (Call, CallEvent):
                cursor.execute(f"SELECT t::text FROM {model._meta.db_table} t")
                rows = str(cursor.fetchall())
                assert "prove-" in rows or model is CallEvent
                assert DIGITS not in rows


def test_many_at_once_are_one_call_each(office: Office, phone: Town):
    phone.apparatus("first", answers_after=30, calls=12)
    phone.apparatus("second", answers_after=30, calls=12)
    caller = phone.rings(number=NUMBER, patience=2, calls=12, rate=12)
    assert office.comes_to(*["ringing"] * 12)
    assert caller.done()
    assert office.comes_to(*["missed"] * 12)
    assert len({call.external_id for call in office.calls()}) == 12


def test_a_token_that_is_no_good_costs_no_caller_the_call(
    office: Office, town_at: Callable[..., AbstractContextManager[Town]]
):
    with town_at(office.address, "feil") as phone:
        fallback = phone.apparatus("fallback", answers_after=0.2)
        assert phone.rings(talk=0.3).done()
        assert fallback.answered
    assert office.calls() == []
