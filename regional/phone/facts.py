"""What a shift leaves to the next, in numbers. Later rooms register what they count; this one knows none of them.

In AppConfig.ready(): `facts.count(10, "Samtaler som venter", waiting)`; waiting(by) -> how many of what `by` may count.
"""

from collections.abc import Callable
from dataclasses import dataclass

from varde.access import Reader

Count = Callable[[Reader], int]
_counted: dict[tuple[int, str], tuple[Count, str]] = {}


@dataclass(frozen=True, slots=True)
class Fact:
    """What is counted, how many, and where it is listed ("" for nowhere)."""

    label: str
    number: int
    url: str = ""


def count(order: int, label: str, function: Count, url: str = "") -> None:
    """Register; called once per room in AppConfig.ready()."""
    _counted[order, label] = (function, url)


def facts(by: Reader) -> list[Fact]:
    """What there is now, in order."""
    return [Fact(label, function(by), url) for (_, label), (function, url) in sorted(_counted.items(), key=_order)]


def _order(item: tuple[tuple[int, str], tuple[Count, str]]) -> tuple[int, str]:
    return item[0]
