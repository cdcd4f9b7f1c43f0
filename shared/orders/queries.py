"""Orders and how far they have come, as the office that asks may see them: its own, and drift all."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from shared.orders import states
from shared.orders.models import Certificate, Order, OrderStep
from shared.registry.models import Office
from varde.access.reader import Reader
from varde.tenancy.door import OfficeRef


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
        return states.DONE.get(self.code, self.word) if self.own else self.word


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
        return states.WORD[self.state]

    @property
    def color(self) -> str:
        """Of its tag."""
        return states.COLORS.get(self.state, "info")

    @property
    def over(self) -> bool:
        """Nothing more will happen."""
        return self.state in states.OVER

    @property
    def closing(self) -> bool:
        """An end that has begun: it can only be finished."""
        return any(step.own and step.code in ("closed", "joined") for step in self.steps)

    @property
    def words(self) -> list[tuple[str, UUID | None, UUID | None]]:
        """(state, office, person) of each step."""
        return [(step.state, step.office, step.person) for step in self.steps]

    @property
    def ahead(self) -> str:
        """What must be done before it can be carried out, as the platform saw it last."""
        return next((step.said for step in reversed(self.steps) if step.own and step.code == "ahead"), "")

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
    """Orders that name this kommune as one of two."""
    me = str(by.office.id)
    rows = Order.objects.order_by("-asked_at", "id").filter(kind__in=states.NAMING)
    return rows.filter(facts__one=me) | rows.filter(facts__two=me)


def standing_with(slug: str, numbers: Iterable[str]) -> list[Office]:
    """The offices that hold this address or one of these numbers. One that has ended, with its certificate, holds
    nothing; one that became part of another keeps its address, which leads there."""
    wanted = [number for number in numbers if number]
    rows = Office.objects.filter(Q(slug=slug) | Q(number__in=wanted, kind="kommune"), replaced_at=None)
    ended = Certificate.objects.values("office")
    return list(rows.exclude(active=False, became=None, id__in=ended))


def not_yet(ref: OfficeRef) -> str:
    """Why a region cannot leave now: what it has asked for is not over."""
    open_ones = [order for order in placed(Order.objects.filter(asker=ref.id)) if not order.over]
    titles = [order.title for order in open_ones if order.kind != "close_office"]
    return f"Dette er bestilt og ikke ferdig: {', '.join(titles)}. Trekk det, eller vent." if titles else ""


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
            order.id, order.kind, states.title(order.kind, _named(order, names)), names.get(order.asker, "?"),
            order.asker, order.office, order.facts, order.asked_at, tuple(steps[order.id]),
        )
        for order in orders
    ]  # fmt: skip


def _named(order: Order, names: dict[UUID, str]) -> dict[str, Any]:
    """An order about an office that stands carries no name of its own."""
    return order.facts if "name" in order.facts else {**order.facts, "name": names.get(order.office, "")}


def _step(row: OrderStep, names: dict[UUID, str]) -> Step:
    who = names.get(row.office, "?") if row.office else "Plattformen"
    word = states.SAID[row.state]
    own = row.office is None
    return Step(row.state, word, who, row.person, row.code, row.said, row.at, row.facts, own, row.office)
