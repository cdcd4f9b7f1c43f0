"""What an office asks of the platform as a whole. It is asked here, approved by drift, and done by the provisioner."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from shared.orders import box
from shared.orders.kinds import rules_of
from shared.orders.models import Order, OrderStep
from shared.orders.people import all_settled
from shared.orders.queries import Placed, of, one, standing_with
from shared.orders.states import (
    BY_ASKER,
    BY_DRIFT,
    BY_NAMED,
    NAMING,
    NEW_HERE,
    OF_KIND,
    both,
    check_move,
    check_story,
    sort_out,
)
from shared.registry.models import Office
from shared.registry.provision import Wish, check
from varde.access.permissions import Permission
from varde.access.reader import Reader, require
from varde.audit.actions import Action, record
from varde.cli_errors import Complaint
from varde.clock import now
from varde.refusal import Overtaken, Refused, overtaken

# What an office of a type may ask for, and who there.
_MAY: dict[str, dict[str, Permission]] = {
    "create_kommune": {"region": Permission.ONBOARDING},
    "create_region": {"drift": Permission.ORDERS},
    "new_link": {"region": Permission.ONBOARDING, "drift": Permission.ORDERS},
    "close_office": {"kommune": Permission.OFFICE_END, "region": Permission.OFFICE_END},
    "merge": {"drift": Permission.ORDERS},
}


@transaction.atomic
def ask(*, kind: str, content: Mapping[str, Any], by: Reader) -> Order:
    """Place an order; Refused with a sentence when it cannot be met as it stands.

    `content` of create_kommune: number, name, slug, administrator_name, administrator_email, and by choice the facts of
    `states.ALSO`; its region is the office that asks. create_region: name, slug and the administrator. new_link:
    office (the id of one that this office has asked for) and the administrator.
    """
    may = _MAY.get(kind, {})
    require(by, may.get(by.office.kind, next(iter(may.values()), Permission.ORDERS)))
    if by.office.kind not in may:
        raise Refused("Dette kontoret kan ikke bestille det.")
    own = {"region": by.office.slug} if kind == "create_kommune" else {}
    facts, person = sort_out(kind, {**content, **own})
    if kind.startswith("create_") or kind in NAMING:
        _refuse_what_cannot_be(kind, facts)
    about = _about(kind, facts, by)
    _refuse_twice(kind, facts, by)
    order_id = uuid4()
    order = Order(
        id=order_id, kind=kind, asker=by.office.id, facts=facts, person=box.seal(order_id, person),
        office=about, asked_at=now(),
    )  # fmt: skip
    order.save()
    record(by=by, action=Action.CREATE, what=f"orders.order.{kind}", ids=[order.id])
    return order


@transaction.atomic
def move(*, order_id: UUID, to: str, by: Reader, said: str = "", facts: Mapping[str, Any] | None = None) -> Placed:
    """A move that an office says: drift approves and refuses, the office that asked takes back and confirms.

    Refused when the order is elsewhere, Overtaken when somebody was first.
    """
    require(by, _permission_to(to, order_id, by))
    order = one(order_id)
    if order is None or not _may_say(order, to, by):
        raise Refused("Bestillingen finnes ikke.")
    check_move(order.state, to)
    rules_of(order.kind).says(order, to, by)
    if order.closing and to != "approved":
        raise Refused("Slettingen er begynt, og kan bare fullføres.")
    story = [(step.state, step.who, step.person) for step in order.steps]
    check_story([*story, (to, by.office.name, by.user_id)], _drift())
    if to in ("opened", "agreed") and not all_settled([by.user_id], order.asked_at):
        raise Refused(NEW_HERE)
    step = OrderStep(
        order=order_id, number=len(order.steps) + 1, state=to, office=by.office.id, person=by.user_id, said=said,
        facts=dict(facts or {}), at=now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            step.save()
    except IntegrityError as error:
        raise Overtaken(overtaken()) from error
    record(by=by, action=Action.CHANGE, what=f"orders.order.{order.kind}", ids=[order_id], reason=to)
    if to in ("refused", "withdrawn"):
        transaction.on_commit(lambda: box.forget(order_id))
    moved = one(order_id)
    assert moved is not None  # noqa: S101 - it was there a moment ago
    return moved


def _drift() -> str:
    return str(Office.objects.filter(kind="drift").values_list("name", flat=True).first() or "")


def _may_say(order: Placed, to: str, by: Reader) -> bool:
    if OF_KIND.get(to, order.kind) != order.kind:
        return False
    if to in BY_NAMED:
        return by.office.id in both(order.facts)
    return to in BY_DRIFT or (to in BY_ASKER and order.asker_id == by.office.id)


def _permission_to(to: str, order_id: UUID, by: Reader) -> Permission:
    if to in BY_NAMED:
        return Permission.AGREEMENT_SAY
    if to in BY_DRIFT:
        return Permission.ORDERS
    kind = Order.objects.filter(id=order_id).values_list("kind", flat=True).first() or ""
    return _MAY.get(kind, {}).get(by.office.kind, Permission.ORDERS)


def _refuse_what_cannot_be(kind: str, facts: Mapping[str, Any]) -> None:
    """What the provisioner would refuse is said at once, to the one who can mend it."""
    try:
        check(wish_of(kind, facts))
    except Complaint as complaint:
        raise Refused(str(complaint).replace("--", "")) from complaint
    rules_of(kind).asks(facts)
    for taken in standing_with(facts["slug"], [facts.get("number", "")]):
        raise Refused(f"Adressen eller nummeret er allerede brukt av {taken.name}.")


def _about(kind: str, facts: Mapping[str, Any], by: Reader) -> UUID:
    """Which office: the one that asks, one that it has asked for before, or one that is to be born."""
    if kind == "close_office":
        return by.office.id
    if kind != "new_link":
        return uuid4()
    office = UUID(facts["office"])
    ours = Order.objects.filter(asker=by.office.id, kind__startswith="create_", office=office).exists()
    if not ours or not Office.objects.filter(id=office, active=True).exists():
        raise Refused("Kontoret er ikke laget ennå, eller det er ikke dere som har bedt om det.")
    return office


def _refuse_twice(kind: str, facts: Mapping[str, Any], by: Reader) -> None:
    same = () if kind == "close_office" else ("slug", "number", "office")
    for order in of(by):
        alike = kind == order.kind and (not same or any(order.facts.get(n) == facts[n] for n in same if n in facts))
        if alike and not order.over:
            raise Refused(f"Dette er alt bestilt: {order.title}. Tilstand: {order.word.lower()}.")


def wish_of(kind: str, facts: Mapping[str, Any], office_id: UUID | None = None) -> Wish:
    """The order as what provisioning is asked for."""
    named = {"slug", "name", "number", "region", "host", "one", "two"}
    # A kommune that is ordered says yes to the agreement itself, and opens when it has done the steps (ADR 0036).
    ordered, merged = kind == "create_kommune", kind in NAMING
    return Wish(
        kind="kommune" if merged else kind.removeprefix("create_"), heir=merged, slug=facts["slug"],
        name=facts["name"], number=facts.get("number", ""),
        region=facts.get("region", ""), host=bool(facts.get("host")), id=office_id, joined=not (ordered or merged),
        facts={name: value for name, value in facts.items() if name not in named} | {"has_team": not ordered},
    )  # fmt: skip
