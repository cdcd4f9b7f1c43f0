"""Who may look at a rota, and who may change what in it."""

from django.core.exceptions import PermissionDenied

from varde.access.reader import Reader
from varde.audit.actions import Action, record
from varde.identity.models import User
from varde.rotas.plan import Plan


def plans(plan: Plan, by: Reader) -> bool:
    """Does this person plan for everybody?"""
    return by.may(plan.plans)


def keeps_own(plan: Plan, by: Reader) -> bool:
    """May this person note an absence or a swap of their own?"""
    return by.may(plan.plans) or by.may(plan.has_shifts)


def note_read(plan: Plan, by: Reader) -> None:
    """The rota was read."""
    record(by=by, action=Action.LIST, what=plan.noun("shift"))


def must_plan(plan: Plan, by: Reader) -> None:
    """PermissionDenied for those who do not plan for everybody."""
    if by.purpose != "setup" and not plans(plan, by):
        raise PermissionDenied


def must_own(plan: Plan, by: Reader, user: User) -> None:
    """PermissionDenied unless it is the person's own, or the reader plans for everybody."""
    if by.user_id != user.id or not by.may(plan.has_shifts):
        must_plan(plan, by)
