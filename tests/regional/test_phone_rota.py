"""The shared phone's rota: the host plans, operators keep their own, and a calendar reads it without a log-in."""

from datetime import time, timedelta

import icalendar
import pytest
from django.core import mail
from django.db import transaction
from django.db.utils import ProgrammingError

from regional.phone import demo, queries, tasks
from regional.phone.declaration_actions import set_text, sign
from regional.phone.declaration_queries import declared, in_force, signed_until
from regional.phone.models import Absence, DatedShift, OtherDay, ShiftFeed, ShiftNote, ShiftSwap, WeeklyShift
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import anonymous, client_for, log_in
from tests.regional.declared import declare
from varde.access import Reader, Role
from varde.access.ticket import presented
from varde.audit.models import Entry
from varde.clock import OSLO, now
from varde.identity.models import RoleGrant, User
from varde.rotas.calendar import ics
from varde.tenancy.work import work
from varde.worktime import moment

TODAY = now().astimezone(OSLO).date()
HOST, OWN = "/vakttelefon/drift/vakter", "/vakttelefon/vakter"


def day(more: int) -> str:
    """So many days from today, as typed."""
    return (TODAY + timedelta(days=more)).isoformat()


def host():
    """The host's administrator at the keyboard."""
    return log_in("gjovikregionen", "vert@gjovikregionen.example", "Hanne Vert", Role.HOST_ADMINISTRATOR)


@pytest.fixture
def olga(gjovikregionen):
    """Olga at the keyboard, signed, with Ole beside her."""
    client = client_for("olga")
    declare("olga")
    log_in("gjovikregionen", "ole@gjovikregionen.example", "Ole Operatør", Role.OPERATOR)
    signs(ole())
    return client


def signs(user: User) -> None:
    """The text in force."""
    by = Reader(ref("gjovikregionen"), user.id, user.name, frozenset({Role.OPERATOR}))
    with presented(by):
        sign(read=in_force().sha256, by=by)


def ole() -> User:
    """The other operator."""
    return User.objects.get(name="Ole Operatør")


def always(user: User, place: int = 1) -> None:
    """Day and night, every day."""
    for weekday in range(7):
        WeeklyShift(
            user=user, place=place, weekday=weekday, starts=time(0), ends=time(0), valid_from=TODAY - timedelta(days=9)
        ).save()


def test_the_host_plans_and_everybody_in_the_first_place_is_rung(olga):
    client = host()
    for user in (olga.person, ole()):
        typed = {"user": str(user.id), "place": "1", "weekdays": [str(n) for n in range(7)], "valid_from": day(0),
                 "starts": "00:00", "ends": "00:00"}  # fmt: skip
        assert client.post(f"{HOST}/fast", typed)["Location"] == HOST
    assert {one.name for one in queries.answering(now())} == {"Olga Operatør", "Ole Operatør"}
    assert queries.on_shift(olga.person, now())
    shown = client.get(HOST).content.decode()
    assert "Svarer nå: <strong>Olga Operatør og Ole Operatør samtidig</strong>" in shown or (
        "Svarer nå: <strong>Ole Operatør og Olga Operatør samtidig</strong>" in shown
    )
    assert "De neste sju dagene" in shown
    assert "v-rota__first" in shown


def test_the_phone_never_closes_until_the_host_says_otherwise(olga):
    assert queries.gaps_ahead(now()) == []  # no rota yet: nobody is missed
    DatedShift(
        user=olga.person, place=1, starts_at=now() + timedelta(hours=1), ends_at=now() + timedelta(hours=3)
    ).save()
    assert len(queries.gaps_ahead(now())) == 2


def test_an_operator_plans_nothing_but_keeps_what_is_their_own(olga):
    always(olga.person)
    assert olga.get(f"{HOST}/fast").status_code == 403
    me, other = str(as_person("olga").user_id), str(ole().id)
    assert olga.post(f"{OWN}/fravar", {"user": other, "first_day": day(1), "last_day": day(1)}).status_code == 422
    assert olga.post(f"{OWN}/fravar", {"user": me, "first_day": day(1), "last_day": day(1)})["Location"] == OWN
    swap = {"user": me, "instead": other, "day": day(2), "starts": "08:00", "ends": "16:00"}
    assert olga.post(f"{OWN}/bytte", swap).status_code == 303
    assert queries.answering(now() + timedelta(days=1)) == []
    shown = olga.get(OWN).content.decode()
    assert "Ny fast vakt" not in shown
    for kind, row in (("fravar", Absence.objects.get()), ("bytte", ShiftSwap.objects.get())):
        assert olga.post(f"{OWN}/{kind}/{row.id}/fjern").status_code == 303
    assert not Absence.objects.exists()


