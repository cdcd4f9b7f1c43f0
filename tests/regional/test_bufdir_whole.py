"""A report that is not what was approved is shown nowhere, nor one whose release is another than what was given out."""

import hashlib
import html
import logging

import pytest

from tests.client import client_for, log_in
from tests.owner import by_hand
from tests.regional.released import REGION
from tests.regional.test_bufdir_way import approves, makes, released
from varde.access import Role

__all__ = ["released"]
SAID = "er ikke den som ble godkjent"
DRAFT = "er ikke det som ble laget"
FILES = ("json", "csv", "xlsx", "pdf")


def text(answer) -> str:
    return html.unescape(answer.content.decode())


@pytest.fixture
def stine(released):
    return log_in(REGION, "per@region.example", "Per Tall", Role.STATISTICS_OFFICER)


@pytest.mark.parametrize("readable", [True, False], ids=["another number", "no report"])
def test_a_report_that_was_changed_by_hand_is_shown_nowhere(released, caplog, readable):
    row = approves(makes())
    changed = row.content.replace('"Saker i perioden",36', '"Saker i perioden",35') if readable else "{}"
    by_hand(REGION, "bufdir_report", f"UPDATE bufdir_report SET content = $x${changed}$x$")
    liv = client_for("liv")
    with caplog.at_level(logging.ERROR):
        for path in ("/bufdir/1", *(f"/bufdir/1/fil/{one}" for one in FILES)):
            answer = liv.get(path)
            assert (answer.status_code, SAID in text(answer)) == (503, True), path
            assert "Content-Disposition" not in answer.headers
    assert len([one for one in caplog.records if one.name == "varde.reporting"]) == 1 + len(FILES)
    assert liv.get("/bufdir").status_code == 200


def test_a_draft_that_was_changed_by_hand_is_neither_shown_nor_approved(stine):
    draft = makes()
    other = hashlib.sha256(b"{}").hexdigest()
    by_hand(REGION, "bufdir_draft", "UPDATE bufdir_draft SET content = '{}'")
    for answer in (stine.get(f"/bufdir/utkast/{draft.id}"), stine.post(f"/bufdir/utkast/{draft.id}/godkjenn",
                                                                       {"seen": draft.digest})):  # fmt: skip
        assert (answer.status_code, DRAFT in text(answer)) == (503, True)
    by_hand(REGION, "bufdir_draft", f"UPDATE bufdir_draft SET digest = '{other}'")
    page = stine.get(f"/bufdir/utkast/{draft.id}")
    assert page.status_code == 503
    assert f'action="/bufdir/utkast/{draft.id}/forkast"' in page.content.decode()
    assert stine.post(f"/bufdir/utkast/{draft.id}/forkast").status_code == 303


def test_a_new_report_is_not_compared_with_one_that_was_changed(stine):
    approves(makes())
    by_hand(REGION, "bufdir_report", "UPDATE bufdir_report SET content = '{}'")
    assert stine.get("/bufdir/ny/bufdir/2025H1").status_code == 503


def test_another_copy_of_the_release_stops_what_was_made_of_it(stine):
    approves(makes())
    by_hand(REGION, "releases_copy", "UPDATE releases_copy SET content = replace(content, 'tables', 'Tables')")
    for path in ("/bufdir/1", "/bufdir/1/fil/pdf", "/bufdir/ny", "/bufdir/ny/bufdir/2025H1"):
        answer = stine.get(path)
        assert (answer.status_code, "er ikke det som ble gitt ut" in text(answer)) == (503, True), path
    for path in ("/statistikk/utgivelser", "/statistikk"):
        assert stine.get(path).status_code == 503
