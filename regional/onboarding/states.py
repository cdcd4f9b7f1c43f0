"""How a kommune stands against what Bufdir expects, of what it has said itself. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.codes.starting import Step

LABELS = {
    "done": ("Gjort", "success"),
    "under_way": ("I gang", "info"),
    "open": ("Ikke gjort", "warning"),
    "not_relevant": ("Ikke aktuelt", "neutral"),
    "": ("Ikke sagt", "neutral"),
}
# A kommune says how it stands once a day; after this long its silence is shown.
SILENT = timedelta(days=3)
_OVER = ("done", "not_relevant")


@dataclass(frozen=True, slots=True)
class Line:
    """A step as a kommune has said that it stands; "" when it has said nothing."""

    step: Step
    state: str

    @property
    def label(self) -> str:
        """The state in words."""
        return LABELS[self.state][0]

    @property
    def color(self) -> str:
        """Of its tag."""
        return LABELS[self.state][1]


@dataclass(frozen=True, slots=True)
class Count:
    """How many of some steps are over and done with."""

    done: int
    of: int

    @property
    def width(self) -> str:
        """As a length in a picture."""
        return f"{100 * self.done / self.of:.1f}%" if self.of else "0%"


def lines(steps: Sequence[Step], said: Mapping[str, str]) -> list[Line]:
    """Every step in the order of the list."""
    return [Line(step, said.get(step.code, "")) for step in steps]


def counted(found: Sequence[Line], *, expected: bool) -> Count:
    """Of those that Bufdir expects, or of all."""
    chosen = [one for one in found if one.step.expected or not expected]
    return Count(sum(one.state in _OVER for one in chosen), len(chosen))


def lacking(found: Sequence[Line]) -> list[str]:
    """What Bufdir expects and is not in place, in words."""
    return [one.step.title for one in found if one.step.expected and one.state not in _OVER]


def standing(started_on: date | None, as_of: datetime | None, now: datetime) -> tuple[str, str]:
    """Where a kommune is, and the colour of it."""
    if as_of is None:
        return "Har ikke begynt", "neutral"
    if now - as_of > SILENT:
        return "Har ikke sagt noe på en stund", "danger"
    return ("I gang", "success") if started_on else ("På vei", "info")
