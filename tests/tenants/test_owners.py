"""Who is given something to do in a matter, and who is told of it: only somebody who sees it."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.db import transaction
from django.db.utils import ProgrammingError

from tenants.cases import glass
from tenants.cases.models import Case, CaseMember
from tenants.cases.tasks import tell_of_glass
from tenants.inbox import shutting
from tenants.inbox.models import Concern, Denial
from tenants.measures import actions as measures
from tenants.measures import tasks as measure_tasks
from tenants.measures.models import Measure
from tenants.triage import actions, tasks
from tenants.triage.models import NextStep
from tests.cast import TEST, as_person, ref, seen_as
from tests.tenants import way
from varde.access import Reader, Role
from varde.access.ticket import presented
from varde.clock import now
from varde.identity.models import RoleGrant, User
from varde.refusal import Refused
from varde.tenancy.work import work

KARI, TOM = "kari@gjovik.example", "tom@gjovik.example"


def told(*rounds: Callable[..., None]) -> list[str]:
    """Who got a mail of these tasks."""
    mail.outbox.clear()
    for run in rounds:
        run(ref("gjovik"))
    return sorted(to for message in mail.outbox for to in message.to)


def reminded() -> list[str]:
    """Who is told of a step or a measure that is due."""
    return told(tasks.remind.run, measure_tasks.remind.run)


def shut_out(concern: Concern, name: str) -> None:
    user = way.person(name)
    with seen_as("kari") as kari:
        shutting.deny(concern=concern, user=user, kind="suspected", by=kari)


def loses_the_role(case: Case) -> None:
    RoleGrant.objects.filter(user=way.person("tom")).update(role=Role.LEADER.value)


def moves_into_a_denied_service(case: Case) -> None:
    way.person("tove")
    User.objects.filter(id=way.person("tove").id).update(service="Hjemmetjenesten")
    with seen_as("kari") as kari:
        shutting.deny(concern=case.concern, user=None, service="Hjemmetjenesten", kind="suspected", by=kari)
    User.objects.filter(id=way.person("tom").id).update(service="hjemmetjenesten ")


def is_taken_off(case: Case) -> None:
    CaseMember.objects.filter(case=case, user=way.person("tom")).delete()


def is_shut_out_by_a_row_alone(case: Case) -> None:
    """As another program might lay it, with nothing handed on."""
    row = {"kind": "suspected", "at": now(), "by_user": as_person("kari").user_id, "by_name": "Kari"}
    with presented(as_person("kari")):
        Denial(concern=case.concern, user=way_user("tom"), **row).save(force_insert=True)


def way_user(name: str) -> User:
    return User.objects.get(id=as_person(name).user_id)


GOES = [loses_the_role, moves_into_a_denied_service, is_taken_off, is_shut_out_by_a_row_alone]


def tom_owns(what: str) -> Case:
    """A case in which Tom has something that is due, and in which nothing else is."""
    case = way.case(step=way.step("tom", hours=-2 if what == "step" else 200))
    if what == "measure":
        way.measure(case, owner="tom", days=-1)
    return case


@pytest.mark.parametrize("what", ["step", "measure"])
def test_an_owner_who_sees_the_matter_is_told(house, what):
    with work(ref("gjovik"), TEST):
        tom_owns(what)
    assert reminded() == [TOM]


@pytest.mark.parametrize("what", ["step", "measure"])
@pytest.mark.parametrize("goes", GOES)
def test_an_owner_who_no_longer_sees_the_matter_is_not_told_but_the_coordinator_is(house, what, goes):
    with work(ref("gjovik"), TEST):
        goes(tom_owns(what))
    assert (reminded(), reminded()) == ([KARI], [])


def test_a_step_is_not_given_to_who_is_shut_out_nor_to_who_is_not_on_the_case(gjovik):
    case = way.case()
    step = NextStep.objects.get(concern=case.concern)
    shut_out(case.concern, "tom")
    for name in ("tom", "tove"):
        owner = way.person(name)
        with seen_as("kari") as kari:
            with pytest.raises(Refused, match=f"{owner.name} er ikke på saken"):
                actions.reassign(step=step, owner=owner, due_at=way.in_hours(5), by=kari)
            with pytest.raises(Refused, match=f"{owner.name} er ikke på saken"):
                then = actions.NewStep("Ring", owner, way.in_hours(5))
                actions.complete_step(step=step, came_of="Ringt", then=then, by=kari)
    assert NextStep.objects.get(concern=case.concern).owner == way_user("kari")


def test_a_decision_gives_no_step_to_who_is_shut_out(gjovik):
    concern = way.opened()
    shut_out(concern, "tom")
    with pytest.raises(Refused, match="Tom Teammedlem er ikke på saken"):
        way.decided("more_info", owner="tom", concern=concern)


def test_a_measure_is_not_given_to_who_is_shut_out_nor_to_who_is_not_on_the_case(gjovik):
    case = way.case()
    measure = way.measure(case)
    shut_out(case.concern, "tom")
    for name in ("tom", "tove"):
        plan = measures.Plan("concrete", "Følge", way.person(name), measure.due_on)
        with seen_as("kari") as kari:
            with pytest.raises(Refused, match="er ikke på saken"):
                measures.plan_measure(case=case, plan=plan, by=kari)
            with pytest.raises(Refused, match="er ikke på saken"):
                measures.change_measure(measure=measure, plan=plan, by=kari)
    assert [one.owner for one in Measure.objects.all()] == [way_user("kari")]


@pytest.mark.parametrize("model", [NextStep, Measure])
@pytest.mark.parametrize("who", ["a person", "reminders"])
def test_the_database_gives_nothing_to_who_is_shut_out(gjovik, model, who):
    case = way.case()
    way.measure(case)
    shut_out(case.concern, "tom")
    reader = as_person("kari") if who == "a person" else Reader.for_purpose("reminders", gjovik)
    with presented(reader), pytest.raises(ProgrammingError, match="shut out"), transaction.atomic():
        model.objects.update(owner=way_user("tom"))
    with presented(reader):
        assert model.objects.update(owner=way_user("kari"), reminded_at=now()) == 1


def test_the_database_lays_no_new_measure_on_who_is_shut_out(gjovik):
    case = way.case()
    measure = way.measure(case)
    shut_out(case.concern, "tom")
    with presented(as_person("kari")), pytest.raises(ProgrammingError, match="shut out"), transaction.atomic():
        Measure(
            case=case, owner=way_user("tom"), kind="concrete", title="x", due_on=measure.due_on, made_at=now()
        ).save(force_insert=True)


def test_what_somebody_shut_out_still_owns_can_be_ended_and_given_away(house):
    """Moved into a denied service: nothing was handed on, and nothing must be stuck."""
    with work(ref("gjovik"), TEST):
        case = tom_owns("measure")
        moves_into_a_denied_service(case)
        with presented(as_person("kari")):
            kari = as_person("kari")
            step = NextStep.objects.get(concern=case.concern)
            then = actions.NewStep("Ring", way_user("kari"), now())
            actions.complete_step(step=step, came_of="Ringt", then=then, by=kari)
            measure = Measure.objects.get()
            measures.move_measure(measure=measure, to="done", effect="Trygg", by=kari)
            assert Measure.objects.get().owner == way_user("tom")


def test_an_import_lays_and_ends_steps(gjovik):
    concern = way.opened()
    by = Reader.for_purpose("import", gjovik)
    actions.decide(
        concern=concern, category="ma", outcome="more_info", reason="x", step=way.step("tom"), by=by
    )  # fmt: skip
    actions.end_steps(concern=concern, by=by)
    assert NextStep.objects.get().done_at is not None


def test_break_glass_is_told_at_once_to_those_who_have_the_case_and_says_nothing_of_it(house):
    with work(ref("gjovik"), TEST):
        case = way.case(owner="tove")
        way.person("tom")
        with seen_as("tom") as tom:
            asked = glass.ask(typed=case.name, approver=way_user("kari"), reason="Fare i natt", hours=1, by=tom)
    assert told(tell_of_glass.run) == [KARI]
    with work(ref("gjovik"), TEST), seen_as("kari") as kari:
        glass.answer(request=asked, yes=True, by=kari)
    assert told(tell_of_glass.run) == [KARI, "tove@gjovik.example"]
    said = "".join(message.subject + message.body for message in mail.outbox)
    assert "nødåpning" in said
    hidden = (case.name, case.name.removeprefix("Sak "), str(case.id), str(case.concern_id), "Tom", "Fare", "Ola")
    assert not [words for words in hidden if words in said]
    assert told(tell_of_glass.run) == []
