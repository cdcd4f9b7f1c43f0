"""The log's page: who may read it, what it shows, what it never shows."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regional.hotline.states import KINDS
from shared.post.overview import KINDS as LETTERS
from tenants.inbox.states import PROGRESS
from tenants.measures.states import STATES
from tests.cast import PASSWORD, ref
from tests.client import anonymous, client_for
from varde.access import Permission, Reader, Role
from varde.audit.actions import Action, record
from varde.audit.models import Entry
from varde.audit.phrases import said
from varde.audit.queries import Wanted, rows
from varde.audit.trail import current
from varde.clock import OSLO, now

CASE = "8c6f1ba6-0c43-4a3b-9a5b-6b1e3a4c5d6e"


@pytest.fixture
def log(gjovik):
    """Kari read a case, Tom changed a note."""
    for name, action, what in (("Kari K", Action.VIEW, "cases.case"), ("Tom T", Action.CHANGE, "cases.note")):
        record(by=Reader(office=gjovik, user_id=uuid4(), name=name), action=action, what=what, ids=[CASE])
    current().flush()
    return client_for("kari", Role.PRIVACY_OFFICER)


def test_it_says_who_did_what_but_not_the_whole_number(log):
    shown = log.get("/innsynslogg").content.decode()
    assert "Kari K" in shown
    assert "en sak" in shown
    assert "8c6f1ba6" in shown
    assert CASE not in shown


def test_reading_the_log_is_in_the_log(log):
    log.get("/innsynslogg")
    assert Entry.objects.filter(what="audit.entry", action="list").count() == 1
    log.get("/innsynslogg?hvem=Kari")
    assert Entry.objects.filter(what="audit.entry", action="search").count() == 1


@pytest.mark.parametrize(("query", "kari", "tom"), [
    ("hvem=kari", True, False), ("gjorde=change", False, True), ("hva=cases.note", False, True),
    ("ting=8c6f1ba6", True, True), ("fra=2020-01-01&til=2020-01-02", False, False), ("til=2020-01-02", False, False),
])  # fmt: skip
def test_filters(log, query, kari, tom):
    shown = log.get(f"/innsynslogg?{query}").content.decode().partition("<tbody")[2]
    assert ("Kari K" in shown, "Tom T" in shown) == (kari, tom)


@pytest.mark.parametrize("query", ["fra=igår", "gjorde=spise", "hva=finnes.ikke", "hvem=%00", "hvem=" + "a" * 300])
def test_a_filter_that_cannot_be_read_is_said(log, query):
    assert log.get(f"/innsynslogg?{query}").status_code == 422


@pytest.mark.parametrize("query", ["til=9999-12-31", "fra=0001-01-01", "fra=9999-12-31&til=0001-01-01"])
def test_the_first_and_the_last_day_there_are_can_be_asked_for(log, query):
    assert log.get(f"/innsynslogg?{query}").status_code == 200


@pytest.mark.parametrize("side", ["0", "-1", "x", "999"])
def test_a_page_that_is_not_there_gives_the_nearest(log, side):
    assert log.get(f"/innsynslogg?side={side}").status_code == 200


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.TEAM_MEMBER, Role.LEADER, Role.ADMINISTRATOR])
def test_others_may_not(gjovik, role):
    assert client_for("kari", role).get("/innsynslogg").status_code == 403


def test_the_days_are_oslo_days(gjovik):
    record(by=Reader(office=gjovik, user_id=uuid4(), name="K"), action=Action.VIEW, what="cases.case")
    current().flush()
    today = now().astimezone(OSLO).date()
    assert rows(Wanted(since=today, until=today)).exists()
    assert not rows(Wanted(since=today + timedelta(days=1))).exists()


def test_the_same_number_of_questions_however_long_the_log(log):
    log.get("/innsynslogg")
    with CaptureQueriesContext(connection) as few:
        log.get("/innsynslogg")
    Entry.objects.bulk_create([Entry(at=now(), name="x", what="cases.case", action="view") for _ in range(120)])
    with CaptureQueriesContext(connection) as many:
        log.get("/innsynslogg")
    assert len(few) == len(many)


def test_roles_are_said_in_words():
    assert said("identity.role.leder") == "rollen leder"
    assert said("noe.nytt") == "noe.nytt"


def test_a_task_is_named_by_what_it_does(gjovik):
    record(by=Reader.for_purpose("post", gjovik), action=Action.VIEW, what="cases.case")
    current().flush()
    assert "Varde, post" in client_for("kari", Role.PRIVACY_OFFICER).get("/innsynslogg").content.decode()


@pytest.mark.parametrize(("family", "ends"), [
    ("inbox.progress", dict(PROGRESS)), ("measures.measure", set(dict(STATES)) - {"planned"}),
    ("hotline.call", dict(KINDS)), ("post", LETTERS), ("post.receipt", LETTERS), ("door", Permission),
])  # fmt: skip
def test_no_reader_of_the_log_meets_a_name_from_the_code(family, ends):
    nouns = {f"{family}.{end}" for end in ends} - {"inbox.progress.received"}
    assert [noun for noun in nouns if said(noun) == noun or "." in said(noun)] == []


def test_one_request_is_one_line_that_opens_to_its_rows(gjovik):
    from tests.tenants import way

    for _ in range(14):
        way.received()
    client_for("kari").get("/innboks")
    shown = client_for("arne", Role.PRIVACY_OFFICER).get("/innsynslogg?hvem=kari&gjorde=list").content.decode()
    assert "<summary>så i en liste: 14 bekymringer</summary>" in shown
    body = shown.partition("<tbody")[2].partition("</tbody")[0]
    assert (body.count("<tr "), body.count("<li>")) == (1, 14)


def test_two_readers_in_one_request_are_two_lines(log):
    body = log.get("/innsynslogg?ting=8c6f1ba6").content.decode().partition("<tbody")[2].partition("</tbody")[0]
    assert body.count("<tr ") == 2


def test_a_very_long_request_shows_its_first_rows_and_how_many_more(log):
    record(by=Reader(office=ref("gjovik"), name="K", user_id=uuid4()), action=Action.EXPORT, what="cases.case",
           ids=[str(n) for n in range(100)])  # fmt: skip
    current().flush()
    body = log.get("/innsynslogg?gjorde=export").content.decode().partition("<tbody")[2].partition("</tbody")[0]
    assert "tok ut: 100 saker" in body
    assert (body.count("<li>"), "40 til." in body) == (60, True)


def test_reason_and_ground_are_shown(log):
    record(by=Reader(office=ref("gjovik"), name="K", user_id=uuid4()), action=Action.BREAK_GLASS, what="cases.case",
           ids=[CASE], reason="Akutt fare", ground="hol § 3-3 a")  # fmt: skip
    current().flush()
    body = log.get("/innsynslogg?gjorde=break_glass").content.decode().partition("<tbody")[2]
    for said_so in ("brukte nødåpning en sak", "Akutt fare", "hol § 3-3 a"):
        assert said_so in body


def test_in_out_and_in_vain_are_in_the_log(gjovik):
    person = client_for("tom").person
    client = anonymous("gjovik")
    client.post("/inn", {"login": person.email, "password": "feil passord her"})
    client.post("/inn", {"login": person.email, "password": PASSWORD})
    client.post("/ut")
    body = client_for("arne", Role.PRIVACY_OFFICER).get("/innsynslogg?hva=identity.session").content.decode()
    for said_so in ("prøvde å logge inn, uten å lykkes", "logget inn", "logget ut", "Tom Teammedlem", "med passord"):
        assert said_so in body


def test_the_log_opens_with_the_last_month(log):
    old = now() - timedelta(days=45)
    Entry.objects.bulk_create([Entry(at=old, name="Gammel Rad", what="cases.case", action="view")])
    assert "Gammel Rad" not in log.get("/innsynslogg").content.decode()
    assert "Gammel Rad" in log.get("/innsynslogg?hvem=gammel").content.decode()
    assert "Gammel Rad" in log.get(f"/innsynslogg?fra={old:%Y-%m-%d}").content.decode()


def test_a_page_without_things_is_a_page_in_the_log(gjovik):
    client_for("kari").get("/start")
    assert Entry.objects.get(what="page./start").action == "view"
    assert said("page./start") == "siden /start"


def test_one_person_in_one_minute_is_one_line_and_a_long_request_hides_no_other(gjovik):
    kari, at = uuid4(), now().replace(second=5)
    rows = [
        Entry(at=at + timedelta(seconds=second), user_id=kari, name="Kari K", what=what, action=action, object_id=CASE,
              request_id=request)
        for request, what, action, seconds in (
            ("a", "inbox.concern", "list", [1] * 70), ("b", "cases.case", "list", [2, 3]),
            ("b", "cases.note", "list", [3]),
            ("c", "page./konto/bekreft", "view", [4]), ("d", "cases.note", "change", [80]),
        )
        for second in seconds
    ]  # fmt: skip
    Entry.objects.bulk_create(rows)
    body = (
        client_for("arne", Role.PRIVACY_OFFICER)
        .get("/innsynslogg?hvem=Kari")
        .content.decode()
        .partition("<tbody")[2]
        .partition("</tbody")[0]
    )
    assert body.count("<tr ") == 2
    assert "<summary>så i en liste: 70 bekymringer, 2 saker, et notat, åpnet siden for å bekrefte innloggingen" in body
    assert "10 til." in body
    assert body.count("<li>") == 60 + 2 + 1 + 1
