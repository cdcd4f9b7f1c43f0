"""Joins, leaves, deny rows, stand-ins, cover, cases, transfers and break-glass in any order: database and model agree.

Each step is an action of the product or a change of roles; after it every person's view is compared, and nobody's.
`VARDE_STEPS=10000 pytest tests/matters -s` plays the long game and prints its figures.
"""

import os
import uuid
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tenants.cases import actions as cases
from tenants.cases import glass
from tenants.cases.models import Case, CaseMember, GlassRequest
from tenants.closing.transfer_actions import transfer
from tenants.inbox import shutting
from tenants.inbox.actions import open_concern, receive
from tenants.inbox.models import Concern, Denial
from tenants.inbox.states import WrongMove
from tenants.inbox.told import Told
from tenants.team.models import TeamMember
from tenants.triage.actions import NewStep, decide
from tenants.triage.models import NextStep
from tests.cast import inside, ref
from tests.matters.model import COORDINATOR, TEAM, Cover, Glass, Matter, Person, by_right, sees
from tests.tenants import transfers
from varde.access import Reader, Role
from varde.access.ticket import presented
from varde.clock import now
from varde.identity.actions import invite
from varde.identity.models import RoleGrant, User
from varde.identity.queries import reader_of
from varde.refusal import Refused
from varde.ui.dates import day_of

STEPS = int(os.environ.get("VARDE_STEPS", "400"))
PER_GAME = 40
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)  # what is new in a role is left out of this game
REFUSED = (
    Refused, PermissionDenied, WrongMove,
)  # fmt: skip
CAST = {
    "kari": {COORDINATOR}, "kim": {COORDINATOR}, "tom": {TEAM}, "tove": {TEAM}, "ted": {TEAM}, "lene": {"leder"},
}  # fmt: skip
SERVICES = ["", "nav", "hjemmetjenesten"]
names = st.sampled_from(sorted(CAST))
picks = st.integers(0, 5)
played: Counter[str] = Counter()


