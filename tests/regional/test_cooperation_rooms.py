"""What this room tells others, and what others tell it: returns that lack, phone and calls of a kommune that leaves."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from regional.cooperation import demo
from regional.cooperation import queries as interface
from regional.cooperation.agreement_models import Agreement, AgreementVersion
from regional.cooperation.consequences import Asked
from regional.cooperation.consequences_own import calls, phone
from regional.cooperation.queries import members
from regional.cooperation.shares import WHOLE
from regional.hotline.models import Call
from regional.statistics.leaving import returns
from regional.statistics.models import PooledReturn
from shared.codes.forms import REPORTED
from shared.registry.models import Office
from tests.cast import as_person, inside, ref
from tests.client import client_for
from varde.access import Role
from varde.clock import now


@pytest.fixture
def liv():
    return replace(as_person("liv"), roles=frozenset({Role.HOST_ADMINISTRATOR}))


def asked(by, kind="leave", at=None) -> Asked:
    return Asked(by, kind, Office.objects.get(id=ref("ostre-toten").id), at or now())


def test_returns_that_lack_are_named_by_their_quarter(gjovikregionen, liv):
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    about = asked(liv, at=at)
    about.kommune.started_on, about.kommune.has_team = date(2026, 1, 5), True
    row = PooledReturn(
        id=uuid4(), kommune=about.kommune.id, kommune_number="3442", period="2026Q2", form=REPORTED,
        content={}, sent_at=at, letter_id=uuid4(),
    )  # fmt: skip
    row.save()
    (told,) = returns(about)
    assert told.count == 2
    assert "1. kvartal 2026, 3. kvartal 2026" in told.first
    about.kommune.has_team = False
    assert [one.count for one in returns(about)] == [0]
    assert list(returns(asked(liv, "join"))) == []


def test_calls_that_nobody_has_opened_are_counted_and_must_be_opened_first(gjovikregionen, liv):
    call = Call(
        reference="7K2-M4Q", state="sent", kommune=ref("ostre-toten").id, started_at=now(), forwarded_at=now(),
        letter_id=uuid4(),
    )  # fmt: skip
    call.save()
    first, _ = calls(asked(liv))
    assert first.count == 1
    assert first.first == "Ring Østre Toten og be dem åpne bekymringene nå."
    assert list(calls(asked(liv, "host"))) == []


def test_who_answers_is_told_for_each_kind_of_step(gjovikregionen, liv):
    for kind in ("join", "leave", "end", "host"):
        (told,) = phone(asked(liv, kind))
        assert told.happens
    assert "må ha noen som styrer dem" in next(phone(asked(liv, "host"))).happens


def test_without_an_agreement_a_kommune_has_no_terms(gjovikregionen, liv):
    assert interface.kommune_terms(liv, ref("gjovik").id) is None
    assert interface.agreement(liv) is None
    assert interface.agreement(as_person("kari")) is None


def test_the_demo_tells_of_a_host_and_its_partners_and_is_laid_once(house, settings):
    settings.MODE = "demo"
    client_for("liv", Role.HOST_ADMINISTRATOR)
    assert demo.seed(ref("gjovikregionen"))
    assert not demo.seed(ref("gjovikregionen"))
    assert not demo.seed(ref("naboregionen"))
    with inside("gjovikregionen"):
        row = Agreement.objects.get()
        assert AgreementVersion.objects.count() == 2
        terms = interface.terms(as_person("liv"))
        assert terms is not None
        assert sum(party.weight for party in terms.parties) == WHOLE
        assert {party.id for party in terms.parties} == {office.id for office in members(as_person("liv"))}
        assert interface.tasks(row)
