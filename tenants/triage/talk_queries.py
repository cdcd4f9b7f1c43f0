"""Asking about drøftinger, and counting them apart from concerns."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from shared.codes.periods import Quarter, quarter_of
from tenants.inbox.models import Concern
from tenants.triage.talk_models import Talk, TalkBecame, TalkEnded
from varde.ui.dates import day_of


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one quarter: how many drøftinger, and how many became a concern that the reader sees."""

    quarter: Quarter
    talks: int
    became: int


def talks() -> QuerySet[Talk]:
    """Every drøfting, the newest first."""
    return Talk.objects.order_by("-at", "-id")


def became(talk: Talk) -> UUID | None:
    """The concern that it became, when the reader sees it."""
    return TalkBecame.objects.filter(talk=talk).order_by("at").values_list("concern_id", flat=True).first()


def ended(talk: Talk) -> TalkEnded | None:
    """That somebody deleted it for good at once, who and why."""
    return TalkEnded.objects.filter(talk=talk).order_by("at").first()


def figures() -> list[Figures]:
    """By quarter, the newest first; two queries however many there are."""
    when = dict(Talk.objects.values_list("id", "at"))
    held = Counter(quarter_of(day_of(at)) for at in when.values())
    linked = set(TalkBecame.objects.values_list("talk_id", flat=True))
    turned = Counter(quarter_of(day_of(when[key])) for key in linked if key in when)
    return [Figures(quarter, held[quarter], turned[quarter]) for quarter in sorted(held, reverse=True)]


def links(concern: Concern) -> list[TalkBecame]:
    """The drøftinger that the concern came of."""
    return list(TalkBecame.objects.filter(concern=concern))
