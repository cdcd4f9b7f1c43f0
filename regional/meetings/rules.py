"""What a region's meetings are like unless it has said otherwise. Pure."""

from dataclasses import dataclass
from datetime import time

from regional.meetings.calendar_plan import DAYS_BEFORE

FIXED_ITEMS = (
    "Godkjenning av innkalling og saksliste",
    "Referat fra forrige møte",
    "Status i kommunene",
)
QUORUM = 50
DURATION = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """`quorum`: percent of those called that must be there. `both_approve`: the minute-taker approves too."""

    days_before: int = DAYS_BEFORE
    quiet: bool = True
    starts: time = time(9, 0)
    minutes: int = DURATION
    place: str = ""
    quorum: int = QUORUM
    both_approve: bool = True
    fixed_items: tuple[str, ...] = FIXED_ITEMS
