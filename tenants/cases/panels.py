"""Where later rooms put their part of the case page. They register at start; the case knows none of them.

panels.on_case(10, "Tiltak", build)      build(case, reader, request) -> html (a SafeString), "" for nothing;
                                         `folded=True` for what is looked at now and then; below 2: before the notes;
                                         `quiet(html)` folds a part while nothing in it is open; `brief(html, …)`
                                         folds it on a phone, with what waits in it beside its name
panels.on_top(build)                     build(case, reader, request) -> html before everything else, "" for nothing
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
    """A line of the timeline. `wrong`: its mark as entered wrongly, by which the text is folded; `mark_at`: where it
    can be marked so; `right_at`: where its words are put right."""

    when: datetime
    title: str
    who: str = ""
    text: str = ""
    wrong: str = ""
    mark_at: str = ""
    right_at: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the page with its heading."""

    order: int
    title: str
    html: SafeString
    folded: bool = False

    @property
    def narrow(self) -> bool:
        """Is it folded on a phone alone?"""
        return isinstance(self.html, Brief) and not self.folded

    @property
    def waits(self) -> str:
        """What stands beside its name while it is folded."""
        return self.html.waits if isinstance(self.html, Brief) else ""

    @property
    def colour(self) -> str:
        """Of that."""
        return self.html.colour if isinstance(self.html, Brief) else "neutral"

    @property
    def anchor(self) -> str:
        """Where it is found on the page."""
        return f"del-{self.order}"

    @property
    def first(self) -> bool:
        """Does it stand before the notes?"""
        return self.order < _NOTES


class Quiet(SafeString):
    """A part in which nothing waits for anybody just now: it is folded."""


def quiet(html: SafeString, *, nothing_open: bool) -> SafeString:
    """The part, folded where nothing in it is open."""
    return Quiet(html) if nothing_open else html


class Brief(SafeString):
    """A part that a phone folds; `waits` says in a word or two what one would unfold it for."""

    waits = ""
    colour = "neutral"


def brief(html: SafeString, *, waits: str = "", colour: str = "neutral") -> SafeString:
    """The part, folded where there is little room. What waits for somebody must be in `waits`. "" stays ""."""
    if not html:
        return html
    part = Brief(html)
    part.waits, part.colour = waits, colour
    return part


BuildPanel = Callable[[Case, Reader, HttpRequest], SafeString]
_NOTES = 2
_panels: list[tuple[int, str, BuildPanel, bool]] = []
_tops: list[BuildPanel] = []
_events: list[Callable[[Case], Iterable[Event]]] = []
_way: list[tuple[str, Callable[[Case], bool]]] = []
_held: list[Callable[[Case, User], str | None]] = []


def on_case(order: int, title: str, build: BuildPanel, *, folded: bool = False) -> None:
    """Show a part on the case page, lowest order first. ValueError for a place that is taken."""
    if (order, title, build, folded) in _panels:
        return
    if any(place == order for place, *_ in _panels):
        raise ValueError(f"{title}: plass {order} er tatt")
    _panels.append((order, title, build, folded))


def on_top(build: BuildPanel) -> None:
    """Show something at the top of the case page, for what nobody may overlook."""
    if build not in _tops:
        _tops.append(build)


def tops_of(case: Case, reader: Reader, request: HttpRequest) -> list[SafeString]:
    """What nobody may overlook."""
    return [html for build in _tops if (html := build(case, reader, request))]


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
    built = [
        (order, title, build(case, reader, request), folded)
        for order, title, build, folded in sorted(_panels, key=lambda panel: panel[0])
    ]
    return [
        Panel(order, title, html, folded or isinstance(html, Quiet)) for order, title, html, folded in built if html
    ]


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
