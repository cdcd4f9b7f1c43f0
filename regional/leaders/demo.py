"""The demo's two forms: Gjøvikregionen rotates by the table that its pre-project proposed, Hamarregionen has a group
that was there before. People are made up."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from regional.leaders import people_queries, queries
from regional.leaders.actions import Plan, set_body, set_table
from regional.leaders.people_actions import Body, Person, add_place, seat_person
from regional.leaders.queries import Slot, newest_table
from varde.access import Reader
from varde.clock import now
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work
from varde.text import norwegian
from varde.ui.dates import day_of

_FILE = Path(__file__).parent / "data" / "rotation.json"
_FIRST = (
    "Hilde",
    "Morten",
    "Astrid",
    "Geir",
    "Randi",
    "Svein",
    "Tone",
    "Knut",
    "Marit",
    "Arild",
    "Siri",
    "Terje",
    "Unni",
)
_LAST = ("Brenden", "Fossum", "Skogli", "Engen", "Rud", "Sveen", "Kolstad", "Hagelin", "Nordby", "Ødegård", "Vold")
_TITLES = {"Kommuneoverlege": "Kommuneoverlege", "NAV": "Leder for NAV", "Kommunedirektør": "Kommunedirektør"}
_SINCE = date(2025, 1, 1)
_NEXT = 40  # so many names on, nobody has a name of those who sit now
COORDINATOR = "TryggEst-koordinator"


def seed(region: OfficeRef) -> bool:
    """Lay table, places and people down; False when a table is there, or the region is another."""
    known: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    if region.slug not in known:
        return False
    data = known[region.slug]
    with work(region, "setup") as by:
        if newest_table() is not None:
            return False
        kommuner = _form(data, by)
        for each in data["places"]:
            add_place(asked=Body(since=_SINCE, **each), by=by)
        for kommune in kommuner:
            add_place(asked=Body(body=COORDINATOR, kommune=kommune, coordinator=True, since=_SINCE), by=by)
        today = day_of(now())
        _people([slot for slot in queries.slots(by, today) if slot.seat not in data["vacant"]], by)
        if ahead := people_queries.next_period(by, today):
            # The kommuner have named those who take over, so that the next meeting has somebody in each seat.
            _people(ahead[1], by, since=ahead[0], first=_NEXT)
    return True


def _form(data: dict[str, Any], by: Reader) -> list[str]:
    if "table" in data:
        plan = Plan(**data["table"])
        set_table(plan=plan, by=by)
        return plan.kommuner
    asked = data["body"] | {"holds_from": date.fromisoformat(data["body"]["holds_from"])}
    set_body(**asked, by=by)
    return list(asked["kommuner"])


def _people(slots: Iterable[Slot], by: Reader, *, since: date = _SINCE, first: int = 0) -> None:
    """One for each place, the names from number `first` on; nobody for those who are called in when needed."""
    for number, slot in enumerate((slot for slot in slots if slot.capacity != "on_request"), start=first):
        name = f"{_FIRST[number * 5 % len(_FIRST)]} {_LAST[number * 3 % len(_LAST)]}"
        title = _TITLES.get(slot.seat, "Leder" if slot.capacity == "seat" else "")
        mail = name.casefold().translate(str.maketrans("æøå ", "eoa."))
        place = norwegian(slot.kommune or "felles").translate(str.maketrans("{|} ", "eoa-"))
        person = Person(name=name, title=title, email=f"{mail}@{place}.example", since=since)
        seat_person(slot=slot, person=person, by=by)
