"""«I dag»: everything that waits for one person, on one page. Each room names its part and the page knows none of them.

In a room's AppConfig.ready():

    due.on_today(find)        find(reader, until, most) -> Iterable[Due]

`find` answers with what this reader has to do, and nobody else's: what they own, what has come to them, what they alone
(or whoever sees it) must answer. Among rows that the database lets them see; due before `until` or without a date; the
most urgent first and at most `most` of them; a few queries, the same for few rows and many. It opens no sealed text and
logs nothing: it hands over the row and the name of the field, and the page opens, names and logs what it shows, and
that alone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Model

from varde.access import Reader
from varde.clock import OSLO


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do. `what` and `log_id` are how a look at it stands in the log ("triage.step", the row's id).

    `url` is its address, or with `in_matter` what comes after the address of the matter ("/steg"). The words are
    `text`, or the sealed `field` of `row`. `at` is None for what waits without a date; `whole_day`: the day counts.
    """

    kind: str
    url: str
    what: str
    log_id: UUID
    at: datetime | None = None
    whole_day: bool = False
    akutt: bool = False
    text: str = ""
    row: Model | None = None
    field: str = ""
    concern_id: UUID | None = None
    in_matter: bool = False
    note: str = ""
    ground: str = ""


Find = Callable[[Reader, datetime, int], Iterable[Due]]
_finders: list[Find] = []


def on_today(find: Find) -> None:
    """Register; called once per part in AppConfig.ready()."""
    if find not in _finders:
        _finders.append(find)


def found(reader: Reader, until: datetime, most: int) -> list[Due]:
    """What every room says, in no order."""
    return [each for find in _finders for each in find(reader, until, most)]


def end_of(day: date) -> datetime:
    """The last moment of a day here, for what is due on a day without an hour."""
    return datetime.combine(day, time.max, OSLO)
