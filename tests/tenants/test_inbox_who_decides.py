"""Who must not see a matter, and who alone may, is decided as the pages decide it, whatever statement asks."""

import uuid

import pytest

from tenants.cases import glass
from tenants.cases.actions import add_member
from tenants.inbox import queries, shutting
from tenants.inbox.actions import open_concern
from tenants.inbox.models import Concern, Cover, Denial
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.test_hidden import deny, refused, seen
from tests.tenants.test_measures_guard import let_in
from varde.access import Reader, Role
from varde.identity.actions import invite
from varde.identity.models import User
from varde.refusal import Refused

LAY = (
    "INSERT INTO inbox_denial (id, concern_id, user_id, service, kind, at, by_user, by_name, lifted_by_name)"
    " SELECT gen_random_uuid(), c.concern_id, u, %s, '', now(), %s, 'Kari Koordinator', '' FROM cases_case c,"
    " unnest(%s::uuid[]) WITH ORDINALITY AS p(u, place) ORDER BY place"
)
KARI, TOM, TOVE = (uuid.uuid5(uuid.NAMESPACE_DNS, name) for name in ("kari", "tom", "tove"))


def team_of(case) -> None:
    """Kari's case, with Tom on it; Tove is in the team."""
    for name in ("tom", "tove"):
        way.person(name)
    add_member(case=case, user=way.person("tom"), by=as_person("kari"))


def test_a_deny_row_is_lifted_once_by_a_coordinator_and_never_rewritten(gjovik):
    case = way.case()
    team_of(case)
    row = deny(case.concern, "tove")
    with seen_as("tom"):
        for change in ("lifted_at = now()", f"lifted_at = now(), lifted_by = '{TOM}'"):
            with refused("a coordinator lifts it") as cursor:
                cursor.execute(f"UPDATE inbox_denial SET {change}")
        with refused("is frozen") as cursor:
            cursor.execute("UPDATE inbox_denial SET user_id = %s", [KARI])
    with seen_as("kari") as kari:
        with refused("in their own name") as cursor:
            cursor.execute("UPDATE inbox_denial SET lifted_at = now(), lifted_by = %s", [TOM])
        shutting.lift(denial=row, by=kari)
        with refused("is frozen") as cursor:
            cursor.execute("UPDATE inbox_denial SET lifted_at = NULL, lifted_by = NULL")
    assert Denial.objects.get().lifted_by_name == "Kari Koordinator"


def test_whoever_is_shut_out_stays_so_by_every_account_that_they_have(gjovik):
    case = way.case()
    team_of(case)
    tove = User.objects.get(pk=TOVE)
    by = Reader.for_purpose("setup", gjovik)
    twin = invite(email="t@annen.example", name=f" {tove.name.upper()} ", roles=[Role.TEAM_MEMBER], by=by)
    with seen_as("kari") as kari:
        row = shutting.deny(concern=case.concern, user=tove, kind="suspected", by=kari)
        assert queries.is_denied(case.concern, twin)
        assert not queries.is_denied(case.concern, way.person("tom"))
        assert Denial.objects.count() == 1
        shutting.lift(denial=row, by=kari)
        assert not queries.is_denied(case.concern, twin)


def test_a_coordinator_shuts_out_others_and_somebody_is_left(gjovik):
    case = way.case()
    team_of(case)
    with seen_as("tom") as tom:
        with refused("a coordinator shuts out others") as cursor:
            cursor.execute(LAY, ["", TOM, [KARI]])
        with refused("in their own name") as cursor:
            cursor.execute(LAY, ["", KARI, [TOM]])
        with refused("a coordinator shuts out others") as cursor:
            cursor.execute(LAY, ["Hjemmetjenesten", TOM, [TOM]])
        shutting.deny(concern=case.concern, user=way.person("tom"), kind="habilitet", by=tom)
    assert Denial.objects.get().by_name == tom.name
    with seen_as("kari"):
        for shut in ([KARI], [TOVE, KARI]):
            with refused("somebody else must still see") as cursor:
                cursor.execute(LAY, ["", KARI, shut])
    way.person("tove", Role.COORDINATOR)
    with seen_as("kari"):
        with refused("somebody else must still see") as cursor:
            cursor.execute(LAY, ["", KARI, [TOVE]])
        with refused("somebody else must still see") as cursor:
            cursor.execute(LAY, ["", KARI, [KARI, TOVE]])
    deny(case.concern, "kari")
    assert (seen("kari"), Denial.objects.count()) == (0, 2)


