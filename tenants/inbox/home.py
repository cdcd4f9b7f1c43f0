"""Where a matter lives now and what it is called: a concern in the inbox, or what a later room has made of it.

    home.names_matters(names)      names(concern ids) -> {concern id: ("Sak 2026-1A2B3C", "/saker/…")}
    home.reopens_at(reopening)     reopening(concern, reader) -> the address where this reader takes it up again, or ""

Asked only of matters that the reader sees; who sees the concern sees what it has become.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from tenants.inbox.models import Concern
from varde.access import Reader
from varde.ui.dates import date_and_time

Names = Callable[[Collection[UUID]], Mapping[UUID, tuple[str, str]]]
Reopening = Callable[[Concern, Reader], str]
_names: list[Names] = []
_reopenings: list[Reopening] = []


@dataclass(frozen=True, slots=True)
class Home:
    """What people call a matter, its address, and whether a later room has taken it over."""

    name: str
    address: str
    moved: bool = False


def names_matters(function: Names) -> None:
    """Register; called once per room in AppConfig.ready()."""
    if function not in _names:
        _names.append(function)


def reopens_at(function: Reopening) -> None:
    """Register; called once per room in AppConfig.ready()."""
    if function not in _reopenings:
        _reopenings.append(function)


def names_of(concerns: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    """Name and address of those that a later room has taken over."""
    found: dict[UUID, tuple[str, str]] = {}
    for function in _names:
        found.update(function(concerns))
    return found


def home_of(concern: Concern) -> Home:
    """Where to go back to from a page about this matter."""
    taken = names_of([concern.pk]).get(concern.pk)
    if taken is not None:
        return Home(*taken, moved=True)
    return Home(f"Bekymring {date_and_time(concern.received_at)}", f"/innboks/{concern.pk}")


def homes_of(concerns: Collection[UUID]) -> dict[UUID, Home]:
    """The same of several that the reader sees; of those that are hidden there is nothing."""
    if not concerns:
        return {}
    rows = Concern.objects.filter(id__in=concerns).values_list("id", "received_at")
    found = {key: Home(f"Bekymring {date_and_time(received)}", f"/innboks/{key}") for key, received in rows}
    return found | {key: Home(*named, moved=True) for key, named in names_of(concerns).items()}


def reopening_of(concern: Concern, reader: Reader) -> str:
    """Where this reader can take a closed matter up again; "" where that cannot be done."""
    return next(filter(None, (function(concern, reader) for function in _reopenings)), "")
