"""Faults on the way of a concern, at moments of every step; see tests/promises/faults.py."""

import os
import sys
from collections import Counter
from typing import Any

from regional.phone.declaration_actions import sign
from regional.phone.declaration_queries import in_force
from shared.registry.queries import office_by_slug
from tests.benchmarks.players.turns import serve
from tests.promises import faults
from varde.access import Reader, Role
from varde.identity.actions import invite
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

# Of faults that happen once in a step.
TIMES = 4
FULL = 4


def main() -> None:
    """Each turn tries every fault in every step at so many moments; the counts of what went wrong, per fault."""
    way = _way(sys.argv[1] if len(sys.argv) > 1 else os.environ["FAULTS_DSN"])
    serve(lambda moments: _tried(way, int(moments)))


def _tried(way: faults.Way, moments: int) -> dict[str, Any]:
    events = {step: faults.events_of(way, step) for step in faults.STEPS}
    found: Counter[tuple[str, str]] = Counter()
    for fault in (*faults.FAULTS, "full"):
        for step in faults.STEPS:
            for event in _moments(fault, events[step], moments):
                one = faults.trial(way, step, fault, event)
                found.update({(fault, "lost"): one.lost, (fault, "doubled"): one.doubled, (fault, "early"): one.early})
                # Where there was nothing for it to hit, it says nothing.
                found.update({(fault, "tried"): int(one.struck)})
    return {f"{fault} {what}": number for (fault, what), number in found.items()}


def _moments(fault: str, events: int, moments: int) -> list[int]:
    wanted = {"killed": moments, "database": moments, "full": FULL}.get(fault)
    if wanted is None:
        return list(range(1, TIMES + 1))
    return sorted({1 + number * (events - 1) // max(1, wanted - 1) for number in range(wanted)})


def _way(dsn: str) -> faults.Way:
    region, kommune = office_by_slug("benkregionen"), office_by_slug("benk-0")
    assert region is not None
    assert kommune is not None
    operator = _person(region, "operator", Role.OPERATOR)
    faults.doing(operator, lambda: sign(read=in_force().sha256, by=operator))
    return faults.Way(region, kommune, operator, _person(kommune, "koordinator", Role.COORDINATOR), dsn)


def _person(ref: OfficeRef, name: str, role: Role) -> Reader:
    with work(ref, "setup") as by:
        user = invite(email=f"feil-{name}@{ref.slug}.example", name=name, roles=[role], by=by)
    return Reader(office=ref, user_id=user.id, name=name, roles=frozenset({role}))
