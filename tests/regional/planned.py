"""A plan for tests: who writes it, what stands in it, and how it is adopted."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

from regional.plan import actions, adoption_actions
from regional.plan.models import Goal, Measure, Plan
from regional.plan.told import GoalTold, MeasureTold, Owner, PlanTold
from tests.cast import TEST, as_person, ref
from tests.standing import lent_meanwhile
from varde.access import Reader, Role
from varde.access.ticket import presented
from varde.identity.actions import invite
from varde.identity.models import User

REGION = "gjovikregionen"
TEAM = Owner(kind="body", name="Lederteamet")
PERIOD = PlanTold(title="Felles plan", first_year=2026, last_year=2027)


@contextmanager
def working(role: Role = Role.SECRETARY, *, name: str = "Sara Sekretær", home: UUID | None = None) -> Iterator[Reader]:
    """Somebody of the region's office at work, seen by the database as that person."""
    user_id = uuid5(as_person("liv").user_id or UUID(int=0), f"{name} {role}")
    setup = Reader.for_purpose("setup", ref(REGION))
    with presented(Reader.for_purpose(TEST, ref(REGION))):
        if not User.objects.filter(id=user_id).exists():
            email = f"{name.split()[0].casefold()}-{role}@example.org"
            invite(email=email, name=name, roles=[role], by=setup, user_id=user_id)
            if home is not None:
                User.objects.filter(id=user_id).update(for_office=home)
    by = Reader(office=ref(REGION), user_id=user_id, name=name, roles=frozenset({role}))
    by = replace(by, for_office=home)
    with lent_meanwhile(home, role) if home else nullcontext(), presented(by):
        yield by


def measure(plan: Plan, goal: Goal | None, by: Reader, what: str = "Lag en plakat", **more) -> Measure:
    given = {"owner": TEAM, "due_on": date(2026, 12, 1)} | more
    return actions.add_measure(plan=plan, goal=goal, told=MeasureTold(what=what, **given), by=by)


def drafted(by: Reader) -> tuple[Plan, Goal]:
    """A draft with a goal and nothing under it."""
    plan = actions.start_plan(told=PERIOD, carry=None, by=by)
    return plan, actions.add_goal(plan=plan, told=GoalTold(title="Alle vet hvor de kan si fra"), by=by)


def adopted(plan: Plan, by: Reader) -> None:
    adoption_actions.adopt(plan=plan, decision="Lederteamet, sak 4", decided_on=date(2026, 1, 12), by=by)


def of(slug: str) -> Owner:
    """A kommune that carries something out."""
    return Owner(kind="kommune", name=ref(slug).name, kommune=ref(slug).id)
