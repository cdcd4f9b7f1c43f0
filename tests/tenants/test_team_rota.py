"""The rota at the keyboard: who answers, what is empty, and what is refused with a sentence."""

import re
from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from shared.registry.demo import wishes
from tenants.team import rota_actions as actions
from tenants.team import rota_queries as queries
from tenants.team import tasks
from tenants.team.rota_models import Absence, DatedShift, OpeningHours, OtherDay, ShiftSwap, WeeklyShift
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import anonymous, client_for
from tests.tenants import way
from varde.access import Role
from varde.clock import OSLO, now
from varde.identity.models import RoleGrant, User
from varde.refusal import Refused
from varde.rotas.rules import Day, check_absence, hours_differ, stretch, weeks
from varde.tenancy.work import work
from varde.worktime import Calendar

TODAY = now().astimezone(OSLO).date()


def day(more: int) -> str:
    """So many days from today, as typed."""
    return (TODAY + timedelta(days=more)).isoformat()


def weekly(**changes: str) -> dict[str, str]:
    """A fixed shift as it is typed."""
    given = {"user": str(as_person("tom").user_id), "place": "1", "weekdays": "0", "starts": "08:00", "ends": "15:30"}
    return given | {"valid_from": day(0)} | changes


def round_the_clock(name: str = "tom", place: int = 1) -> None:
    """The same person every day, all day."""
    user = way.person(name)
    for weekday in range(7):
        WeeklyShift(
            user=user, place=place, weekday=weekday, starts=time(0), ends=time(0), valid_from=TODAY - timedelta(days=9)
        ).save()


def always_open() -> None:
    """Day and night, holidays too."""
    moment = now()
    for weekday in range(7):
        OpeningHours(
            valid_from=date(2020, 1, 1), weekday=weekday, opens=time(0), closes=time(0), on_holidays=True,
            set_at=moment, set_by="Kari",
        ).save()  # fmt: skip


@pytest.fixture
def kari(gjovik):
    """Kari at the keyboard, with Tom and Tove in the team."""
    client = client_for("kari")
    way.person("tom"), way.person("tove")
    return client


def test_a_fixed_shift_is_typed_shown_and_ended(kari):
    assert "Ingen vakter er satt opp" in kari.get("/team/vakt").content.decode()
    assert kari.post("/team/vakt/fast", weekly())["Location"] == "/team/vakt"
    shown = kari.get("/team/vakt").content.decode()
    assert "Tom Teammedlem" in shown
    assert "Avslutt" in shown
    shift = WeeklyShift.objects.get()
    assert kari.post(f"/team/vakt/fast/{shift.id}/avslutt").status_code == 303
    assert not WeeklyShift.objects.exists()


@pytest.mark.parametrize("weekday", range(7))
def test_this_week_comes_first_and_every_day_of_two_weeks_is_there_once(weekday):
    monday = date(2026, 11, 16)
    today = monday + timedelta(days=weekday)
    days = [Day(monday + timedelta(days=more), "stengt", "", ()) for more in range(14)]
    found = weeks(days, today, in_use=True)
    assert sorted(day.day for week in found for day in week.days) == [day.day for day in days]
    assert (found[0].days[0].day, found[0].open) == (today, True)
    assert [week.title for week in found[1:] if not week.open] == [
        *(["Neste uke"] if weekday < 4 else []), *(["Tidligere denne uken"] if weekday else []),
    ]  # fmt: skip


def test_what_is_not_of_this_week_is_folded_and_still_there_and_a_gap_is_said_outside(kari):
    always_open()
    user = way.person("tom")
    WeeklyShift(user=user, place=1, weekday=0, starts=time(8), ends=time(9), valid_from=TODAY).save()
    Absence(user=user, first_day=TODAY, last_day=TODAY).save()
    html = kari.get("/team/vakt").content.decode()
    outside = re.sub(r'<details class="ds-details">(<summary>.*?</summary>).*?</details>', r"\1", html, flags=re.DOTALL)
    assert ">Denne uken</caption>" in outside
    assert "<summary>Faste vakter (1)</summary>" in outside
    assert "<summary>Fravær (1)</summary>" in outside
    assert ("Avslutt vakten" in html, "Avslutt vakten" in outside) == (True, False)
    if TODAY.weekday() < 4:
        assert re.search(r"<summary>Neste uke: .*Ingen svarer \d+ ganger", outside)
        assert ">Neste uke</caption>" not in outside


