"""Asking about decisions, next steps and the office's deadlines."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from tenants.inbox.models import Concern
from tenants.triage import urgency
from tenants.triage.models import Assessment, DeadlineRule, NextStep, Nudge
from tenants.triage.urgency import Rule
from varde.access import ROLES, Permission, Reader, Role
from varde.identity.models import User
from varde.identity.queries import people

UNDECIDED = ("received", "opened")


def owner_roles() -> list[Role]:
    """Roles that may own a step: those that triage or work in cases."""
    return [role for role, spec in ROLES.items() if spec.permissions & {Permission.TRIAGE, Permission.CASES}]


def owners() -> list[User]:
    """Active people who may own a step, by name."""
    return people(*owner_roles())


def coordinators() -> list[User]:
    """Active coordinators, by name."""
    return people(Role.COORDINATOR)


def rules() -> list[Rule]:
    """Every deadline that the office has set, the newest first."""
    rows = DeadlineRule.objects.order_by("-valid_from")
    return [Rule(row.category, row.hours, row.valid_from) for row in rows]


def history() -> QuerySet[DeadlineRule]:
    """The changes of deadlines with who made them, the newest first."""
    return DeadlineRule.objects.order_by("-valid_from", "category")


def assessments(concern: Concern) -> list[Assessment]:
    """The decisions on a concern, the newest first."""
    return list(Assessment.objects.filter(concern=concern).order_by("-decided_at"))


def newest_assessment(concern: Concern) -> Assessment | None:
    """The decision that counts."""
    return Assessment.objects.filter(concern=concern).order_by("-decided_at").first()


def open_step(concern: Concern) -> NextStep | None:
    """What happens next in the matter."""
    return NextStep.objects.select_related("owner").filter(concern=concern, done_at__isnull=True).first()


def done_steps(concern: Concern) -> QuerySet[NextStep]:
    """What has been done in the matter, the newest first."""
    return NextStep.objects.select_related("owner").filter(concern=concern, done_at__isnull=False).order_by("-done_at")


def open_steps(reader: Reader, *, everybody: bool = False) -> QuerySet[NextStep]:
    """Steps that are not done, the first due first: the reader's own, or for a coordinator everybody's."""
    steps = NextStep.objects.filter(done_at__isnull=True).select_related("owner", "concern").order_by("due_at", "id")
    if everybody and reader.has(Role.COORDINATOR):
        return steps
    return steps.filter(owner_id=reader.user_id)


def undecided() -> QuerySet[Concern]:
    """Concerns that nobody has decided on, the oldest first."""
    decided = Assessment.objects.filter(concern=OuterRef("pk"))
    return Concern.objects.filter(~Exists(decided), progress__in=UNDECIDED).order_by("received_at", "id")


def steps_to_remind(now: datetime) -> QuerySet[NextStep]:
    """Open steps that are overdue or soon due and whose owner has not been told; locked for the task."""
    soon = Q(akutt=False, due_at__lt=now + urgency.SOON) | Q(akutt=True, due_at__lt=now + urgency.SOON_AKUTT)
    steps = NextStep.objects.filter(soon, done_at__isnull=True, reminded_at__isnull=True)
    return steps.select_related("owner").select_for_update(of=("self",)).order_by("due_at")


def unopened(now: datetime) -> list[UUID]:
    """Concerns that no person has opened within the akutt deadline, and that nobody has been told about again."""
    hours = urgency.hours_for(urgency.AKUTT, rules(), now)
    told = Nudge.objects.filter(concern=OuterRef("pk"))
    late = Concern.objects.filter(~Exists(told), progress="received", received_at__lt=now - timedelta(hours=hours))
    return list(late.values_list("id", flat=True))
