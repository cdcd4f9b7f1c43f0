"""What somebody who leaves still holds, thing by thing, and how it is given on. Each room names its part at start:

    handing.also(Kind("step", 20, "neste steg", "neste steg", held, column, give))
    handing.lets_in(let_in)          let_in(concern=, leaving=, heir=, by=): open the matter to the heir, where one may

`held(user id)` names the matter of each thing, one for each (None: about no matter), of those that the one who asks
sees. `give` gives everything of its kind in one matter; without it nobody can give this in one go. `column` counts the
same for many people at once, in the team's register, and must be empty before a hand-over can end. One query each.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Count, QuerySet

from tenants.inbox.models import Concern
from tenants.inbox.shutting import Taker
from tenants.team.register import Counts, on_workload
from varde.access import Reader
from varde.identity.models import User
from varde.ui.dates import count


class Giver(Protocol):
    """Gives what somebody holds in a matter, or about none, to the heir, and logs it."""

    def __call__(self, *, concern: Concern | None, leaving: User, heir: User, by: Reader) -> None: ...


class LetIn(Protocol):
    """Opens a matter to the heir in place of the one who leaves. Nothing happens where that cannot be."""

    def __call__(self, *, concern: Concern, leaving: User, heir: User, by: Reader) -> None: ...


@dataclass(frozen=True, slots=True)
class Column:
    """How a kind stands in the team's register: its place and heading there, how many each has, and where it is listed,
    with {} where the person's id stands."""

    order: int
    label: str
    counts: Counts
    where: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing: its code, its place in the order, one and several of it in words."""

    code: str
    order: int
    one: str
    many: str
    held: Callable[[UUID], Iterable[UUID | None]]
    column: Column
    give: Giver | None = None

    def words(self, number: int) -> str:
        """«2 tiltak»."""
        return count(number, self.one, self.many)


Held = Counter[tuple[UUID | None, str]]
_kinds: dict[str, Kind] = {}
_letting_in: list[LetIn] = []


def also(kind: Kind) -> None:
    """Register; called once per kind in AppConfig.ready()."""
    _kinds[kind.code] = kind
    on_workload(kind.column.order, kind.column.label, kind.column.counts, kind.words, kind.column.where)


def lets_in(function: LetIn) -> None:
    """Register; called once per room in AppConfig.ready()."""
    if function not in _letting_in:
        _letting_in.append(function)


def kinds() -> list[Kind]:
    """All of them, in order."""
    return sorted(_kinds.values(), key=lambda kind: kind.order)


def doors() -> list[LetIn]:
    """Every way of letting the heir in."""
    return list(_letting_in)


def held_by(user_id: UUID) -> Held:
    """How many of each kind a person holds in each matter, of those that the one who asks sees."""
    return Counter((matter, kind.code) for kind in kinds() for matter in kind.held(user_id))


def counted(rows: QuerySet[Any], whose: str) -> dict[UUID, int]:
    """How many rows each has, for `Column.counts`."""
    return dict(rows.order_by().values_list(whose).annotate(Count("id")))


def by_taker(taker: Taker) -> Giver:
    """What gives on what a person who is shut out holds gives on this too."""

    def give(*, concern: Concern | None, leaving: User, heir: User, by: Reader) -> None:
        if concern is not None:
            taker(concern=concern, shut=[leaving], heir=heir, by=by)

    return give
