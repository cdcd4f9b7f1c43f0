"""Adopting a plan by a decision: what was decided is frozen as it was, content and paper, and the plan is in force."""

import base64
import hashlib
from datetime import date
from uuid import UUID

from django.db import transaction

from regional.plan import access, papers, queries
from regional.plan.actions import ADOPTED, GONE, TURN, copy_over
from regional.plan.models import Adoption, Measure, Plan, Progress
from regional.plan.papers import Decided
from varde import turn
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.documents.paper import pdf
from varde.refusal import Refused, check_seen
from varde.ui.dates import day_of

CHANGED = "Noen endret planen mens du så på den. Les den på nytt før du fører vedtaket."
EMPTY = "Planen har ingen tiltak ennå. Skriv minst ett før den vedtas."
SINCE = "Status i den forrige planen da denne ble vedtatt."


@transaction.atomic
def adopt(
    *,
    plan: Plan,
    decision: str,
    decided_on: date,
    by: Reader,
    seen: str | None = None,
    decision_id: UUID | None = None,
) -> Adoption:
    """The draft is adopted as `seen` (`queries.whole_seen`), by a decision in words and its day.

    Raises Refused for a plan that is adopted, gone or without measures, or a day to come; Overtaken.
    """
    require(by, Permission.PLAN_EDIT)
    turn.wait_for(TURN)
    held = Plan.objects.filter(pk=plan.pk).first()
    _check(held, decision, decided_on)
    assert held is not None  # noqa: S101 - refused above
    check_seen(seen, queries.whole_seen(held), CHANGED)
    row = _frozen(held, decision, decided_on, by)
    row.decision_id = decision_id
    row.save()
    record(by=by, action=Action.CREATE, what="plan.adoption", ids=[row.id])
    _catch_up(held, by)
    for line in queries.made_since(held):
        copy_over(old=line.measure, stands=line.now, into=held, by=by)
    return row


def _check(plan: Plan | None, decision: str, decided_on: date) -> None:
    if plan is None:
        raise Refused(GONE)
    if queries.adoption_of(plan) is not None:
        raise Refused(ADOPTED)
    if not Measure.objects.filter(plan=plan).exists():
        raise Refused(EMPTY)
    if not decision:
        raise Refused("Skriv hvilket vedtak planen bygger på.")
    if decided_on > day_of(now()):
        raise Refused("Et vedtak kan ikke være tatt på en dag som ikke er kommet.")


def _frozen(plan: Plan, decision: str, decided_on: date, by: Reader) -> Adoption:
    at = now()
    today = day_of(at)
    found = queries.sections(plan, queries.lines(plan, today), today)
    decided = Decided(decision, decided_on, by.name)
    made = pdf(papers.plan_paper(plan, found, decided, office=by.office.name, made_at=at, today=today))
    return Adoption(
        plan=plan,
        decision=decision,
        decided_on=decided_on,
        content=papers.frozen(plan, found),
        sha256=hashlib.sha256(made).hexdigest(),
        pdf=base64.b64encode(made).decode(),
        at=at,
        by_user=access.me(by),
        by_name=by.name[:200],
    )


def _catch_up(plan: Plan, by: Reader) -> None:
    """What came of a measure in the earlier plan while this one was a draft is said of it here."""
    for row in Measure.objects.filter(plan=plan, carried_from__isnull=False).select_related("carried_from"):
        line = _since(row, row.carried_from) if row.carried_from else None
        if line is not None:
            line.text, line.at, line.by_user, line.by_name = SINCE, now(), access.me(by), by.name[:200]
            line.save()
            record(by=by, action=Action.CREATE, what="plan.progress", ids=[line.id])


def _since(row: Measure, earlier: Measure) -> Progress | None:
    """What is new about it. A day or an owner that was changed in the draft is what was decided, and stays."""
    then, stands = queries.standing_of(earlier, row.made_at), queries.standing_of(earlier)
    line = Progress(measure=row)
    if stands.status != row.begins_as:
        line.status, line.reason = stands.status, stands.reason
    if stands.due_on != then.due_on == row.due_on:
        line.due_on = stands.due_on
    owned = (then.owner_name, then.owner_kommune)
    if (stands.owner_name, stands.owner_kommune) != owned == (row.owner_name, row.owner_kommune):
        line.owner_name, line.owner_kommune = stands.owner_name, stands.owner_kommune
    return line if line.status or line.due_on or line.owner_name else None
