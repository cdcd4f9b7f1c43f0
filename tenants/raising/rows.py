"""One system matter in a transaction: held while it is changed, kept with its version and its row in the log."""

from tenants.raising import states
from tenants.raising.models import Raised
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused, check_seen

WHAT = "raising.matter"


def held(raised: Raised, seen: str | None) -> Raised:
    """The row, locked until the transaction ends. Raises Overtaken when it is not the one that the page showed."""
    row = Raised.objects.select_for_update().filter(pk=raised.pk).first()
    if row is None or row.state == states.DROPPED:
        raise Refused("Systemsaken finnes ikke lenger.")
    check_seen(seen, str(row.version))
    return row


def changed(row: Raised, by: Reader, reason: str) -> Raised:
    """Kept, and in the log."""
    row.version, row.changed_at = row.version + 1, now()
    row.save()
    record(by=by, action=Action.CHANGE, what=WHAT, ids=[row.id], reason=reason)
    return row
