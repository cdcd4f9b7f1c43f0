"""The pages of the leader team's meetings, as the secretary, the chair and a member meet them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from regional.meetings import demo, held_actions, people, queries
from regional.meetings.held_actions import Came
from regional.meetings.models import Decision, Meeting, MeetingFeed
from regional.meetings.shown import seen
from tests.cast import TEST, ref
from tests.client import anonymous, client_for
from tests.regional.meeting_people import called, during, secretary, sit, soon
from varde.access.roles import Role
from varde.clock import now
from varde.tenancy.work import work
from varde.ui.dates import day_of

BASE = "/lederteam/moter"


@pytest.fixture
def siri(gjovikregionen):
    sit(gjovikregionen)
    return secretary(gjovikregionen)


@pytest.fixture
def client(siri):
    return client_for("liv", Role.SECRETARY)


def _body(answer):
    return answer.content.decode()


def test_the_first_time_the_page_says_what_to_do(client):
    assert "Ingen møter er planlagt" in _body(client.get(BASE))
    shown = _body(client.get(f"{BASE}/plan"))
    assert "Legg inn 6 møter" in shown
    client.post(f"{BASE}/plan", {"per_year": 2, "years": 3})
    assert Meeting.objects.count() == 6
    shown = _body(client.get(BASE))
    assert "Forbered neste møte" in shown
    assert "har tur" in shown


def test_a_member_reads_and_changes_nothing(siri):
    meeting = called(siri)
    liv = client_for("liv")
    assert liv.get(f"{BASE}/{meeting.id}").status_code == 200
    assert "Avlys" not in _body(liv.get(f"{BASE}/{meeting.id}"))
    assert liv.get(f"{BASE}/plan").status_code == 403
    assert liv.get(f"{BASE}/{meeting.id}/oppmote").status_code == 404
    assert liv.post(f"{BASE}/{meeting.id}/saklisten", {"title": "Mitt"}).status_code == 404


def test_the_call_by_turns_from_the_page(client, siri):
    client.post(f"{BASE}/plan", {"per_year": 2, "years": 1})
    meeting = queries.ahead().first()
    page = f"{BASE}/{meeting.id}"
    client.post(f"{page}/saklisten", {"fyll": "1"})
    assert "Etter tur: " in _body(client.get(f"{page}/innkalling"))
    answer = client.post(f"{page}/innkalling", {"chair": "", "taker": ""})
    assert answer.status_code == 303
    shown = _body(client.get(page))
    assert "Send innkallingen til disse selv" in shown
    assert "Kari Koordinator" in shown
    assert (
        client.get(f"{page}/innkalling/pdf").headers["Content-Disposition"] == 'attachment; filename="innkalling.pdf"'
    )


def test_who_cannot_come_is_skipped_on_the_page(client, siri):
    client.post(f"{BASE}/plan", {"per_year": 2, "years": 1})
    meeting = queries.ahead().first()
    turn = people.in_turn(siri, meeting, day_of(meeting.starts_at))
    data = {"chair": "", "taker": "", "away": [str(turn.chair.kommune_id)]}
    client.post(f"{BASE}/{meeting.id}/innkalling", data)
    assert queries.locked(meeting).chair_name == turn.taker.name


def test_nothing_typed_is_lost_when_somebody_was_first(client, siri):
    meeting = soon(siri)
    item = queries.items(meeting)[0]
    held_actions.write_said(item=item, text="Først", seen=None, by=siri)
    sent = {"say": "her", "s-said": "Min egen tekst", "s-seen": "0"}
    answer = client.post(f"{BASE}/{meeting.id}/punkt/{item.id}", sent)
    assert answer.status_code == 422
    assert "Min egen tekst" in _body(answer)
    assert "Først" in _body(answer)


def test_the_page_leads_on_to_the_next_point(client, siri):
    meeting = soon(siri)
    first, second = queries.items(meeting)[:2]
    answer = client.post(f"{BASE}/{meeting.id}/punkt/{first.id}", {"say": "videre", "s-said": "Ja.", "s-seen": "0"})
    assert answer.headers["Location"].endswith(f"/punkt/{second.id}")


def test_minutes_that_name_somebody_are_pointed_out(client, siri):
    meeting = soon(siri)
    item = queries.items(meeting)[0]
    held_actions.write_said(item=item, text="Ring 99 88 77 66 om henne.", seen=None, by=siri)
    assert "kan noe her peke på en person" in _body(client.get(f"{BASE}/{meeting.id}/punkt/{item.id}"))


def test_the_whole_meeting_from_its_pages(client, siri):
    meeting = soon(siri)
    page, item = f"{BASE}/{meeting.id}", queries.items(meeting)[0]
    with during(meeting):
        rows = queries.invitees(meeting)
        came = {f"p-{one.id}": "present" for one in rows} | {f"n-{one.id}": "" for one in rows}
        assert client.post(f"{page}/oppmote", came | {"seen": "0"}).status_code == 303
        sent = {"decide": "1", "d-decided": "Felles kurs", "d-owner": f"p-{rows[0].id}", "d-due": str(day_of(now()))}
        assert client.post(f"{page}/punkt/{item.id}", sent).status_code == 303
        for to in ("held", "sent"):
            assert client.get(f"{page}/tilstand?til={to}").status_code == 200
            client.post(f"{page}/tilstand", {"til": to})
    for office in ("chair", "taker"):
        answer = client.post(f"{page}/godkjenn", {"office": office, "how": "på e-post", "seen": "1"})
        assert answer.status_code == 303
    assert queries.locked(meeting).state == "approved"
    assert "Referatet er godkjent" in _body(client.get(page))
    done = queries.undone().get()
    assert client.post(f"{BASE}/beslutning/{done.id}", {"came_of": "Holdt."}).status_code == 303
    assert Decision.objects.get().done_at is not None
    client.post(f"{page}/tillegg", {"text": "En retting."})
    assert "En retting." in _body(client.get(page))


def test_an_error_in_the_attendance_keeps_what_was_typed(client, siri):
    meeting = called(siri)
    rows = queries.invitees(meeting)
    sent = {f"p-{one.id}": "absent" for one in rows} | {f"n-{one.id}": "Ferie på Hvaler" for one in rows}
    sent |= {f"p-{rows[0].id}": "substitute", f"n-{rows[0].id}": "", "seen": "0"}
    answer = client.post(f"{BASE}/{meeting.id}/oppmote", sent)
    assert answer.status_code == 422
    assert "Ferie på Hvaler" in _body(answer)


def test_the_calendar_address_shows_when_and_nothing_of_what(client, siri):
    meeting = called(siri)
    made = _body(client.post(f"{BASE}/kalenderadresse"))
    address = made.split("<code>")[1].split("</code>")[0]
    path = address[address.index(BASE) :]
    read = _body(anonymous("gjovikregionen").get(path))
    assert f"UID:{meeting.id}@varde" in read
    assert "Godkjenning av innkalling" not in read
    assert MeetingFeed.objects.get().secret_hash not in address
    client.post(f"{BASE}/kalenderadresse/avslutt")
    assert anonymous("gjovikregionen").get(path).status_code == 404


def test_a_meeting_that_is_called_off_says_so_to_calendars(client, siri):
    meeting = called(siri)
    client.post(f"{BASE}/{meeting.id}/tilstand", {"til": "cancelled"})
    made = b"".join(client.get(f"{BASE}/{meeting.id}/kalender").streaming_content).decode()
    assert "METHOD:CANCEL" in made
    assert "SEQUENCE:2" in made


def test_a_meeting_on_a_holiday_is_pointed_out(client, siri):
    meeting = called(siri)
    day = f"{now().year + 1}-12-25"
    client.post(f"{BASE}/{meeting.id}/endre", {"day": day, "hour": "09:00", "minutes": 60, "place": "", "link": ""})
    assert "helligdag" in _body(client.get(f"{BASE}/{meeting.id}"))


def test_the_start_page_shows_the_next_meeting_and_what_is_late(client, siri):
    meeting = soon(siri)
    item = queries.items(meeting)[0]
    owner = held_actions.Owner("Kari")
    held_actions.decide(
        item=item, decided=held_actions.Decided("Noe", owner, day_of(now()) - timedelta(days=1)), by=siri
    )
    came = {one.id: Came("present") for one in queries.invitees(meeting)}
    held_actions.attend(meeting=meeting, came=came, seen=None, by=siri)
    with during(meeting):
        held_actions.end_meeting(meeting=meeting, by=siri)
    assert "1 beslutning over frist" in _body(client.get("/start"))


def test_a_paper_goes_with_a_point_and_comes_back_cleaned(client, siri):
    meeting = called(siri)
    item = queries.items(meeting)[0]
    sent = {"title": "Notat", "file": SimpleUploadedFile("notat.txt", b"Felles kurs i mai.")}
    answer = client.post(f"{BASE}/{meeting.id}/punkt/{item.id}/vedlegg", sent)
    assert answer.status_code == 303, _body(answer)
    row = seen(meeting).points[0].papers[0]
    made = b"".join(client.get(f"{BASE}/{meeting.id}/vedlegg/{row.id}").streaming_content)
    assert b"Felles kurs i mai." in made
    client.post(f"{BASE}/{meeting.id}/vedlegg/{row.id}/fjern")
    assert client.get(f"{BASE}/{meeting.id}/vedlegg/{row.id}").status_code == 404


def test_the_demo_has_a_meeting_behind_it_and_one_ahead(house):
    region = ref("gjovikregionen")
    with work(region, TEST):
        sit(region)
        secretary(region)
    assert (demo.seed(region), demo.seed(region)) == (True, False)
    with work(region, TEST):
        assert [row.state for row in queries.earlier()] == ["approved"]
        assert queries.ahead().first().state == "called"
        assert queries.undone().count() == 2
        followed = [one.kind for one in queries.items(queries.ahead().first())]
        assert followed.count("followup") == 2


def test_somebody_else_leads_by_hand(client, siri):
    meeting = called(siri)
    there = people.offices(siri, day_of(meeting.starts_at))
    new = next(key for key, one in there.items() if one.name not in (meeting.chair_name, meeting.taker_name))
    page = f"{BASE}/{meeting.id}/ledelse"
    assert client.post(page, {"chair": new, "taker": new}).status_code == 422
    sent = {"chair": new, "taker": str(meeting.taker_kommune)}
    assert client.post(page, sent).status_code == 303
    assert str(queries.locked(meeting).chair_kommune) == new
