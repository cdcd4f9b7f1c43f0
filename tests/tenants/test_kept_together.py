"""Joined matters end in one go or not at all, and who was shut out of them stays outside of what is left."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tenants.inbox import shutting
from tenants.inbox.actions import message_reporter
from tenants.inbox.calls_models import Callback
from tenants.inbox.models import Concern, Cover
from tenants.insight.models import AccessRequest
from tenants.joined.models import Join
from tenants.kept import queries, tasks
from tenants.kept.models import Archived, Bundle, Clearing, KeptLonger, Order, Regret, Shut, Tombstone
from tenants.persons.models import Person
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.test_hidden import deny
from tests.tenants.test_kept_end import decided_class, erased_by, old_case, ordered, sent, talk
from tests.tenants.test_kept_end import gjovik as inn
from varde.access import Reader, Role
from varde.access.ticket import presented
from varde.audit.models import Entry
from varde.audit.trail import current
from varde.clock import now


def asks(function: str, *given: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({','.join(['%s'] * len(given))})", given)
        return cursor.fetchone()[0]


def log_of(name: str, concern: Concern) -> bool:
    """Is anything that the log says of the matter there for this person?"""
    with inn(), presented(as_person(name)):
        return Entry.objects.filter(matter_id=concern.pk).exists()


def test_joined_matters_end_in_one_go_and_whoever_was_shut_out_stays_outside(house):
    with inn():
        decided_class()
        way.person("kari"), way.person("tove", Role.LEADER)
        tom, arne = way.person("tom"), way.person("arne", Role.PRIVACY_OFFICER)
        one, other, covered = old_case(), old_case(member="tom"), old_case(about_staff="staff")
        deny(one.concern, "tom")
        with seen_as("kari") as kari:
            shutting.deny(concern=one.concern, user=arne, kind="suspected", by=kari)
        Join(concern=one.concern, into=other.concern, reason="Samme", at=now(), by_name="Kari").save(force_insert=True)
        Cover.objects.filter(concern=covered.concern).update(holder=tom)
        ordered(one), ordered(other)
        message_reporter(concern=other.concern, text="En ting til", by=as_person("kari"))
    sent(one)
    done = tasks.run(ref("gjovik"))
    assert (done.gone, done.left) == (0, 1)
    assert "endret etter at arkivpakken" in done.reasons[0]
    assert not erased_by("retention", one)
    with inn():
        assert Concern.objects.count() == 3
        assert asks("matter_open", other.concern_id, tom.pk) is False
        assert log_of_all(one.concern, "tove")
        ordered(other), ordered(covered)
    assert not log_of("arne", other.concern)
    assert tasks.run(ref("gjovik")).gone == 3

    with inn():
        assert (Concern.objects.count(), Join.objects.count()) == (0, 0)
        assert {stone.hidden for stone in Tombstone.objects.all()} == {True}
        assert set(Shut.objects.values_list("matter_id", "covered", "user_id")) == {
            *[(key, False, who) for key in (one.concern_id, other.concern_id) for who in (tom.pk, arne.pk)],
            (covered.concern_id, True, None),
        }
    for concern in (one.concern, other.concern):
        assert not log_of("arne", concern)
        assert log_of("tove", concern)
    assert not log_of("tove", covered.concern)
    assert log_of("arne", covered.concern)
    with inn(), presented(as_person("tom")):
        assert not Tombstone.objects.exists()
    assert client_for("arne", Role.PRIVACY_OFFICER).get("/innsynslogg").status_code == 200


def log_of_all(concern: Concern, name: str) -> bool:
    """Before the end, in the transaction that is open."""
    with presented(as_person(name)):
        return Entry.objects.filter(matter_id=concern.pk).exists()


def test_what_is_left_is_for_coordinators_and_whoever_confirmed_it(gjovik):
    today = queries.today()
    Tombstone(
        class_code="case", class_name="x", received_month=today, closed_on=today, deleted_on=today, was_case=True,
        hidden=False, confirmed_by=as_person("tove").user_id, confirmed_by_name="Tove", key_destroyed=True,
    ).save()  # fmt: skip
    for name, sees in (("kari", True), ("tove", True), ("tom", False)):
        with seen_as(name):
            assert Tombstone.objects.exists() is sees


@contextmanager
def undone() -> Iterator[None]:
    """What is laid here is taken away again."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_the_database_itself_asks_what_stops_an_end(gjovik):
    decided_class()
    case, bare = old_case(), old_case()
    concern, kari = case.concern, as_person("kari").user_id
    person = Person(concern=concern, role="exposed", given={}, version=uuid4(), made_at=now(), made_by_name="Kari")
    person.changed_at, person.changed_by_name = person.made_at, "Kari"
    person.save()
    ordered(case), ordered(bare, archived=False)

    def ready(which: Concern = concern) -> bool:
        current().flush()
        with presented(Reader.for_purpose("retention", gjovik)):
            return asks("kept_ready", which.pk) is True

    assert ready()
    assert not ready(bare.concern)
    with presented(Reader.for_purpose(TEST, gjovik)):
        with undone():
            until = queries.today() + timedelta(days=2)
            KeptLonger(concern=concern, until=until, reason="Klagesak", at=now(), by_user=kari, by_name="Kari").save()
            assert not ready()
        with undone():
            AccessRequest(
                concern=concern, person=person, asker="exposed", asker_name="", identity="shown",
                received_on=queries.today(), due_on=queries.today(), made_at=now(), made_by_name="Kari",
            ).save()  # fmt: skip
            assert not ready()
        with undone():
            for each in Order.objects.filter(concern=concern):
                Regret(concern=concern, order=each, at=now(), by_user=kari, by_name="Kari").save()
            assert not ready()
        with undone():
            Join(concern=concern, into=bare.concern, reason="Samme", at=now(), by_name="K").save(force_insert=True)
            assert not ready()
    assert ready()
    message_reporter(concern=concern, text="En ting til", by=as_person("kari"))
    assert not ready()


