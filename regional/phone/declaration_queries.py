"""Asking which text is in force, and who has signed it."""

from datetime import date
from uuid import UUID

from django.db import connection

from regional.phone.declaration import Signed, holding
from regional.phone.declaration_models import Declaration, DeclarationText
from shared.codes import declaration as codes
from varde.access import Role
from varde.clock import now
from varde.identity.models import RoleGrant, User
from varde.ui.dates import day_of


def newest() -> DeclarationText | None:
    """The host's own text that was set last."""
    return DeclarationText.objects.order_by("-set_at", "-id").first()


def history() -> list[DeclarationText]:
    """The host's own texts, the newest first."""
    return list(DeclarationText.objects.order_by("-set_at", "-id"))


def in_force() -> codes.DeclarationText:
    """What is signed now: the host's newest, else the shipped text."""
    own = newest()
    return codes.DeclarationText(own.title, own.text, own.months) if own else codes.shipped()


def declared(user_id: UUID) -> bool:
    """May this person answer the phone, as the database says it?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone_declared(%s)", [user_id])
        row = cursor.fetchone()
    return bool(row and row[0])


def signed_until() -> dict[UUID, date]:
    """With which day the signature of each operator who has one that holds ends, as the database says it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT user_id, until FROM phone_signed()")
        return dict(cursor.fetchall())


def signatures(user: User) -> list[Declaration]:
    """Everything a person has signed, the newest first."""
    return list(Declaration.objects.filter(user=user).order_by("-signed_at"))


def holding_of(users: list[User]) -> dict[UUID, Signed | None]:
    """The signature of each that holds now, as far as the reader sees signatures; three queries."""
    today, sha256 = day_of(now()), in_force().sha256
    grants = RoleGrant.objects.filter(role=Role.OPERATOR.value, user__in=users)
    since = dict(grants.values_list("user_id", "granted_at"))
    signed: dict[UUID, list[Signed]] = {user.id: [] for user in users}
    for row in Declaration.objects.filter(user__in=users).only("user_id", "signed_at", "sha256", "valid_until"):
        signed[row.user_id].append(Signed(row.signed_at, row.sha256, row.valid_until))
    return {key: holding(rows, sha256=sha256, role_since=since.get(key), today=today) for key, rows in signed.items()}
