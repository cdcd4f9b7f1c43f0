"""One system matter in a transaction: held while it is changed, kept with its version and its row in the log."""

from regional.matters.models import Matter
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused, check_seen

WHAT = "matters.matter"


def held(matter: Matter, seen: str | None) -> Matter:
    """The row, locked. Raises Overtaken when it is not the one that the page showed."""
    row = Matter.objects.select_for_update().filter(pk=matter.pk).first()
    if row is None:
        raise Refused("Systemsaken finnes ikke lenger.")
    check_seen(seen, str(row.version))
    return row


def changed(row: Matter, by: Reader, reason: str) -> Matter:
    """Kept, and in the log."""
    row.version, row.changed_at = row.version + 1, now()
    row.save()
    record(by=by, action=Action.CHANGE, what=WHAT, ids=[row.id], reason=reason)
    return row
