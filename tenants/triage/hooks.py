"""What later rooms do when triage decides. They register at start; triage knows none of them."""

from collections.abc import Collection, Mapping
from typing import Protocol
from uuid import UUID

from tenants.triage.models import Assessment
from varde.access import Reader
from varde.identity.models import User


class OnDecided(Protocol):
    """Run inside the decision's transaction. Raises `states.Refused` to undo it all.

    Returns the address where the matter now lives (the person is sent there), or None.
    """

    def __call__(self, *, assessment: Assessment, owner: User | None, by: Reader) -> str | None: ...


class Homes(Protocol):
    """Where concerns live after triage, for those that have moved on: {concern id: address}.

    Asked of concerns that the reader sees, and who sees the concern sees what it has become.
    """

    def __call__(self, concerns: Collection[UUID]) -> Mapping[UUID, str]: ...


_decided: list[OnDecided] = []
_homes: list[Homes] = []


def on_decided(function: OnDecided) -> None:
    """Register; called once per room in AppConfig.ready()."""
    if function not in _decided:
        _decided.append(function)


def has_homes(function: Homes) -> None:
    """Register; called once per room in AppConfig.ready()."""
    if function not in _homes:
        _homes.append(function)


def tell_decided(*, assessment: Assessment, owner: User | None, by: Reader) -> str | None:
    """Let every later room act; the last address wins."""
    address = None
    for function in _decided:
        address = function(assessment=assessment, owner=owner, by=by) or address
    return address


def homes(concerns: Collection[UUID]) -> dict[UUID, str]:
    """The addresses of those concerns that a later room has taken over; a constant number of queries."""
    found: dict[UUID, str] = {}
    for function in _homes:
        found.update(function(concerns))
    return found
