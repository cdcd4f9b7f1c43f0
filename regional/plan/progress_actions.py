"""How a measure of an adopted plan goes: lines that are added, never changed, and what shows that it had an effect."""

import base64

from django.core.exceptions import PermissionDenied
from django.db import transaction

from regional.plan import access, queries
from regional.plan.models import Evidence, Measure, Progress
from regional.plan.told import ProgressTold, no_id_number
from varde import turn
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.documents.beside import Filed
from varde.refusal import Refused, check_seen, overtaken

NOT_ADOPTED = "Framdrift føres når planen er vedtatt. I utkastet endrer du tiltaket selv."
ELSEWHERE = "Tiltaket står også i planen som gjelder nå. Før framdriften der."


@transaction.atomic
def report(*, measure: Measure, told: ProgressTold, by: Reader, seen: str | None = None) -> Progress:
    """A line about a measure; `seen` is the newest one that the page showed (its id, "" for none).

    Raises Refused for a draft, Overtaken, PermissionDenied for another kommune's measure.
    """
    _may(by, measure)
    turn.wait_for(f"plan.measure.{measure.id}")
    newest = queries.progress_of(measure)[:1]
    did = overtaken(newest[0].by_name, newest[0].at) if newest else ""
    check_seen(seen, queries.measure_said(measure), did or overtaken())
    row = Progress(
        measure=measure,
        status=told.status,
        reason=told.reason,
        text=told.text,
        due_on=told.due_on,
        owner_name=told.owner.name[:200] if told.owner else "",
        owner_kommune=told.owner.kommune if told.owner else None,
        at=now(),
        by_user=access.me(by),
        by_name=by.name[:200],
    )
    row.save()
    record(by=by, action=Action.CREATE, what="plan.progress", ids=[row.id])
    return row


@transaction.atomic
def add_evidence(*, measure: Measure, text: str, filed: Filed | None, by: Reader) -> Evidence:
    """What shows that the measure had an effect, with the cleaned copy of a file or without. Raises Refused."""
    _may(by, measure)
    if not text:
        raise Refused("Skriv hva som viser at tiltaket virket.")
    no_id_number(text)
    row = Evidence(
        measure=measure,
        text=text,
        kind=filed.kind if filed else "",
        size=len(filed.body) if filed else 0,
        file=base64.b64encode(filed.body).decode() if filed else "",
        at=now(),
        by_user=access.me(by),
        by_name=by.name[:200],
    )
    row.save()
    record(by=by, action=Action.CREATE, what="plan.evidence", ids=[row.id])
    return row


def _may(by: Reader, measure: Measure) -> None:
    require(by, Permission.LEADERS_READ)
    if not access.may_report(by, measure):
        raise PermissionDenied
    if queries.adoption_of(measure.plan) is None:
        raise Refused(NOT_ADOPTED)
    if queries.said_at(measure).id != measure.id:
        raise Refused(ELSEWHERE)