def test_the_database_refuses_what_an_operator_may_not_plan(olga):
    other = ole()
    with seen_as("olga"):
        for row in (
            WeeklyShift(user=other, place=1, weekday=0, starts=time(8), ends=time(9), valid_from=TODAY),
            Absence(user=other, first_day=TODAY, last_day=TODAY),
            OtherDay(day=TODAY),
        ):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                row.save(force_insert=True)
    with seen_as("liv") as liv, pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Absence(user_id=liv.user_id, first_day=TODAY, last_day=TODAY).save(force_insert=True)


def test_a_chain_of_swaps_and_a_swap_to_somebody_away(olga):
    third = log_in("gjovikregionen", "tea@gjovikregionen.example", "Tea Operatør", Role.OPERATOR).person
    signs(third)
    always(olga.person)
    at = {"starts_at": now() - timedelta(hours=1), "ends_at": now() + timedelta(hours=1)}
    ShiftSwap(user=olga.person, instead=ole(), **at).save()
    ShiftSwap(user=ole(), instead=third, **at).save()
    assert queries.answering(now()) == [third]
    Absence(user=third, first_day=TODAY, last_day=TODAY).save()
    assert queries.answering(now()) == []
    assert queries.gaps_ahead(now())[0][0] <= now()
    assert "Ingen svarer telefonen" in host().get(HOST).content.decode()


def test_what_has_been_is_not_changed_afterwards(olga):
    client = host()
    over = DatedShift(
        user=olga.person, place=1, starts_at=now() - timedelta(hours=3), ends_at=now() - timedelta(hours=2)
    )
    over.save()
    begun = DatedShift(user=ole(), place=1, starts_at=now() - timedelta(hours=3), ends_at=now() + timedelta(hours=2))
    begun.save()
    away = Absence(user=ole(), first_day=TODAY - timedelta(days=2), last_day=TODAY + timedelta(days=2))
    away.save()
    for kind, row in (("enkeltvakt", over), ("enkeltvakt", begun), ("fravar", away)):
        client.post(f"{HOST}/{kind}/{row.id}/fjern")
    assert DatedShift.objects.filter(pk=over.pk).exists()
    assert DatedShift.objects.get(pk=begun.pk).ends_at <= now()
    assert Absence.objects.get(pk=away.pk).last_day == TODAY - timedelta(days=1)


def test_a_weekly_shift_that_is_ended_in_the_middle_was_still_answered(olga):
    always(ole())
    shift = WeeklyShift.objects.get(weekday=TODAY.weekday())
    assert host().post(f"{HOST}/fast/{shift.id}/avslutt").status_code == 303
    assert queries.answering(now()) == []
    begun = now().astimezone(OSLO).replace(hour=0, minute=0, second=1)
    assert [one.name for one in queries.answering(begun)] == ["Ole Operatør"]


def test_who_answered_last_week_is_not_forgotten_when_they_leave(olga):
    always(ole())
    User.objects.filter(name="Ole Operatør").update(is_active=False)
    assert queries.answering(now()) == []
    assert [one.name for one in queries.answering(now() - timedelta(days=3))] == ["Ole Operatør"]
    assert queries.gaps_ahead(now())
    assert "Ole Operatør" in host().get(HOST).content.decode()


def test_the_host_is_told_of_gaps_on_the_start_page_and_by_mail_without_when(house):
    with work(ref("gjovikregionen"), "setup"):
        pass
    client, office = host(), ref("gjovikregionen")
    log_in("gjovikregionen", "ole@gjovikregionen.example", "Ole Operatør", Role.OPERATOR)
    with work(office, TEST):
        DatedShift(user=ole(), place=1, starts_at=now(), ends_at=now() + timedelta(hours=3)).save()
    assert "Ingen svarer telefonen" in client.get("/start").content.decode()
    before = len(mail.outbox)
    tasks.look_for_gaps.run(office)
    (sent,) = mail.outbox[before:]
    assert sent.to == ["vert@gjovikregionen.example"]
    assert not any(sign.isdigit() for sign in sent.subject + sent.body.split("http")[0])


def feed_of(client) -> str:
    """The path of a new address."""
    shown = client.post(f"{OWN}/kalenderadresse")
    assert shown.status_code == 201
    return "/vakttelefon" + shown.content.decode().split("<code>")[1].split("</code>")[0].split("/vakttelefon", 1)[1]


