"""Asking for plans, their goals and measures, and how far each has come."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
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


def _adopted() -> list[Plan]:
    rows = Plan.objects.filter(adoption__isnull=False).select_related("adoption").order_by("adoption__at")
    return list(rows.defer("adoption__content", "adoption__pdf"))


def begins(plan: Plan) -> date:
    """When an adopted plan comes into force: as it is adopted, and no earlier than the first day of its period."""
    return max(day_of(plan.adoption.at), date(plan.first_year, 1, 1))


def in_force() -> Plan | None:
    """The plan that came into force last."""
    today = day_of(now())
    return max((row for row in reversed(_adopted()) if begins(row) <= today), key=begins, default=None)


def coming() -> list[Plan]:
    """Adopted plans whose period has not begun, the next one first; of the same year the one adopted last."""
    today = day_of(now())
    found = {row.first_year: row for row in _adopted() if begins(row) > today}
    return [found[year] for year in sorted(found)]


def to_add_to() -> Plan | None:
    """Where a measure that is decided now belongs: in the plan in force, else in the next one, else in the draft."""
    return in_force() or next(iter(coming()), None) or draft()


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
    rows = list(measures)
    copies = {row.carried_from_id: row for row in rows if row.carried_from_id is not None}
    adopted = dict(Adoption.objects.filter(plan__measures__in=rows).values_list("plan_id", "at"))
    found: dict[UUID, list[Said]] = defaultdict(list)
    for row in Progress.objects.filter(measure__in=[*(row.id for row in rows), *copies]).order_by("at", "id"):
        said = Said(row.at, row.status, row.due_on, row.owner_name, row.owner_kommune, row.reason)
        found[row.measure_id].append(said)
        # Said of the measure in the plan in force, while the plan it was carried to waits for its first day.
        copy = copies.get(row.measure_id)
        if copy is not None and copy.plan_id in adopted and row.at > adopted[copy.plan_id]:
            found[copy.id].append(said)
    return found


def said_at(measure: Measure) -> Measure:
    """Where progress of a measure is written now: at the copy in the plan that took it over, and while a plan waits
    for its first day, at what it was carried from. The measure itself, where it stands in no other plan."""
    year, at = day_of(now()).year, measure
    begun = Measure.objects.filter(plan__adoption__isnull=False, plan__first_year__lte=year)
    while (copy := begun.select_related("plan").filter(carried_from=at).first()) is not None:
        at = copy
    waits = at.plan.first_year > year and adoption_of(at.plan) is not None
    return said_at(at.carried_from) if waits and at.carried_from is not None else at


def made_since(plan: Plan) -> list[Line]:
    """Open measures that came into the earlier plan after this draft was made of it."""
    if plan.carried_from is None:
        return []
    copied = set(Measure.objects.filter(plan=plan).values_list("carried_from_id", flat=True))
    found = lines(plan.carried_from, day_of(now()))
    return [one for one in found if one.now.is_open and one.measure.made_at > plan.made_at and one.id not in copied]


def _stands(measure: Measure, said: Iterable[Said]) -> Standing:
    begins = Said(measure.made_at, measure.begins_as, measure.due_on, measure.owner_name, measure.owner_kommune)
    return standing(begins, said)


def standing_of(measure: Measure, until: datetime | None = None) -> Standing:
    """What holds for one measure now, or held at `until`."""
    said = said_of([measure])[measure.id]
    return _stands(measure, [one for one in said if until is None or one.at <= until])


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
