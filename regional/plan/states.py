"""How far a measure has come, and how a plan is doing: pure rules over what has been written down."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

PLANNED, RUNNING, DONE, STOPPED = "planned", "running", "done", "stopped"
STATUSES = ((PLANNED, "Ikke begynt"), (RUNNING, "I gang"), (DONE, "Gjort"), (STOPPED, "Stanset"))
LABELS = dict(STATUSES)
COLORS = {PLANNED: "neutral", RUNNING: "info", DONE: "success", STOPPED: "warning"}
OPEN = frozenset({PLANNED, RUNNING})
OWNERS = (("kommune", "En kommune"), ("member", "En person"), ("body", "En virksomhet eller et organ"))
ORIGINS = (("decision", "Vedtak på et møte"), ("matter", "Systemsak"), ("other", "Annet"))
COMMON = "Felles"
# As the picture has them, from the left; what is over its date is taken out of the two that are open.
PARTS = (
    (DONE, "Gjort"),
    (RUNNING, "I gang"),
    (PLANNED, "Ikke begynt"),
    ("overdue", "Over frist"),
    (STOPPED, "Stanset"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """A line of progress. None or "" where it changes nothing."""

    at: datetime
    status: str = ""
    due_on: date | None = None
    owner_name: str = ""
    owner_kommune: UUID | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds for a measure now."""

    status: str
    due_on: date
    owner_name: str
    owner_kommune: UUID | None
    reason: str
    since: datetime | None

    @property
    def label(self) -> str:
        """In words."""
        return LABELS[self.status]

    @property
    def color(self) -> str:
        """Beside the words, never instead of them."""
        return COLORS[self.status]

    @property
    def is_open(self) -> bool:
        """Somebody still has something to do."""
        return self.status in OPEN

    def overdue(self, today: date) -> bool:
        """The day has passed, and it is neither done nor stopped."""
        return self.is_open and self.due_on < today

    def part(self, today: date) -> str:
        """Its place in the picture: a code of PARTS."""
        return "overdue" if self.overdue(today) else self.status


def standing(begins: Said, said: Iterable[Said]) -> Standing:
    """What the measure began as (status, date and owner are there), changed by each line in the order of time."""
    status, reason, since, due_on = begins.status, "", None, begins.due_on
    owner = (begins.owner_name, begins.owner_kommune)
    for one in sorted(said, key=lambda each: each.at):
        if one.status:
            status, reason, since = one.status, one.reason, one.at
        due_on = one.due_on or due_on
        owner = (one.owner_name, one.owner_kommune) if one.owner_name else owner
    if due_on is None:
        raise ValueError("a measure without a date")
    return Standing(status, due_on, *owner, reason, since)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many measures are in each of PARTS."""

    label: str
    counts: tuple[tuple[str, str, int], ...]

    @property
    def total(self) -> int:
        """Of all of them."""
        return sum(count for _, _, count in self.counts)


def tally(label: str, found: Iterable[Standing], today: date) -> Tally:
    """Count them by part; parts without any stand there with 0."""
    counted = Counter(one.part(today) for one in found)
    return Tally(label, tuple((code, said, counted[code]) for code, said in PARTS))


def is_for(kommuner: Sequence[str], owner_kommune: UUID | None, kommune: UUID) -> bool:
    """Is this something that the kommune does at home: for it among others, or its own to carry out?"""
    return str(kommune) in kommuner or owner_kommune == kommune


def period_label(first: int, last: int) -> str:
    """«2026–2027», or one year alone."""
    return str(first) if first == last else f"{first}–{last}"
