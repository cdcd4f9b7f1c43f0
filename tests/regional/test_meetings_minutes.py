"""Minutes: approved by both and frozen, corrected by an addendum, and what was decided is followed up."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction

from regional.meetings import (
    held_actions,
    minutes_actions,
    papers,
    queries,
    tasks,
)
from regional.meetings.shown import seen
from tests.cast import TEST, ref
from tests.owner import as_owner
from tests.regional.meeting_people import approved, held, person, secretary, sit
from tests.regional.meeting_people import siri as siri
from varde.access.reader import Reader
from varde.access.roles import Role
from varde.access.ticket import presented
from varde.clock import now, telling
from varde.demo_cast import acting_as
from varde.documents.paper import pdf
from varde.refusal import Refused
from varde.tenancy.work import work


# --- minutes -------------------------------------------------------------------------------------------------
def test_minutes_are_frozen_when_both_have_approved(siri):
    meeting = held(siri)
    minutes_actions.send(meeting=meeting, by=siri)
    assert minutes_actions.approve(meeting=meeting, office="chair", how="muntlig", by=siri) is False
    assert minutes_actions.approve(meeting=meeting, office="taker", how="muntlig", by=siri) is True
    item = queries.items(meeting)[0]
    with pytest.raises(Refused, match="godkjent"):
        held_actions.write_said(item=item, text="Noe annet", seen=None, by=siri)


def test_the_secretary_says_how_a_yes_was_given(siri):
    meeting = held(siri)
    minutes_actions.send(meeting=meeting, by=siri)
    with pytest.raises(Refused, match="hvordan"):
        minutes_actions.approve(meeting=meeting, office="chair", by=siri)


def test_what_was_approved_before_it_was_taken_back_counts_no_more(siri):
    meeting = held(siri)
    minutes_actions.send(meeting=meeting, by=siri)
    minutes_actions.approve(meeting=meeting, office="chair", how="muntlig", by=siri)
    minutes_actions.take_back(meeting=meeting, by=siri)
    minutes_actions.send(meeting=meeting, by=siri)
    assert minutes_actions.approve(meeting=meeting, office="taker", how="muntlig", by=siri) is False
    with pytest.raises(Refused, match="tatt tilbake"):
        minutes_actions.approve(meeting=meeting, office="chair", how="muntlig", seen="1", by=siri)


CHANGES = [
    "UPDATE meetings_item SET position = 9",
    "UPDATE meetings_meeting SET minutes = 5",
    "UPDATE meetings_meeting SET state = 'held'",
    "UPDATE meetings_invitee SET presence = 'absent'",
    "UPDATE meetings_decision SET due = '2030-01-01'",
    "UPDATE meetings_decision SET gone_at = now()",
    "DELETE FROM meetings_decision",
]


@pytest.mark.parametrize("change", CHANGES)
def test_nobody_changes_approved_minutes_not_even_the_owner_of_the_tables(siri, change):
    approved(siri)
    with presented(Reader.for_purpose(TEST, siri.office)), pytest.raises(DatabaseError):  # noqa: SIM117
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_no_minutes_are_approved_without_the_chair(siri):
    meeting = held(siri)
    minutes_actions.send(meeting=meeting, by=siri)
    with pytest.raises(DatabaseError, match="approved by the chair"):  # noqa: SIM117
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE meetings_meeting SET state = 'approved'")


def test_a_correction_is_an_addendum(siri):
    meeting = held(siri)
    with pytest.raises(Refused, match="ikke godkjent"):
        minutes_actions.add_addendum(meeting=meeting, text="Feil dato", by=siri)
    meeting = approved(siri, 60)
    minutes_actions.add_addendum(meeting=meeting, text="Riktig dato er 3. mai.", by=siri)
    assert [one.text for one in queries.addenda(meeting)] == ["Riktig dato er 3. mai."]


def test_the_paper_has_attendance_decisions_owners_and_days_and_stays_the_same(siri):
    meeting = approved(siri)

    def made():
        return papers.minutes_paper(meeting, seen(meeting), office="Gjøvikregionen", now=now())

    said = str(made())
    for words in ("Kari Koordinator", "Til stede", "Lage felles plakat", "beslutningsdyktig", "Møteleder"):
        assert words in said
    first = pdf(made())
    with telling(now() + timedelta(days=3)):
        assert pdf(made()) == first
    assert b"pdfaid" in first


# --- followed up ---------------------------------------------------------------------------------------------
def test_a_decision_is_done_once_also_after_the_minutes_are_frozen(siri):
    approved(siri)
    row = queries.undone().get()
    minutes_actions.finish(decision=row, came_of="Plakaten henger.", by=siri)
    assert not queries.undone().exists()
    with pytest.raises(Refused, match="alt meldt"):
        minutes_actions.finish(decision=row, came_of="Igjen.", by=siri)


def test_the_owner_of_a_late_decision_is_told_once(house):
    region = ref("gjovikregionen")
    with work(region, TEST):
        sit(region)
        siri = secretary(region)
        kari = person(region, "Kari Koordinator", Role.LEADER_TEAM, "kari@gjovik.example")
    with acting_as(siri):
        approved(siri)
    assert kari.user_id
    with telling(now() + timedelta(days=90)):
        mail.outbox.clear()
        assert tasks.tell(region) == 1
        assert tasks.tell(region) == 0
    assert [one.to for one in mail.outbox] == [["kari@gjovik.example"]]
    assert "plakat" not in mail.outbox[0].body


def test_the_owner_of_the_tables_is_stopped_too(house):
    region = ref("gjovikregionen")
    with work(region, TEST):
        sit(region)
        siri = secretary(region)
    with acting_as(siri):
        approved(siri)
    with as_owner(region), pytest.raises(DatabaseError, match="frozen"), connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_item SET position = 9")
