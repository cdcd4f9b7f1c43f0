"""Working off what drift has approved. Run with the migrator's secret only, in a process of its own: never by the web
and never by a worker.

One order at a time, one stage after the other. A stage is noted when it is done, in a commit of its own; one that was
cut short is done again, so each finds what it did the last time. A kill between any two statements costs a repetition.
"""

import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import transaction

from shared.orders import box, files, states
from shared.orders.kinds import rules_of
from shared.orders.models import Order, OrderStep
from shared.orders.queries import Placed, placed
from shared.registry.models import Office
from varde.cli_errors import Complaint
from varde.clock import now
from varde.refusal import Refused
from varde.tenancy.door import as_identity, migrator
from varde.tenancy.fleet import connect

log = logging.getLogger("varde.orders")
# A stage does its part and says what is to be kept of it (counts, digests), nothing of a person.
Stage = Callable[[Placed], Mapping[str, Any] | None]
Way = Callable[[Placed], tuple[tuple[str, Stage], ...]]
# Sentences of what must be done first; none when nothing stops it.
Ahead = Callable[[Placed], list[str]]
_ways: dict[str, Way] = {}
_ahead: dict[str, Ahead] = {}
_first: list[Callable[[], None]] = []
# The stage that takes back those before it: each is done again.
BACK = "reopened"
_TO_DO = ("approved", "agreed", "working")
_LOCK = "SELECT pg_try_advisory_lock(hashtextextended('varde provisioner', 0))"
# What only serves pages or answers bells holds one of these.
_SERVERS = ("gunicorn.arbiter", "varde.wsgi", "celery.apps.worker")


def way_of(*kinds: str) -> Callable[[Way], Way]:
    """Decorates the function that says which stages an order of these kinds has left, with their names."""

    def remember(way: Way) -> Way:
        _ways.update(dict.fromkeys(kinds, way))
        return way

    return remember


def ahead_of(kind: str) -> Callable[[Ahead], Ahead]:
    """Decorates what sees, before drift has answered, what would stop an order of a kind."""

    def remember(look: Ahead) -> Ahead:
        _ahead[kind] = look
        return look

    return remember


def first(care: Callable[[], None]) -> Callable[[], None]:
    """Decorates what is done before the orders, each time: leftovers of those that are over."""
    if care not in _first:
        _first.append(care)
    return care


def refuse_servers() -> None:
    """Complaint in a process that serves pages or tasks: such a one must not hold the owner's secret."""
    if any(name in sys.modules for name in _SERVERS):
        raise Complaint("Bestillinger utføres ikke av nettstedet eller arbeiderne. Kjør «varde provisioner» for seg.")


def work_off(tell: Callable[[str], None] = lambda _line: None) -> int:
    """Do everything that is approved, oldest first; how many orders were moved. 0 when another process is at it."""
    with connect(autocommit=True) as held:
        if not (held.execute(_LOCK).fetchone() or (False,))[0]:
            return 0
        _forget_the_over()
        for care in _first:
            care()
        _look_ahead()
        found = [order.id for order in waiting()]
        for order_id in found:
            tell(_do(order_id))
        return len(found)


def waiting() -> list[Placed]:
    """What is approved, and what a provisioner that ended had begun; oldest first."""
    with as_owner():
        orders = placed(Order.objects.order_by("asked_at", "id"))
    return [order for order in orders if order.state in _TO_DO]


def _look_ahead() -> None:
    """What waits for drift's answer says what would stop it, so that drift and whoever asked know before."""
    with as_owner():
        asked = [order for order in placed(Order.objects.filter(kind__in=_ahead)) if order.state == "asked"]
    for order in asked:
        said = " ".join(_ahead[order.kind](order))[:400]
        if not any(step.code == "ahead" for step in order.steps) or said != order.ahead:
            note(order.id, "asked", code="ahead", said=said)


@contextmanager
def as_owner() -> Iterator[None]:
    """The registry as the owner of its tables."""
    with as_identity(migrator()):
        yield


def look(order_id: UUID) -> Placed:
    """The order as it stands."""
    with as_owner():
        return placed(Order.objects.filter(id=order_id))[0]


def person_of(order_id: UUID) -> dict[str, str] | None:
    """Whom the order names; None when nobody can tell any more."""
    with as_owner():
        sealed = Order.objects.values_list("person", flat=True).get(id=order_id)
    return box.unseal(order_id, bytes(sealed))


def note(order_id: UUID, state: str, *, code: str = "", said: str = "", facts: Mapping[str, Any] | None = None) -> None:
    """Add a step as the platform; ValueError for a move that the table does not know."""
    with as_owner(), transaction.atomic():
        steps = OrderStep.objects.filter(order=order_id).order_by("-number")
        last = steps.first()
        if state not in states.MOVES[last.state if last else "asked"]:
            raise ValueError(f"{last and last.state} -> {state}")
        OrderStep(
            order=order_id, number=(last.number if last else 0) + 1, state=state, code=code, said=said[:400],
            facts=dict(facts or {}), at=now(),
        ).save()  # fmt: skip


def _do(order_id: UUID) -> str:
    order = look(order_id)
    try:
        states.check_story([(step.state, step.who, step.person) for step in order.steps], _drift())
        rules_of(order.kind).holds(order)
        end = _stages(order)
    except (Complaint, Refused) as error:
        return _failed(order, str(error))
    except Exception as error:  # whatever it is: the order says so, and the next one is not held up by it
        log.warning("order %s failed: %s", order_id, type(error).__name__)
        return _failed(order, f"Noe gikk galt underveis ({type(error).__name__}). Prøv igjen, eller se loggen.")
    if end == "done":
        box.forget(order_id)
    return f"{order.title}: {states.WORD[end].lower()}"


def _stages(order: Placed) -> str:
    """Those that are left, each noted; the state in which the order ends."""
    if order.state != "working":
        note(order.id, "working", code="begun")
        order = look(order.id)
    for code, stage in _ways[order.kind](order):
        if code in done_now(order):
            continue
        facts = stage(order)
        order = look(order.id)
        if code not in done_now(order):  # a stage may note itself, in the commit of what it does
            note(order.id, "working", code=code, facts=facts)
            order = look(order.id)
    end = "ready" if "file" in done_now(order) else "done"
    note(order.id, end)
    return end


def done_now(order: Placed) -> set[str]:
    """The stages that are done since the order was last approved, or what was done was taken back."""
    codes: set[str] = set()
    for step in order.steps:
        codes = codes | {step.code} if step.state == "working" and step.own and step.code != BACK else set()
    return codes


def _failed(order: Placed, sentence: str) -> str:
    if look(order.id).state != "working":
        note(order.id, "working", code="begun")
    note(order.id, "failed", said=sentence)
    return f"{order.title}: gikk ikke. {sentence}"


def _drift() -> str:
    with as_owner():
        return str(Office.objects.filter(kind="drift").values_list("name", flat=True).first() or "")


def _forget_the_over() -> None:
    """The files and persons of orders that are over, or were never placed: the page's transaction was rolled back."""
    with as_owner():
        known = {order.id: order.over for order in placed(Order.objects.filter(id__in=box.kept()))}
    for order_id in box.kept():
        if known.get(order_id, box.old(order_id)):
            box.forget(order_id)
    with as_owner():
        over = [order.id for order in placed(Order.objects.filter(id__in=files.lying())) if order.over]
    for order_id in over:
        files.forget(order_id)
