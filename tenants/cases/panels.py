"""Where later rooms put their part of the case page. They register at start; the case knows none of them.

panels.on_case(10, "Tiltak", build)      build(case, reader, request) -> html (a SafeString), "" for nothing
panels.on_timeline(events)               events(case) -> [Event(...)]
panels.on_way("Tiltak", reached)         reached(case) -> has the case come to this step of the way?
panels.before_leaving(held)              held(case, user) -> a sentence why the person cannot leave, or None
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.safestring import SafeString

from tenants.cases.models import Case
from varde.access import Reader
from varde.identity.models import User


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the timeline."""

    when: datetime
    title: str
    who: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the page with its heading."""

    title: str
    html: SafeString


BuildPanel = Callable[[Case, Reader, HttpRequest], SafeString]
_panels: list[tuple[int, str, BuildPanel]] = []
_events: list[Callable[[Case], Iterable[Event]]] = []
_way: list[tuple[str, Callable[[Case], bool]]] = []
_held: list[Callable[[Case, User], str | None]] = []


def on_case(order: int, title: str, build: BuildPanel) -> None:
    """Show a part on the case page, lowest order first."""
    if (order, title, build) not in _panels:
        _panels.append((order, title, build))


def on_timeline(events: Callable[[Case], Iterable[Event]]) -> None:
    """Add events to the timeline."""
    if events not in _events:
        _events.append(events)


def on_way(step: str, reached: Callable[[Case], bool]) -> None:
    """Say when a case has come to a step of `varde.ui.progress.CONCERN_STEPS`."""
    if (step, reached) not in _way:
        _way.append((step, reached))


def before_leaving(held: Callable[[Case, User], str | None]) -> None:
    """Say what keeps a member on a case."""
    if held not in _held:
        _held.append(held)


def panels_of(case: Case, reader: Reader, request: HttpRequest) -> list[Panel]:
    """The later rooms' parts of the page."""
    built = [Panel(title, build(case, reader, request)) for _, title, build in sorted(_panels, key=lambda p: p[:2])]
    return [panel for panel in built if panel.html]


def events_of(case: Case) -> list[Event]:
    """The later rooms' events, in no order."""
    return [event for events in _events for event in events(case)]


def way_of(case: Case) -> str:
    """How far the case has come."""
    if case.state == "closed":
        return "Lukket"
    reached = [step for step, has in _way if has(case)]
    return reached[-1] if reached else "Sak"


def held_by(case: Case, user: User) -> str | None:
    """The first reason why the person cannot leave the case, or None."""
    return next((reason for held in _held if (reason := held(case, user))), None)
