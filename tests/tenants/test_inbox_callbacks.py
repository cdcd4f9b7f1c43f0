"""«Ring tilbake»: how it is safe stands first, and a call in a matter is hidden with the matter."""

import uuid
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tenants.inbox import callbacks_access, callbacks_actions, calls_tasks, shutting
from tenants.inbox.callbacks_actions import Plan
from tenants.inbox.calls_models import Callback, CallbackTry
from tenants.inbox.calls_states import due_time
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import client_for, log_in
from tests.tenants import way
from varde.access import Reader, Role
from varde.access.ticket import presented
from varde.clock import OSLO, now
from varde.identity.models import User
from varde.refusal import Refused
from varde.tenancy.work import work

HOME = "/innboks/ring-tilbake"
DAY = (now() + timedelta(days=2)).astimezone(OSLO).date().isoformat()


def text_of(response):
    return response.content.decode()


def typed(**words):
    owner = str(way.person("kari").id)
    return {
        "who": "Fru Berg", "phone": "61 18 95 00", "safe_ways": "Mandag før 12", "not_on_voicemail": "Ikke si TryggEst",
        "interpreter": "Somali", "listening": "Sønnen", "owner": owner, "due_day": DAY, "due_hour": "13:00",
    } | words  # fmt: skip


def laid(concern=None, owner="kari", by="kari", hours=5.0):
    plan = Plan("Fru Berg", "61 18 95 00", way.in_hours(hours), way.person(owner), "Før 12", "Ingenting", "", "Sønnen")
    return callbacks_actions.plan(plan=plan, concern=concern, by=as_person(by))


def test_the_danger_stands_first_and_everything_is_there(gjovik):
    kari = client_for("kari")
    assert kari.post(f"{HOME}/ny", typed()).status_code == 303
    row = Callback.objects.get()
    assert row.due_at.astimezone(OSLO).hour == 13
    html = text_of(kari.get(f"{HOME}/{row.id}"))
    assert html.index("Ikke si TryggEst") < html.index("61 18 95 00")
    assert all(word in html for word in ("Fru Berg", "Mandag før 12", "Somali", "Sønnen", "Kari Koordinator"))
    assert "Fru Berg" in text_of(kari.get(HOME))


def test_it_lies_sealed(gjovik):
    laid()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM inbox_callback t")
        assert "Berg" not in cursor.fetchone()[0]


def loose_for(name):
    """How many calls back, and tries, are there for this person."""
    with seen_as(name):
        return Callback.objects.count(), CallbackTry.objects.count()


def test_a_loose_one_is_seen_by_maker_owner_and_coordinators_and_nobody_else(gjovik):
    """Who rings may ring about a colleague, and the colleague may be on the team."""
    way.person("kari"), way.person("tove")
    row = laid(owner="tove", by="tom")
    callbacks_actions.tried(callback=row, result="no_answer", note="", by=as_person("tom"))
    assert {name: loose_for(name) for name in ("tom", "tove", "kari", "arne")} == {
        "tom": (1, 1), "tove": (1, 1), "kari": (1, 1), "arne": (0, 0),
    }  # fmt: skip
    other = laid(owner="kari", by="kari")
    assert loose_for("tom") == (1, 1)
    tom = client_for("tom")
    assert tom.get(f"{HOME}/{row.id}").status_code == 200
    for there in (other.id, uuid.uuid4()):
        assert tom.get(f"{HOME}/{there}").status_code == 404
        assert way.logged("inbox.callback", "denied", there)


def test_a_loose_one_about_staff_is_seen_by_maker_and_owner_alone(gjovik):
    way.person("tove"), way.person("tom")
    tom = client_for("tom")
    sent = typed(owner=str(way.person("tove").id), about_staff="on")
    assert tom.post(f"{HOME}/ny", sent).status_code == 303
    row = Callback.objects.get()
    assert "Bare den som skrev det opp" in text_of(tom.get(f"{HOME}/{row.id}"))
    assert client_for("kari").get(f"{HOME}/{row.id}").status_code == 404
    callbacks_actions.tried(callback=row, result="no_answer", note="", by=as_person("tom"))
    assert {name: loose_for(name) for name in ("tom", "tove", "kari")} == {
        "tom": (1, 1), "tove": (1, 1), "kari": (0, 0),
    }  # fmt: skip


def test_in_a_matter_the_matter_says_who_sees_it(gjovik):
    plan = Plan("Fru Berg", "61 18 95 00", way.in_hours(5), way.person("kari"), about_staff=True)
    callbacks_actions.plan(plan=plan, concern=way.opened("kari"), by=as_person("kari"))
    assert loose_for("tom") == (1, 0)


