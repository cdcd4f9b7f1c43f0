"""The kommune's own chain of leaders for acute situations; the newest counts and the ones before it are kept."""

from django.db import transaction

from tenants.inbox.replies_models import LeaderChain
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now

MOST = 6
Line = tuple[str, str]  # position, phone


def newest() -> LeaderChain | None:
    """What counts now."""
    return LeaderChain.objects.order_by("-valid_from", "-id").first()


def lines() -> list[Line]:
    """(position, phone) with the nearest leader first; [] where the kommune has set none."""
    found = newest()
    return [(str(title), str(phone)) for title, phone in found.lines] if found else []


@transaction.atomic
def set_lines(*, chain: list[Line], by: Reader) -> bool:
    """Set the chain; an empty one brings back the usual words. False when nothing was changed. PermissionDenied."""
    require(by, Permission.SETTINGS)
    if chain == lines():
        return False
    row = LeaderChain(lines=[list(line) for line in chain[:MOST]], valid_from=now(), set_by=by.name[:200])
    row.save()
    record(by=by, action=Action.CHANGE, what="inbox.leader_chain", ids=[row.id])
    return True
