"""Asking about holders, passphrases and the rule."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection

from tenants.continuity.models import Holder, PackRule, Passphrase
from tenants.continuity.states import Rule, is_late
from tenants.team.models import TeamMember
from varde.access import Role
from varde.identity.models import User
from varde.identity.queries import people


def newest_rule() -> PackRule | None:
    """What was set last."""
    return PackRule.objects.order_by("-at", "-id").first()


def rule() -> Rule:
    """How the packs are made now; the usual way until somebody has chosen."""
    found = newest_rule()
    return found.rule if found else Rule()


def history() -> list[PackRule]:
    """Every change, the newest first."""
    return list(PackRule.objects.order_by("-at", "-id")[:100])


def able() -> list[User]:
    """Who may have a pack: the coordinators and those who stand in for them, while they work here."""
    deputies = set(TeamMember.objects.filter(deputy=True).values_list("user_id", flat=True))
    leading = {one.id for one in people(Role.COORDINATOR)}
    return [one for one in people(Role.COORDINATOR, Role.TEAM_MEMBER) if one.id in leading | deputies]


def holders() -> list[Holder]:
    """Those who have a pack made, by name, also such as have left the team."""
    return list(Holder.objects.filter(ended_at=None).select_related("user").order_by("user__name", "id"))


def holder_of(user: User | None) -> Holder | None:
    """The person's place among them, while it is not ended."""
    return Holder.objects.filter(user=user, ended_at=None).first() if user else None


def in_use(user: User) -> Passphrase | None:
    """What the person's packs open with now."""
    rows = Passphrase.objects.filter(user=user, confirmed_at__isnull=False, ended_at=None)
    return rows.order_by("-confirmed_at").first()


def waiting(user: User) -> Passphrase | None:
    """One that has been shown and not yet been typed back."""
    return Passphrase.objects.filter(user=user, confirmed_at=None, ended_at=None).order_by("-made_at").first()


def late(now: datetime) -> list[Holder]:
    """Those who should have a newer pack than they have."""
    found = rule()
    return [one for one in standing() if is_late(found, one.since, one.made_at, now)]


def standing() -> list[Holder]:
    """Holders who are still able: for these packs are made, and no other folder may hold any."""
    able_now = {one.id for one in able()}
    return [one for one in holders() if one.user_id in able_now]


def mark_stale(persons: Collection[UUID]) -> None:
    """From now on, and until it has been done, the packs of these must be taken away and made anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT continuity_stale(%s::uuid[])", [list(persons)])
