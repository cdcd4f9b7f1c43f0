"""A matter is there for those who may see it and for nobody else, whatever is asked and however."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tenants.cases import glass
from tenants.cases.actions import add_member, write_note
from tenants.cases.models import Case, CaseMember, GlassRequest, Note
from tenants.inbox import shutting, tasks
from tenants.inbox.actions import open_concern
from tenants.inbox.attached import AttachmentLater
from tenants.inbox.attachments_later import lay
from tenants.inbox.mistakes_actions import mark
from tenants.inbox.mistakes_queries import kind_of
from tenants.inbox.models import Concern, Cover, Denial
from tenants.triage.models import NextStep
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import client_for
from tests.documents.test_attachments import file
from tests.tenants import way
from varde.access import Reader, Role
from varde.access.ticket import presented
from varde.clock import now
from varde.identity.actions import give_role, set_active
from varde.identity.models import RoleGrant, User
from varde.refusal import Refused
from varde.tenancy.door import office
from varde.tenancy.work import work


def seen(name: str) -> int:
    """How many concerns are there for this person."""
    with seen_as(name):
        return Concern.objects.count()


@contextmanager
def refused(why: str) -> Iterator[Any]:
    """A cursor whose statement the database refuses."""
    with pytest.raises(ProgrammingError, match=why), transaction.atomic(), connection.cursor() as cursor:
        yield cursor


def deny(concern, name: str, by: str = "kari", **kwargs) -> Denial:
    user = None if kwargs else way.person(name)
    with seen_as(by) as reader:
        return shutting.deny(concern=concern, user=user, kind="suspected", by=reader, **kwargs)


def test_without_a_reader_nothing_is_there(gjovik):
    way.case()
    with presented(Reader(office=gjovik)):
        assert not any(model.objects.exists() for model in (Concern, Case, CaseMember, NextStep, Note))


@pytest.mark.parametrize("forged", ["user:{kari}", "user:{kari}|00", "purpose:returns|{mac}", "|"])
def test_an_unsigned_reader_sees_nothing(gjovik, forged):
    way.case()
    said = forged.format(kari=as_person("kari").user_id, mac="0" * 64)
    with presented(Reader(office=gjovik)), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('varde.reader', %s, true)", [said])
        cursor.execute("SELECT count(*) FROM inbox_concern")
        assert cursor.fetchone() == (0,)


def test_a_ticket_is_good_for_one_transaction_of_one_connection(house):
    with work(ref("gjovik"), TEST):
        way.case()
    with office(ref("gjovik")):
        with (
            transaction.atomic(),
            presented(Reader.for_purpose("returns", ref("gjovik"))),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT current_setting('varde.reader')")
            (old,) = cursor.fetchone()
            assert Case.objects.count() == 1
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('varde.reader', %s, true)", [old])
            cursor.execute("SELECT count(*) FROM cases_case")
            assert cursor.fetchone() == (0,)


def test_the_key_of_tickets_cannot_be_read(gjovik):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        connection.cursor() as cursor,
        transaction.atomic(),
    ):
        cursor.execute("SELECT * FROM access_seal")


def test_a_denied_person_is_out_at_once_whatever_the_role(gjovik):
    concern = way.opened()
    assert (seen("kari"), seen("tom")) == (1, 1)
    deny(concern, "tom")
    assert (seen("kari"), seen("tom")) == (1, 0)
    give_role(user=way.person("tom"), role=Role.COORDINATOR, by=Reader.for_purpose("setup", gjovik))
    assert seen("tom") == 0


def test_a_whole_service_can_be_denied(gjovik):
    concern, tom = way.opened(), way.person("tom")
    User.objects.filter(id=tom.id).update(service="Hjemmetjenesten ")
    deny(concern, "tom", service="hjemmetjenesten")
    assert (seen("kari"), seen("tom")) == (1, 0)


def test_what_the_denied_one_held_is_in_other_hands(gjovik):
    case = way.case(owner="tom")
    measure = way.measure(case, owner="tom")
    deny(case.concern, "tom")
    assert NextStep.objects.get(done_at=None).owner.name == "Kari Koordinator"
    measure.refresh_from_db()
    assert measure.owner.name == "Kari Koordinator"


def test_a_denied_person_cannot_be_put_on_the_case_nor_own_a_step(gjovik):
    case = way.case()
    deny(case.concern, "tom")
    with pytest.raises(Refused, match="stengt ute"):
        way_put_on(case)


def way_put_on(case) -> None:
    with seen_as("kari") as kari:
        add_member(case=case, user=way.person("tom"), by=kari)


def test_one_who_steps_back_is_out_but_not_when_nobody_is_left(gjovik):
    concern = way.opened()
    with seen_as("kari") as kari, pytest.raises(Refused, match="ingen andre kunne se"):
        shutting.deny(concern=concern, user=way_user("kari"), kind="habilitet", by=kari)
    way.person("tom")
    with seen_as("kari") as kari:
        shutting.deny(concern=concern, user=way_user("kari"), kind="habilitet", by=kari)
        assert not Concern.objects.exists()


def way_user(name: str) -> User:
    return User.objects.get(id=as_person(name).user_id)


def test_suspicion_against_staff_is_for_the_coordinator_and_the_chosen_substitute(gjovik):
    way.person("kari"), way.person("tom")
    concern = way.received(about_staff="staff")
    assert (seen("kari"), seen("tom")) == (1, 0)
    with seen_as("kari") as kari:
        open_concern(concern=concern, by=kari)
        shutting.name_substitute(concern=concern, substitute=way_user("tom"), by=kari)
    assert seen("tom") == 1
    assert Cover.objects.get().holder_id == as_person("kari").user_id


def test_a_concern_about_the_coordinator_is_for_the_deputy(gjovik):
    way.deputy("tom")
    way.person("kari")
    way.received(about_staff="coordinator")
    assert (seen("kari"), seen("tom")) == (0, 1)


def test_hidden_and_absent_answer_with_the_same_bytes(gjovik):
    case = way.case()
    client = client_for("tom")
    pages = ["/innboks/{}", "/innboks/{}/tilgang", "/innboks/{}/avklaring"]
    for path in pages:
        hidden, absent = (client.get(path.format(one)) for one in (case.concern_id, uuid.uuid4()))
        assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content) == (404, absent.content)


def test_break_glass_takes_two_a_reason_and_ends(gjovik):
    case = way.case()
    way.person("tom")
    name = case.name
    with seen_as("tom") as tom:
        asked = glass.ask(typed=name, approver=way_user("kari"), reason="Fare i natt", hours=1, by=tom)
        with pytest.raises(Refused, match="Bare den som er bedt"):
            glass.answer(request=asked, yes=True, by=tom)
        assert not Case.objects.exists()
    with seen_as("kari") as kari:
        glass.answer(request=asked, yes=True, by=kari)
    with seen_as("tom"):
        assert Case.objects.get() == case
    GlassRequest.objects.update(until=now() - timedelta(seconds=1))
    with seen_as("tom"):
        assert not Case.objects.exists()


def test_who_is_new_in_the_role_neither_asks_nor_approves(gjovik):
    """Else an administrator would make two helpers, and be inside."""
    case = way.case()
    way.person("tom")
    way.person("tove")
    RoleGrant.objects.filter(user=way_user("tom")).update(granted_at=now() - timedelta(hours=71))
    with seen_as("tom") as tom, pytest.raises(Refused, match="for ny"):
        glass.ask(typed=case.name, approver=way_user("kari"), reason="Fare", hours=1, by=tom)
    with seen_as("kari") as kari, pytest.raises(Refused, match="Velg en annen"):
        glass.ask(typed=case.name, approver=way_user("tom"), reason="Fare", hours=1, by=kari)
    RoleGrant.objects.filter(user=way_user("tom")).update(granted_at=now() - timedelta(hours=73))
    RoleGrant.objects.filter(user=way_user("kari")).update(granted_at=now() - timedelta(hours=73))
    with seen_as("tom") as tom:
        asked = glass.ask(typed=case.name, approver=way_user("kari"), reason="Fare", hours=1, by=tom)
    RoleGrant.objects.filter(user=way_user("tom")).update(granted_at=now())
    with seen_as("kari") as kari:
        with pytest.raises(Refused, match="tre døgn"):
            glass.answer(request=asked, yes=True, by=kari)
        with pytest.raises(ProgrammingError, match="too new here"), transaction.atomic():
            GlassRequest.objects.filter(id=asked.id).update(approved=True, answered_at=now())
        glass.answer(request=asked, yes=False, by=kari)


def test_since_when_a_role_is_held_is_not_said_by_whoever_gives_it(gjovik):
    admin = way.person("kari", Role.COORDINATOR, Role.ADMINISTRATOR)
    tom = way.person("tom", Role.LEADER)
    with seen_as("kari"):
        RoleGrant(
            user=tom, role=Role.TEAM_MEMBER.value, granted_at=now() - timedelta(days=9), granted_by=admin.name
        ).save(force_insert=True)
        RoleGrant.objects.filter(user=tom).update(granted_at=now() - timedelta(days=900))
    given = dict(RoleGrant.objects.filter(user=tom).values_list("role", "granted_at"))
    assert given[Role.TEAM_MEMBER.value] > now() - timedelta(minutes=1)
    assert given[Role.LEADER.value] > now() - timedelta(days=9)


def settled(user):
    with connection.cursor() as cursor:
        cursor.execute("SELECT glass_settled(%s)", [user.id])
        return cursor.fetchone()[0]


def test_an_old_date_is_not_moved_to_another_role_or_person(gjovik):
    way.person("kari", Role.COORDINATOR, Role.ADMINISTRATOR)
    tom, tove = way.person("tom", Role.CONTACT), way.person("tove", Role.LEADER)
    arne = way.person("arne", Role.CONTACT)
    with seen_as("kari"):
        RoleGrant.objects.filter(user=tom).update(role=Role.TEAM_MEMBER.value)
        RoleGrant.objects.filter(user=tove).update(user=arne)
    assert not settled(tom)
    assert not settled(arne)


def test_whoever_comes_back_is_new_again(gjovik):
    admin, tom = way.person("kari", Role.COORDINATOR, Role.ADMINISTRATOR), way.person("tom")
    assert settled(tom)
    with seen_as("kari") as by:
        set_active(user=tom, active=False, by=by)
        set_active(user=tom, active=True, by=by)
    assert not settled(tom)
    assert settled(admin)


def test_when_a_request_was_made_is_not_said_by_whoever_asks(gjovik):
    case = way.case()
    way.person("tom")
    whole = {"target": str(case.id), "hours": 1, "reason": "x", "approver": way_user("kari")}
    with seen_as("tom") as tom:
        made = GlassRequest(asked_by_id=tom.user_id, asked_at=now() + timedelta(days=900), **whole)
        made.save(force_insert=True)
        assert GlassRequest.objects.get(id=made.id).asked_at <= now()


def test_break_glass_never_beats_a_deny_row(gjovik):
    case = way.case()
    deny(case.concern, "tom")
    with seen_as("tom") as tom:
        asked = glass.ask(typed=case.name, approver=way_user("kari"), reason="Fare", hours=1, by=tom)
    with seen_as("kari") as kari:
        glass.answer(request=asked, yes=True, by=kari)
    assert seen("tom") == 0


def test_a_whole_service_is_shut_out_by_somebody_in_it(gjovik):
    """Both rows shut oneself out: neither may stand in the way of the other."""
    concern = way.opened("kari")
    way.person("tom")
    User.objects.filter(id=way_user("tom").id).update(service="Hjemmetjenesten")
    User.objects.filter(id=way_user("kari").id).update(service="Hjemmetjenesten")
    way.person("tove", Role.COORDINATOR)
    with seen_as("kari") as kari:
        shutting.deny(concern=concern, user=None, service="Hjemmetjenesten", kind="conflict", by=kari)
    assert (seen("kari"), seen("tom"), seen("tove")) == (0, 0, 1)


def test_a_member_does_not_shut_out_a_service_though_alone_in_it(gjovik):
    concern = way.opened("kari")
    way.person("tom")
    User.objects.filter(id=way_user("tom").id).update(service="Hjemmetjenesten")
    with seen_as("tom") as tom, pytest.raises(Refused, match="Bare en koordinator"):
        shutting.deny(concern=concern, user=None, service="Hjemmetjenesten", kind="conflict", by=tom)


def test_a_member_shuts_nobody_else_out(gjovik):
    concern = way.opened("tom")
    way.person("kari")
    with pytest.raises(Refused, match="Bare en koordinator"):
        deny(concern, "kari", by="tom")
    assert seen("kari") == 1


def test_who_was_let_in_by_break_glass_decides_on_nobody(gjovik):
    case = way.case()
    way.person("tom")
    give_role(user=way.person("tom"), role=Role.COORDINATOR, by=Reader.for_purpose("setup", gjovik))
    tove = way.person("tove")
    with seen_as("kari") as kari:
        shutting.cover(concern=case.concern, substitute=tove, by=kari)
    with seen_as("tom") as tom:
        asked = glass.ask(typed=case.name, approver=way_user("kari"), reason="Fare", hours=1, by=tom)
    with seen_as("kari") as kari:
        glass.answer(request=asked, yes=True, by=kari)
    with pytest.raises(Refused, match="nødåpning"):
        deny(case.concern, "kari", by="tom")
    # Who was let in works with the matter: a note or a file under their own name, and nothing is marked as wrong.
    with seen_as("tom") as tom:
        write_note(case=case, text="Jeg var der i natt", by=tom)
        lay(concern=case.concern, files=[file(b"Bilde", "v.txt")], came_from="Tatt i natt", key="k", by=tom)
        kind = kind_of("notat")
        with pytest.raises(Refused, match="nødåpning"):
            mark(concern=case.concern, kind=kind, row=Note.objects.get(case=case), reason="Feil", by=tom)
    assert AttachmentLater.objects.get().by_name == "Tom Teammedlem"


def test_nobody_breaks_the_glass_alone_whatever_is_smuggled_in(gjovik):
    case = way.case()
    way.person("tom")
    whole = {"target": str(case.id), "asked_at": now(), "hours": 1, "reason": "x", "approver": way_user("kari")}
    until = now() + timedelta(days=9)
    with seen_as("tom") as tom, pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
        GlassRequest(asked_by_id=tom.user_id, approved=True, until=until, **whole).save(force_insert=True)
    with seen_as("tom") as tom:
        GlassRequest(asked_by_id=tom.user_id, **whole).save(force_insert=True)
        with pytest.raises(ProgrammingError, match="not yours"), transaction.atomic():
            GlassRequest.objects.update(approved=True, until=until)
        with refused("permission denied") as cursor:
            cursor.execute("SELECT glass_matter(id) FROM cases_glassrequest")


def test_what_was_told_is_frozen_for_everybody(gjovik):
    concern = way.opened()
    with seen_as("kari"), pytest.raises(ProgrammingError, match="frozen"), transaction.atomic():
        concern.what = "Noe annet"
        concern.save(update_fields=["what"])
    with seen_as("kari"), refused("permission denied") as cursor:
        cursor.execute("DELETE FROM inbox_concern")


def test_the_public_form_lays_nothing_beside_a_concern_that_is_not_its_own(house):
    with work(ref("gjovik"), TEST):
        concern = way.received()
    with pytest.raises(ProgrammingError, match="row-level"), work(ref("gjovik"), "intake"):
        Cover(concern=concern, without_coordinators=True, at=now()).save(force_insert=True)


def told_of_lacking_people(run: Callable[..., None] = tasks.look_for_unwatched.run) -> list[str]:
    run(ref("gjovik"))
    return [to for message in mail.outbox if "mangler folk" in message.subject for to in message.to]


def test_a_concern_that_nobody_may_open_is_told_to_those_who_give_roles(house):
    with work(ref("gjovik"), TEST):
        for name in ("arne", "kari"):
            way.person(name)
        way.received(about_staff="coordinator")
    mail.outbox = []
    assert told_of_lacking_people(tasks.something_new.run) == []  # the hour of the mail says nothing of when it came
    assert told_of_lacking_people() == ["arne@gjovik.example"]


def test_where_nobody_does_the_work_of_the_team_that_is_told_at_once(house):
    with work(ref("gjovik"), TEST):
        way.person("arne")
        way.received()
        RoleGrant.objects.exclude(role=Role.ADMINISTRATOR.value).delete()
    mail.outbox = []
    assert told_of_lacking_people(tasks.something_new.run) == ["arne@gjovik.example"]


def test_a_full_team_with_nothing_stuck_is_not_told_of(house):
    with work(ref("gjovik"), TEST):
        for name in ("arne", "kari"):
            way.person(name)
        way.received()
    mail.outbox = []
    assert told_of_lacking_people() == []
