"""Orders and how far they have come, as the office that asks may see them: its own, and drift all."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from shared.registry import order_states
from shared.registry.models import Office
from shared.registry.order_models import Order, OrderStep
from varde.access.reader import Reader


@dataclass(frozen=True, slots=True)
class Step:
    """One move, with the name of the office that said it ("Plattformen" for its own work)."""

    state: str
    word: str
    who: str
    person: UUID | None
    code: str
    said: str
    at: datetime
    facts: dict[str, Any] = field(default_factory=dict)
    # The platform's own work: no office's login can say it.
    own: bool = False
    office: UUID | None = None

    @property
    def done(self) -> str:
        """What was done, in words."""
        return order_states.DONE.get(self.code, self.word) if self.state == "working" else self.word


@dataclass(frozen=True, slots=True)
class Placed:
    """An order with its steps, oldest first."""

    id: UUID
    kind: str
    title: str
    asker: str
    asker_id: UUID
    office: UUID
    facts: dict[str, Any]
    asked_at: datetime
    steps: tuple[Step, ...]

    @property
    def state(self) -> str:
        """That of the newest step."""
        return self.steps[-1].state if self.steps else "asked"

    @property
    def word(self) -> str:
        """The state in words."""
        return order_states.WORD[self.state]

    @property
    def color(self) -> str:
        """Of its tag."""
        return order_states.COLORS.get(self.state, "info")

    @property
    def over(self) -> bool:
        """Nothing more will happen."""
        return self.state in order_states.OVER

    @property
    def closing(self) -> bool:
        """An end that has begun: it can only be finished."""
        return any(step.own and step.code in ("closed", "joined") for step in self.steps)

    @property
    def words(self) -> list[tuple[str, UUID | None, UUID | None]]:
        """(state, office, person) of each step."""
        return [(step.state, step.office, step.person) for step in self.steps]

    @property
    def said(self) -> str:
        """The newest sentence."""
        return self.steps[-1].said if self.steps else ""

    @property
    def at(self) -> datetime:
        """When it last moved."""
        return self.steps[-1].at if self.steps else self.asked_at

    def fact(self, name: str) -> Any:
        """What the platform's newest step with this fact says, None where none has it; never what an office wrote."""
        return next((step.facts[name] for step in reversed(self.steps) if step.own and name in step.facts), None)

    @property
    def typed_code(self) -> str:
        """What the office typed when it had opened the file."""
        opened = next((step for step in reversed(self.steps) if step.state == "opened"), None)
        return str(opened.facts.get("code", "")) if opened else ""

    def said_by(self, *states: str) -> list[UUID | None]:
        """Who has said each of these since drift approved the last time."""
        newest: dict[str, UUID | None] = {}
        for step in self.steps:
            newest = {} if step.state == "approved" else newest
            newest |= {step.state: step.person} if step.state in states else {}
        return list(newest.values())


def of(by: Reader) -> list[Placed]:
    """The orders that this office has placed, and all of them for drift; the newest first."""
    rows = Order.objects.order_by("-asked_at", "id")
    if by.office.kind != "drift":
        rows = rows.filter(asker=by.office.id) | about(by)
    return placed(rows)


def about(by: Reader) -> "QuerySet[Order]":
    """Orders that name this kommune as one of two that become one."""
    me = str(by.office.id)
    rows = Order.objects.order_by("-asked_at", "id").filter(kind="merge")
    return rows.filter(facts__one=me) | rows.filter(facts__two=me)


def one(order_id: UUID) -> Placed | None:
    """An order that the asking office may see."""
    return next(iter(placed(Order.objects.filter(id=order_id))), None)


def placed(rows: Iterable[Order]) -> list[Placed]:
    """The rows with their steps; one query for all of them."""
    orders = list(rows)
    names = dict(Office.objects.values_list("id", "name"))
    steps: dict[UUID, list[Step]] = defaultdict(list)
    for row in OrderStep.objects.filter(order__in=[order.id for order in orders]).order_by("number"):
        steps[row.order].append(_step(row, names))
    return [
        Placed(
            order.id, order.kind, order_states.title(order.kind, _named(order, names)), names.get(order.asker, "?"),
            order.asker, order.office, order.facts, order.asked_at, tuple(steps[order.id]),
        )
        for order in orders
    ]  # fmt: skip


def _named(order: Order, names: dict[UUID, str]) -> dict[str, Any]:
    """An order about an office that stands carries no name of its own."""
    return order.facts if "name" in order.facts else {**order.facts, "name": names.get(order.office, "")}


def _step(row: OrderStep, names: dict[UUID, str]) -> Step:
    who = names.get(row.office, "?") if row.office else "Plattformen"
    word = order_states.WORD[row.state]
    own = row.office is None
    return Step(row.state, word, who, row.person, row.code, row.said, row.at, row.facts, own, row.office)
