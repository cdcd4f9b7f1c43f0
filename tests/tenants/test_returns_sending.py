"""Gjøvik sends its quarters to the region."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shared.codes.forms import CURRENT
from shared.codes.periods import Quarter
from shared.contracts import Return
from shared.post.models import SealedLetter
from tenants.cases.models import Answer, Case
from tenants.inbox.models import Concern
from tenants.returns import queries
from tenants.returns.actions import CannotSend, send_return
from tenants.returns.models import SentReturn
from tests.cast import as_person, ref
from tests.client import client_for
from varde.access import Role

Q3 = "2019Q3"


def closed_case(day: date = date(2019, 8, 1), **answers: str) -> Case:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    concern = Concern(channel="import", received_at=at, reporter_kind="ansatt", what="x", progress="closed")
    concern.save(force_insert=True)
    case = Case(
        concern=concern, state="closed", category="bor", counted_from=day, opened_at=at,
        opened_by=uuid.uuid4(), opened_by_name="x", closed_at=at,
    )  # fmt: skip
    case.save(force_insert=True)
    for question, code in answers.items():
        Answer(case=case, form=CURRENT, question=question, code=code).save(force_insert=True)
    return case


@pytest.fixture
def kari(gjovik):
    closed_case(kjonn="woman", relasjon="own_child")
    return as_person("kari")


def test_counts_and_letter_go_together(kari):
    outcome = send_return(period=Q3, by=kari)
    letter = SealedLetter.objects.get(id=outcome.row.letter_id)
    assert (letter.kind, letter.recipient) == (Return.__name__, ref("gjovikregionen").id)
    counts = outcome.row.content["counts"]
    assert (counts["cases"], counts["questions"]["relasjon"]["answers"]["family"]) == (1, 1)
    assert outcome.row.content["since_start"]["from_date"] == "2019-07-01"


def test_the_same_counts_are_not_sent_twice(kari):
    first, second = send_return(period=Q3, by=kari), send_return(period=Q3, by=kari)
    assert (first.sent, second.sent) == (True, False)
    assert second.sentence == "Tallene for 3. kvartal 2019 er de samme som sist. Ingenting er sendt på nytt."
    assert SealedLetter.objects.count() == SentReturn.objects.count() == 1


def test_changed_counts_are_a_correction(kari):
    send_return(period=Q3, by=kari)
    closed_case(kjonn="man")
    assert send_return(period=Q3, by=kari).correction
    assert queries.sendings()[Quarter(2019, 3)].times == 2


def test_a_quarter_that_is_not_over_cannot_be_sent(kari):
    with pytest.raises(CannotSend, match="ikke over"):
        send_return(period=Q3, by=kari, today=date(2019, 9, 30))
    assert send_return(period=Q3, by=kari, today=date(2019, 10, 1)).sent


@pytest.mark.parametrize("period", ["2019", "2018Q4..2019Q3", "Q3", "2019Q5"])
def test_one_quarter_at_a_time(kari, period):
    with pytest.raises(CannotSend):
        send_return(period=period, by=kari)


def test_a_return_that_cannot_be_posted_is_not_noted(kari, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("tenants.returns.actions.send", fail)
    with pytest.raises(RuntimeError):
        send_return(period=Q3, by=kari)
    assert SentReturn.objects.count() == 0


def test_the_coordinator_previews_and_sends(kari):
    client = client_for("kari")
    shown = client.get(f"/statistikk/{Q3}").content.decode()
    assert "tall du har tilgang til" in shown
    assert client.post(f"/statistikk/{Q3}/send").headers["Location"] == "/statistikk"
    listed = client.get("/statistikk").content.decode()
    assert "Sendt, ikke levert ennå" in listed
    closed_case()
    assert "Endret etter sending" in client.get("/statistikk").content.decode()


def test_the_list_asks_the_same_number_of_questions_however_many_quarters(kari):
    client = client_for("kari")

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get("/statistikk")
        return len(seen)

    send_return(period=Q3, by=kari)
    few = asked()
    for period in ("2019Q4", "2020Q1", "2020Q2"):
        send_return(period=period, by=kari)
    assert asked() == few


def test_a_leader_sees_that_it_is_sent_and_no_counts(kari):
    send_return(period=Q3, by=kari)
    leader = client_for("tom", Role.LEADER)
    shown = leader.get("/statistikk").content.decode()
    assert "3. kvartal 2019" in shown
    assert "Saker" not in shown
    assert leader.get(f"/statistikk/{Q3}").status_code == leader.post(f"/statistikk/{Q3}/send").status_code == 403


@pytest.mark.parametrize("period", ["2019", "2019Q9", "2019q3", "x"])
def test_an_unknown_period_is_not_there(kari, period):
    assert client_for("kari").get(f"/statistikk/{period}").status_code == 404


def test_a_running_quarter_is_refused_with_a_sentence(kari):
    today = datetime.now(UTC).date()
    period = f"{today.year + 1}Q1"
    answer = client_for("kari").post(f"/statistikk/{period}/send")
    assert answer.status_code == 422
    assert "er ikke over" in answer.content.decode()
