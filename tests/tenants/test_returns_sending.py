"""Gjøvik sends its quarters to the region."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from shared.codes.forms import CURRENT
from shared.codes.periods import Quarter
from shared.contracts import Return
from shared.post.models import SealedLetter
from tenants.cases.models import Answer, Case
from tenants.inbox.models import Concern
from tenants.returns import queries, tasks
from tenants.returns.actions import CannotSend, send_return
from tenants.returns.models import Order, SentReturn
from tests.cast import as_person, ref, seen_as
from tests.client import client_for
from tests.tenants.keys import forget_keys
from varde.access import Reader, Role
from varde.access.ticket import presented
from varde.clock import now
from varde.ui.dates import day_of

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
    given = {question: [code] for question, code in answers.items()}
    Answer(case=case, form=CURRENT, given=given).save(force_insert=True)
    return case


@pytest.fixture
def counter(gjovik):
    """The purpose that counts every case, with one case to count."""
    closed_case(kjonn="woman", relasjon="own_child")
    return Reader.for_purpose("returns", gjovik)


@pytest.fixture
def kari(counter):
    return as_person("kari")


def test_counts_and_letter_go_together(counter):
    outcome = send_return(period=Q3, by=counter)
    letter = SealedLetter.objects.get(id=outcome.row.letter_id)
    assert (letter.kind, letter.recipient) == (Return.__name__, ref("gjovikregionen").id)
    counts = outcome.row.content["counts"]
    assert (counts["cases"], counts["questions"]["relasjon"]["answers"]["family"]) == (1, 1)
    assert outcome.row.content["since_start"]["from_date"] == "2019-07-01"


def test_the_same_counts_are_not_sent_twice(counter):
    first, second = send_return(period=Q3, by=counter), send_return(period=Q3, by=counter)
    assert (first.sent, second.sent) == (True, False)
    assert second.sentence == "Tallene for 3. kvartal 2019 er de samme som sist. Ingenting er sendt på nytt."
    assert SealedLetter.objects.count() == SentReturn.objects.count() == 1


def test_changed_counts_are_a_correction(counter):
    send_return(period=Q3, by=counter)
    closed_case(kjonn="man")
    assert send_return(period=Q3, by=counter).correction
    assert queries.sendings()[Quarter(2019, 3)].corrections == 1


def test_a_quarter_that_is_not_over_cannot_be_sent(counter):
    with pytest.raises(CannotSend, match="ikke over"):
        send_return(period=Q3, by=counter, today=date(2019, 9, 30))
    assert send_return(period=Q3, by=counter, today=date(2019, 10, 1)).sent


@pytest.mark.parametrize("period", ["2019", "2018Q4..2019Q3", "Q3", "2019Q5"])
def test_one_quarter_at_a_time(counter, period):
    with pytest.raises(CannotSend):
        send_return(period=period, by=counter)


def test_a_return_that_cannot_be_posted_is_not_noted(counter, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("tenants.returns.actions.send", fail)
    with pytest.raises(RuntimeError):
        send_return(period=Q3, by=counter)
    assert SentReturn.objects.count() == 0


def listed(client) -> str:
    """The quarter's line as it is shown, without what stands around it."""
    page = client.get("/statistikk").content.decode()
    return page.partition("3. kvartal 2019</a>")[2].partition("</tr>")[0]


def ordered(client) -> str:
    """Press the button, let the worker count, let the region open; the line that is then shown."""
    client.post(f"/statistikk/{Q3}/send")
    tasks.send_ordered.run(ref("gjovik"))
    return listed(client)


def test_a_hidden_case_changes_nothing_that_the_one_who_ordered_is_shown(kari, monkeypatch):
    client = client_for("kari")
    at = datetime(2026, 11, 1, 12, tzinfo=UTC)
    monkeypatch.setattr("tenants.returns.actions.now", lambda: at)
    same = [ordered(client) for _ in range(3)]
    said = set(Order.objects.values_list("said", flat=True))
    mine = queries.registered_cases()
    hidden = closed_case(kjonn="man")
    monkeypatch.setattr("tenants.returns.views.access.cases", lambda by: mine)
    changed = [ordered(client) for _ in range(2)]
    assert hidden.id
    assert {row.content["counts"]["cases"] for row in SentReturn.objects.all()} == {1, 2}
    assert set(same[1:]) == set(changed)
    assert "rettet" not in changed[-1]
    assert set(Order.objects.values_list("said", flat=True)) == said


