"""Which returns are expected. Pure: quarters in, what lacks out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shared.codes.periods import Quarter


@dataclass(frozen=True, slots=True)
class Missing:
    """A return that has not come."""

    kommune: str
    quarter: Quarter


def missing(
    expected_from: Mapping[str, Quarter | None],
    sent: Mapping[str, Iterable[Quarter]],
    quarters: Sequence[Quarter],
) -> list[Missing]:
    """Returns that the kommuner should have sent and have not.

    A kommune is expected from its start date, or where that is not known from its first return; a kommune
    that has neither is expected all the time.
    """
    found = []
    for kommune, start in expected_from.items():
        own = set(sent.get(kommune, ()))
        since = start or (min(own) if own else quarters[0])
        found += [Missing(kommune, quarter) for quarter in quarters if quarter >= since and quarter not in own]
    return found
