"""Asking other services and partners, noting receipts and answers, and answering as the one who was asked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from tenants.cases.access import require_case
from tenants.cases.models import Case
from tenants.cases.queries import locked
from tenants.cases.states import check_open
from tenants.inbox.access import check_owner
from tenants.inbox.models import Concern, Cover
from tenants.inbox.queries import held_by_right, is_denied
from tenants.measures import requests_queries as queries
from tenants.measures.requests_models import Request
from tenants.measures.requests_states import WAITING, check_answer, check_move, check_receipt
from tenants.team.partners_models import Partner
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import User
from varde.refusal import Refused, check_seen


@dataclass(frozen=True, slots=True)
class Ask:
    """Whom to ask (one of the two), for what, on which ground, by when, and who follows it up."""

    partner: Partner | None
    recipient: User | None
    asked: str
    ground: str
    secrecy: str
    due_on: date
    owner: User


@dataclass(frozen=True, slots=True)
class Move:
    """Where a request goes; a receipt says who and how, an answer says what."""

    to: str
    who: str = ""
    how: str = ""
    text: str = ""


@transaction.atomic
def send_request(*, case: Case, ask: Ask, by: Reader) -> Request:
    """Ask somebody. A kontaktperson is told that something is new; others are told by whoever asks.

    Raises Refused for somebody whom break-glass let in, a partner out of use, a recipient or an owner who is not there;
    the case's Refused when closed.
    """
    require_case(by, case)
    if not held_by_right(case.concern_id):
        raise Refused("Du er sluppet inn ved nødåpning og kan ikke sende noe ut av teamet. Haster det, ring 112.")
    Concern.objects.select_for_update().get(pk=case.concern_id)
    check_open(locked(case).state)
    _check_partner(ask.partner)
    _check_people(case.concern, ask)
    row = Request(
        concern_id=case.concern_id,
        case=case,
        partner=ask.partner,
        recipient=ask.recipient,
        asked=ask.asked,
        ground=ask.ground,
        secrecy=ask.secrecy,
        due_on=ask.due_on,
        owner=ask.owner,
        sent_at=now(),
        sent_by_name=by.name,
        to_tell="recipient" if ask.recipient else "",
    )
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="measures.request", ids=[case.id], ground=ask.ground)
    return row


def _check_partner(partner: Partner | None) -> None:
    if partner is not None and Partner.objects.filter(pk=partner.pk, removed_at__isnull=False).exists():
        raise Refused(f"{partner.name} er tatt ut av bruk. Velg en annen, eller ta den i bruk igjen.")


def _check_people(concern: Concern, ask: Ask) -> None:
    if (ask.partner is None) == (ask.recipient is None):
        raise Refused("Velg én som skal spørres: en samarbeidspart, eller en kontaktperson i kommunen.")
    if ask.recipient is not None:
        if Cover.objects.filter(concern=concern).exists():
            raise Refused("Saken er skjermet, og da ser ingen kontaktperson det dere spør om. Ring dem i stedet.")
        if ask.recipient not in queries.contacts():
            raise Refused(f"{ask.recipient.name} er ikke kontaktperson lenger. Velg en annen.")
        if is_denied(concern, ask.recipient):
            raise Refused(f"{ask.recipient.name} kan ikke spørres i denne saken. Velg en annen.")
    check_owner(ask.owner, concern.id)


@transaction.atomic
def move_request(*, request: Request, move: Move, by: Reader) -> None:
    """Note a receipt, an answer or a refusal that came to the team, or withdraw; also in a case that is closed, where
    something may still wait. Raises Refused with a sentence."""
    require_case(by, request.case)
    locked(request.case)
    _move(Request.objects.select_for_update().get(pk=request.pk), move, by)


@transaction.atomic
def withdraw_waiting(*, concern: Concern, but: Collection[UUID], reason: str, by: Reader) -> None:
    """The matter ends here: what nobody has answered is withdrawn, `but` for these. Whoever was asked is told."""
    rows = Request.objects.select_for_update(of=("self",)).filter(concern=concern, state__in=WAITING)
    for row in rows.exclude(pk__in=but).order_by("id"):
        _move(row, Move("withdrawn", text=reason), by)


@transaction.atomic
def answer_given(*, request: Request, move: Move, by: Reader) -> None:
    """The kontaktperson receipts, answers or says no. The owner is told that something is new."""
    require(by, Permission.REQUESTS_ANSWER)
    fresh = Request.objects.select_for_update().filter(pk=request.pk, recipient_id=by.user_id).first()
    if fresh is None:
        raise Refused("Forespørselen er trukket. Du trenger ikke å svare.")
    if move.to == "withdrawn":
        raise Refused("Bare de som spurte, kan trekke forespørselen.")
    fresh.to_tell = "owner"
    _move(fresh, Move(move.to, by.name, "varde", move.text), by)


def _move(fresh: Request, move: Move, by: Reader) -> None:
    check_move(fresh.state, move.to)
    check_receipt(move.to, move.who)
    check_answer(move.to, move.text)
    moment = now()
    if fresh.received_at is None and move.to != "withdrawn":
        fresh.received_at, fresh.received_by, fresh.received_how = moment, move.who, move.how
    fresh.state = move.to
    if move.to == "withdrawn":
        fresh.to_tell = "recipient" if fresh.recipient_id else ""
    if move.to not in WAITING:
        fresh.answer, fresh.answered_at, fresh.answered_by_name = move.text, moment, by.name
    names = ["state", "received_at", "received_by", "received_how", "answer", "answered_at", "answered_by_name"]
    fresh.save(update_fields=[*names, "to_tell"])
    record(by=by, action=Action.CHANGE, what=f"measures.request.{move.to}", ids=[fresh.case_id])


@transaction.atomic
def follow_up(*, request: Request, owner: User, due_on: date, by: Reader, seen: str | None = None) -> None:
    """Another owner or another day; reminded anew. `seen` is what the page showed (`queries.as_seen`).

    Raises Refused for an owner who does not see the case, Overtaken when somebody else was first.
    """
    require_case(by, request.case)
    Concern.objects.select_for_update().get(pk=request.concern_id)
    fresh = Request.objects.select_for_update().get(pk=request.pk)
    if fresh.state not in WAITING:
        raise Refused("Forespørselen venter ikke på svar lenger.")
    check_seen(seen, queries.as_seen(fresh))
    check_owner(owner, request.case.concern_id)
    fresh.owner, fresh.due_on, fresh.reminded_at = owner, due_on, None
    fresh.save(update_fields=["owner", "due_on", "reminded_at"])
    record(by=by, action=Action.CHANGE, what="measures.request", ids=[fresh.case_id])


@transaction.atomic
def mark_told(*, reminded: Sequence[Request] = (), told: Sequence[Request] = (), by: Reader) -> None:
    """These owners were reminded, and these people told that something is new."""
    Request.objects.filter(pk__in=[row.pk for row in reminded]).update(reminded_at=now())
    Request.objects.filter(pk__in=[row.pk for row in told]).update(to_tell="")
    ids = [row.case_id for row in (*reminded, *told)]
    if ids:
        record(by=by, action=Action.SEND, what="measures.request", ids=ids)


@transaction.atomic
def give_follow_up(*, concern: Concern, shut: list[User], heir: User, by: Reader) -> None:
    """What these people follow up in the matter goes to the heir, who is reminded anew."""
    rows = Request.objects.select_for_update(of=("self",)).filter(concern=concern, state__in=WAITING)
    for row in rows.filter(owner__in=shut):
        row.owner, row.reminded_at = heir, None
        row.save(update_fields=["owner", "reminded_at"])
        record(by=by, action=Action.CHANGE, what="measures.request", ids=[row.case_id], reason="ny eier")


@transaction.atomic
def hand_on(*, concern: Concern, shut: list[User], heir: User, by: Reader) -> None:
    """Somebody is shut out of the matter: what they follow up goes to the heir, what they were asked is withdrawn."""
    Request.objects.filter(concern=concern, recipient__in=shut, to_tell="recipient").update(to_tell="")
    give_follow_up(concern=concern, shut=shut, heir=heir, by=by)
    rows = Request.objects.select_for_update(of=("self",)).filter(concern=concern, state__in=WAITING)
    for row in rows.filter(recipient__in=shut):
        row.state, row.answered_at, row.answered_by_name, row.to_tell = "withdrawn", now(), by.name, ""
        row.save(update_fields=["state", "answered_at", "answered_by_name", "to_tell"])
        record(by=by, action=Action.CHANGE, what="measures.request.withdrawn", ids=[row.case_id], reason="stengt ute")
