"""Giving a closed period's protected figures to the kommune's leaders, once."""

from typing import Any

from django.db import transaction

from shared.codes.forms import REPORTED
from tenants.returns import leaders, leaders_queries
from tenants.returns.leaders_access import WHAT
from tenants.returns.leaders_models import GivenFigures
from varde import turn
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused
from varde.ui.dates import day_of

CHANGED = "Tallene er endret siden du så på dem. Se på dem på nytt før du gir dem til ledelsen."
NOT_NOW = "Perioden kan ikke gis. Den er ikke over, eller den overlapper med tall som alt er gitt."


@transaction.atomic
def give(*, period: str, seen: str, by: Reader) -> GivenFigures:
    """Freeze what may be printed. `seen`: the print of what the page showed (`print_of`).

    Raises Refused for a period that is open or overlaps one that is given, and where the figures have changed.
    """
    require(by, Permission.RETURNS_SEND)
    turn.wait_for("returns.given")
    found = leaders.period(period)
    if by.user_id is None or found is None or found not in leaders_queries.waiting(day_of(now())):
        raise Refused(NOT_NOW)
    content: dict[str, Any] = leaders.protected(leaders_queries.counts_of(found))
    if seen != leaders.print_of(content):
        raise Refused(CHANGED)
    row = GivenFigures(
        period=period, form=REPORTED, content=content, given_at=now(), given_by=by.user_id, given_by_name=by.name[:200]
    )
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what=WHAT, ids=[row.id])
    return row