def test_who_was_let_in_or_is_outside_shuts_nobody_out(gjovik):
    case = way.case()
    with seen_as("tove"), refused("row-level security") as cursor:
        cursor.execute(LAY.replace("c.concern_id", f"'{case.concern_id}'::uuid").replace("cases_case c,", ""),
                       ["", TOVE, [KARI]])  # fmt: skip
    let_in(case)
    with seen_as("tom"):
        with refused("row-level security") as cursor:
            cursor.execute(LAY, ["", TOM, [TOM]])
        assert Concern.objects.exists()


def test_a_cover_is_the_holders_to_give_and_to_lift(gjovik):
    tom = way.person("tom")
    way.person("tove"), way.person("kari")
    concern = way.received(about_staff="staff")
    with seen_as("kari") as kari:
        with refused("whoever has the covered matter") as cursor:
            cursor.execute("DELETE FROM inbox_cover")
        for change in ("without_coordinators = true", f"holder_id = '{TOM}'", f"substitute_id = '{TOM}'"):
            with refused("whoever has the covered matter") as cursor:
                cursor.execute(f"UPDATE inbox_cover SET {change}")
        shutting.take_hold(concern, kari)
        shutting.name_substitute(concern=concern, substitute=tom, by=kari)
    with seen_as("tom"):
        with refused("whoever has the covered matter") as cursor:
            cursor.execute("DELETE FROM inbox_cover")
        for change in (f"holder_id = '{TOM}', substitute_id = '{TOVE}'", "vacant_since = now() - interval '9 days'"):
            with refused("whoever has the covered matter") as cursor:
                cursor.execute(f"UPDATE inbox_cover SET {change}")
    assert (Cover.objects.get().holder_id, seen("tove")) == (KARI, 0)
    with seen_as("kari") as kari:
        shutting.uncover(concern=concern, by=kari)
    assert seen("tove") == 1
    with seen_as("tom"), refused("whoever has the covered matter") as cursor:
        cursor.execute(
            "INSERT INTO inbox_cover (id, concern_id, without_coordinators, holder_id, at)"
            " VALUES (gen_random_uuid(), %s, false, %s, now())", [concern.pk, TOM],
        )  # fmt: skip


def test_who_was_let_in_by_break_glass_opens_no_covered_concern_and_never_becomes_its_holder(gjovik):
    kari_row = way.person("kari")
    way.person("tom")
    concern = way.received(about_staff="staff")
    with seen_as("tom") as tom:
        asked = glass.ask(typed=str(concern.pk), approver=kari_row, reason="Fare i natt", hours=1, by=tom)
    with seen_as("kari") as kari:
        glass.answer(request=asked, yes=True, by=kari)
    with seen_as("tom") as tom:
        assert Concern.objects.exists()
        with pytest.raises(Refused, match="sluppet inn ved nødåpning"):
            open_concern(concern=concern, by=tom)
        with refused("whoever has the covered matter") as cursor:
            cursor.execute("UPDATE inbox_cover SET holder_id = %s", [TOM])
    answer = client_for("tom").post(f"/innboks/{concern.pk}/apne", follow=True)
    assert "Den som åpner den, får ansvaret for den." in answer.content.decode()
    assert (Concern.objects.get().progress, Cover.objects.get().holder_id) == ("received", None)
    with seen_as("kari") as kari:
        open_concern(concern=concern, by=kari)
    assert Cover.objects.get().holder_id == KARI


def test_the_substitute_stands_in_for_a_holder_who_is_shut_out(gjovik):
    tom, tove = way.person("tom"), way.person("tove")
    case = way.case()
    with seen_as("kari") as kari:
        shutting.cover(concern=case.concern, substitute=tom, by=kari)
        shutting.deny(concern=case.concern, user=way.person("kari"), kind="habilitet", by=kari)
    with seen_as("tom") as by:
        shutting.name_substitute(concern=case.concern, substitute=tove, by=by)
    assert (Cover.objects.get().holder_id, Cover.objects.get().substitute_id) == (TOM, TOVE)
