"""The log's page: who may read it, what it shows, what it never shows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regional.hotline.states import KINDS
from shared.post.overview import KINDS as LETTERS
from tenants.inbox.states import PROGRESS
from tenants.measures.states import STATES
from tests.client import client_for
from varde.access import Permission, Reader, Role
from varde.audit.actions import Action, record
from varde.audit.models import Entry
from varde.audit.queries import Wanted, rows
from varde.audit.trail import current
from varde.audit.words import said
from varde.clock import OSLO, now

CASE = "8c6f1ba6-0c43-4a3b-9a5b-6b1e3a4c5d6e"


@pytest.fixture
def log(gjovik):
    """Kari read a case, Tom changed a note."""
    for name, action, what in (("Kari K", Action.VIEW, "cases.case"), ("Tom T", Action.CHANGE, "cases.note")):
        record(by=Reader(office=gjovik, name=name), action=action, what=what, ids=[CASE])
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
    record(by=Reader(office=gjovik, name="K"), action=Action.VIEW, what="cases.case")
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
