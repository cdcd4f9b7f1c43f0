"""What is left to do in a matter that is to be joined: each is carried over or ended with a reason. Rooms register.

duties.on_open(source)      source(concern) -> Duty(...) for each that is open; asked under the reader's row rights
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from tenants.inbox.models import Concern
from varde.access import Reader
from varde.identity.models import User

type Carry = Callable[[Concern, User, Reader], None]
type End = Callable[[str, Reader], None]
type Source = Callable[[Concern], Iterable["Duty"]]


@dataclass(frozen=True, slots=True)
class Duty:
    """`carry(into, owner, by)` lays it in the other matter and ends it here; `end(reason, by)` only ends it. `becomes`:
    what the one who joins is told that carrying and ending it means."""

    key: str
    kind: str
    text: str
    owner: User
    due: date
    carry: Carry
    end: End
    becomes: str = ""


_sources: list[Source] = []


def on_open(source: Source) -> None:
    """Register; called once per room in AppConfig.ready()."""
    if source not in _sources:
        _sources.append(source)


def open_duties(concern: Concern) -> list[Duty]:
    """Everything that is left to do, the first due first."""
    found = [duty for source in _sources for duty in source(concern)]
    return sorted(found, key=lambda duty: duty.due)
