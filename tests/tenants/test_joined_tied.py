"""What a joining ties together also holds for a deny row laid afterwards, in the log, and for who asks the database."""

from dataclasses import replace

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tenants.cases.actions import add_member
from tenants.inbox import shutting
from tenants.inbox.models import Concern
from tenants.joined import actions, major_actions, tasks
from tenants.joined import major_queries as queries
from tenants.joined.major_actions import Alert
from tenants.joined.models import Join, MajorAlert
from tenants.measures.models import Measure
from tenants.triage.models import NextStep
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import text_of
from tests.tenants.test_hidden import deny
from tests.tenants.test_joined_major import ABOUT, begun, leader
from tests.tenants.test_joined_way import WHY, join
from varde.access import Reader, Role
from varde.access.ticket import presented
from varde.audit.models import Entry
from varde.audit.trail import current
from varde.clock import now
from varde.identity.models import User
from varde.refusal import Refused
from varde.tenancy.work import work


def owners(concern: Concern) -> list[str]:
    """Of the step that is open."""
    return list(NextStep.objects.filter(concern=concern, done_at=None).values_list("owner__name", flat=True))


def parted(gone: Concern, kept: Concern) -> None:
    """They were one, and are two again."""
    row = join(gone, kept)
    actions.split(joined=row, reason="To søstre", step=way.step(), by=as_person("kari"))


def asked(sql: str, *args: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, args)
        return cursor.fetchall()


def test_a_deny_row_empties_the_hands_in_every_matter_it_shuts(gjovik):
    for name in ("tom", "tove"):
        way.person(name)
    gone, kept = way.case(), way.case(owner="tom")
    visit = way.measure(kept, owner="tom")
    join(gone.concern, kept.concern)
    deny(gone.concern, "tom")
    assert owners(kept.concern) == ["Kari Koordinator"]
    assert Measure.objects.get(pk=visit.pk).owner == way.person("kari")
    assert way.logged("inbox.denial", "change", kept.concern_id)
    with seen_as("kari") as kari:
        assert [one.name for one in shutting.choosable(kept.concern, kari)] == ["Tove Teammedlem"]


def test_a_joining_empties_the_hands_also_in_what_was_joined_before(gjovik):
    for name in ("tom", "tove"):
        way.person(name)
    first, kept, gone = way.case(owner="tom"), way.case(), way.case()
    parted(gone.concern, first.concern)
    deny(kept.concern, "tom")
    assert owners(first.concern) == ["Tom Teammedlem"]
    join(gone.concern, kept.concern)
    assert owners(first.concern) == ["Kari Koordinator"]


def coordinator(name: str) -> tuple[User, Reader]:
    """One of the cast who coordinates as well."""
    return way.person(name, Role.COORDINATOR), replace(as_person(name), roles=frozenset({Role.COORDINATOR}))


def test_nobody_is_shut_out_of_a_matter_that_the_one_who_does_it_does_not_see(gjovik):
    (tove, _), (_, tom) = coordinator("tove"), coordinator("tom")
    arne, first, other = way.person("arne", Role.TEAM_MEMBER), way.opened(hours_ago=9), way.opened()
    parted(other, first)
    with seen_as("kari") as kari:
        shutting.cover(concern=first, substitute=tove, by=kari)
        with pytest.raises(Refused, match="ingen andre kunne se"):  # kari alone would be left in the covered one
            shutting.deny(concern=other, user=tove, kind="other", by=kari)
    with presented(tom):
        with pytest.raises(Refused, match="Be en annen koordinator"):
            shutting.deny(concern=other, user=tove, kind="other", by=tom)
        # Who does not see it either is shut out, and nothing is told of it.
        shutting.deny(concern=other, user=arne, kind="other", by=tom)
        assert asked("SELECT joined_shut_with(%s, '{}')", other.pk) == []
    assert way.logged("inbox.denial", "denied", other.pk)  # nobody tries them all without a trace