class House(RuleBasedStateMachine):
    """One office in one transaction that is rolled back at the end of the game."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.office = self.stack.enter_context(inside("gjovik"))
        self.people = {name: Person(name, set(roles)) for name, roles in CAST.items()}
        self.matters: dict[uuid.UUID, Matter] = {}
        self.asked: dict[uuid.UUID, tuple[uuid.UUID, str, str]] = {}
        setup = Reader.for_purpose("setup", self.office)
        self.users = {
            name: invite(email=f"{name}@x.example", name=name, roles=[Role(r) for r in roles], by=setup)
            for name, roles in CAST.items()
        }

    def teardown(self) -> None:
        self.stack.close()

    # --- asking ---------------------------------------------------------------------------------------------
    def by(self, name: str) -> Reader:
        return reader_of(self.users[name], self.office)

    def pick(self, number: int) -> tuple[uuid.UUID, Matter]:
        keys = list(self.matters)
        key = keys[number % len(keys)]
        return key, self.matters[key]

    def act(self, name: str, matter: uuid.UUID, do: Any) -> bool:
        """As this person on this matter; True when it was done. One who does not see it finds nothing to act on."""
        by = self.by(name)
        with presented(by):
            found = Concern.objects.filter(id=matter).first()
            assert (found is not None) == sees(self.matters[matter], self.people[name], self.people)
            if found is None:
                played["not there"] += 1
                return False
            try:
                with transaction.atomic():
                    do(found, by)
            except REFUSED:
                played["refused"] += 1
                return False
        played["done"] += 1
        return True

    # --- what can happen ------------------------------------------------------------------------------------
    @precondition(lambda self: len(self.matters) < 4)
    @rule(about=st.sampled_from(["", "", "staff", "coordinator"]))
    def a_concern_comes_in(self, about: str) -> None:
        told = Told(reporter_kind="privat", what="x", about_staff=about)
        intake = Reader.for_purpose("intake", self.office)
        with presented(intake):
            got = receive(told=told, channel="web", by=intake)
        self.matters[got.concern_id] = Matter(cover=Cover(about == "coordinator") if about else None)

    @precondition(lambda self: len(self.matters) < 4)
    @rule(covered=st.booleans())
    def another_kommune_hands_one_over(self, covered: bool) -> None:
        """Under the cover that it had there, whoever it is about there."""
        known = set(self.matters)
        with presented(Reader.for_purpose("post", self.office)):
            transfers.deliver(transfers.letter(covered=covered))
        with presented(Reader.for_purpose("returns", self.office)):
            (new,) = set(Concern.objects.values_list("id", flat=True)) - known
        self.matters[new] = Matter(cover=Cover(False) if covered else None)

    @precondition(lambda self: self.matters)
    @rule(number=picks, name=names)
    def it_is_handed_to_another_kommune(self, number: int, name: str) -> None:
        """Closed here; those who saw it still do."""
        to = ref("ostre-toten").id
        self.act(
            name,
            self.pick(number)[0],
            lambda found, by: transfer(concern=found, to=to, reason="moved", summary="x", by=by),
        )

    @precondition(lambda self: any(one.open for matter in self.matters.values() for one in matter.glass))
    @rule()
    def the_time_is_out(self) -> None:
        GlassRequest.objects.filter(approved=True).update(until=now() - timedelta(seconds=1))
        for matter in self.matters.values():
            for one in matter.glass:
                one.open = False

    @precondition(lambda self: self.matters)
    @rule(number=picks, name=names)
    def somebody_opens_it(self, number: int, name: str) -> None:
        key, matter = self.pick(number)
        if self.act(name, key, lambda found, by: open_concern(concern=found, by=by)) and matter.cover:
            matter.cover.holder = matter.cover.holder or name

    @precondition(lambda self: self.matters)
    @rule(number=picks, name=names, owner=names)
    def it_becomes_a_case(self, number: int, name: str, owner: str) -> None:
        key, matter = self.pick(number)
        if matter.is_case:
            return

        def do(found: Concern, by: Reader) -> None:
            step = NewStep("Ring", self.users[owner], now())
            decide(concern=found, category="bor", outcome="case", reason="x", step=step, by=by)

        if sees(matter, self.people[owner], self.people) and self.act(name, key, do):
            matter.is_case, matter.members = True, {name, owner}

    @precondition(lambda self: self.matters)
    @rule(number=picks, name=names, other=names, on=st.booleans())
    def somebody_is_put_on_or_taken_off(self, number: int, name: str, other: str, on: bool) -> None:
        key, matter = self.pick(number)
        if not matter.is_case:
            return

        def do(found: Concern, by: Reader) -> None:
            act = cases.add_member if on else cases.remove_member
            act(case=Case.objects.select_related("concern").get(concern=found), user=self.users[other], by=by)

        if self.act(name, key, do):
            matter.members = matter.members | {other} if on else matter.members - {other}

    @precondition(lambda self: self.matters)
    @rule(number=picks, name=names, other=names, service=st.sampled_from(["", *SERVICES]))
    def somebody_is_shut_out(self, number: int, name: str, other: str, service: str) -> None:
        key, matter = self.pick(number)
        user = None if service else self.users[other]
        do = lambda found, by: shutting.deny(concern=found, user=user, service=service, kind="other", by=by)  # noqa: E731
        serving = {one.name for one in self.people.values() if one.active and service and one.service == service}
        mine = by_right(matter, self.people[name], self.people)
        if self.act(name, key, do):
            assert mine, "who was let in by break-glass decides on nobody"
            assert self.people[name].coordinates or (other == name and not service)
            matter.denied |= serving if service else {other}
            matter.denied_services |= {service} - {""}
            assert any(by_right(matter, one, self.people) for one in self.people.values()), "nobody is left"

    @precondition(lambda self: self.matters)
    @rule(number=picks, name=names)
    def a_deny_row_is_lifted(self, number: int, name: str) -> None:
        key, matter = self.pick(number)
        rows: list[Denial] = []

        def do(found: Concern, by: Reader) -> None:
            row = Denial.objects.filter(concern=found, lifted_at=None).order_by("id").first()
            if row is not None:
                shutting.lift(denial=row, by=by)
                rows.append(row)

        if self.act(name, key, do) and rows:
            self.forget(matter, rows[0], key)

    def forget(self, matter: Matter, row: Denial, key: uuid.UUID) -> None:
        left = Denial.objects.filter(concern_id=key, lifted_at=None)  # the same may be named twice, also by service
        if row.user_id is None and not left.filter(service=row.service).exists():
            matter.denied_services.discard(row.service)
        if row.user_id is not None and not left.filter(user_id=row.user_id).exists():
            matter.denied.discard(next(name for name, user in self.users.items() if user.id == row.user_id))

    @precondition(lambda self: self.matters)
    @rule(number=picks, name=names, other=names)
    def it_is_covered(self, number: int, name: str, other: str) -> None:
        key, matter = self.pick(number)
        if matter.cover is not None:
            do = lambda found, by: shutting.name_substitute(concern=found, substitute=self.users[other], by=by)  # noqa: E731
            if self.act(name, key, do):
                matter.cover.holder, matter.cover.substitute = name, other
        elif self.act(name, key, lambda found, by: shutting.cover(concern=found, substitute=self.users[other], by=by)):
            matter.cover = Cover(False, name, other)

    @precondition(lambda self: self.matters)
    @rule(number=picks, name=names)
    def it_is_uncovered(self, number: int, name: str) -> None:
        key, matter = self.pick(number)
        if self.act(name, key, lambda found, by: shutting.uncover(concern=found, by=by)):
            matter.cover = None

    @precondition(lambda self: self.matters)
    @rule(number=picks, name=names, other=names, yes=st.booleans())
    def somebody_asks_for_the_glass_to_be_broken(self, number: int, name: str, other: str, yes: bool) -> None:
        key, matter = self.pick(number)
        asker, approver = self.by(name), self.by(other)
        try:
            with presented(asker):
                asked = glass.ask(typed=str(key), approver=self.users[other], reason="x", hours=1, by=asker)
            with presented(approver):
                glass.answer(request=asked, yes=yes, by=approver)
        except REFUSED:
            return
        if yes:
            matter.glass.append(Glass(name, other))
            self.asked[asked.id] = (key, name, other)

    @precondition(lambda self: self.asked)
    @rule(name=names)
    def a_broken_glass_is_mended(self, name: str) -> None:
        request_id, (key, asker, approver) = next(iter(self.asked.items()))
        with presented(self.by(asker)):
            glass.end(request=glass.GlassRequest.objects.get(id=request_id), by=self.by(asker))
        del self.asked[request_id]
        mine = [
            one for one in self.matters[key].glass if (one.asker, one.approver, one.open) == (asker, approver, True)
        ]
        for one in mine[:1]:  # none when its time was out already
            one.open = False

    @rule(name=names, role=st.sampled_from([COORDINATOR, TEAM]), gets=st.booleans())
    def roles_change(self, name: str, role: str, gets: bool) -> None:
        person = self.people[name]
        RoleGrant.objects.filter(user=self.users[name], role=role).delete()
        person.roles.discard(role)
        if gets:
            RoleGrant(user=self.users[name], role=role, granted_at=LONG_AGO, granted_by="x").save(force_insert=True)
            person.roles.add(role)

    @rule(name=names, active=st.booleans(), deputy=st.booleans(), service=st.sampled_from(SERVICES))
    def somebody_moves(self, name: str, active: bool, deputy: bool, service: str) -> None:
        User.objects.filter(id=self.users[name].id).update(is_active=active, service=service)
        RoleGrant.objects.filter(user=self.users[name]).update(granted_at=LONG_AGO)
        TeamMember.objects.filter(user=self.users[name]).delete()
        TeamMember(user=self.users[name], deputy=deputy, since=day_of(now())).save(force_insert=True)
        person = self.people[name]
        person.active, person.deputy, person.service = active, deputy, service
        self.users[name].refresh_from_db()

    # --- what must always hold ------------------------------------------------------------------------------
    @invariant()
    def everybody_sees_what_the_model_says(self) -> None:
        for name, person in self.people.items():
            wanted = {key for key, matter in self.matters.items() if sees(matter, person, self.people)}
            with presented(self.by(name)):
                assert set(Concern.objects.values_list("id", flat=True)) == wanted, name
                assert set(NextStep.objects.values_list("concern_id", flat=True)) <= wanted
                assert set(CaseMember.objects.values_list("case__concern_id", flat=True)) <= wanted
        with presented(Reader(office=self.office)):
            assert not Concern.objects.exists()
        played["steps"] += 1

    @invariant()
    def nobody_who_is_shut_out_owns_what_is_next(self) -> None:
        for key, owner in NextStep.objects.filter(done_at=None).values_list("concern_id", "owner__name"):
            assert owner not in self.matters[key].denied


def test_database_and_model_agree_on_who_sees_what(django_db_setup, django_db_blocker) -> None:
    played.clear()
    games = max(1, STEPS // PER_GAME * 5 // 4)  # some games end before their last step
    with django_db_blocker.unblock():
        run_state_machine_as_test(
            House,
            settings=settings(
                max_examples=games,
                stateful_step_count=PER_GAME,
                deadline=None,
                derandomize="VARDE_STEPS"
                not in os.environ,  # the short game is the same everywhere; the long one looks
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
        connection.close()
    print(dict(played))
    assert played["steps"] >= STEPS
    assert played["done"] > 0
