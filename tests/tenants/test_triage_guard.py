"""What stands is not moved, rewritten or taken away: receipts of services, stops, and a role with work under it."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tenants.cases.actions import add_member
from tenants.team.register_actions import begin_handover
from tenants.triage import carry_actions, hold_actions
from tenants.triage.actions import complete_step
from tenants.triage.carry import Choice
from tenants.triage.carry_models import Accepted
from tenants.triage.hold_models import Hold
from tenants.triage.models import NextStep
from tenants.triage.step_text_actions import as_done, put_done_right
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.test_hidden import refused
from varde.access import Role
from varde.clock import now
from varde.identity.actions import set_active, take_role
from varde.identity.models import RoleGrant
from varde.refusal import Refused
from varde.ui.dates import day_of


def test_a_receipt_is_of_the_matter_that_was_handed_over(gjovik):
    mine, other = way.opened(), way.opened()
    choice = Choice("service", "Hjemmetjenesten", "Dagsenter", "De kjenner henne")
    chosen = carry_actions.choose(concern=mine, choice=choice, seen=None, by=as_person("kari"))
    row = Accepted(concern=other, carried=chosen, accepted_by="Avdelingsleder", accepted_on=day_of(now()), at=now())
    with pytest.raises(ProgrammingError, match="not in this matter"), transaction.atomic():
        row.save()
    carry_actions.accept(concern=mine, accepted_by="Avdelingsleder", accepted_on=day_of(now()), by=as_person("kari"))


def test_a_stop_is_ended_once_and_neither_rewritten_nor_deleted(gjovik):
    concern, kari = way.opened(), as_person("kari")
    day = way.in_hours(24 * 9).date()
    row = hold_actions.stop(concern=concern, reason="Venter på politiet", look_at=day, by=kari)
    with refused("permission denied") as cursor:
        cursor.execute("DELETE FROM triage_hold")
    for column, value in (("look_at", "'2030-01-01'"), ("by_name", "'En annen'"), ("at", "now()")):
        with refused("frozen") as cursor:
            cursor.execute(f"UPDATE triage_hold SET {column} = {value} WHERE id = '{row.pk}'")
    hold_actions.go_on(concern=concern, reason="De svarte", by=kari)
    with refused("frozen") as cursor:
        cursor.execute("UPDATE triage_hold SET ended_at = NULL")
    assert Hold.objects.get().ended_by_name == kari.name


def test_a_step_is_reported_done_once_and_its_words_are_kept_before_they_change(gjovik):
    case = way.case()
    add_member(case=case, user=way.person("tom"), by=as_person("kari"))
    step, kari = NextStep.objects.get(), as_person("kari").user_id
    done = "done_by_name = 'Kari Koordinator', done_at = now()"
    with seen_as("tom") as tom:
        with refused("permission denied") as cursor:
            cursor.execute("DELETE FROM triage_nextstep")
        for change in ("made_by_name = 'En annen'", "text = 'x'", "came_of = 'x'", "done_by_name = 'x'"):
            with refused("is frozen") as cursor:
                cursor.execute(f"UPDATE triage_nextstep SET {change}")
        late = f"done_by = '{tom.user_id}', done_at = now() + interval '9 days'"
        for change in (done, f"done_by = '{kari}', {done}", late):
            with refused("own name") as cursor:
                cursor.execute(f"UPDATE triage_nextstep SET {change}")
        complete_step(step=step, came_of="Hun har det bra", then=way.step(), by=tom)
        for change in (
            "done_at = NULL",
            "done_by_name = 'Kari'",
            "came_of = 'x'",
            "text = 'x'",
            "due_at = now()",
            "akutt = true",
        ):
            with refused("is frozen") as cursor:
                cursor.execute(f"UPDATE triage_nextstep SET {change} WHERE id = %s", [step.pk])
        step = NextStep.objects.get(pk=step.pk)
        put_done_right(step=step, text=step.text, came_of="Hun har det ikke bra", seen=as_done(step), by=tom)
        with refused("is frozen") as cursor:
            cursor.execute("UPDATE triage_nextstep SET text = 'x' WHERE id = %s", [step.pk])
        with refused("before it is done") as cursor:
            cursor.execute(
                "INSERT INTO triage_nextstep (id, concern_id, text, owner_id, due_at, akutt, made_at, made_by_name,"
                " came_of, done_at, done_by_name) SELECT gen_random_uuid(), concern_id, text, owner_id, due_at, akutt,"
                " made_at, made_by_name, came_of, done_at, done_by_name FROM triage_nextstep WHERE id = %s", [step.pk],
            )  # fmt: skip
    step = NextStep.objects.get(pk=step.pk)
    assert (step.done_by_name, step.came_of) == (tom.name, "Hun har det ikke bra")


def test_a_coordinator_keeps_the_role_until_the_hand_over_is_done(gjovik):
    kari, tom, arne = way.person("kari"), way.person("tom"), as_person("arne")
    begin_handover(leaving=kari, heir=tom, last_day=way.in_hours(24 * 20).date(), by=arne)
    with pytest.raises(Refused, match="overlevering som ikke er fullført"):
        take_role(user=kari, role=Role.COORDINATOR, by=arne)
    with pytest.raises(ProgrammingError, match="hand-over"), transaction.atomic():
        RoleGrant.objects.filter(user=kari).delete()
    page = client_for("arne").post(f"/folk/{kari.id}/roller", {"roles": ["teammedlem"]}, follow=True)
    assert "overlevering" in page.content.decode()
    assert RoleGrant.objects.filter(user=kari, role="koordinator").exists()
    set_active(user=kari, active=False, by=arne)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE team_handover SET ended_at = now()")
    take_role(user=kari, role=Role.COORDINATOR, by=arne)
    assert not RoleGrant.objects.filter(user=kari).exists()
