"""Planning measures, changing them, and ending them with what came of it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tenants.cases.access import require_case
from tenants.cases.models import Case
from tenants.cases.queries import locked
from tenants.cases.states import check_open
from tenants.inbox.access import check_owner
from tenants.inbox.models import Concern
from tenants.measures.models import Measure
from tenants.measures.queries import as_seen
from tenants.measures.states import OPEN, check_effect, check_move
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import User
from varde.refusal import Refused, check_seen


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done, by whom and by when. `legal_ground` is a code of `shared.codes.legal`, or empty."""

    kind: str
    title: str
    owner: User
    due_on: date
    service: str = ""
    legal_ground: str = ""


def _values(plan: Plan) -> dict[str, object]:
    names = ("kind", "title", "owner", "due_on", "service", "legal_ground")
    return {name: getattr(plan, name) for name in names}


def _hold_matter(case: Case) -> None:
    """Before the case, as triage does: whoever shuts somebody out holds it too, and hands on what that person owns."""
    Concern.objects.select_for_update().get(pk=case.concern_id)


@transaction.atomic
def plan_measure(*, case: Case, plan: Plan, by: Reader, at: datetime | None = None) -> Measure:
    """Add a measure to an open case.

    Raises the case's Refused when it is closed, Refused for an owner who does not see the case.
    """
    require_case(by, case)
    _hold_matter(case)
    check_open(locked(case).state)
    check_owner(plan.owner, case.concern_id)
    measure = Measure(case=case, made_at=at or now(), made_by_name=by.name, **_values(plan))
    measure.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="measures.measure", ids=[measure.id])
    return measure


def _held(measure: Measure, by: Reader) -> Measure:
    """The measure as it is now, with its case held and open, and seen by whoever changes it."""
    require_case(by, measure.case)
    check_open(locked(measure.case).state)
    fresh = Measure.objects.select_for_update().get(pk=measure.pk)
    fresh.case = measure.case
    return fresh


@transaction.atomic
def change_measure(*, measure: Measure, plan: Plan, by: Reader, seen: str | None = None) -> None:
    """Change the plan of a measure that has not been ended; a new owner or date is reminded anew.

    `seen` is the plan that the page showed (`queries.as_seen`); None where there was no page. Raises Refused for a
    measure that has been ended and for an owner who does not see the case, Overtaken when somebody else was first.
    """
    _hold_matter(measure.case)
    fresh = _held(measure, by)
    if fresh.status not in OPEN:
        raise Refused("Tiltaket er avsluttet og endres ikke lenger.")
    check_seen(seen, as_seen(fresh))
    check_owner(plan.owner, measure.case.concern_id)
    if (fresh.owner_id, fresh.due_on) != (plan.owner.id, plan.due_on):
        fresh.reminded_at = None
    for name, value in _values(plan).items():
        setattr(fresh, name, value)
    fresh.save()
    record(by=by, action=Action.CHANGE, what="measures.measure", ids=[fresh.id])


@transaction.atomic
def move_measure(*, measure: Measure, to: str, by: Reader, effect: str = "", at: datetime | None = None) -> None:
    """Move by the table; ending needs the `effect`. Raises Refused (WrongMove for the table) with a sentence."""
    fresh = _held(measure, by)
    check_move(fresh.status, to)
    check_effect(to, effect)
    fresh.status = to
    if to not in OPEN:
        fresh.effect, fresh.ended_at, fresh.ended_by_name = effect, at or now(), by.name
    fresh.save(update_fields=["status", "effect", "ended_at", "ended_by_name"])
    record(by=by, action=Action.CHANGE, what=f"measures.measure.{to}", ids=[fresh.id])


@transaction.atomic
def mark_reminded(*, measures: list[Measure], by: Reader) -> None:
    """These owners have been told; once per measure."""
    Measure.objects.filter(pk__in=[measure.pk for measure in measures]).update(reminded_at=now())
    if measures:
        record(by=by, action=Action.SEND, what="measures.measure", ids=[measure.pk for measure in measures])


@transaction.atomic
def hand_on(*, concern: Concern, shut: list[User], heir: User, by: Reader) -> None:
    """Somebody is shut out of the matter: the measures that they own go to the heir, who is reminded anew."""
    rows = Measure.objects.select_for_update(of=("self",)).filter(case__concern=concern, owner__in=shut)
    for held in rows.filter(status__in=OPEN):
        held.owner, held.reminded_at = heir, None
        held.save(update_fields=["owner", "reminded_at"])
        record(by=by, action=Action.CHANGE, what="measures.measure", ids=[held.id], reason="ny eier")
