"""What the room of a kind of order says about it, where that is not this one. This room knows none of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shared.orders.queries import Placed
from varde.access.reader import Reader


@dataclass(frozen=True, slots=True)
class Rules:
    """Each raises Refused with a sentence.

    `asks`: it is placed with these facts. `says`: somebody moves it to a state. `holds`: it is carried out now.
    `shows`: what drift's page has beside it, by `template` ("" for nothing).
    """

    asks: Callable[[Mapping[str, Any]], None]
    says: Callable[[Placed, str, Reader], None]
    holds: Callable[[Placed], None]
    shows: Callable[[Placed], dict[str, Any]]
    template: str


def _nothing(*_told: object) -> None:
    """No rule of its own."""


_PLAIN = Rules(_nothing, _nothing, _nothing, lambda _order: {}, "")
_rules: dict[str, Rules] = {}


def kind_has(kind: str, rules: Rules) -> None:
    """The room of a kind says so, once."""
    _rules[kind] = rules


def rules_of(kind: str) -> Rules:
    """Those of its room, or none."""
    return _rules.get(kind, _PLAIN)
