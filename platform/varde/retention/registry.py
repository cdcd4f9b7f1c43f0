"""Rooms say at start what of theirs has a time to be kept; the verb and the daily task ask them all.

registry.register("kommune", look=standing, run=destroy)
look(ref) -> [Line(...)]       counts per class, never names
run(ref) -> Done(gone, left)   destroys what somebody has confirmed and whose time of regret is over
"""

from collections.abc import Callable
from dataclasses import dataclass

from varde.tenancy.door import OfficeRef


@dataclass(frozen=True, slots=True)
class Line:
    """One class: how many are over, due, confirmed and gone."""

    name: str
    decided: bool
    over: int
    due: int
    confirmed: int
    gone: int


@dataclass(frozen=True, slots=True)
class Done:
    """How many were destroyed, and how many could not be, with the reasons as sentences without names."""

    gone: int
    left: int
    reasons: tuple[str, ...] = ()


Look = Callable[[OfficeRef], list[Line]]
Run = Callable[[OfficeRef], Done]
_rooms: list[tuple[str, Look, Run]] = []


def register(kind: str, *, look: Look, run: Run) -> None:
    """Called once per room in AppConfig.ready()."""
    if (kind, look, run) not in _rooms:
        _rooms.append((kind, look, run))


def lines_of(ref: OfficeRef) -> list[Line]:
    """The counts of every room of this type of office."""
    return [line for kind, look, _ in _rooms if kind == ref.kind for line in look(ref)]


def run_all(ref: OfficeRef) -> Done:
    """Let every room destroy what is confirmed."""
    done = [run(ref) for kind, _, run in _rooms if kind == ref.kind]
    reasons = tuple(dict.fromkeys(reason for each in done for reason in each.reasons))
    return Done(sum(each.gone for each in done), sum(each.left for each in done), reasons)
