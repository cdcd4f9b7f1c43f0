"""What later rooms tell the log about matters. They register at start; the log knows no matter and no case.

    hooks.matters(named)         named(reader, typed) -> UUID | None     the matter that the reader sees under this name
    hooks.tasks_of(tasks)        tasks(matters) -> {matter: [Task(...)]} who had something to do with it, and when
    hooks.matter_hints(hints)    hints(pairs) -> {(user, matter): {Rule.OWN_NAME}}
    hooks.shifts(on_shift)       on_shift(user, at) -> bool              was it this person's turn outside office hours?

`tasks` and `hints` are asked by the nightly look as the purpose "verify", and `tasks` also as the one who reviews.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from varde.access.reader import Reader
from varde.audit.models import Rule


@dataclass(frozen=True, slots=True)
class Task:
    """Somebody has something to do with a matter. No user: everybody who works with what comes in."""

    user_id: UUID | None
    since: datetime
    until: datetime | None = None

    def holds(self, user_id: UUID, at: datetime) -> bool:
        """Is it this person's task at that moment?"""
        return self.user_id in (None, user_id) and self.since <= at and (self.until is None or at <= self.until)


Pair = tuple[UUID, UUID]
Named = Callable[[Reader, str], UUID | None]
TasksOf = Callable[[Collection[UUID]], Mapping[UUID, Sequence[Task]]]
Hints = Callable[[Collection[Pair]], Mapping[Pair, frozenset[Rule]]]
OnShift = Callable[[UUID, datetime], bool]

_named: list[Named] = []
_tasks: list[TasksOf] = []
_hints: list[Hints] = []
_shifts: list[OnShift] = []


def _register[T](found: list[T], function: T) -> None:
    if function not in found:
        found.append(function)


def matters(function: Named) -> None:
    """A room that finds a matter by what people call it; it must answer None for one that the reader may not see."""
    _register(_named, function)


def tasks_of(function: TasksOf) -> None:
    """A room that knows who has something to do with a matter."""
    _register(_tasks, function)


def matter_hints(function: Hints) -> None:
    """A room that can tell (from blind indexes, not from content) that a matter holds the reader's own name."""
    _register(_hints, function)


def shifts(function: OnShift) -> None:
    """A room that knows whose turn it is."""
    _register(_shifts, function)


def matter_named(reader: Reader, typed: str) -> UUID | None:
    """The first matter that a room finds under this name."""
    return next((found for function in _named if (found := function(reader, typed))), None)


def all_tasks(wanted: Collection[UUID]) -> dict[UUID, list[Task]]:
    """What every room says, together."""
    found: dict[UUID, list[Task]] = {matter: [] for matter in wanted}
    for function in _tasks:
        for matter, tasks in function(wanted).items():
            found.setdefault(matter, []).extend(tasks)
    return found


def all_hints(pairs: Collection[Pair]) -> dict[Pair, frozenset[Rule]]:
    """What every room says, together."""
    found: dict[Pair, frozenset[Rule]] = {}
    for function in _hints:
        for pair, rules in function(pairs).items():
            found[pair] = found.get(pair, frozenset()) | rules
    return found


def on_shift(user_id: UUID, at: datetime) -> bool:
    """Does any room say that it was this person's turn?"""
    return any(function(user_id, at) for function in _shifts)
