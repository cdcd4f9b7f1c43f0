"""Break-glass («nødåpning»): two people, a reason and a time limit; those who see the case are told at once.

It never beats a deny row, and it does not let a coordinator into a matter about a coordinator (see `matter_open`).
"""

import re
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from tenants.cases.models import GlassRequest
from varde.access import Permission, Reader, Role, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import RoleGrant, User
from varde.identity.queries import people
from varde.privacy.box import close, open_box
from varde.refusal import Refused

APPROVERS = (Role.COORDINATOR, Role.TEAM_MEMBER, Role.LEADER)
MOST_HOURS = 24
WAITS = timedelta(hours=24)
SETTLED = timedelta(hours=72)
_NAME = re.compile(r"(?:sak\s*)?(\d{4})-([0-9a-f]{6})", re.IGNORECASE)


def target_of(typed: str) -> str:
    """A case's name as it is spoken («2026-1A2B3C»), or its number; Refused for anything else."""
    words = typed.strip()
    named = _NAME.fullmatch(words)
    if named:
        return f"{named[1]}-{named[2].upper()}"
    try:
        return str(UUID(words.rstrip("/").rpartition("/")[2]))
    except ValueError as error:
        raise Refused("Skriv saken slik den heter, for eksempel «Sak 2026-1A2B3C», eller adressen til den.") from error


@transaction.atomic
def ask(*, typed: str, approver: User, reason: str, hours: int, by: Reader) -> GlassRequest:
    """Ask a colleague to let one into a case for `hours`. Says nothing of whether there is such a case."""
    require(by, Permission.CASES)
    if by.user_id is None or by.user_id not in _settled():
        raise Refused("Rollen din her er for ny. Du kan be om nødåpning når du har hatt den i tre døgn.")
    if approver not in may_approve(by):
        raise Refused("Velg en annen i teamet eller en leder til å godkjenne.")
    if not 1 <= hours <= MOST_HOURS:
        raise Refused(f"Velg mellom 1 og {MOST_HOURS} timer.")
    made = GlassRequest(
        target=target_of(typed), asked_by_id=by.user_id, approver=approver, asked_at=now(), hours=hours,
        reason=close(reason, purpose="glass"),
    )  # fmt: skip
    made.save(force_insert=True)
    record(by=by, action=Action.BREAK_GLASS, what="cases.glass", ids=[made.id], reason="ba om nødåpning")
    return made


@transaction.atomic
def answer(*, request: GlassRequest, yes: bool, by: Reader) -> GlassRequest:
    """The named colleague says yes or no. Refused for anybody else, for an old request, and the second time."""
    held = GlassRequest.objects.select_for_update().get(pk=request.pk)
    if held.approver_id != by.user_id:
        raise Refused("Bare den som er bedt om å godkjenne, kan svare.")
    if held.answered_at is not None or held.asked_at < now() - WAITS:
        raise Refused("Forespørselen er alt besvart eller for gammel.")
    if yes and not {held.asked_by_id, held.approver_id} <= _settled():
        raise Refused("Den som ber om nødåpning, og den som godkjenner, må ha hatt rollen sin i tre døgn.")
    held.answered_at, held.approved = now(), yes
    held.until = now() + timedelta(hours=held.hours) if yes else None
    held.save(update_fields=["answered_at", "approved", "until"])
    said = "godkjente nødåpning" if yes else "avslo nødåpning"
    record(by=by, action=Action.BREAK_GLASS, what="cases.glass", ids=[held.id], reason=said)
    return held


@transaction.atomic
def end(*, request: GlassRequest, by: Reader) -> None:
    """Shut before the time is out: by the two, or by anybody who sees the case."""
    held = GlassRequest.objects.select_for_update().get(pk=request.pk)
    if held.ended_at is None:
        held.ended_at = now()
        held.save(update_fields=["ended_at"])
        record(by=by, action=Action.BREAK_GLASS, what="cases.glass", ids=[held.id], reason="avsluttet nødåpning")


def may_approve(by: Reader) -> list[User]:
    """Who can be asked, by name: the team and the leaders, never oneself, and nobody who is new in the role."""
    settled = _settled()
    return [person for person in people(*APPROVERS) if person.id != by.user_id and person.id in settled]


def _settled() -> set[UUID]:
    """Who has held such a role for a while: nobody is made a helper for the occasion."""
    roles = [role.value for role in APPROVERS]
    grants = RoleGrant.objects.filter(role__in=roles, granted_at__lte=now() - SETTLED, user__in=User.objects.here())
    return set(grants.values_list("user_id", flat=True))


def mine(by: Reader, moment: datetime) -> list[GlassRequest]:
    """What this person has asked for or is asked to answer, the newest first; the last thirty days."""
    rows = GlassRequest.objects.filter(asked_at__gt=moment - timedelta(days=30)).select_related("asked_by", "approver")
    return [row for row in rows.order_by("-asked_at") if by.user_id in (row.asked_by_id, row.approver_id)]


def words_of(request: GlassRequest) -> str:
    """The reason, for those who see the request."""
    return open_box(request.reason, purpose="glass")


def is_open(request: GlassRequest, moment: datetime) -> bool:
    """Does it let somebody in right now?"""
    return request.approved and request.ended_at is None and request.until is not None and moment < request.until
