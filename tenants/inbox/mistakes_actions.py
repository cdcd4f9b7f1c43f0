"""Marking a row as entered wrongly: said once, by somebody, with what is wrong, and never taken back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from tenants.inbox.mistakes_models import Mistake
from tenants.inbox.mistakes_queries import Kind, mark_of
from tenants.inbox.models import Concern
from tenants.inbox.queries import held_by_right
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused
from varde.ui.dates import date_and_time

LENT = "Du er sluppet inn ved nødåpning og kan ikke merke noe som feilført. Be en på saken gjøre det."


@transaction.atomic
def mark(*, concern: Concern, kind: Kind, row: Any, reason: str, by: Reader) -> Mistake:
    """Say what is wrong with a row of the matter; also when it is closed, since a mistake may be found late.

    Raises Refused when somebody was first, for somebody whom break-glass let in, and as the kind says.
    """
    require(by, Permission.INBOX_READ)
    held = Concern.objects.select_for_update(no_key=True).filter(pk=concern.pk).first()
    if held is None or by.user_id is None:
        raise PermissionDenied
    if not held_by_right(held.pk):
        raise Refused(LENT)
    before = mark_of(row)
    if before is not None:
        raise Refused(f"{before.who} var først ute, {date_and_time(before.at)}: {before.reason}")
    if kind.check is not None:
        kind.check(row)
    made = Mistake(
        concern=held, of_table=kind.model._meta.db_table, row_id=row.pk, reason=reason, at=now(), by_user=by.user_id,
        by_name=by.name[:200],
    )  # fmt: skip
    made.save()
    record(by=by, action=Action.CREATE, what="inbox.mistake", ids=[held.pk], reason=kind.noun)
    if kind.after is not None:
        kind.after(row, by)
    return made
