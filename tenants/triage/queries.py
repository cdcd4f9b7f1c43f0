"""Asking about decisions, next steps and the office's deadlines."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from tenants.inbox.models import Concern
from tenants.team import rota_queries
from tenants.triage import urgency
from tenants.triage.escalation import COORDINATORS, Told
from tenants.triage.escalation_models import Escalation
from tenants.triage.hold_models import Hold
from tenants.triage.models import Assessment, DeadlineRule, NextStep, Nudge
from tenants.triage.states import REOPENED
from tenants.triage.urgency import Rule
from varde.access import Permission, Reader, Role, roles_with
from varde.identity.models import User
from varde.identity.queries import people
from varde.ui.dates import day_of

NOBODY = UUID(int=0)
UNDECIDED = ("received", "opened")


def owner_roles() -> list[Role]:
    """Roles that may own a step: those that triage or work in cases."""
    return roles_with(Permission.TRIAGE, Permission.CASES)


def owners() -> list[User]:
    """Active people who may own a step, by name."""
    return people(*owner_roles())


def coordinators() -> list[User]:
    """Active coordinators, by name."""
    return people(Role.COORDINATOR)


def newest_rule() -> str:
    """The id of the rule that was set last, "" for none."""
    return str(DeadlineRule.objects.order_by("-valid_from", "-id").values_list("id", flat=True).first() or "")


def rules() -> list[Rule]:
    """Every deadline that the office has set, the newest first."""
    rows = list(DeadlineRule.objects.order_by("-valid_from"))
    counts_open = any(row.counting == urgency.OPEN for row in rows)
    open_hours = rota_queries.calendar() if counts_open else None
    return [
        Rule(row.category, row.hours, row.valid_from, open_hours if row.counting == urgency.OPEN else None)
        for row in rows
    ]


def history() -> QuerySet[DeadlineRule]:
    """The changes of deadlines with who made them, the newest first."""
    return DeadlineRule.objects.order_by("-valid_from", "category")


def assessments(concern: Concern) -> list[Assessment]:
    """The decisions on a concern, the newest first."""
    return list(Assessment.objects.filter(concern=concern).order_by("-decided_at"))


def newest_assessment(concern: Concern) -> Assessment | None:
    """The decision that counts."""
    return Assessment.objects.filter(concern=concern).order_by("-decided_at").first()


def runs_of(concern: Concern) -> urgency.Runs:
    """From when its deadlines run: its reception, its last reopening, or when it was found to hurry more."""
    rows = Assessment.objects.filter(concern=concern).order_by("decided_at")
    decided = rows.values_list("category", "decided_at", "outcome")
    return urgency.runs(concern.received_at, ((code, at, outcome == REOPENED) for code, at, outcome in decided))


def open_step(concern: Concern) -> NextStep | None:
    """What happens next in the matter; `owner_here` says whether its owner still works in the team."""
    steps = NextStep.objects.select_related("owner").annotate(owner_here=_owner_here())
    return steps.filter(concern=concern, done_at__isnull=True).first()


def as_seen(step: NextStep) -> str:
    """Whose a step is and by when, as a page that showed it sends back."""
    return f"{step.pk} {step.owner_id} {step.due_at.isoformat()}"


def _owner_here() -> Exists:
    return Exists(User.objects.here().filter(pk=OuterRef("owner_id"), grants__role__in=owner_roles()))


def done_steps(concern: Concern) -> QuerySet[NextStep]:
    """What has been done in the matter, the newest first."""
    return NextStep.objects.select_related("owner").filter(concern=concern, done_at__isnull=False).order_by("-done_at")


def open_steps(reader: Reader, *, everybody: bool = False) -> QuerySet[NextStep]:
    """Steps that are not done, the first due first: the reader's own, or for a coordinator everybody's.

    The reader's own are also those that have come to them because somebody else let them lie (`come_to_me`).
    """
    mine = Exists(Escalation.objects.filter(step=OuterRef("pk"), told=reader.user_id or NOBODY))
    steps = NextStep.objects.filter(done_at__isnull=True).select_related("owner", "concern").order_by("due_at", "id")
    steps = steps.annotate(owner_here=_owner_here(), come_to_me=mine)
    if everybody and reader.has(Role.COORDINATOR):
        return steps
    return steps.filter(Q(owner_id=reader.user_id) | mine)


def undecided() -> QuerySet[Concern]:
    """Concerns that nobody has decided on, the oldest first."""
    decided = Assessment.objects.filter(concern=OuterRef("pk"))
    return Concern.objects.filter(~Exists(decided), progress__in=UNDECIDED).order_by("received_at", "id")


def steps_to_remind(now: datetime) -> QuerySet[NextStep]:
    """Open steps that are overdue or soon due and whose owner has not been told; locked for the task."""
    soon = Q(akutt=False, due_at__lt=now + urgency.SOON) | Q(akutt=True, due_at__lt=now + urgency.SOON_AKUTT)
    return _running(now).filter(soon, reminded_at__isnull=True)


def steps_overdue(now: datetime) -> QuerySet[NextStep]:
    """Open steps that are overdue, whose owner has been told, but not yet everybody after them; locked for the task."""
    last = Escalation.objects.filter(step=OuterRef("pk"), level=COORDINATORS, at__gte=OuterRef("reminded_at"))
    return _running(now).filter(~Exists(last), due_at__lt=now, reminded_at__isnull=False)


def _running(now: datetime) -> QuerySet[NextStep]:
    """Open steps of matters that do not stand still; one that stands wakes on the day somebody is to look again."""
    still = Hold.objects.filter(concern=OuterRef("concern"), ended_at__isnull=True, look_at__gt=day_of(now))
    steps = NextStep.objects.filter(~Exists(still), done_at__isnull=True).select_related("owner", "concern")
    return steps.select_for_update(of=("self",)).order_by("due_at")


def told_of_steps(steps: Collection[NextStep]) -> dict[NextStep, list[Told[User]]]:
    """Who has been told of each step since its owner was; two queries however many."""
    rows = list(Escalation.objects.filter(step__in=steps).order_by("at"))
    people = User.objects.in_bulk({row.told for row in rows})
    found: dict[NextStep, list[Told[User]]] = {step: [] for step in steps}
    by_key = {step.pk: step for step in steps}
    for row in rows:
        step = by_key[row.step_id] if row.step_id else None
        if step and row.told in people and step.reminded_at and row.at >= step.reminded_at:
            found[step].append(Told(row.level, people[row.told], row.at))
    return found


def told_of_concerns(concerns: Collection[Concern]) -> dict[Concern, list[Told[User]]]:
    """Who has been told that nobody has opened each concern; two queries however many."""
    rows = list(Escalation.objects.filter(concern__in=concerns, step=None).order_by("at"))
    people = User.objects.in_bulk({row.told for row in rows})
    found: dict[Concern, list[Told[User]]] = {concern: [] for concern in concerns}
    by_key = {concern.pk: concern for concern in concerns}
    for row in rows:
        if row.told in people:
            found[by_key[row.concern_id]].append(Told(row.level, people[row.told], row.at))
    return found


def escalations(concern: Concern) -> list[Escalation]:
    """Who has been told that something in the matter is overdue, the newest first."""
    return list(Escalation.objects.filter(concern=concern).order_by("-at", "level", "told_name"))


def unopened(now: datetime) -> list[Concern]:
    """Concerns that no person has opened in time, and of which not everybody has been told again; the oldest first."""
    known = rules()
    told = Nudge.objects.filter(concern=OuterRef("pk"))
    # Opening hours never end a deadline before the clock does.
    hours = timedelta(hours=urgency.hours_for(urgency.AKUTT, known, now))
    old = Concern.objects.filter(~Exists(told), progress="received", received_at__lt=now - hours)
    return [row for row in old.order_by("received_at", "id") if urgency.first_look(row.received_at, known, now) < now]