def test_the_database_tells_nobody_what_is_joined_and_who_sees_a_major_matter(gjovik):
    gone, kept = way.case(), way.case()
    add_member(case=gone, user=way.person("tom"), by=as_person("kari"))
    join(gone.concern, kept.concern)
    major, first, _ = begun()
    lena, kari = leader(), way.person("kari")
    with seen_as("tom"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            asked("SELECT joined_kin(%s)", gone.concern_id)
        assert asked("SELECT joined_shut_with(%s, %s)", gone.concern_id, [kari.pk]) == [(None,)]
        assert asked("SELECT joined_shut_with(%s, %s)", kept.concern_id, [kari.pk]) == []
        for sql, args in (
            ("major_open(%s, %s)", (major.pk, kari.pk)),
            ("major_seen(%s, %s)", (major.pk, kari.pk)),
            ("major_all_see(%s, %s)", (major.pk, first.concern_id)),
            ("major_may_tell(%s, %s)", (major.pk, lena.pk)),
        ):
            assert not asked(f"SELECT {sql}", *args)[0][0], sql
    with seen_as("kari"):
        assert asked("SELECT major_seen(%s, %s)", major.pk, kari.pk) == [(True,)]
        assert asked("SELECT major_may_tell(%s, %s)", major.pk, lena.pk) == [(True,)]


def test_a_joining_bears_the_name_of_who_made_it_and_never_mixes_covers(gjovik):
    tove = way.person("tove")
    covered, plain, third = way.opened(), way.opened(), way.opened()
    # The last one is as a joining leaves it.
    Concern.objects.filter(pk=plain.pk).update(progress="closed")
    with seen_as("kari") as kari:
        shutting.cover(concern=covered, substitute=tove, by=kari)
        for gone, kept, by in ((covered, plain, kari.user_id), (plain, covered, kari.user_id), (plain, third, tove.pk)):
            row = Join(concern=gone, into=kept, reason=WHY, at=now(), by_user=by, by_name=kari.name)
            with pytest.raises(ProgrammingError), transaction.atomic():
                row.save(force_insert=True)
        Join(concern=plain, into=third, reason=WHY, at=now(), by_user=kari.user_id, by_name=kari.name).save(
            force_insert=True
        )


def test_who_is_shut_out_of_its_matter_sees_nothing_of_a_major_one_in_the_log(gjovik):
    way.person("kari")
    arne, tove = (way.person(name, Role.PRIVACY_OFFICER) for name in ("arne", "tove"))
    lena, (major, first, _) = leader(), begun()
    with seen_as("kari") as kari:
        shutting.deny(concern=first.concern, user=arne, kind="suspected", by=kari)
        major_actions.change(major=major, about=ABOUT, by=kari)
        major_actions.alert(major=major, alert=Alert("few"), leaders=[lena], by=kari)
    current().flush()
    for officer, sees in ((arne, False), (tove, True)):
        with presented(replace(as_person("arne"), user_id=officer.pk, roles=frozenset({Role.PRIVACY_OFFICER}))):
            rows = Entry.objects.filter(what__startswith="joined.", action__in=["change", "send"])
            assert set(rows.values_list("reason", flat=True)) == ({"lagt til en sak", "endret", ""} if sees else set())


def test_a_leader_who_is_shut_out_after_being_told_neither_sees_it_nor_gets_a_mail(house):
    with work(ref("gjovik"), TEST):
        major, first, _ = begun()
        lena = leader()
        leader("else@gjovik.example", "Else Leder")
        told = major_actions.alert(
            major=major, alert=Alert("few"), leaders=queries.leaders(major), by=as_person("kari")
        )
        assert len(told) == 2
        seeing = Reader(office=ref("gjovik"), user_id=lena.pk, name=lena.name, roles=frozenset({Role.LEADER}))
        with presented(seeing):
            assert MajorAlert.objects.count() == 1
        way.person("tom")
        shutting.deny(concern=first.concern, user=lena, kind="suspected", by=as_person("kari"))
        with presented(seeing):
            assert MajorAlert.objects.count() == 0
    tasks.tell_leaders.run(ref("gjovik"))
    assert [each.to for each in mail.outbox] == [["else@gjovik.example"]]


def test_the_way_to_join_is_folded_until_something_is_joined(gjovik):
    kari, kept, gone = client_for("kari"), way.case(), way.case()
    page = text_of(kari, f"/saker/{kept.id}")
    assert ("Slått sammen" in page, f"/innboks/{kept.concern_id}/sla-sammen" in page) == (False, True)
    join(gone.concern, kept.concern)
    page = text_of(kari, f"/saker/{kept.id}")
    assert ('id="del-6"' in page, 'id="del-30"' in page) == (True, False)


def test_what_is_joined_while_somebody_is_shut_out_is_shut_too(gjovik, monkeypatch):
    """The other one wins the race for the rows: the joining commits before the deny row has them."""
    for name in ("tom", "tove"):
        way.person(name)
    gone, kept = way.case(), way.case(owner="tom")
    waited, joined = shutting._lock_all, []

    def after_the_joining(concerns):
        if not joined:
            joined.append(join(gone.concern, kept.concern))
        waited(concerns)

    monkeypatch.setattr(shutting, "_lock_all", after_the_joining)
    with seen_as("kari") as kari:
        shutting.deny(concern=gone.concern, user=way.person("tom"), kind="suspected", by=kari)
    assert owners(kept.concern) == ["Kari Koordinator"]
