"""The same meeting has fewer points for somebody who does not see a matter: no gap, no count, no name."""

import uuid

import pypdfium2
from django.conf import settings
from icalendar import Calendar

from tenants.cases.actions import add_member
from tenants.inbox import shutting
from tenants.meeting import access, agenda_actions, decision_actions
from tenants.meeting.models import Decision, Hearing, Item
from tenants.meeting.shown import seen
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.test_meeting_way import called, late_case, point_of, typed


def two_points():
    """Kari's meeting with two cases; Tom is on the second of them only."""
    hidden, shared = late_case(), late_case()
    add_member(case=shared, user=way.person("tom"), by=as_person("kari"))
    meeting = called("kari", 48, "tom")
    agenda_actions.move_item(item=point_of(meeting, hidden), up=True, by=as_person("kari"))
    return meeting, hidden, shared


def words_of(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def test_tom_sees_a_meeting_with_one_point_and_no_gap(gjovik):
    meeting, hidden, shared = two_points()
    page = client_for("tom").get(f"/mote/{meeting.id}").content.decode()
    assert shared.name in page
    assert "1. <a" in page
    assert "2. <a" not in page
    assert hidden.name not in page
    assert "går ut" not in page
    with seen_as("tom"):
        assert [(point.number, point.name) for point in seen(meeting).points] == [(1, shared.name)]


def test_who_goes_out_is_told_only_to_those_who_see_the_matter(gjovik):
    meeting, hidden, _ = two_points()
    page = client_for("kari").get(f"/mote/{meeting.id}").content.decode()
    assert f"Tom Teammedlem går ut når dere tar {hidden.name}." in page


def test_a_person_shut_out_after_the_agenda_was_made_loses_the_point(gjovik):
    meeting, _, shared = two_points()
    with seen_as("kari") as kari:
        shutting.deny(concern=shared.concern, user=way.person("tom"), kind="suspected", by=kari)
    with seen_as("tom"):
        assert seen(meeting).points == []
    page = client_for("kari").get(f"/mote/{meeting.id}").content.decode()
    assert f"Tom Teammedlem går ut når dere tar {shared.name}." in page


def test_a_covered_concern_stands_only_on_the_agenda_of_the_two(gjovik):
    concern, tove = way.opened(), way.person("tove")
    with seen_as("kari") as kari:
        shutting.cover(concern=concern, substitute=tove, by=kari)
    meeting = called("kari", 48, "tom", "tove")
    with seen_as("tom"):
        assert seen(meeting).points == []
    with seen_as("tove"):
        assert len(seen(meeting).points) == 1


def test_a_hidden_point_and_an_absent_one_answer_alike(gjovik):
    meeting, hidden, _ = two_points()
    tom, item = client_for("tom"), point_of(meeting, hidden)
    for part in ("", "/plass"):
        ask = tom.post if part else tom.get
        shut, absent = (ask(f"/mote/{meeting.id}/punkt/{key}{part}") for key in (item.id, uuid.uuid4()))
        assert (shut.status_code, shut.content) == (404, absent.content)
    sent = tom.post(f"/mote/{meeting.id}/saklista", {"concern": str(hidden.concern_id)})
    absent = tom.post(f"/mote/{meeting.id}/saklista", {"concern": str(uuid.uuid4())})
    assert (sent.status_code, sent.content) == (404, absent.content)


def test_the_rows_themselves_are_hidden(gjovik):
    meeting, hidden, _ = two_points()
    item = point_of(meeting, hidden)
    decision_actions.decide(item=item, step=way.step(), by=as_person("kari"))
    with seen_as("tom"):
        assert Item.objects.count() == 1
        assert not Decision.objects.exists()
        assert not Hearing.objects.exists()


def test_toms_agenda_is_made_of_what_tom_sees(gjovik):
    hidden, shared = late_case(), late_case()
    add_member(case=shared, user=way.person("tom"), by=as_person("kari"))
    with seen_as("tom"):
        meeting = called("tom")
        assert [item.concern_id for item in Item.objects.all()] == [shared.concern_id]
    assert not Item.objects.filter(meeting=meeting, concern=hidden.concern).exists()


def test_reordering_by_tom_leaves_karis_points_whole(gjovik):
    meeting, hidden, shared = two_points()
    client_for("tom").post(f"/mote/{meeting.id}/punkt/{point_of(meeting, shared).id}/plass", {"til": "ned"})
    with seen_as("kari"):
        assert {point.name for point in seen(meeting).points} == {hidden.name, shared.name}


def test_the_minutes_hold_what_the_reader_sees(gjovik):
    meeting, hidden, shared = two_points()
    agenda_actions.write_minutes(
        item=point_of(meeting, hidden), text="Hemmelig drøfting", version=0, by=as_person("kari")
    )
    agenda_actions.write_minutes(
        item=point_of(meeting, shared), text="Felles drøfting", version=0, by=as_person("kari")
    )
    karis, toms = (
        words_of(b"".join(client_for(name).get(f"/mote/{meeting.id}/referat").streaming_content))
        for name in ("kari", "tom")
    )
    assert "Hemmelig drøfting" in karis
    assert "Felles drøfting" in toms
    assert "Hemmelig" not in toms
    assert hidden.name not in toms
    assert "2." not in toms.split("Saklisten")[1].split("Side")[0].replace("2026", "")
    assert way.logged("meeting.item", "print", hidden.concern_id)


def test_the_invitation_says_when_and_where_and_nothing_else(gjovik):
    meeting, hidden, _ = two_points()
    sent = b"".join(client_for("kari").get(f"/mote/{meeting.id}/invitasjon").streaming_content)
    event = Calendar.from_ical(sent).walk("VEVENT")[0]
    assert event["SUMMARY"] == "TryggEst-møte"
    assert event["LOCATION"] == "Rådhuset, rom 2"
    assert event.decoded("DTSTART") == meeting.starts_at.replace(microsecond=0)
    assert set(event) == {
        "UID", "DTSTAMP", "SEQUENCE", "ORGANIZER", "SUMMARY", "DTSTART", "DTEND", "STATUS", "CLASS", "LOCATION", "URL",
    }  # fmt: skip
    assert (event["SEQUENCE"], str(event["ORGANIZER"])) == (0, f"mailto:{settings.DEFAULT_FROM_EMAIL}")
    assert event["ORGANIZER"].params["CN"] == "TryggEst Gjøvik"
    assert hidden.name.encode() not in sent
    assert b"Kari" not in sent


def test_a_calendar_that_has_the_invitation_takes_the_change_and_the_cancelling(gjovik):
    """RFC 5546: the same UID and organizer, a higher number, and METHOD:CANCEL for one that is called off."""
    kari, meeting = client_for("kari"), called()
    where = f"/mote/{meeting.id}"

    def sent() -> Calendar:
        return Calendar.from_ical(b"".join(kari.get(f"{where}/invitasjon").streaming_content))

    first = sent()
    changed = typed() | {"place": "Legevakta", "minutes": "60"}
    assert kari.post(f"{where}/endre", changed).status_code == 303
    second = sent()
    kari.post(f"{where}/tilstand", {"tilstand": "cancelled"})
    third = sent()
    kari.post(f"{where}/tilstand", {"tilstand": "planned"})
    events = [one.walk("VEVENT")[0] for one in (first, second, third, sent())]
    assert [one["SEQUENCE"] for one in events] == [0, 1, 2, 3]
    assert len({(one["UID"], str(one["ORGANIZER"])) for one in events}) == 1
    assert [one["METHOD"] for one in (first, second, third)] == ["PUBLISH", "PUBLISH", "CANCEL"]
    assert [one["STATUS"] for one in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert events[1]["LOCATION"] == "Legevakta"
    assert all("ATTENDEE" not in one for one in events)


def test_the_logs_control_knows_that_a_participant_had_to_do_with_it(gjovik):
    _, _, shared = two_points()
    found = access.tasks([shared.concern_id])[shared.concern_id]
    assert {task.user_id for task in found} == {as_person("kari").user_id, as_person("tom").user_id}
