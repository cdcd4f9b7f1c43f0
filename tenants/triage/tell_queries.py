"""Asking what is to be told, and what has been."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from tenants.inbox.models import Concern
from tenants.inbox.states import OVER
from tenants.triage.models import NextStep
from tenants.triage.tell_models import Telling
from varde.audit import hooks
from varde.identity.models import User
from varde.privacy.fields import open_together
from varde.ui.gone import words


def of_matter(concern: Concern) -> list[Telling]:
    """Everything of a matter that was to be told, the newest first, with its owner."""
    rows = list(Telling.objects.filter(concern=concern).select_related("owner").order_by("-made_at", "-id"))
    open_together(rows)
    return rows


def untold(concern: Concern) -> list[Telling]:
    """Of a matter: what is still to be told."""
    return [row for row in of_matter(concern) if row.ended_at is None]


def newest_per_duty(rows: Sequence[Telling]) -> dict[str, Telling]:
    """The one that counts of each duty; of rows with the newest first. What was dropped does not count."""
    return {words(row, "duty"): row for row in reversed(rows) if row.ended_at is None or row.told_on is not None}


def as_seen(telling: Telling) -> str:
    """Who tells and by when, in a line that a page sends back."""
    return f"{telling.owner_id} {telling.due_on.isoformat()}"


def waiting() -> QuerySet[Telling]:
    """What is to be told of matters that are not over, the first due first."""
    rows = Telling.objects.filter(ended_at__isnull=True).exclude(concern__progress__in=OVER)
    return rows.select_related("owner").order_by("due_on", "id")


def of_step_owner(user_id: UUID) -> Exists:
    """A filter for tellings: is the next step of the matter this person's?"""
    return Exists(NextStep.objects.filter(concern=OuterRef("concern"), owner=user_id, done_at__isnull=True))


def of_nobody_here() -> Q:
    """A filter for tellings: whose owner does not work here any more."""
    return Q(~Exists(User.objects.here().filter(id=OuterRef("owner"))))


def held(concern_id: UUID, user: User) -> str | None:
    """Why a person cannot leave a matter, or None."""
    if Telling.objects.filter(concern=concern_id, owner=user, ended_at__isnull=True).exists():
        return f"{user.name} skal melde fra om noe i saken. Gi det til en annen først."
    return None


def tasks(matters: Collection[UUID]) -> Mapping[UUID, Sequence[hooks.Task]]:
    """For the log's control: who is to tell has something to do with the matter until it is told."""
    found: dict[UUID, list[hooks.Task]] = {}
    rows = Telling.objects.filter(concern__in=matters).values_list("concern_id", "owner_id", "made_at", "ended_at")
    for matter, owner, since, until in rows:
        found.setdefault(matter, []).append(hooks.Task(owner, since, until))
    return found
