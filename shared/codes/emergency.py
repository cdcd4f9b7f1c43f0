"""Numbers to call when it is urgent; the first thing on every public page."""

from dataclasses import dataclass
from functools import cache

from shared.codes.data_files import read


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """`number` for a tel: link, `display` as Norwegians write it, whose it is, and when to call."""

    number: str
    display: str
    label: str
    when: str


@cache
def emergency_numbers() -> tuple[EmergencyNumber, ...]:
    """Return the numbers, the most urgent first."""
    return tuple(EmergencyNumber(**row) for row in read("emergency")["numbers"])