def test_those_outside_the_team_have_no_list(gjovik):
    kim = log_in("gjovik", "kim@gjovik.example", "Kim", Role.CONTACT)
    for client in (client_for("arne"), kim):
        assert client.get(HOME).status_code == 403


def test_one_in_a_hidden_matter_is_not_there_and_is_not_counted(gjovik):
    case = way.case("kari")
    row = laid(case.concern, hours=-2)
    with seen_as("tom"):
        assert not Callback.objects.exists()
    tom = client_for("tom")
    html = text_of(tom.get(HOME))
    assert "Fru Berg" not in html
    assert "skulle vært ringt" not in html
    for there in (row.id, uuid.uuid4()):
        assert tom.get(f"{HOME}/{there}").status_code == 404
        assert way.logged("inbox.callback", "denied", there)
    assert client_for("kari").get(f"{HOME}/{row.id}").status_code == 200
    assert tom.post(f"/innboks/{case.concern_id}/ring-tilbake", typed()).status_code == 404


def test_what_is_late_is_marked(gjovik):
    laid(hours=-1)
    html = text_of(client_for("kari").get(HOME))
    assert "1 skulle vært ringt" in html
    assert "Over tiden" in html


def test_in_a_matter_it_is_on_the_concerns_page(gjovik):
    concern = way.opened("kari")
    kari = client_for("kari")
    assert kari.post(f"/innboks/{concern.id}/ring-tilbake", typed()).status_code == 303
    assert "Fru Berg" in text_of(kari.get(f"/innboks/{concern.id}"))
    assert way.logged("inbox.callback", "create", concern.id)


def test_in_a_case_it_is_on_the_cases_page(gjovik):
    case = way.case("kari")
    laid(case.concern)
    assert "Fru Berg" in text_of(client_for("kari").get(f"/saker/{case.id}"))


def test_before_a_person_has_opened_it_there_is_nobody_to_ring(gjovik):
    concern = way.received()
    kari = client_for("kari")
    assert kari.get(f"/innboks/{concern.id}/ring-tilbake").status_code == 303
    assert "Åpne bekymringen" in text_of(kari.get(f"/innboks/{concern.id}"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"phone": "ring meg"}, "Telefonnummeret ser ikke riktig ut."),
        ({"who": ""}, "Hvem skal ringes"),
        ({"due_day": "2020-01-01", "due_hour": ""}, "passert"),
        ({"due_day": "i morgen"}, "Skriv datoen slik"),
        ({"due_hour": "kl ett"}, "Skriv klokkeslettet slik"),
        ({"owner": str(uuid.uuid4())}, "Velg en som har tilgang"),
        ({"safe_ways": "x" * 2001}, "for lang"),
    ],
)
def test_bad_input_is_told_and_kept(gjovik, wrong, said):
    response = client_for("kari").post(f"{HOME}/ny", typed(not_on_voicemail="Si ingenting") | wrong)
    assert response.status_code == 422
    assert said in text_of(response)
    assert "Si ingenting" in text_of(response)
    assert not Callback.objects.exists()


def test_an_owner_who_does_not_see_the_matter_is_refused(gjovik):
    case = way.case("kari")
    way.person("tom")
    with pytest.raises(Refused, match="Tom Teammedlem"):
        laid(case.concern, owner="tom")


def test_trying_is_noted_and_speaking_ends_it(gjovik):
    row, kari = laid(), client_for("kari")
    assert kari.post(f"{HOME}/{row.id}", {"result": "no_answer", "note": "Ringte to ganger"}).status_code == 303
    assert "Ringte to ganger" in text_of(kari.get(f"{HOME}/{row.id}"))
    assert Callback.objects.get().done_at is None
    kari.post(f"{HOME}/{row.id}", {"result": "reached"})
    assert Callback.objects.get().done_at is not None
    assert "Ingen venter" in text_of(kari.get(HOME))
    assert "Fru Berg" in text_of(kari.get(f"{HOME}?vis=ferdige"))
    assert [one.result for one in CallbackTry.objects.order_by("at")] == ["no_answer", "reached"]


def test_giving_up_says_why_and_what_is_done_is_not_done_twice(gjovik):
    row, kari = laid(by="tom"), client_for("kari")
    response = kari.post(f"{HOME}/{row.id}", {"result": "given_up"})
    assert response.status_code == 422
    assert "Skriv hvorfor" in text_of(response)
    kari.post(f"{HOME}/{row.id}", {"result": "reached"})
    late = client_for("tom").post(f"{HOME}/{row.id}", {"result": "no_answer", "note": "Tom prøvde også"})
    assert late.status_code == 422
    assert "Noen andre har alt meldt" in text_of(late)
    assert "Tom prøvde også" in text_of(late)