def test_a_confirmation_is_of_its_own_matter_and_laid_by_who_may(gjovik):
    decided_class()
    way.person("kari"), way.person("tove")
    one, other = old_case(), old_case(member="tom")
    order = ordered(one)
    tom, kari = as_person("tom").user_id, as_person("kari").user_id
    week = {"confirmed_at": now(), "not_before": now() + timedelta(days=7), "confirmed_by_name": "x"}
    deny(one.concern, "tom")
    bundle = Bundle(concern=other.concern, made_at=now(), made_by=tom, made_by_name="x", files=1, sha256="0")
    loose = {**week, "kind": "talk", "through": queries.today()}
    with seen_as("tom"):
        bundle.save()
        for row, why in (
            (
                Regret(concern=other.concern, order_id=order.pk, at=now(), by_user=tom, by_name="x"),
                "not of this matter",
            ),
            (Order(concern=other.concern, class_code="case", confirmed_by=tom, **week), "row-level security"),
            (Clearing(confirmed_by=tom, **loose), "row-level security"),
        ):
            refused(row, why)
    with seen_as("kari"):
        theirs = Archived(concern=one.concern, bundle=bundle, reference="1", received_on=queries.today(), at=now())
        theirs.by_user, theirs.by_name = kari, "x"
        refused(theirs, "not of this matter")
        wrong = Order(concern=other.concern, class_code="case", confirmed_by=kari, archived=order.archived, **week)
        refused(wrong, "not of this matter")
        tomorrow = {**loose, "through": queries.today() + timedelta(days=1)}
        refused(Clearing(confirmed_by=kari, **tomorrow), "row-level security")
        Clearing(confirmed_by=kari, **loose).save(force_insert=True)
        Order(concern=other.concern, class_code="case", confirmed_by=kari, **week).save(force_insert=True)


def refused(row: object, why: str) -> None:
    with pytest.raises(ProgrammingError, match=why), transaction.atomic():
        row.save(force_insert=True)  # type: ignore[attr-defined]


def call(about_staff: bool) -> Callback:
    tom, at = way.person("tom"), way.in_hours(-365 * 24)
    row = Callback(who="Fru Berg", phone="61 18 95 00", due_at=at, owner=tom, about_staff=about_staff, made_at=at)
    row.made_by, row.made_by_name, row.done_at = tom.pk, "Tom", at
    row.save()
    return row


def test_what_was_confirmed_without_a_matter_is_taken_back_and_a_call_about_staff_waits_for_one_who_sees_it(house):
    def confirmed(kind: str) -> None:
        Clearing(
            kind=kind, through=queries.today() - timedelta(days=200), confirmed_at=now(), confirmed_by_name="Kari",
            confirmed_by=as_person("kari").user_id, not_before=now() - timedelta(hours=1),
        ).save()  # fmt: skip

    with inn():
        way.person("kari")
        decided_class("talk", 24, "delete")
        decided_class("callback", 3, "delete")
        talk(3)
        usual, staff = call(False), call(True)
        confirmed("talk"), confirmed("callback")
    kari = client_for("kari")
    assert "Trekk tilbake: drøfting" in kari.get("/oppbevaring").content.decode()
    assert client_for("tove").post("/oppbevaring/uten-sak", {"kind": "talk", "back": "1"}).status_code == 403
    said = kari.post("/oppbevaring/uten-sak", {"kind": "talk", "back": "1"}, follow=True).content.decode()
    assert "trukket tilbake" in said
    assert "Trekk tilbake: drøfting" not in said
    assert tasks.run(ref("gjovik")).gone == 1
    with inn():
        assert list(Callback.objects.values_list("id", flat=True)) == [staff.pk] != [usual.pk]
