"""Giving people accounts and roles, and taking them back. Every act is logged; none leaves an office unmanaged."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import QuerySet

from varde.access.reader import Reader
from varde.access.roles import ROLES, Role
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity import leaving, lending, queries
from varde.identity.models import RoleGrant, User
from varde.identity.queries import managing
from varde.refusal import Refused, check_seen


class WrongOffice(Refused):
    """A role that does not exist in this type of office."""


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    roles: Iterable[Role],
    by: Reader,
    service: str = "",
    user_id: UUID | None = None,
    since: datetime | None = None,
    for_office: UUID | None = None,
) -> User:
    """A new person without a password (it is set through the activation link), or more roles for a known one.

    `for_office`: the kommune that lends a new person. Raises WrongOffice for a role of another type of office, Refused
    for a kommune that cannot lend, and for a known person that another office lends.
    """
    chosen = list(roles)
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        lending.refuse_stranger(for_office, chosen)
        user = User(id=user_id or uuid4(), email=email, name=name, service=service, for_office=for_office)
        user.set_unusable_password()
        user.save(force_insert=True)
        record(by=by, action=Action.CREATE, what="identity.user", ids=[user.id])
    elif for_office is not None and user.for_office != for_office:
        raise Refused(
            "Personen har konto her fra før, uten å være utlånt fra denne kommunen. Endre det på personens side."
        )
    for role in chosen:
        give_role(user=user, role=role, by=by, since=since)
    return user


@transaction.atomic
def give_role(*, user: User, role: Role, by: Reader, since: datetime | None = None) -> None:
    """Give a role; nothing happens when it is held. WrongOffice for a role of another type of office.

    Raises Refused for oneself, and to somebody lent for a role that the lender does not lend.

    `since` (aware) counts only where an office is set up: of what a person gives, the database writes the date.
    """
    if by.office.kind not in ROLES[role].kinds:
        raise WrongOffice(f"Rollen «{ROLES[role].label}» finnes ikke i denne typen kontor.")
    if RoleGrant.objects.filter(user=user, role=role.value).exists():
        return
    _refuse_own(user, by)
    lending.refuse_stranger(user.for_office, [role.value])
    RoleGrant(user=user, role=role.value, granted_at=since or now(), granted_by=by.name).save(force_insert=True)
    record(by=by, action=Action.CHANGE, what=f"identity.role.{role.value}", ids=[user.id], reason="gitt")


@transaction.atomic
def take_role(*, user: User, role: Role, by: Reader) -> None:
    """Take a role away; it is gone with the next request.

    Raises Refused for oneself, for the last manager, and while a room says why it stays (`leaving.before`).
    """
    _refuse_own(user, by)
    if (why := leaving.why_not(user, role)) is not None:
        raise Refused(why)
    managers = _lock_managers(by)
    RoleGrant.objects.filter(user=user, role=role.value).delete()
    _refuse_empty(managers, by)
    record(by=by, action=Action.CHANGE, what=f"identity.role.{role.value}", ids=[user.id], reason="fjernet")


@transaction.atomic
def set_roles(*, user: User, roles: Iterable[Role], by: Reader, seen: str | None = None) -> None:
    """Give and take until exactly these roles are held (those of other office types are left alone).

    `seen` is what the page showed (`queries.roles_seen`). Raises Overtaken when somebody else was first.
    """
    User.objects.select_for_update().get(pk=user.pk)
    check_seen(seen, queries.roles_seen(user))
    held = {Role(grant.role) for grant in user.grants.all()}
    wanted = set(roles)
    for role in sorted(wanted - held):
        give_role(user=user, role=role, by=by)
    for role in sorted(held - wanted):
        take_role(user=user, role=role, by=by)


@transaction.atomic
def set_active(*, user: User, active: bool, by: Reader, reason: str = "") -> None:
    """Close or open an account; a closed one is out at the next request. Raises Refused as `take_role` does."""
    _refuse_own(user, by)
    managers = _lock_managers(by)
    moment = now()
    User.objects.filter(id=user.id).update(is_active=active, sessions_from=moment, dormant_told_at=None)
    _refuse_empty(managers, by)
    reason = reason or ("åpnet igjen" if active else "stengt")
    record(by=by, action=Action.CHANGE, what="identity.user", ids=[user.id], reason=reason)


@transaction.atomic
def set_lender(*, user: User, lender: UUID | None, by: Reader, seen: str | None = None) -> None:
    """From now on this kommune lends the person, or the person is the office's own (None).

    `seen` is what the page showed (`queries.lender_seen`). Raises Refused for oneself, for a kommune that does
    not lend the office people with these roles, and for the last of its own who manages people; Overtaken when
    somebody else was first.
    """
    _refuse_own(user, by)
    held = User.objects.select_for_update().get(pk=user.pk)
    check_seen(seen, queries.lender_seen(held))
    if held.for_office == lender:
        return
    lending.refuse_stranger(lender, held.grants.values_list("role", flat=True))
    managers = _lock_managers(by)
    User.objects.filter(id=user.id).update(for_office=lender)
    _refuse_empty(managers, by)
    reason = "utlånt" if lender else "ikke utlånt lenger"
    record(by=by, action=Action.CHANGE, what="identity.user", ids=[user.id], reason=reason)


@transaction.atomic
def set_password(*, user: User, password: str, by: Reader) -> None:
    """The person's own choice, through the activation link; links handed out before stop working."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record(by=by, action=Action.CHANGE, what="identity.password", ids=[user.id])


@transaction.atomic
def note_link(*, user: User, by: Reader) -> None:
    """A new activation link was handed out; that is logged, the link itself is stored nowhere."""
    record(by=by, action=Action.CREATE, what="identity.link", ids=[user.id])


def _refuse_own(user: User, by: Reader) -> None:
    if by.user_id == user.id:
        raise Refused("Du kan ikke endre din egen konto. Be en annen som styrer brukere.")


def _lock_managers(by: Reader) -> bool:
    """Two managers who take each other's role at once must wait for each other. True when there is one now."""
    # Not the rows: one locks only those that one may change, never one's own, and a task none at all.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"managers {by.office.id}"])
    return _own_managers(by).exists()


def _own_managers(by: Reader) -> QuerySet[RoleGrant]:
    """Not those who are lent: an agreement that ends must not leave the office with nobody who manages people."""
    roles = [role.value for role in managing(by.office.kind)]
    return RoleGrant.objects.filter(role__in=roles, user__is_active=True, user__for_office__isnull=True)


def _refuse_empty(had_one: bool, by: Reader) -> None:
    if had_one and not _own_managers(by).exists():
        raise Refused("Dette er den siste som kan styre brukere her. Gi rollen til en annen først.")
