"""Writing in the ledger: one at a time, by the worker, after a walk along the chain."""

from typing import Any

from django.core.exceptions import PermissionDenied

from regional.releases.chain import said_in_log
from regional.releases.ledger import Kind, Ledger
from regional.releases.models import LedgerEntry
from regional.releases.queries import read_ledger
from varde import turn
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now

TURN = "releases.ledger"


def only_worker(by: Reader) -> None:
    """The ledger and what it was made of are written by the task or command, never from a page."""
    if by.purpose != "returns":
        raise PermissionDenied


def in_turn(by: Reader) -> Ledger:
    """The ledger as it stands, until the transaction ends nobody else's. Raises Broken."""
    only_worker(by)
    turn.wait_for(TURN)
    return read_ledger()


def enter(kind: Kind, content: Any, *, name: str, by: Reader) -> LedgerEntry:
    """Add a row, and say in the log that it was done, with its number and digest: the log is anchored outside of the
    office, so that nobody can cut the ledger's end. `name`: who wanted it."""
    row = LedgerEntry(at=now(), kind=kind, content=content, by_name=name[:200])
    row.save()
    laid = LedgerEntry.objects.get(pk=row.pk)
    record(by=by, action=Action.CREATE, what=f"releases.{kind}", ids=[laid.id], reason=said_in_log(laid))
    return laid
