"""Writing a plan: the plan itself, its goals and its measures. What is adopted is not changed, only added to."""

from django.db import transaction

from regional.plan import queries
from regional.plan.models import Goal, Measure, Plan
from regional.plan.states import OPEN, PLANNED, Standing
from regional.plan.told import GoalTold, MeasureTold, PlanTold
from varde import turn
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused, check_seen

TURN = "plan"
ADOPTED = "Planen er vedtatt. Det som er vedtatt, endres ikke: før framdrift på tiltaket, eller lag en ny versjon."
ONE_DRAFT = "Det finnes alt et utkast til plan. Gjør det ferdig, eller slett det, før du begynner på et nytt."
HAS_MEASURES = "Målet har tiltak. Flytt eller slett dem først."
FROM_MEETINGS = "Tiltak vedtatt på møter"
GONE = "Noen andre har slettet dette. Det du har skrevet, står her fortsatt."


@transaction.atomic
def start_plan(*, told: PlanTold, carry: Plan | None, by: Reader) -> Plan:
    """A new draft; `carry`: an earlier plan whose goals and measures that are not done or stopped are copied into it.

    Raises Refused while there is a draft.
    """
    require(by, Permission.PLAN_EDIT)
    turn.wait_for(TURN)
    if queries.draft() is not None:
        raise Refused(ONE_DRAFT)
    same = Plan.objects.filter(first_year=told.first_year, last_year=told.last_year).order_by("-version").first()
    row = Plan(
        title=told.title,
        first_year=told.first_year,
        last_year=told.last_year,
        about=told.about,
        version=same.version + 1 if same else 1,
        carried_from=carry,
        made_at=now(),
        made_by_name=by.name[:200],
    )
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="plan.plan", ids=[row.id])
    if carry is not None:
        _carry(carry, row, by)
    return row


def _carry(earlier: Plan, into: Plan, by: Reader) -> None:
    """Copy what is not done. A goal comes along also when all of it is done: people decide whether it still holds."""
    made = {"made_at": now(), "made_by_name": by.name[:200]}
    goals: dict[object, Goal] = {}
    for goal in Goal.objects.filter(plan=earlier).order_by("number", "made_at"):
        new = Goal(plan=into, number=len(goals) + 1, title=goal.title, about=goal.about, **made)
        new.save(force_insert=True)
        goals[goal.id] = new
    counted: dict[object, int] = {}
    for line in queries.lines(earlier, into.made_at.date()):
        if line.now.status in OPEN:
            old, goal = line.measure, goals[line.measure.goal_id]
            counted[goal.id] = counted.get(goal.id, 0) + 1
            _copy(old, line.now, goal, counted[goal.id], by)
    record(by=by, action=Action.CREATE, what="plan.goal", ids=[goal.id for goal in goals.values()])


@transaction.atomic
def copy_over(*, old: Measure, stands: Standing, into: Plan, by: Reader) -> None:
    """A measure that came into a plan after the next one was made of it goes into that one too, with what it came from.

    Under the goal of the same name, else under the one for what meetings have decided.
    """
    found = Goal.objects.filter(plan=into, title=old.goal.title).order_by("number").first()
    goal = found or _from_meetings(into, by)
    new = _copy(old, stands, goal, queries.next_measure_number(goal), by)
    record(by=by, action=Action.CREATE, what="plan.measure", ids=[new.id])


def _copy(old: Measure, stands: Standing, goal: Goal, number: int, by: Reader) -> Measure:
    copied = ("what", "effect", "kommuner", "owner_kind", "owner_user", "cost", "origin_kind", "origin", "origin_id")
    new = Measure(
        plan=goal.plan, goal=goal, number=number, carried_from=old, begins_as=stands.status,
        owner_name=stands.owner_name, owner_kommune=stands.owner_kommune, due_on=stands.due_on,
        made_at=now(), made_by_name=by.name[:200], **{name: getattr(old, name) for name in copied},
    )  # fmt: skip
    new.save(force_insert=True)
    return new


def _open(plan: Plan) -> Plan:
    """The draft, held. Refused when it is adopted or gone."""
    turn.wait_for(TURN)
    found = Plan.objects.filter(pk=plan.pk).first()
    if found is None:
        raise Refused(GONE)
    if queries.adoption_of(found) is not None:
        raise Refused(ADOPTED)
    return found


@transaction.atomic
def change_plan(*, plan: Plan, told: PlanTold, by: Reader, seen: str | None = None) -> None:
    """Another name, period or introduction of a draft. Raises Refused, Overtaken."""
    require(by, Permission.PLAN_EDIT)
    row = _open(plan)
    check_seen(seen, queries.plan_seen(row))
    row.title, row.first_year, row.last_year, row.about = told.title, told.first_year, told.last_year, told.about
    row.save(force_update=True)
    record(by=by, action=Action.CHANGE, what="plan.plan", ids=[row.id])


@transaction.atomic
def remove_draft(*, plan: Plan, by: Reader) -> None:
    """The draft goes with its goals and measures. Raises Refused for a plan that is adopted."""
    require(by, Permission.PLAN_EDIT)
    row = _open(plan)
    record(by=by, action=Action.CHANGE, what="plan.plan", ids=[row.id], reason="slettet")
    row.delete()