def test_who_is_shut_out_hands_it_on(gjovik):
    case = way.case("kari")
    from tenants.cases.actions import add_member

    add_member(case=case, user=way.person("tom"), by=as_person("kari"))
    row = laid(case.concern, owner="tom")
    with seen_as("kari") as by:
        shutting.deny(concern=case.concern, user=way.person("tom"), kind="suspected", by=by)
    assert Callback.objects.get(id=row.id).owner == way.person("kari")
    with seen_as("tom"):
        assert not Callback.objects.exists()


def test_the_list_costs_the_same_for_one_and_for_twenty(gjovik):
    laid()
    kari = client_for("kari")
    kari.get(HOME)
    from django.test.utils import CaptureQueriesContext

    counts = []
    for more in (0, 19):
        for _ in range(more):
            laid()
        with CaptureQueriesContext(connection) as queries:
            kari.get(HOME)
        counts.append(sum("django_session" not in query["sql"] for query in queries))
    assert counts[0] == counts[1]


def test_rules_are_asked_of_the_rows(gjovik):
    row = laid()
    assert callbacks_access.of_matter(uuid.uuid4()) == []
    assert list(callbacks_access.waiting()) == [row]


def test_who_is_to_call_has_a_task_in_the_matter(gjovik):
    concern = way.opened("kari")
    row = laid(concern)
    laid()
    with presented(Reader.for_purpose("verify", gjovik)):
        found = callbacks_access.tasks([concern.id])
    assert [task.user_id for task in found[concern.id]] == [row.owner_id]


BEFORE = datetime(2026, 3, 1, 8, tzinfo=UTC)


def test_an_hour_that_the_clock_skips_is_said(gjovik):
    with pytest.raises(ValueError, match=r"Klokken 02\.30 finnes ikke 29\.03\.2026"):
        due_time(date(2026, 3, 29), time(2, 30), BEFORE)
    assert due_time(date(2026, 3, 29), time(3, 30), BEFORE) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_call_back_is_at_most_ninety_days_ahead(gjovik):
    assert due_time(date(2026, 5, 30), time(12), BEFORE)
    with pytest.raises(ValueError, match="mer enn 90 dager fram"):
        due_time(date(2026, 5, 31), time(12), BEFORE)
    with pytest.raises(ValueError, match="passert"):
        due_time(date(2026, 3, 1), time(8), BEFORE)
    for late in ("2099-01-01", "9999-12-31"):
        answer = client_for("kari").post(f"{HOME}/ny", typed(due_day=late))
        assert answer.status_code == 422
        assert "mer enn 90 dager fram" in text_of(answer)
        assert "Fru Berg" in text_of(answer)
    assert not Callback.objects.exists()


def test_two_that_are_late_are_counted_in_one_sentence(gjovik):
    laid(hours=-1)
    laid(hours=-2)
    assert "2 skulle vært ringt allerede" in text_of(client_for("kari").get(HOME))


# --- who calls, and when -------------------------------------------------------------------------------------------
def test_who_calls_and_when_can_be_changed_and_the_second_is_told_and_keeps_the_text(gjovik):
    row, place = laid(), f"{HOME}/{laid().id}/endre"
    kari, tove = client_for("kari"), str(way.person("tove").id)
    seen = callbacks_access.as_seen(Callback.objects.exclude(id=row.id).get())
    assert "Kari Koordinator" in text_of(kari.get(place))
    assert kari.post(place, {"owner": tove, "due_day": DAY, "due_hour": "09:30", "seen": seen}).status_code == 303
    changed = Callback.objects.exclude(id=row.id).get()
    assert (changed.owner.name, changed.due_at.astimezone(OSLO).hour) == ("Tove Teammedlem", 9)
    late = kari.post(place, {"owner": str(way.person("kari").id), "due_day": DAY, "due_hour": "15:45", "seen": seen})
    assert late.status_code == 422
    html = text_of(late)
    assert all(words in html for words in ("først ute", "Tove Teammedlem", 'value="15:45"'))
    assert Callback.objects.get(id=changed.id).owner.name == "Tove Teammedlem"
    for wrong, said in (({"due_day": "2020-01-01"}, "passert"), ({"owner": str(uuid.uuid4())}, "Velg en som har tilg")):
        answer = kari.post(place, {"owner": tove, "due_day": DAY, "due_hour": "", "seen": seen} | wrong)
        assert answer.status_code == 422
        assert said in text_of(answer)
    callbacks_actions.tried(callback=changed, result="reached", note="", by=as_person("kari"))
    assert kari.get(place).status_code == 303
    assert client_for("tom").get(f"{HOME}/{row.id}/endre").status_code == 404


