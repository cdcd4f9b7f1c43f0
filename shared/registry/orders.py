"""What an office asks of the platform as a whole. It is asked here, approved by drift, and done by the provisioner."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from shared.registry import merge_states, order_box
from shared.registry.models import Office
from shared.registry.order_models import Order, OrderStep
from shared.registry.order_people import all_settled
from shared.registry.order_queries import Placed, of, one
from shared.registry.order_states import (
    BY_ASKER,
    BY_DRIFT,
    BY_NAMED,
    KINDS,
    NEW_HERE,
    OF_KIND,
    check_move,
    check_story,
    sort_out,
)
from shared.registry.provision import Wish, check
from varde.access.permissions import Permission
from varde.access.reader import Reader, require
from varde.audit.actions import Action, record
from varde.cli_errors import Complaint
from varde.clock import now
from varde.refusal import Overtaken, Refused, overtaken

__all__ = ["KINDS", "Placed", "ask", "move", "of", "one"]

_MAY: dict[str, tuple[str, Permission]] = {
    "create_kommune": ("region", Permission.ONBOARDING),
    "create_region": ("drift", Permission.ORDERS),
    "new_link": ("region", Permission.ONBOARDING),
    "close_office": ("kommune", Permission.AGREEMENT_SAY),
    "merge": ("drift", Permission.ORDERS),
}


@transaction.atomic
def ask(*, kind: str, content: Mapping[str, Any], by: Reader) -> Order:
    """Place an order; Refused with a sentence when it cannot be met as it stands.

    `content` of create_kommune: number, name, slug, administrator_name, administrator_email, and by choice the facts of
    `order_states.ALSO`; its region is the office that asks. create_region: name, slug and the administrator. new_link:
    office (the id of one that this office has asked for) and the administrator.
    """
    office_kind, permission = _MAY.get(kind, ("drift", Permission.ORDERS))
    require(by, permission)
    if by.office.kind != office_kind:
        raise Refused("Dette kontoret kan ikke bestille det.")
    own = {"region": by.office.slug} if kind == "create_kommune" else {}
    facts, person = sort_out(kind, {**content, **own})
    if kind.startswith("create_") or kind == merge_states.KIND:
        _refuse_what_cannot_be(kind, facts)
    about = _about(kind, facts, by)
    _refuse_twice(kind, facts, by)
    order_id = uuid4()
    order = Order(
        id=order_id, kind=kind, asker=by.office.id, facts=facts, person=order_box.seal(order_id, person),
        office=about, asked_at=now(),
    )  # fmt: skip
    order.save()
    record(by=by, action=Action.CREATE, what=f"registry.order.{kind}", ids=[order.id])
    return order


@transaction.atomic
def move(*, order_id: UUID, to: str, by: Reader, said: str = "", facts: Mapping[str, Any] | None = None) -> Placed:
    """A move that an office says: drift approves and refuses, the office that asked takes back and confirms.

    Refused when the order is elsewhere, Overtaken when somebody was first.
    """
    require(by, _permission_to(to, order_id))
    order = one(order_id)
    if order is None or not _may_say(order, to, by):
        raise Refused("Bestillingen finnes ikke.")
    check_move(order.state, to)
    _check_merge(order, to, by)
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
    record(by=by, action=Action.CHANGE, what=f"registry.order.{order.kind}", ids=[order_id], reason=to)
    if to in ("refused", "withdrawn"):
        transaction.on_commit(lambda: order_box.forget(order_id))
    moved = one(order_id)
    assert moved is not None  # noqa: S101 - it was there a moment ago
    return moved


def _drift() -> str:
    return str(Office.objects.filter(kind="drift").values_list("name", flat=True).first() or "")


def _may_say(order: Placed, to: str, by: Reader) -> bool:
    if OF_KIND.get(to, order.kind) != order.kind:
        return False
    if to in BY_NAMED:
        return by.office.id in merge_states.both(order.facts)
    return to in BY_DRIFT or (to in BY_ASKER and order.asker_id == by.office.id)


def _check_merge(order: Placed, to: str, by: Reader) -> None:
    if order.kind == merge_states.KIND and to == "approved":
        merge_states.check_agreed(order.words, order.facts)
    if to == "yes":
        merge_states.check_yes(order.words, order.facts, by.office.id, by.user_id)
        if not all_settled([by.user_id], order.asked_at):
            raise Refused(merge_states.NEW_HERE)


def _permission_to(to: str, order_id: UUID) -> Permission:
    if to in BY_NAMED:
        return Permission.AGREEMENT_SAY
    return Permission.ORDERS if to in BY_DRIFT else _permission_of(order_id)


def _permission_of(order_id: UUID) -> Permission:
    kind = Order.objects.filter(id=order_id).values_list("kind", flat=True).first() or ""
    return _MAY.get(kind, ("", Permission.ORDERS))[1]


def _refuse_what_cannot_be(kind: str, facts: Mapping[str, Any]) -> None:
    """What the provisioner would refuse is said at once, to the one who can mend it."""
    try:
        check(wish_of(kind, facts))
    except Complaint as complaint:
        raise Refused(str(complaint).replace("--", "")) from complaint
    if kind == merge_states.KIND:
        _refuse_two(facts)
    taken = Office.objects.filter(slug=facts["slug"]).first()
    taken = taken or (facts.get("number") and Office.objects.filter(number=facts["number"], kind="kommune").first())
    if taken:
        raise Refused(f"Adressen eller nummeret er allerede brukt av {taken.name}.")


def _refuse_two(facts: Mapping[str, Any]) -> None:
    """Two kommuner that are here, and not one of them twice."""
    wanted = set(merge_states.both(facts))
    there = Office.objects.filter(id__in=wanted, kind="kommune", active=True).count()
    if len(wanted) != 2 or there != 2:
        raise Refused("Velg to kommuner som er i bruk på plattformen.")


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
    ordered, merged = kind == "create_kommune", kind == merge_states.KIND
    return Wish(
        kind="kommune" if merged else kind.removeprefix("create_"), heir=merged, slug=facts["slug"],
        name=facts["name"], number=facts.get("number", ""),
        region=facts.get("region", ""), host=bool(facts.get("host")), id=office_id, joined=not (ordered or merged),
        facts={name: value for name, value in facts.items() if name not in named} | {"has_team": not ordered},
    )  # fmt: skip
