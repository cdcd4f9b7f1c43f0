"""A report that is not what was finished is shown nowhere, and nothing is made of it."""

import html
import logging
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import transaction

from tenants.reporting import actions
from tenants.reporting.models import Draft, Report
from tests.cast import TEST, ref, seen_as
from tests.client import client_for
from tests.owner import by_hand
from tests.tenants.test_reporting_grant import HERE, finish
from tests.tenants.test_reporting_way import H2, drafted, finished
from tests.tenants.test_returns_sending import closed_case
from varde.access import Reader
from varde.access.ticket import presented
from varde.audit.trail import trail
from varde.clock import now
from varde.identity.models import User
from varde.tenancy.door import office
from varde.ui.dates import day_of

SAID = "er ikke den som ble ferdigstilt"
FILES = ("json", "csv", "xlsx", "pdf")
ONE_MORE = "replace(content, '\"mann\",1', '\"mann\",2')"


@contextmanager
def at_work(name: str):
    """Somebody in Gjøvik, in a transaction that is committed."""
    with office(ref("gjovik")), transaction.atomic(), trail() as rows, seen_as(name) as by:
        yield by
        with presented(by):
            rows.flush()


@pytest.fixture
def owner(house):
    """Arne has named Kari; three cases of 2019."""
    with at_work("kari") as kari, presented(Reader.for_purpose(TEST, ref("gjovik"))):
        closed_case(date(2019, 8, 1), kjonn="woman", utfall="no_consequence")
        closed_case(date(2019, 9, 1), kjonn="man")
        closed_case(date(2019, 11, 1))
    with at_work("arne") as arne:
        with presented(Reader.for_purpose(TEST, ref("gjovik"))):
            user = User.objects.get(pk=kari.user_id)
        with presented(arne):
            actions.name_owner(user=user, by=arne)
    return house


def refused(client, path: str, said: str = SAID, **sent: str) -> None:
    answer = client.post(path, sent) if sent else client.get(path)
    assert (answer.status_code, said in html.unescape(answer.content.decode())) == (503, True), path
    assert "Content-Disposition" not in answer.headers


def test_a_report_that_was_changed_by_hand_is_shown_nowhere(owner, caplog):
    with at_work("kari") as by:
        report: Report = finished(by)
    by_hand("gjovik", "reporting_copy", f"UPDATE reporting_copy SET content = {ONE_MORE}")
    kari = client_for("kari")
    with caplog.at_level(logging.ERROR):
        for path in (f"/bufdir/{report.id}", *(f"/bufdir/{report.id}/{one}" for one in FILES)):
            refused(kari, path)
    assert len([one for one in caplog.records if one.name == "varde.reporting"]) == 1 + len(FILES)
    assert kari.get("/bufdir").status_code == 200


def test_nothing_is_made_of_a_draft_that_was_changed(owner):
    with at_work("kari") as by:
        row: Draft = drafted(by)
    by_hand("gjovik", "reporting_draft", f"UPDATE reporting_draft SET content = {ONE_MORE}")
    kari = client_for("kari")
    for sent in ({}, {"seen": row.digest}):
        refused(kari, f"/bufdir/utkast/{H2}{'/ferdigstill' if sent else ''}", "er ikke det som ble talt", **sent)
    with at_work("kari") as by:
        assert not Report.objects.exists()
        assert drafted(by).digest == row.digest


def test_a_grant_report_that_was_changed_by_hand_is_shown_nowhere(owner):
    with at_work("kari") as by:
        row = finish(day_of(now()).year, by)
    by_hand("gjovik", "reporting_grant", "UPDATE reporting_grant SET content = replace(content, '300', '400')")
    kari = client_for("kari")
    for path in (f"{HERE}/{row.id}", *(f"{HERE}/{row.id}/{one}" for one in FILES)):
        refused(kari, path)
    assert kari.get(HERE).status_code == 200
