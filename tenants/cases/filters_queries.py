"""What a choice among the cases asks of the database; nothing of it opens a text but the oldest rows on who carries."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from tenants.cases.filters import Choice, states
from tenants.cases.models import CaseMember
from tenants.team.queries import in_service
from tenants.triage import filter_parts as triage
from varde.ui.filters import Parts

# What later rooms let the cases be chosen by.
PARTS = Parts()
_CONCERN = "concern_id"


def with_member(user_id: UUID) -> Exists:
    """Cases that this person is on."""
    return Exists(CaseMember.objects.filter(case=OuterRef("pk"), user_id=user_id))


def among(choice: Choice, now: datetime, soon: datetime) -> Q:
    """The step is the open one; a closed case has none, so it has no deadline and no owner."""
    wanted = Q(state__in=states(choice)) & _step(choice, now, soon) & _people(choice) & _standing(choice)
    if choice.category:
        wanted &= Q(category__in=choice.category)
    if choice.since:
        wanted &= Q(counted_from__gte=choice.since)
    if choice.until:
        wanted &= Q(counted_from__lte=choice.until)
    return wanted & PARTS.narrowed(choice.more, now)


def _step(choice: Choice, now: datetime, soon: datetime) -> Q:
    wanted = Q()
    if choice.due or choice.owner or (choice.sort == "frist" and choice.shown != "lukket"):
        wanted &= Q(concern__steps__done_at__isnull=True)
    if choice.due:
        wanted &= Q(concern__steps__due_at__lt=now if choice.due == "over" else soon)
    if choice.owner:
        wanted &= Q(concern__steps__owner=choice.owner)
    return wanted


def _people(choice: Choice) -> Q:
    wanted = Q()
    if choice.member:
        wanted &= Q(with_member(choice.member))
    if choice.service:
        members = CaseMember.objects.filter(case=OuterRef("pk"), user__in=in_service(choice.service))
        wanted &= Q(Exists(members))
    return wanted


def _standing(choice: Choice) -> Q:
    wanted = Q()
    if choice.held:
        stopped = Q(triage.stopped(_CONCERN))
        wanted &= stopped if choice.held == "ja" else ~stopped
    if choice.carried:
        by_service = triage.by_service(_CONCERN)
        wanted &= by_service if choice.carried == "tjeneste" else ~by_service
    return wanted