def test_what_is_ordered_always_leaves(kari):
    client = client_for("kari")
    for times in (1, 2, 3):
        ordered(client)
        assert SealedLetter.objects.count() == SentReturn.objects.count() == times
    assert queries.sendings()[Quarter(2019, 3)].corrections == 0


def test_a_later_sending_by_command_is_not_shown(counter):
    send_return(period=Q3, by=counter)
    before = queries.ordered()
    closed_case(kjonn="man")
    assert send_return(period=Q3, by=counter).correction
    assert queries.ordered() == before


def test_an_order_that_cannot_be_sent_says_why(kari, monkeypatch):
    client = client_for("kari")

    def refuse(*args, **kwargs):
        raise CannotSend("Regionen har ingen nøkkel ennå.")

    monkeypatch.setattr("tenants.returns.actions.send_return", refuse)
    assert "Regionen har ingen nøkkel ennå." in ordered(client)


def insert(by: Reader, row) -> bool:
    """May this reader lay the row?"""
    with presented(by):
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except ProgrammingError:
            return False
    return True


def order_of(user_id) -> Order:
    return Order(period=Q3, ordered_at=now(), ordered_by=user_id, ordered_by_name="x", seen_digest="")


def test_an_order_is_laid_by_the_one_it_names_and_what_was_sent_by_the_one_who_counts(counter):
    with seen_as("tom") as tom, seen_as("kari") as kari:
        assert insert(kari, order_of(kari.user_id))
        refused = [insert(kari, order_of(tom.user_id)), insert(tom, order_of(tom.user_id))]
        row = SentReturn(period=Q3, form=CURRENT, content={}, digest="", letter_id=uuid.uuid4(), sent_at=now())
        refused += [insert(kari, row), insert(Reader.for_purpose("intake", kari.office), row)]
        with presented(kari):
            assert Order.objects.update(said="x") == 0
        for by, there in ((kari, 1), (tom, 1), (Reader(office=kari.office), 0)):
            with presented(by):
                assert Order.objects.count() == there
    assert refused == [False] * 4


def test_the_coordinator_previews_and_sends(kari):
    client = client_for("kari")
    shown = client.get(f"/statistikk/{Q3}").content.decode()
    assert "tall du har tilgang til" in shown
    assert client.post(f"/statistikk/{Q3}/send").headers["Location"] == "/statistikk"
    assert "Sendes nå" in client.get("/statistikk").content.decode()
    tasks.send_ordered.run(ref("gjovik"))
    listed = client.get("/statistikk").content.decode()
    assert "Sendt, ikke levert ennå" in listed
    closed_case()
    assert "Endret etter sending" in client.get("/statistikk").content.decode()


def test_the_list_asks_the_same_number_of_questions_however_many_quarters(kari, counter):
    client = client_for("kari")

    def asked() -> int:
        forget_keys()
        with CaptureQueriesContext(connection) as seen:
            client.get("/statistikk")
        return len(seen)

    send_return(period=Q3, by=counter)
    client.get("/statistikk")  # the first look of a session notes its time
    few = asked()
    for period in ("2019Q4", "2020Q1", "2020Q2"):
        send_return(period=period, by=counter)
    assert asked() == few


def test_a_leader_sees_that_it_is_sent_and_no_counts(counter):
    send_return(period=Q3, by=counter)
    leader = client_for("tom", Role.LEADER)
    shown = leader.get("/statistikk").content.decode().partition("<main")[2]
    assert "3. kvartal 2019" in shown
    assert "Saker" not in shown
    assert leader.get(f"/statistikk/{Q3}").status_code == leader.post(f"/statistikk/{Q3}/send").status_code == 403


@pytest.mark.parametrize("period", ["2019", "2019Q9", "2019q3", "x"])
def test_an_unknown_period_is_not_there(kari, period):
    assert client_for("kari").get(f"/statistikk/{period}").status_code == 404


def test_a_running_quarter_is_refused_with_a_sentence(kari):
    today = day_of(now())
    period = f"{today.year + 1}Q1"
    answer = client_for("kari").post(f"/statistikk/{period}/send")
    assert answer.status_code == 422
    assert "er ikke over" in answer.content.decode()