def test_a_shift_of_several_weekdays_is_typed_once(kari):
    assert kari.post("/team/vakt/fast", weekly() | {"weekdays": ["0", "1", "4"]}).status_code == 303
    assert list(WeeklyShift.objects.order_by("weekday").values_list("weekday", flat=True)) == [0, 1, 4]
    answer = kari.post("/team/vakt/fast", weekly() | {"weekdays": ["2", "4"]})
    assert (answer.status_code, WeeklyShift.objects.count()) == (422, 3)


def test_ending_a_shift_keeps_what_has_been(kari):
    round_the_clock()
    shift = WeeklyShift.objects.filter(weekday=0).get()
    kari.post(f"/team/vakt/fast/{shift.id}/avslutt")
    assert WeeklyShift.objects.get(id=shift.id).valid_until == TODAY - timedelta(days=1)


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"user": ""}, "Velg et svar på «Hvem?»"), ({"user": "noen"}, "Velg en som er med i teamet nå."),
    ({"starts": "25:00"}, "gyldig tidspunkt"), ({"valid_from": day(-1)}, "Datoen er passert."),
    ({"valid_from": day(3000)}, "mer enn to år fram"), ({"weekdays": "9"}, "9"),
])  # fmt: skip
def test_a_shift_that_cannot_be_is_said_and_what_was_typed_stays(kari, changes, sentence):
    answer = kari.post("/team/vakt/fast", weekly(**changes))
    shown = answer.content.decode()
    assert (answer.status_code, WeeklyShift.objects.count()) == (422, 0)
    assert sentence in shown
    assert "15:30" in shown


def test_overlapping_shifts_are_refused_also_over_midnight(kari):
    kari.post("/team/vakt/fast", weekly(starts="20:00", ends="08:00"))
    answer = kari.post("/team/vakt/fast", weekly(weekdays="1", starts="07:00", ends="09:00"))
    assert answer.status_code == 422
    assert "overlapper" in answer.content.decode()
    assert kari.post("/team/vakt/fast", weekly(weekdays="1", starts="08:00", ends="09:00")).status_code == 303


