"""Whoever may approve a report is told that one waits, and nothing of what it says."""

from django.core import mail

from regional.bufdir import actions
from regional.bufdir.actions import Written
from tests.client import text
from tests.regional.release_pages import stine as stine
from tests.regional.released import person
from tests.regional.test_bufdir_way import makes
from tests.regional.test_bufdir_way import released as released


def test_the_others_are_told_by_mail_that_a_report_waits_and_never_what(released):
    with person("sara"), person("stine"):
        pass
    mail.outbox.clear()
    makes("stine")
    assert [each.to for each in mail.outbox] == [["sara@region.example"]]
    assert "1. halvår" not in mail.outbox[0].body
    assert "36" not in mail.outbox[0].body


def test_what_was_written_for_a_dropped_draft_stands_in_the_next(released, stine):
    said = "Tallene er som ventet."
    draft = makes("stine", Written({"comment": said, "explained": ""}))
    with person("sara") as by:
        actions.drop(draft=draft.id, by=by)
    page = stine.get("/bufdir/ny/bufdir/2025H1")
    assert said in page.content.decode()
    assert "Det som ble skrevet forrige gang" in text(page)
    sent = stine.post("/bufdir/ny/bufdir/2025H1", {"comment": "Noe annet.", "explained": ""})
    assert sent.status_code == 303, text(sent)