def test_a_message_where_something_must_not_be_said_needs_the_words(gjovik):
    free, kari = laid(), client_for("kari")
    kari.post(f"{HOME}/ny", typed())
    shut = Callback.objects.exclude(id=free.id).get()
    answer = kari.post(f"{HOME}/{shut.id}", {"result": "message"})
    assert answer.status_code == 422
    assert "Skriv nøyaktig hva dere sa" in text_of(answer)
    assert kari.post(f"{HOME}/{shut.id}", {"result": "message", "note": "«Ring meg»"}).status_code == 303
    assert kari.post(f"{HOME}/{free.id}", {"result": "message"}).status_code == 303
    assert Callback.objects.filter(done_at__isnull=True).count() == 2


def test_what_was_written_is_never_changed_nor_deleted_and_the_owner_must_see_it(gjovik):
    case, done = way.case("kari"), laid()
    row = laid(case.concern)
    way.person("tom")
    callbacks_actions.tried(callback=done, result="reached", note="", by=as_person("kari"))
    tom = as_person("tom").user_id
    with seen_as("kari"):
        for change in (
            lambda: Callback.objects.filter(id=row.id).update(phone=""),
            lambda: Callback.objects.filter(id=row.id).update(concern=None),
            lambda: Callback.objects.filter(id=row.id).update(owner_id=tom),
            lambda: Callback.objects.filter(id=done.id).update(due_at=now()),
            lambda: Callback.objects.filter(id=row.id).delete(),
        ):
            with pytest.raises(ProgrammingError), transaction.atomic():
                change()
        assert Callback.objects.filter(id=row.id).update(due_at=now()) == 1


def test_one_about_staff_is_left_with_nobody_no_longer_than_its_two_are_here(gjovik):
    way.person("tove"), way.person("tom"), way.person("kari")
    plan = Plan("Noen", "61 18 95 00", way.in_hours(5), way.person("tove"), about_staff=True)
    callbacks_actions.plan(plan=plan, concern=None, by=as_person("tom"))
    assert loose_for("kari") == (0, 0)
    User.objects.filter(name="Tove Teammedlem").update(is_active=False)
    assert loose_for("kari") == (0, 0)
    User.objects.filter(name="Tom Teammedlem").update(is_active=False)
    assert loose_for("kari") == (1, 0)


def test_who_is_to_call_in_a_case_cannot_leave_it_and_it_counts_as_work(gjovik):
    from tenants.cases.panels import held_by
    from tenants.team import register

    case = way.case("kari")
    row = laid(case.concern)
    assert "skal ringe noen" in str(held_by(case, way.person("kari")))
    assert "1 person å ringe tilbake" in register.held_by(row.owner_id)
    callbacks_actions.tried(callback=row, result="reached", note="", by=as_person("kari"))
    assert "skal ringe noen" not in str(held_by(case, way.person("kari")))
    assert "1 person å ringe tilbake" not in register.held_by(row.owner_id)


def told():
    """Who was told in one round, and of what."""
    before = len(mail.outbox)
    calls_tasks.remind.run(ref("gjovik"))
    return sorted((message.to[0].split("@")[0], message.subject) for message in mail.outbox[before:])


def test_the_owner_is_told_when_the_time_is_past_then_those_who_see_it_and_nobody_else(house):
    with work(ref("gjovik"), TEST):
        for name in ("kari", "tom", "tove"):
            way.person(name)
        row = laid(owner="tom", hours=-1)
        hidden = laid(way.case("kari").concern, hours=-3)
        laid(hours=2)
    assert told() == [("kari", "Noe har en frist"), ("tom", "Noe har en frist")]
    assert told() == []  # the hidden one has nobody after Kari, the other is not two hours late
    with work(ref("gjovik"), TEST):
        assert way.logged("inbox.callback", "send", hidden.concern_id)
        Callback.objects.filter(id=row.id).update(due_at=way.in_hours(-3))
    assert told() == [("kari", "Noe er over frist")]
    assert told() == []
    text = mail.outbox[-1].subject + mail.outbox[-1].body
    assert not any(words in text for words in ("Berg", "61 18", "ring"))
    with work(ref("gjovik"), TEST):
        seen = callbacks_access.as_seen(Callback.objects.get(id=row.id))
        callbacks_actions.change(
            callback=row, owner=way.person("tove"), due_at=way.in_hours(-0.1), seen=seen, by=as_person("kari")
        )
    assert told() == [("tove", "Noe har en frist")]
    with work(ref("gjovik"), TEST):
        Callback.objects.filter(id=row.id).update(reminded_at=None)
        User.objects.filter(name="Tove Teammedlem").update(is_active=False)
    assert told() == [("kari", "Noe er over frist")]
