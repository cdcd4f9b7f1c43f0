"""What a meeting must not give away or let through: nobody is deleted, minutes stay, owners see what they own."""

import uuid

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tenants.inbox import shutting
from tenants.meeting import access, actions, agenda_actions, decision_actions, queries
from tenants.meeting.models import Decision, Hearing, Item, Meeting, Participant
from tenants.meeting.shown import seen
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.test_meeting_hidden import words_of
from tests.tenants.test_meeting_way import called, late_case, point_of
from varde.clock import now
from varde.refusal import Refused

TABLES = ("meeting_meeting", "meeting_participant", "meeting_item", "meeting_hearing", "meeting_decision")


def guest_of(meeting: Meeting) -> Participant:
    """Somebody from the police, invited by Kari."""
    actions.invite(meeting=meeting, user=None, name="Per Politi", service="Politiet", by=as_person("kari"))
    return Participant.objects.get(meeting=meeting, user__isnull=True)


def hears(meeting: Meeting, case, guest: Participant) -> None:
    """The guest may hear the case."""
    decision_actions.let_hear(
        item=point_of(meeting, case), participant=guest, ground="samtykke", reason="Hun har sagt ja",
        by=as_person("kari"),
    )  # fmt: skip


def approved(meeting: Meeting) -> Meeting:
    """The same, with its minutes approved."""
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=way.in_hours(-2))
    for to in ("held", "approved"):
        actions.move_meeting(meeting=meeting, to=to, by=as_person("kari"))
    return meeting


def test_taking_out_a_guest_goes_alike_whether_something_hidden_hangs_on_the_name(gjovik):
    case, meeting = late_case(), called("kari", 48, "tom")
    guest = guest_of(meeting)
    hears(meeting, case, guest)
    answer = client_for("tom").post(f"/mote/{meeting.id}/deltakere/{guest.id}/fjern")
    connection.check_constraints()
    assert answer.status_code == 303
    guest.refresh_from_db()
    assert (guest.gone_at is not None, guest.gone_by_name) == (True, "Tom Teammedlem")
    assert Hearing.objects.filter(participant=guest).exists()
    page = client_for("kari").get(f"/mote/{meeting.id}").content.decode()
    assert "Per Politi (Politiet) gikk før møtet, men kunne høre dette" in page


@pytest.mark.parametrize("table", TABLES)
def test_no_row_of_a_meeting_is_deleted_by_the_office(gjovik, table):
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")  # a name from above


def test_who_has_gone_counts_no_more_and_can_be_invited_again(gjovik):
    kari, case = client_for("kari"), late_case()
    meeting = called("kari", 48, "tom")
    tom = Participant.objects.get(meeting=meeting, user_id=as_person("tom").user_id)
    where = f"/mote/{meeting.id}"
    assert "Tom Teammedlem går ut når dere tar" in kari.get(where).content.decode()
    assert kari.post(f"{where}/deltakere/{tom.id}/fjern").status_code == 303
    page = kari.get(where).content.decode()
    assert "Tom Teammedlem går ut" not in page
    assert "Ta bort Tom Teammedlem" not in page
    assert "Tom" not in words_of(b"".join(kari.get(f"{where}/referat").streaming_content))
    until = {task.user_id: task.until for task in access.tasks([case.concern_id])[case.concern_id]}
    assert until[tom.user_id] <= now() < until[as_person("kari").user_id]
    with pytest.raises(Refused, match="alt tatt bort"):
        actions.uninvite(meeting=meeting, participant=tom, by=as_person("kari"))
    assert kari.post(f"{where}/deltakere", {"user": str(tom.user_id)}).status_code == 303
    assert [one.user_id for one in seen(meeting).people].count(tom.user_id) == 1


def test_nobody_is_let_hear_who_does_not_come(gjovik):
    case, meeting = late_case(), called()
    guest = guest_of(meeting)
    actions.uninvite(meeting=meeting, participant=guest, by=as_person("kari"))
    with pytest.raises(Refused, match="kommer ikke lenger"):
        hears(meeting, case, guest)


def test_a_participant_who_is_not_there_is_logged(gjovik):
    meeting, absent = called(), uuid.uuid4()
    assert client_for("kari").post(f"/mote/{meeting.id}/deltakere/{absent}/fjern").status_code == 404
    assert way.logged("meeting.participant", "denied", absent)


def test_nothing_is_moved_into_approved_minutes(gjovik):
    case, other = late_case(), late_case()
    done, meeting = called(), called()
    guest = guest_of(meeting)
    hears(meeting, case, guest)
    agenda_actions.add_point(meeting=meeting, title="Brosjyre", by=as_person("kari"))
    item = Item.objects.get(meeting=meeting, concern__isnull=True)
    decision_actions.decide(item=item, step=way.step(), by=as_person("kari"))
    into = point_of(done, other)
    approved(done)
    moves = [
        (Item, {"meeting": done}), (Participant, {"meeting": done}), (Decision, {"meeting": done}),
        (Decision, {"item": into}), (Hearing, {"item": point_of(done, case)}),
        (Hearing, {"participant": queries.participants(done)[0]}),
    ]  # fmt: skip
    for model, change in moves:
        rows = model.objects.filter(**{"item__meeting" if model is Hearing else "meeting": meeting})
        with pytest.raises(ProgrammingError, match="frozen"), transaction.atomic():
            rows.update(**change)


def test_no_meeting_is_born_approved(gjovik):
    user = way.person("kari")
    row = Meeting(starts_at=now(), minutes=60, chair=user, minute_taker=user, state="approved", made_at=now())
    with pytest.raises(ProgrammingError, match="frozen"), transaction.atomic():
        row.save(force_insert=True)


def test_what_was_reported_done_is_reported_once_also_after_approval(gjovik):
    meeting = called()
    agenda_actions.add_point(meeting=meeting, title="Brosjyre", by=as_person("kari"))
    decision_actions.decide(item=Item.objects.get(meeting=meeting), step=way.step(), by=as_person("kari"))
    approved(meeting)
    decision_actions.finish(decision=Decision.objects.get(), by=as_person("kari"))
    for change in ({"done_by_name": "En annen"}, {"done_at": None}, {"done_at": way.in_hours(-99)}):
        with pytest.raises(ProgrammingError, match="frozen"), transaction.atomic():
            Decision.objects.update(**change)


def test_a_decision_is_not_given_to_somebody_who_is_shut_out(gjovik):
    case, meeting = late_case(), called()
    decision_actions.decide(item=point_of(meeting, case), step=way.step(), by=as_person("kari"))
    tom = way.person("tom")
    with seen_as("kari") as kari:
        shutting.deny(concern=case.concern, user=tom, kind="kinship", by=kari)
    with pytest.raises(ProgrammingError, match="shut out"), transaction.atomic():
        Decision.objects.update(owner=tom)


def test_what_hangs_on_a_point_is_of_its_matter(gjovik):
    case, other, meeting = late_case(), late_case(), None
    meeting = called()
    decision_actions.decide(item=point_of(meeting, case), step=way.step(), by=as_person("kari"))
    hears(meeting, case, guest_of(meeting))
    for model in (Decision, Hearing):
        with pytest.raises(ProgrammingError, match="not of this matter"), transaction.atomic():
            model.objects.update(concern=other.concern)
