"""What one person has to do, as their own page shows it. Who may see which row, the database says; each is logged."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tenants.inbox import due
from tenants.inbox.due import Due
from tenants.inbox.due_states import SECTIONS, horizon, section, urgency
from tenants.inbox.home import Home, homes_of
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.privacy.fields import open_together
from varde.ui.dates import day_of
from varde.ui.gone import words

PAGE_SIZE = 50
LAST_PAGE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A thing to do in words, with its address and its matter."""

    kind: str
    text: str
    url: str
    due: datetime | date | None
    note: str
    home: Home | None


@dataclass(frozen=True, slots=True)
class Today:
    """A page of it, parted by how urgent it is. `more`: there is a page after this one."""

    sections: list[tuple[str, list[Line]]]
    number: int
    more: bool


def today_for(reader: Reader, number: int, now: datetime) -> Today:
    """One page, the most urgent first. The same number of queries however much there is; nothing is counted."""
    end = number * PAGE_SIZE
    every = due.found(reader, horizon(now), end + 1)
    ordered = sorted(every, key=lambda each: (urgency(each.at, akutt=each.akutt), each.kind, str(each.log_id)))
    shown = ordered[end - PAGE_SIZE : end]
    _note(reader, shown)
    open_together([each.row for each in shown if each.row is not None])
    homes = homes_of({each.concern_id for each in shown if each.concern_id is not None})
    parted: dict[str, list[Line]] = defaultdict(list)
    for each in shown:
        parted[section(each.at, now, akutt=each.akutt)].append(_line(each, homes))
    return Today([(label, parted[code]) for code, label in SECTIONS if code in parted], number, len(ordered) > end)


def _note(reader: Reader, shown: list[Due]) -> None:
    """One row per thing shown, under its own noun."""
    ids: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    for each in shown:
        ids[each.what, each.ground].append(each.log_id)
    for (what, ground), seen in ids.items():
        record(by=reader, action=Action.LIST, what=what, ids=seen, ground=ground)


def _line(each: Due, homes: dict[UUID, Home]) -> Line:
    home = homes.get(each.concern_id) if each.concern_id else None
    url = f"{home.address}{each.url}" if each.in_matter and home else each.url
    text = words(each.row, each.field) if each.row is not None and each.field else each.text
    when = day_of(each.at) if each.at and each.whole_day else each.at
    return Line(each.kind, text, url, when, each.note, home)