@transaction.atomic
def add_goal(*, plan: Plan, told: GoalTold, by: Reader) -> Goal:
    """A goal at the end of a draft. Raises Refused for a plan that is adopted."""
    require(by, Permission.PLAN_EDIT)
    return _new_goal(_open(plan), told, by)


def _new_goal(plan: Plan, told: GoalTold, by: Reader) -> Goal:
    row = Goal(
        plan=plan, number=queries.next_goal_number(plan), title=told.title, about=told.about,
        made_at=now(), made_by_name=by.name[:200],
    )  # fmt: skip
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="plan.goal", ids=[row.id])
    return row


@transaction.atomic
def change_goal(*, goal: Goal, told: GoalTold, by: Reader, seen: str | None = None) -> None:
    """Another wording of a goal of a draft. Raises Refused, Overtaken."""
    require(by, Permission.PLAN_EDIT)
    _open(goal.plan)
    row = Goal.objects.filter(pk=goal.pk).first()
    if row is None:
        raise Refused(GONE)
    check_seen(seen, queries.goal_seen(row))
    row.title, row.about = told.title, told.about
    row.save(force_update=True)
    record(by=by, action=Action.CHANGE, what="plan.goal", ids=[row.id])


@transaction.atomic
def remove_goal(*, goal: Goal, by: Reader) -> None:
    """A goal of a draft without measures. Raises Refused."""
    require(by, Permission.PLAN_EDIT)
    _open(goal.plan)
    if Measure.objects.filter(goal=goal).exists():
        raise Refused(HAS_MEASURES)
    record(by=by, action=Action.CHANGE, what="plan.goal", ids=[goal.id], reason="slettet")
    Goal.objects.filter(pk=goal.pk).delete()


@transaction.atomic
def add_measure(*, plan: Plan, goal: Goal | None, told: MeasureTold, by: Reader) -> Measure:
    """A measure under a goal, of a draft or of an adopted plan: there it says from which decision it comes, and is
    shown as added. Without a goal it is laid under one for what meetings have decided.

    Raises Refused for a goal of another plan, and for an addition to an adopted plan without where it comes from.
    """
    require(by, Permission.PLAN_EDIT)
    turn.wait_for(TURN)
    if queries.adoption_of(plan) is not None and not told.origin:
        raise Refused("Planen er vedtatt. Skriv hvilket vedtak det nye tiltaket kommer fra.")
    goal = goal or _from_meetings(plan, by)
    if goal.plan_id != plan.id:
        raise Refused("Målet hører til en annen plan. Velg et mål i denne.")
    row = Measure(plan=plan, goal=goal, number=queries.next_measure_number(goal), begins_as=PLANNED)
    row.made_at, row.made_by_name = now(), by.name[:200]
    _say(row, told)
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="plan.measure", ids=[row.id])
    for later in queries.coming():
        if later.carried_from_id == plan.id:
            copy_over(old=row, stands=queries.standing_of(row), into=later, by=by)
    return row


def _from_meetings(plan: Plan, by: Reader) -> Goal:
    found = Goal.objects.filter(plan=plan, title=FROM_MEETINGS).first()
    return found or _new_goal(plan, GoalTold(title=FROM_MEETINGS), by)


def _say(row: Measure, told: MeasureTold) -> None:
    for name in ("what", "effect", "due_on", "cost", "origin_kind", "origin", "origin_id"):
        setattr(row, name, getattr(told, name))
    row.kommuner = [str(one) for one in told.kommuner]
    owner = told.owner
    row.owner_kind, row.owner_name = owner.kind, owner.name[:200]
    row.owner_kommune, row.owner_user = owner.kommune, owner.user


@transaction.atomic
def change_measure(*, measure: Measure, goal: Goal, told: MeasureTold, by: Reader, seen: str | None = None) -> None:
    """A measure of a draft, as it is typed now. Raises Refused, Overtaken."""
    require(by, Permission.PLAN_EDIT)
    plan = _open(measure.plan)
    row = Measure.objects.filter(pk=measure.pk).first()
    if row is None:
        raise Refused(GONE)
    check_seen(seen, queries.measure_seen(row))
    if goal.plan_id != plan.id:
        raise Refused("Målet hører til en annen plan. Velg et mål i denne.")
    if goal.id != row.goal_id:
        row.goal, row.number = goal, queries.next_measure_number(goal)
    kept = row.origin_id
    _say(row, told)
    row.origin_id = told.origin_id or (kept if told.origin else None)
    row.save(force_update=True)
    record(by=by, action=Action.CHANGE, what="plan.measure", ids=[row.id])


@transaction.atomic
def remove_measure(*, measure: Measure, by: Reader) -> None:
    """A measure of a draft. Raises Refused for a plan that is adopted."""
    require(by, Permission.PLAN_EDIT)
    _open(measure.plan)
    record(by=by, action=Action.CHANGE, what="plan.measure", ids=[measure.id], reason="slettet")
    Measure.objects.filter(pk=measure.pk).delete()
