"""Taking up again what was ended: a measure, or a request that was answered. How it had ended is kept."""

from datetime import date

from django.db import transaction

from tenants.cases.access import require_case
from tenants.cases.models import Case
from tenants.cases.queries import locked
from tenants.cases.states import check_open
from tenants.inbox.access import check_owner
from tenants.inbox.models import Concern, Cover
from tenants.inbox.queries import held_by_right, is_denied
from tenants.measures import requests_queries
from tenants.measures.again_models import TakenUpAgain
from tenants.measures.models import Measure
from tenants.measures.requests_models import Request
from tenants.measures.states import OPEN
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.privacy.fields import text_or
from varde.refusal import Refused

GOES_ON = "Det er alt tatt opp igjen. Last inn siden på nytt."


def _hold(case: Case, by: Reader) -> None:
    require_case(by, case)
    Concern.objects.select_for_update().get(pk=case.concern_id)
    check_open(locked(case).state)


@transaction.atomic
def measure_again(*, measure: Measure, reason: str, due_on: date, by: Reader) -> None:
    """A measure that was ended goes on, due by another day. Raises Refused for one that goes on already, for an owner
    who does not see the case, and in a case that is closed."""
    _hold(measure.case, by)
    fresh = Measure.objects.select_for_update().get(pk=measure.pk)
    fresh.case = measure.case
    if fresh.status in OPEN or fresh.ended_at is None:
        raise Refused(GOES_ON)
    check_owner(fresh.owner, measure.case.concern_id)
    TakenUpAgain(
        case=fresh.case, measure=fresh, state=fresh.status, was=text_or(fresh, "effect", ""), ended_at=fresh.ended_at,
        ended_by_name=fresh.ended_by_name, reason=reason, at=now(), by_user=by.user_id, by_name=by.name[:200],
    ).save()  # fmt: skip
    fresh.status, fresh.effect, fresh.ended_at, fresh.ended_by_name = "running", "", None, ""
    fresh.due_on, fresh.reminded_at = due_on, None
    # What did not change keeps its seal too: the database compares the bytes.
    fresh.save(update_fields=["status", "effect", "ended_at", "ended_by_name", "due_on", "reminded_at"])
    record(by=by, action=Action.CHANGE, what="measures.measure", ids=[fresh.pk], reason="tatt opp igjen")


@transaction.atomic
def request_again(*, request: Request, reason: str, due_on: date, by: Reader) -> None:
    """A request that was answered or refused waits again, and whoever was asked in Varde is told that something is new.

    Raises Refused for one that waits or was withdrawn, for people who are not there any more, for somebody whom
    break-glass let in, and in a case that is closed.
    """
    _hold(request.case, by)
    if not held_by_right(request.concern_id):
        raise Refused("Du er sluppet inn ved nødåpning og kan ikke sende noe ut av teamet. Haster det, ring 112.")
    fresh = Request.objects.select_for_update().get(pk=request.pk)
    if fresh.state == "withdrawn":
        raise Refused("Forespørselen er trukket. Spør på nytt i stedet.")
    if fresh.answered_at is None:
        raise Refused(GOES_ON)
    _check_people(fresh, request.case.concern)
    TakenUpAgain(
        case=request.case, request=fresh, state=fresh.state, was=text_or(fresh, "answer", ""),
        ended_at=fresh.answered_at, ended_by_name=fresh.answered_by_name, reason=reason, at=now(), by_user=by.user_id,
        by_name=by.name[:200],
    ).save()  # fmt: skip
    fresh.state = "sent" if fresh.received_at is None else "received"
    fresh.answer, fresh.answered_at, fresh.answered_by_name = "", None, ""
    fresh.due_on, fresh.reminded_at = due_on, None
    fresh.to_tell = "recipient" if fresh.recipient_id else ""
    fresh.save()
    record(by=by, action=Action.CHANGE, what="measures.request", ids=[fresh.case_id], reason="tatt opp igjen")


def _check_people(request: Request, concern: Concern) -> None:
    check_owner(request.owner, concern.pk)
    if request.recipient is None:
        return
    if Cover.objects.filter(concern=concern).exists() or is_denied(concern, request.recipient):
        raise Refused("Den dere spurte, ser ikke forespørselen lenger. Ring dem i stedet.")
    if request.recipient not in requests_queries.contacts():
        raise Refused(f"{request.recipient.name} er ikke kontaktperson lenger. Spør en annen.")