def test_a_shift_in_the_lost_hour_is_refused_with_a_sentence():
    with pytest.raises(Refused, match=r"Klokken 02.30 finnes ikke 29.03.2026"):
        stretch(date(2026, 3, 29), time(2, 30), time(8), datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(Refused, match=r"Klokken 02.15 finnes ikke 29.03.2026"):
        stretch(date(2026, 3, 28), time(22), time(2, 15), datetime(2026, 1, 1, tzinfo=UTC))


def test_a_shift_that_is_over_is_refused():
    with pytest.raises(Refused, match="alt over"):
        stretch(date(2026, 1, 1), time(8), time(9), datetime(2026, 1, 1, 12, tzinfo=UTC))


def test_an_absence_that_ends_before_it_begins_is_refused(kari):
    sent = {"user": str(as_person("tom").user_id), "first_day": day(5), "last_day": day(4)}
    answer = kari.post("/team/vakt/fravar", sent)
    assert "Fraværet slutter før det begynner." in answer.content.decode()
    assert (answer.status_code, Absence.objects.count()) == (422, 0)


@pytest.mark.parametrize(("first", "last"), [(-9, -1), (0, 900), (900, 901)])
def test_an_absence_that_is_over_or_has_a_wrong_year_is_refused(first, last):
    with pytest.raises(Refused):
        check_absence(TODAY + timedelta(days=first), TODAY + timedelta(days=last), TODAY)


def test_a_member_notes_her_own_absence_and_nobody_elses(kari):
    tove = client_for("tove")
    sent = {"first_day": day(1), "last_day": day(2)}
    assert tove.post("/team/vakt/fravar", sent | {"user": str(as_person("tom").user_id)}).status_code == 422
    assert tove.post("/team/vakt/fravar", sent | {"user": str(as_person("tove").user_id)}).status_code == 303
    assert tove.get("/team/vakt/fast").status_code == 403
    row = Absence.objects.get()
    tom = client_for("tom")
    assert tom.post(f"/team/vakt/fravar/{row.id}/fjern").status_code == 403
    assert tove.post(f"/team/vakt/fravar/{row.id}/fjern").status_code == 303
    assert not Absence.objects.exists()


def test_the_database_refuses_what_a_member_may_not_plan(gjovik):
    tom = way.person("tom")
    with seen_as("tove"):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            WeeklyShift(user=tom, place=1, weekday=0, starts=time(8), ends=time(9), valid_from=TODAY).save(
                force_insert=True
            )
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Absence(user=tom, first_day=TODAY, last_day=TODAY).save(force_insert=True)
    with seen_as("tove") as tove, pytest.raises(PermissionDenied):
        actions.add_absence(user=tom, first_day=TODAY, last_day=TODAY, by=tove)


def test_who_answers_now_absence_and_swap(gjovik):
    always_open()
    round_the_clock("tom"), round_the_clock("tove", place=2)
    tom, tove, kari = way.person("tom"), way.person("tove"), way.person("kari")
    assert queries.answering(now()) == [tom, tove]
    ShiftSwap(user=tom, instead=kari, starts_at=way.in_hours(-1), ends_at=way.in_hours(1)).save()
    assert queries.answering(now()) == [kari, tove]
    Absence(user=kari, first_day=TODAY, last_day=TODAY).save()
    assert queries.answering(now()) == [tove]


def test_a_swap_with_oneself_and_a_second_swap_are_refused(kari):
    round_the_clock("tom")
    tom, tove = str(as_person("tom").user_id), str(as_person("tove").user_id)
    sent = {"user": tom, "instead": tom, "day": day(1), "starts": "08:00", "ends": "16:00"}
    assert "Velg en annen til å ta vakten." in kari.post("/team/vakt/bytte", sent).content.decode()
    assert kari.post("/team/vakt/bytte", sent | {"instead": tove}).status_code == 303
    assert "overlapper" in kari.post("/team/vakt/bytte", sent | {"instead": tove}).content.decode()
    row = ShiftSwap.objects.get()
    assert kari.post(f"/team/vakt/bytte/{row.id}/fjern").status_code == 303


def test_what_would_leave_a_hole_is_refused_and_not_said_to_be_done(kari):
    """Somebody who is away is put in, or takes a shift; somebody who has none gives one away."""
    tom, tove = str(as_person("tom").user_id), str(as_person("tove").user_id)
    swap = {"user": tom, "instead": tove, "day": day(1), "starts": "08:00", "ends": "16:00"}
    assert "har ingen vakt da" in kari.post("/team/vakt/bytte", swap).content.decode()
    round_the_clock("tom")
    Absence(user=way.person("tove"), first_day=TODAY + timedelta(days=1), last_day=TODAY + timedelta(days=1)).save()
    assert "ført opp som borte da" in kari.post("/team/vakt/bytte", swap).content.decode()
    single = {"user": tove, "place": "1", "day": day(1), "starts": "08:00", "ends": "16:00"}
    assert "ført opp som borte da" in kari.post("/team/vakt/enkeltvakt", single).content.decode()
    assert kari.post("/team/vakt/enkeltvakt", single | {"day": day(2)}).status_code == 303
    # Whoever is ill gives away what they would have had.
    Absence(user=way.person("tom"), first_day=TODAY, last_day=TODAY + timedelta(days=9)).save()
    assert kari.post("/team/vakt/bytte", swap | {"day": day(3)}).status_code == 303


def test_the_second_of_two_who_take_the_same_away_is_told(kari):
    row = DatedShift(user=way.person("tom"), place=1, starts_at=way.in_hours(2), ends_at=way.in_hours(4))
    row.save()
    where = f"/team/vakt/enkeltvakt/{row.id}/fjern"
    kari.post(where)
    assert "Noen andre har alt fjernet dette." in kari.post(where, follow=True).content.decode()
    assert kari.post(f"/team/vakt/noe/{row.id}/fjern").status_code == 404


def test_an_owner_who_left_is_a_gap_and_shown(kari):
    always_open()
    round_the_clock("tom")
    assert queries.gaps_ahead(now()) == []
    User.objects.filter(name="Tom Teammedlem").update(is_active=False)
    assert len(queries.gaps_ahead(now())) == 1
    shown = kari.get("/team/vakt").content.decode()
    assert "Har vakter, men er ikke i teamet lenger" in shown
    assert "Ingen har telefonen akkurat nå." in shown
    assert "Ingen svarer telefonen" in kari.get("/team").content.decode()


def test_somebody_who_lost_the_role_is_a_gap_too(gjovik):
    always_open()
    round_the_clock("tom")
    RoleGrant.objects.filter(user=way.person("tom")).update(role=Role.CONTACT.value)
    assert queries.gaps_ahead(now())
    with pytest.raises(Refused, match="ikke i teamet lenger"):
        actions.add_dated(
            user=User.objects.get(name="Tom Teammedlem"), place=1, starts_at=way.in_hours(1), ends_at=way.in_hours(2),
            by=as_person("kari"),
        )  # fmt: skip


def test_without_a_rota_nobody_is_missed(kari):
    assert queries.gaps_ahead(now()) == []
    assert "Ingen svarer telefonen" not in kari.get("/team").content.decode()


def test_the_coordinators_are_mailed_that_there_are_gaps_and_not_when(house):
    with work(ref("gjovik"), TEST):
        way.person("kari"), way.person("arne")
        always_open()
    before = len(mail.outbox)
    tasks.look_for_gaps.run(ref("gjovik"))
    sent = mail.outbox[before:]
    assert [message.to for message in sent] == [["kari@gjovik.example"]]
    assert not any(character.isdigit() for character in sent[0].subject + sent[0].body.split("http")[0])
    with work(ref("gjovik"), TEST):
        round_the_clock("tom")
    tasks.look_for_gaps.run(ref("gjovik"))
    assert len(mail.outbox) == before + 1


def hours(**changes: str) -> dict[str, str]:
    """Opening hours as they are typed: weekdays nine to three."""
    typed = {
        f"{name}_{number}": wall for number in range(5) for name, wall in (("opens", "09:00"), ("closes", "15:00"))
    }
    return typed | {"valid_from": day(0)} | changes


def test_opening_hours_are_changed_with_date_and_name_and_kept(kari):
    assert "08:00" in kari.get("/team/vakt/apningstid").content.decode()
    assert kari.post("/team/vakt/apningstid", hours()).status_code == 303
    assert kari.post("/team/vakt/apningstid", hours(opens_5="10:00", closes_5="12:00")).status_code == 303
    shown = kari.get("/team/vakt/apningstid").content.decode()
    assert shown.count("Kari Koordinator") >= 2
    assert "lørdag: 10.00–12.00" in shown
    assert OpeningHours.objects.count() == 14


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"closes_0": ""}, "Fyll ut både når det åpner og når det stenger"), ({"closes_0": "08:00"}, "stenge senere"),
    ({"valid_from": day(-1)}, "Datoen er passert."), ({"opens_3": "ni"}, "gyldig tidspunkt"),
])  # fmt: skip
def test_hours_that_cannot_be_are_refused_with_a_sentence(kari, changes, sentence):
    answer = kari.post("/team/vakt/apningstid", hours(**changes))
    assert (answer.status_code, OpeningHours.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()


def test_hours_that_are_never_open_are_refused(kari):
    assert "aldri åpent" in kari.post("/team/vakt/apningstid", {"valid_from": day(0)}).content.decode()
    with pytest.raises(Refused, match="aldri åpent"):
        actions.set_hours(valid_from=TODAY, week={0: (None, None)}, on_holidays=False, by=as_person("kari"))


def test_a_day_is_closed_changed_and_taken_away(kari):
    assert kari.post("/team/vakt/dag", {"day": day(3)}).status_code == 303
    assert queries.calendar().spans(TODAY + timedelta(days=3)) == ()
    assert kari.post("/team/vakt/dag", {"day": day(3), "opens": "10:00", "closes": "11:00"}).status_code == 303
    row = OtherDay.objects.get()
    assert "10.00–11.00" in kari.get("/team/vakt").content.decode()
    assert kari.post(f"/team/vakt/dag/{row.id}/fjern").status_code == 303
    assert not OtherDay.objects.exists()


def test_the_calendar_file_has_the_readers_own_shifts_and_no_names(gjovik):
    tom = client_for("tom")
    way.person("tove")
    DatedShift(user=tom.person, place=1, starts_at=way.in_hours(20), ends_at=way.in_hours(24)).save()
    DatedShift(user=way.person("tove"), place=1, starts_at=way.in_hours(40), ends_at=way.in_hours(44)).save()
    answer = tom.get("/team/vakt.ics")
    made = b"".join(answer.streaming_content)
    events = icalendar.Calendar.from_ical(made).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["TryggEst-vakt, svarer først"]
    assert answer["Content-Disposition"] == 'attachment; filename="vakt.ics"'
    assert b"Tom" not in made
    assert way.logged("team.shift", "export")


def test_a_calendar_reads_a_members_shifts_at_a_secret_address_until_it_is_ended(gjovik):
    tom, nobody = client_for("tom"), anonymous("gjovik")
    way.person("tove")
    DatedShift(user=tom.person, place=1, starts_at=way.in_hours(20), ends_at=way.in_hours(24)).save()
    DatedShift(user=way.person("tove"), place=1, starts_at=way.in_hours(40), ends_at=way.in_hours(44)).save()
    made = tom.post("/team/vakt/kalenderadresse").content.decode()
    where = "/team/vakt/kalender/" + made.split("/team/vakt/kalender/")[1].split("<")[0]
    events = icalendar.Calendar.from_ical(nobody.get(where).content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["TryggEst-vakt, svarer først"]
    assert way.logged("team.feed", "export")
    RoleGrant.objects.filter(user=tom.person).update(role=Role.CONTACT.value)
    assert nobody.get(where).status_code == 404
    assert client_for("arne").post("/team/vakt/kalenderadresse").status_code == 403


def test_a_reader_around_the_team_reads_and_changes_nothing(gjovik):
    leader = client_for("arne", Role.LEADER)
    assert "Ny fast vakt" not in leader.get("/team/vakt").content.decode()
    assert leader.post("/team/vakt/fravar", {}).status_code == 403


def test_the_rota_asks_a_constant_number_of_questions(kari):
    kari.get("/team/vakt")
    with CaptureQueriesContext(connection) as few:
        kari.get("/team/vakt")
    round_the_clock("tom"), round_the_clock("tove", 2), always_open()
    for number in range(5):
        DatedShift(user=way.person("tom"), place=2, starts_at=way.in_hours(number), ends_at=way.in_hours(9)).save()
    with CaptureQueriesContext(connection) as many:
        kari.get("/team/vakt")
    assert len(many) <= len(few) + 1


@pytest.mark.parametrize(("said", "differs"), [
    ("Hverdager kl. 8–15.30", False), ("Hverdager 08.00 til kl. 15:30", False), ("Hverdager kl. 9–14", True),
    ("Mandag 8–15.30, fredag 8–12", True), ("Døgnet rundt", False), ("", False),
])  # fmt: skip
def test_other_times_on_the_public_page_are_seen(said, differs):
    assert hours_differ(said, Calendar((queries.DEFAULT,)), TODAY) is differs


def test_a_closed_phone_that_the_public_page_says_is_open_is_said_on_the_rota(gjovik):
    kari = client_for("kari")
    assert "To åpningstider" not in kari.get("/team/vakt").content.decode()
    round_the_clock()
    html = kari.get("/team/vakt").content.decode()
    assert all(words in html for words in ("To åpningstider", "Hverdager 9–14", "/team/vakt/apningstid"))


def test_the_demo_has_one_opening_time():
    said = {str(each.facts["phone_hours"]) for each in wishes() if each.facts.get("phone_hours")}
    assert [hours_differ(each, Calendar((queries.DEFAULT,)), TODAY) for each in said] == [False]
