"""Whoever is shut out of one matter is out of the major one for good, and its log is for those who are on it."""

import pytest

from tenants.cases.actions import add_member
from tenants.inbox import shutting
from tenants.joined import major_actions
from tenants.joined.major_actions import Alert
from tenants.joined.models import Join, MajorAlert, MajorMatter, MajorMember
from tests.cast import as_person, ref, seen_as
from tests.tenants import way
from tests.tenants.test_hidden import refused
from tests.tenants.test_joined_major import begun, leader
from tests.tenants.test_joined_way import join
from varde.access import Reader, Role
from varde.access.ticket import presented
from varde.audit.models import Entry
from varde.audit.trail import current
from varde.identity.models import User


def seen_by(user: User, role: Role):
    """The database as this person sees it."""
    return presented(Reader(office=ref("gjovik"), user_id=user.pk, name=user.name, roles=frozenset({role})))


def test_it_does_not_come_back_when_the_matter_is_taken_out(gjovik):
    tove = way.person("tove", Role.COORDINATOR)
    way.person("arne", Role.COORDINATOR)
    lena, (major, first, _) = leader(), begun()
    with seen_as("kari") as kari:
        major_actions.put_on(major=major, user=tove, by=kari)
        major_actions.alert(major=major, alert=Alert("few"), leaders=[lena], by=kari)
        for one in (tove, lena):
            shutting.deny(concern=first.concern, user=one, kind="suspected", by=kari)
        major_actions.take_out(major=major, concern=first.concern, by=kari)
    with seen_by(tove, Role.COORDINATOR):
        assert not MajorMatter.objects.exists()
    with seen_by(lena, Role.LEADER):
        assert not MajorAlert.objects.exists()
    with seen_as("kari") as kari:
        major_actions.put_on(major=major, user=tove, by=kari)  # she sees all that is left, and may be asked anew
        assert MajorMember.objects.count() == 2


def test_where_nobody_is_left_the_heir_takes_it(gjovik):
    """The only one on it steps back; whoever takes over the matter sees them all."""
    tove = way.person("tove", Role.COORDINATOR)
    major, first, _ = begun()
    kari = way.person("kari")
    with seen_as("kari") as by:
        shutting.deny(concern=first.concern, user=kari, kind="close", by=by)
        assert not MajorMatter.objects.exists()
    with seen_by(tove, Role.COORDINATOR):
        assert MajorMatter.objects.get() == major


def test_the_log_tells_nobody_of_a_major_matter_that_they_are_not_on(gjovik):
    tove, tom = way.person("tove", Role.COORDINATOR), way.person("tom")
    major, first, _ = begun()
    add_member(case=first, user=tom, by=as_person("kari"))
    current().flush()
    for user, role in ((tove, Role.COORDINATOR), (tom, Role.TEAM_MEMBER)):
        with seen_by(user, role):
            assert not Entry.objects.filter(what__startswith="joined.").exists()
    with seen_as("kari"):
        assert Entry.objects.filter(what="joined.major", matter_id=major.pk).exists()


def test_the_log_of_one_matter_tells_of_no_other_that_it_was_joined_with(gjovik):
    tom, kept, gone = way.person("tom"), way.case(), way.case()
    add_member(case=kept, user=tom, by=as_person("kari"))
    join(gone.concern, kept.concern)
    current().flush()
    with seen_by(tom, Role.TEAM_MEMBER):
        assert not Join.objects.exists()
        said = set(Entry.objects.filter(matter_id=kept.concern_id).values_list("reason", flat=True))
    assert not any("slått sammen" in one for one in said)


def test_nobody_is_put_off_or_on_by_a_question_alone(gjovik):
    """A coordinator outside would read it, and a member of one of the matters would leave it with nobody."""
    tove = way.person("tove", Role.COORDINATOR)
    major, first, _ = begun()
    add_member(case=first, user=way.person("tom"), by=as_person("kari"))
    kari, tom = (as_person(name).user_id for name in ("kari", "tom"))
    for reader in (Reader(ref("gjovik"), tove.pk, tove.name, frozenset({Role.COORDINATOR})), as_person("tom")):
        with presented(reader):
            with refused("does not exist") as cursor:
                cursor.execute(
                    "SELECT major_shut_out(%s, %s::uuid[], %s)", [first.concern_id, [kari, tom], reader.user_id]
                )
            for asked in ("major_left(%s, true)", "matter_with(%s)"):
                with refused("permission denied") as cursor:
                    cursor.execute(f"SELECT {asked}", [first.concern_id])
    assert [row.user_id for row in MajorMember.objects.filter(major=major)] == [kari]


@pytest.mark.parametrize("how", ["joined", "covered"])
def test_who_no_longer_sees_one_matter_leaves_the_major_one(gjovik, how):
    tove, tom = way.person("tove", Role.COORDINATOR), way.person("tom")
    major, first, _ = begun()
    with seen_as("kari") as kari:
        major_actions.put_on(major=major, user=tove, by=kari)
        if how == "covered":
            shutting.cover(concern=first.concern, substitute=tom, by=kari)
            shutting.uncover(concern=first.concern, by=kari)
    if how == "joined":
        add_member(case=first, user=tom, by=as_person("kari"))
        other = way.case()
        add_member(case=other, user=tom, by=as_person("kari"))
        with seen_as("kari") as kari:
            shutting.deny(concern=other.concern, user=tove, kind="close", by=kari)
        join(other.concern, first.concern)
    assert [row.user_id for row in MajorMember.objects.filter(major=major)] == [as_person("kari").user_id]
