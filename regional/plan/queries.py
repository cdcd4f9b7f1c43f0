"""Asking for plans, their goals and measures, and how far each has come."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max

from regional.plan.models import Adoption, Evidence, Goal, Measure, Plan, Progress
from regional.plan.states import COMMON, Said, Standing, Tally, is_for, standing, tally
from shared.registry.models import Office
from shared.registry.queries import kommuner_of, norwegian
from varde.access import Reader
from varde.clock import now
from varde.refusal import print_of, print_of_values
from varde.tenancy.door import OfficeRef
from varde.ui.dates import day_of

HERE = "/lederteam/handlingsplan"


@dataclass(frozen=True, slots=True)
class Line:
    """A measure as it stands on a day: its number in the plan («2.1»), for whom in words, and what holds now."""

    measure: Measure
    number: str
    goal: str
    kommuner: str
    now: Standing
    overdue: bool
    added: bool

    @property
    def id(self) -> UUID:
        """The measure's."""
        return self.measure.id

    @property
    def what(self) -> str:
        """What is to be done."""
        return self.measure.what

    @property
    def url(self) -> str:
        """Its page."""
        return f"{HERE}/tiltak/{self.measure.id}"


@dataclass(frozen=True, slots=True)
class Section:
    """A goal with its measures."""

    goal: Goal
    lines: tuple[Line, ...]
    tally: Tally


def plans() -> list[Plan]:
    """All of them with how they were adopted, the newest first."""
    return list(Plan.objects.select_related("adoption").order_by("-first_year", "-version", "-made_at"))


def adoption_of(plan: Plan) -> Adoption | None:
    """The decision that froze it; None for a draft."""
    return Adoption.objects.filter(plan=plan).first()


def in_force() -> Plan | None:
    """The plan that was adopted last."""
    return Plan.objects.filter(adoption__isnull=False).select_related("adoption").order_by("-adoption__at").first()


def draft() -> Plan | None:
    """The one that is being written; there is at most one."""
    return Plan.objects.filter(adoption__isnull=True).order_by("-made_at").first()


def kommune_names() -> dict[UUID, str]:
    """Of every kommune that is or was on the platform."""
    return dict(Office.objects.filter(kind="kommune").values_list("id", "name"))


def kommuner(by: Reader) -> list[OfficeRef]:
    """Those that work together now, by name."""
    return kommuner_of(by.office.id)


def for_whom(ids: Collection[str], names: dict[UUID, str]) -> str:
    """«Felles», or the names in Norwegian order."""
    found = sorted((names.get(UUID(one), "?") for one in ids), key=norwegian)
    return ", ".join(found) or COMMON


def said_of(measures: Iterable[Measure]) -> dict[UUID, list[Said]]:
    """The lines about each measure."""
    found: dict[UUID, list[Said]] = defaultdict(list)
    for row in Progress.objects.filter(measure__in=list(measures)).order_by("at", "id"):
        found[row.measure_id].append(
            Said(row.at, row.status, row.due_on, row.owner_name, row.owner_kommune, row.reason)
        )
    return found


def _stands(measure: Measure, said: Iterable[Said]) -> Standing:
    begins = Said(measure.made_at, measure.begins_as, measure.due_on, measure.owner_name, measure.owner_kommune)
    return standing(begins, said)


def standing_of(measure: Measure) -> Standing:
    """What holds for one measure now."""
    return _stands(measure, said_of([measure])[measure.id])


def lines(plan: Plan, today: date) -> list[Line]:
    """Every measure of a plan in its order; a constant number of queries."""
    rows = list(Measure.objects.filter(plan=plan).select_related("goal").order_by("goal__number", "number", "made_at"))
    said, names, adopted = said_of(rows), kommune_names(), adoption_of(plan)
    found = []
    for row in rows:
        stands = _stands(row, said[row.id])
        added = adopted is not None and row.made_at > adopted.at
        number = f"{row.goal.number}.{row.number}"
        whom = for_whom(row.kommuner, names)
        found.append(Line(row, number, row.goal.title, whom, stands, stands.overdue(today), added))
    return found


def line_of(measure: Measure, today: date) -> Line:
    """One measure as it stands."""
    return next(one for one in lines(measure.plan, today) if one.id == measure.id)


def sections(plan: Plan, found: Collection[Line], today: date) -> list[Section]:
    """The goals of a plan with those of these lines that are theirs."""
    made = []
    for goal in Goal.objects.filter(plan=plan).order_by("number", "made_at"):
        own = tuple(one for one in found if one.measure.goal_id == goal.id)
        counted = tally(f"{goal.number}. {goal.title}", [one.now for one in own], today)
        made.append(Section(goal, own, counted))
    return made


def of_kommune(found: Iterable[Line], kommune: UUID) -> list[Line]:
    """What the kommune does at home: for it among others, or its own to carry out."""
    return [one for one in found if is_for(one.measure.kommuner, one.now.owner_kommune, kommune)]


def common(found: Iterable[Line]) -> list[Line]:
    """What is for all of them."""
    return [one for one in found if not one.measure.kommuner]


def open_measures(by: Reader) -> list[Line]:
    """What is not done or stopped in the plan in force, the nearest date first; for meetings and the overview."""
    plan = in_force()
    if plan is None:
        return []
    found = [one for one in lines(plan, day_of(now())) if one.now.is_open]
    return sorted(found, key=lambda one: (one.now.due_on, one.number))


def progress_of(measure: Measure) -> list[Progress]:
    """The lines about a measure, the newest first."""
    return list(Progress.objects.filter(measure=measure).order_by("-at", "-id"))


def evidence_of(measure: Measure) -> list[Evidence]:
    """What shows its effect, the newest first; files stay sealed."""
    return list(Evidence.objects.filter(measure=measure).defer("file").order_by("-at", "-id"))


def last_said(plan: Plan) -> Progress | None:
    """The newest line of a plan: when the picture of it was last changed."""
    return Progress.objects.filter(measure__plan=plan).order_by("-at").first()


def next_goal_number(plan: Plan) -> int:
    """After the last one."""
    return (Goal.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0) + 1


def next_measure_number(goal: Goal) -> int:
    """After the last one of the goal."""
    return (Measure.objects.filter(goal=goal).aggregate(last=Max("number"))["last"] or 0) + 1


_PLAN = ("title", "first_year", "last_year", "about")
_GOAL = ("number", "title", "about")
_MEASURE = (
    "goal_id", "number", "what", "effect", "kommuner", "owner_kind", "owner_kommune", "owner_user", "owner_name",
    "due_on", "cost", "origin_kind", "origin",
)  # fmt: skip


def plan_seen(plan: Plan) -> str:
    """The plan's own words, for the page to send back."""
    return print_of(plan, _PLAN)


def goal_seen(goal: Goal) -> str:
    """A goal's own words, for the page to send back."""
    return print_of(goal, _GOAL)


def measure_seen(measure: Measure) -> str:
    """A measure's own words, for the page to send back."""
    return print_of(measure, _MEASURE)


def measure_said(measure: Measure) -> str:
    """The newest line about it, for the page to send back."""
    newest = Progress.objects.filter(measure=measure).order_by("-at", "-id").first()
    return str(newest.pk) if newest else ""


def whole_seen(plan: Plan) -> str:
    """Everything that is adopted with it: for the page where that is decided."""
    goals = Goal.objects.filter(plan=plan).order_by("id")
    measures = Measure.objects.filter(plan=plan).order_by("id")
    return print_of_values([plan_seen(plan), *map(goal_seen, goals), *map(measure_seen, measures)])
