"""What is told of once a day, one mail to each person however much it is; later rooms add theirs at start.

reminders.daily(find)      find(now) -> [Due(...)]; called once per kind in AppConfig.ready()
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from varde.identity.models import User

# What is due tomorrow is told of today.
SOON = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """A row that somebody has to do something with by a day.

    Without a matter it is about none; without an owner it is for the coordinators. Another owner or day is told anew.
    """

    row_id: UUID
    concern_id: UUID | None
    owner: User | None
    due_on: date

    @property
    def owner_id(self) -> UUID | None:
        """The owner's, if there is one."""
        return self.owner.id if self.owner else None


Find = Callable[[datetime], Iterable[Due]]
_finds: list[Find] = []


def daily(find: Find) -> None:
    """Register what a room has due."""
    if find not in _finds:
        _finds.append(find)


def found(now: datetime) -> list[Due]:
    """Everything that is due, told of or not."""
    return [one for find in _finds for one in find(now)]
