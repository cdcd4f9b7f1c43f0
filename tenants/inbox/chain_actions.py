"""Setting the kommune's own chain of leaders for acute situations."""

from django.db import transaction

from tenants.inbox.chain_queries import MOST, Line, lines, newest
from tenants.inbox.replies_models import LeaderChain
from varde import turn
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import check_seen, overtaken


@transaction.atomic
def set_lines(*, chain: list[Line], by: Reader, seen: str | None = None) -> bool:
    """Set the chain; an empty one brings back the usual words. False when nothing was changed.

    `seen` is the id of the chain that the page showed, "" for none. Raises Overtaken when somebody else was first.
    """
    require(by, Permission.SETTINGS)
    turn.wait_for("inbox.leader_chain")
    last = newest()
    check_seen(seen, str(last.pk) if last else "", overtaken(last.set_by, last.valid_from) if last else "")
    if chain == lines():
        return False
    row = LeaderChain(lines=[list(line) for line in chain[:MOST]], valid_from=now(), set_by=by.name[:200])
    row.save()
    record(by=by, action=Action.CHANGE, what="inbox.leader_chain", ids=[row.id])
    return True