def test_two_who_are_rung_at_once_both_answer_first_and_a_shift_that_goes_on_keeps_its_id(olga):
    for user in (olga.person, ole()):
        at = {"starts_at": now() - timedelta(hours=2), "ends_at": now() + timedelta(hours=2)}
        DatedShift(user=user, place=1, **at).save()
    rota = queries.rota()
    both = [icalendar.Calendar.from_ical(ics(rota, user.id, now())).walk("VEVENT") for user in (olga.person, ole())]
    assert [[str(event["summary"]) for event in events] for events in both] == [["TryggEst-vakt, svarer først"]] * 2
    later = icalendar.Calendar.from_ical(ics(rota, ole().id, now() + timedelta(minutes=7))).walk("VEVENT")
    assert [event["uid"] for event in later] == [event["uid"] for event in both[1]]
    assert later[0]["dtstart"] == both[1][0]["dtstart"]


def test_a_calendar_reads_ones_shifts_without_logging_in_and_nothing_else(olga):
    DatedShift(
        user=olga.person, place=1, starts_at=now() + timedelta(hours=9), ends_at=now() + timedelta(hours=12)
    ).save()
    DatedShift(user=ole(), place=1, starts_at=now() + timedelta(hours=20), ends_at=now() + timedelta(hours=22)).save()
    answer = anonymous("gjovikregionen").get(feed_of(olga))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["TryggEst-vakt, svarer først"]
    assert {name for event in events for name in event} == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"}
    assert b"Olga" not in answer.content
    assert Entry.objects.filter(what="phone.feed", action="export").exists()


def test_only_the_hash_of_the_address_is_kept_and_it_has_256_bits(olga):
    secret = feed_of(olga).rsplit("/", 1)[1].removesuffix(".ics")
    row = ShiftFeed.objects.get()
    assert len(secret) == 43
    assert secret not in row.secret_hash
    assert "kalender/" not in olga.get(OWN).content.decode()


@pytest.mark.parametrize("ending", ["ended", "made anew", "role", "closed"])
def test_an_address_that_is_over_answers_as_one_that_never_was(olga, ending):
    where, nobody = feed_of(olga), anonymous("gjovikregionen")
    assert nobody.get(where).status_code == 200
    if ending == "ended":
        olga.post(f"{OWN}/kalenderadresse/avslutt")
    elif ending == "made anew":
        feed_of(olga)
    elif ending == "role":
        RoleGrant.objects.filter(user=olga.person).delete()
    else:
        User.objects.filter(pk=olga.person.pk).update(is_active=False)
    gone, wrong = nobody.get(where), nobody.get(f"{OWN}/kalender/{'x' * 43}.ics")
    assert (gone.status_code, gone.content) == (404, wrong.content)


def test_others_in_the_region_do_not_come_in(gjovikregionen):
    liv = client_for("liv")
    assert {liv.get(path).status_code for path in (HOST, OWN, f"{OWN}.ics")} == {403}


def test_in_the_demo_somebody_answers_whatever_the_clock_shows_and_all_have_signed(house):
    office = ref("gjovikregionen")
    host()
    log_in("gjovikregionen", "operator@gjovikregionen.example", "Olga Operatør", Role.OPERATOR)
    assert demo.seed(office)
    assert not demo.seed(office)
    with work(office, TEST):
        at = now()
        assert all(queries.answering(at + timedelta(hours=more)) for more in range(-24 * 6, 24 * 4))
        assert all(declared(one.id) for one in queries.operators())
        (gap,) = queries.gaps_ahead(at)
        assert gap[1] - gap[0] == timedelta(hours=6)
        assert ShiftNote.objects.count() == 1


def new_text(months: int) -> None:
    """The host puts another declaration in force."""
    by = as_host()
    with presented(by):
        set_text(title="Ny", text="Alt du hører, er taust.", months=months, by=by)


def as_host() -> Reader:
    """The host's administrator as a reader."""
    person = host().person
    return Reader(ref("gjovikregionen"), person.id, person.name, frozenset({Role.HOST_ADMINISTRATOR}))


def test_whoever_has_not_signed_answers_nothing_and_the_hole_is_said(olga):
    """Also to somebody who may not see the signatures of others."""
    always(ole())
    with presented(as_person("olga")):
        assert queries.answering(now()) == [ole()]
    new_text(months=12)
    with presented(as_person("olga")):
        assert queries.answering(now()) == []
        (gap,) = queries.gaps_ahead(now())
        assert gap[1] - gap[0] == timedelta(days=7)


def test_a_signature_that_runs_out_is_a_hole_from_the_day_after(olga):
    always(ole())
    new_text(months=1)
    signs(ole())
    last = signed_until()[ole().id]
    assert queries.gaps_ahead(now()) == []
    (gap,) = queries.gaps_ahead(moment(last - timedelta(days=3), time(12)))
    assert gap[0] == moment(last + timedelta(days=1), time(0))
