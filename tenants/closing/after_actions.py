"""After a closing: keeping the copy, answering what was asked later, and reopening."""

import base64
import hashlib
from datetime import date, datetime

from django.db import transaction

from tenants.cases.access import require_case
from tenants.cases.actions import reopen_case
from tenants.cases.models import Case
from tenants.cases.queries import locked
from tenants.cases.states import check_move
from tenants.closing import after_queries
from tenants.closing.endings import MORE, SAFE
from tenants.closing.models import ClosingReport, FollowUp, Reopening, ReportCopy
from tenants.closing.papers import paper_of
from tenants.inbox.actions import move
from tenants.inbox.models import Concern
from tenants.inbox.queries import held_by_right
from tenants.triage.actions import NewStep, take_up
from tenants.triage.urgency import AKUTT
from varde.access import Reader, Role
from varde.audit.actions import Action, record
from varde.clock import now
from varde.documents.paper import pdf
from varde.refusal import Refused

OVERTAKEN = "Saken ble gjenåpnet før noen spurte."


def keep_copy(*, report: ClosingReport, followup_on: date | None, by: Reader) -> ReportCopy:
    """The PDF of the report and its print, in the closing's transaction."""
    made = pdf(paper_of(report, by.office, followup_on))
    kept = ReportCopy(
        case=report.case,
        report=report,
        pdf=base64.b64encode(made).decode(),
        sha256=hashlib.sha256(made).hexdigest(),
    )
    kept.save()
    return kept


def plan_followup(*, case: Case, due_on: date, by: Reader, at: datetime) -> FollowUp:
    """A day on which somebody asks again."""
    row = FollowUp(case=case, due_on=due_on, made_at=at)
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="closing.followup", ids=[case.id])
    return row


@transaction.atomic
def answer_followup(*, row: FollowUp, safe_now: str, needs_more: str, text: str, by: Reader) -> FollowUp:
    """Is it safe now, is more needed? Raises Refused when somebody has answered, ValueError for an unknown code."""
    require_case(by, row.case)
    if safe_now not in dict(SAFE) or needs_more not in dict(MORE):
        raise ValueError("Et av svarene finnes ikke.")
    held = _held(row)
    if held.answered_at is not None:
        raise Refused(f"{held.answered_by_name} har alt svart.")
    _answer(held, safe_now, needs_more, text, by)
    return held


def _held(row: FollowUp) -> FollowUp:
    Concern.objects.select_for_update().get(pk=row.case.concern_id)  # nobody draws up its papers meanwhile
    fresh = FollowUp.objects.select_for_update().get(pk=row.pk)
    fresh.case = row.case
    return fresh


def _answer(row: FollowUp, safe_now: str, needs_more: str, text: str, by: Reader) -> None:
    row.safe_now, row.needs_more, row.text = safe_now, needs_more, text
    row.answered_at, row.answered_by, row.answered_by_name = now(), by.user_id, by.name
    row.save()
    record(by=by, action=Action.CHANGE, what="closing.followup", ids=[row.case_id])


@transaction.atomic
def reopen(*, case: Case, reason: str, step: NewStep, by: Reader) -> Reopening:
    """A closed case goes on: the same case, with a next step again. Its closing report stays as it was.

    Raises Refused for anybody but a coordinator who sees it by right, for a case that is open or that another kommune
    has, and for a step whose owner does not see it.
    """
    require_case(by, case)
    if not by.has(Role.COORDINATOR) or not held_by_right(case.concern_id):
        raise Refused("Bare en koordinator kan gjenåpne en sak.")
    concern = Concern.objects.select_for_update().get(pk=case.concern_id)
    check_move(locked(case).state, "open")
    if after_queries.moved_away(case):
        raise Refused("En annen kommune har tatt over saken. Be dem gjenåpne den.")
    if after_queries.went_on(case):
        raise Refused("Saken er slått sammen med en annen. Skill dem fra hverandre i stedet.")
    if not reason:
        raise Refused("Skriv hvorfor saken gjenåpnes.")
    reopen_case(case=case, by=by)
    move(concern=concern, to="in_progress", by=by)
    take_up(concern=concern, step=step, akutt=case.category == AKUTT, by=by)
    for row in after_queries.followups(case):
        if row.answered_at is None:
            _answer(_held(row), "", "", OVERTAKEN, by)
    kept = Reopening(case=case, reason=reason, at=now(), by_user=by.user_id, by_name=by.name)
    kept.save()
    record(by=by, action=Action.CREATE, what="closing.reopening", ids=[case.id])
    return kept


@transaction.atomic
def mark_reminded(*, rows: list[FollowUp], by: Reader) -> None:
    """Somebody has been told that it is time to ask; once each."""
    FollowUp.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=now())
    if rows:
        record(by=by, action=Action.SEND, what="closing.followup", ids=[row.case_id for row in rows])
