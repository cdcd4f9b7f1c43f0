"""Which machines somebody may see, and which machine a token is of."""

import hmac
from uuid import UUID

from django.http import Http404

from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.machines.models import Machine
from varde.machines.tokens import hash_of


def list_machines(by: Reader) -> list[Machine]:
    """All of the office, the newest first; row rights show them to those who manage them."""
    record(by=by, action=Action.LIST, what="machines.machine")
    return list(Machine.objects.order_by("-created_at", "id"))


def machine_locked(machine_id: UUID) -> Machine:
    """One, held until the transaction ends; 404 for none."""
    found = Machine.objects.select_for_update().filter(id=machine_id).first()
    if found is None:
        raise Http404
    return found


def machine_of(token: str) -> Machine | None:
    """Whose token it is, while it holds; None for a wrong, revoked or old one, without a difference in the answer."""
    wanted = hash_of(token)
    found = Machine.objects.filter(token_hash=wanted).first()
    # What is compared in the index is a hash of what was sent: its time says nothing of any token.
    if found is None or not hmac.compare_digest(found.token_hash, wanted) or not found.holds(now()):
        return None
    return found
