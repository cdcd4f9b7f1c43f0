"""Who may join matters, and which of them can be named as the other one."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from tenants.cases.access import matter_named
from tenants.cases.models import CaseMember
from tenants.inbox.access import concern_for, look
from tenants.inbox.models import Concern
from tenants.inbox.queries import ground_of
from tenants.joined import queries
from tenants.joined.models import Join, MajorLink, MajorMatter
from tenants.triage.models import NextStep
from varde.access import Reader, Role
from varde.audit import hooks
from varde.audit.actions import Action, record


def require_coordinator(reader: Reader) -> None:
    """PermissionDenied for anybody else."""
    if not reader.has(Role.COORDINATOR):
        raise PermissionDenied


def other_named(reader: Reader, typed: str) -> Concern | None:
    """The matter under a name («Sak 2026-1A2B3C») or an id, the look logged; None for a hidden and an absent one."""
    found = matter_named(reader, typed)
    return concern_for(reader, found) if found else None


def join_for(concern: Concern) -> Join:
    """Where a matter that the reader has been shown goes on. Http404 where it does not, or where that is hidden."""
    found = queries.went_on_as(concern)
    if found is None:
        raise Http404
    return found


def note_listed(reader: Reader, concerns: Sequence[Concern]) -> None:
    """Log which matters a page offered."""
    keys = [concern.pk for concern in concerns]
    if keys:
        record(by=reader, action=Action.LIST, what="inbox.concern", ids=keys)


def note_read(reader: Reader, matter: UUID) -> None:
    """Log that a page of one matter showed another."""
    ground = ground_of(matter)
    record(by=reader, action=look(ground), what="inbox.concern", ids=[matter], ground=ground)


def major_for(reader: Reader, major_id: UUID) -> MajorMatter:
    """A major matter that the reader is on and sees all of, the look logged. Http404 (logged too) for all others."""
    found = MajorMatter.objects.filter(pk=major_id).first()
    if found is None:
        record(by=reader, action=Action.DENIED, what="joined.major", ids=[major_id])
        raise Http404
    record(by=reader, action=Action.VIEW, what="joined.major", ids=[found.pk])
    return found


def tasks(matters: Collection[UUID]) -> Mapping[UUID, Sequence[hooks.Task]]:
    """For the log's control: who works in the matter that one goes on as, reads both; and so does whoever is on a major
    matter that it is part of."""
    found: dict[UUID, list[hooks.Task]] = {}
    for gone, kept, since, until in Join.objects.filter(concern__in=matters).values_list(
        "concern_id", "into_id", "at", "ended_at"
    ):
        members = CaseMember.objects.filter(case__concern=kept).values_list("user_id", flat=True)
        owners = NextStep.objects.filter(concern=kept).values_list("owner_id", flat=True)
        found.setdefault(gone, []).extend(hooks.Task(user, since, until) for user in {*members, *owners})
    links = MajorLink.objects.filter(concern__in=matters).values_list("concern_id", "major__members__user_id", "at")
    for matter, user, since in links:
        if user is not None:
            found.setdefault(matter, []).append(hooks.Task(user, since))
    return found
