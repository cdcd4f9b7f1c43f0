"""Joining one matter into another, and parting them again: all of it in one transaction, or nothing."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from tenants.cases.actions import add_member, close_case, reopen_case
from tenants.inbox import shutting
from tenants.inbox.actions import move
from tenants.inbox.models import Concern
from tenants.inbox.queries import held_by_right, readers_of
from tenants.joined import carrying, queries, states
from tenants.joined.duties import open_duties
from tenants.joined.models import Join
from tenants.triage import hold_actions, hold_queries
from tenants.triage.actions import NewStep, end_steps, take_up
from tenants.triage.urgency import AKUTT
from varde.access import Permission, Reader, Role, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import User
from varde.identity.queries import people
from varde.refusal import Overtaken, Refused, check_seen, print_of_values
from varde.ui.dates import date_and_time

CHANGED = "Noen har endret hva som gjenstår, mens du skrev. Se over listen og lagre på nytt."


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to become of what was in the matter: keys of duties to carry over (the others end with `ended_because`),
    ids of cards to lay there too, who is put on the case that is kept, and the print of the duties that the page showed
    (None where there was no page)."""

    reason: str
    carried: Collection[str] = ()
    ended_because: str = ""
    cards: Collection[str] = ()
    members: Collection[User] = ()
    seen: str | None = None


@transaction.atomic
def join(*, concern: Concern, into: Concern, wish: Wish, by: Reader) -> Join:
    """`concern` goes on as `into`, and is closed. Both keep their log, their receipt and their key.

    Raises Refused with a sentence for what the rules do not allow, Overtaken when somebody else was first,
    PermissionDenied for a matter that is not there for the reader.
    """
    gone, kept = _both(concern, into, by)
    states.check_reason(wish.reason)
    _check_first(gone)
    here, there = queries.standing(gone), queries.standing(kept)
    states.check_join(here, there)
    duties = open_duties(gone)
    check_seen(wish.seen, print_of_values([duty.key for duty in duties]), CHANGED)
    if any(duty.key not in wish.carried for duty in duties) and not wish.ended_because.strip():
        raise Refused("Skriv hvorfor det som ikke føres videre, avsluttes.")
    _shut_out(gone, kept, by)
    _put_on(gone, kept, wish.members, by)
    carrying.lay_cards(gone, kept, wish.cards, by)
    carrying.duties_of(duties, kept, wish.carried, wish.ended_because, by)
    carrying.earlier_deadline(gone, kept, by)
    _end(gone, by)
    row = Join(concern=gone, into=kept, reason=wish.reason, at=now(), by_user=by.user_id, by_name=by.name[:200])
    row.save(force_insert=True)
    record(by=by, action=Action.CHANGE, what="inbox.concern", ids=[gone.pk, kept.pk])
    return row


def _both(concern: Concern, into: Concern, by: Reader) -> tuple[Concern, Concern]:
    """Both as they are now, held until the end, always in the same order so that two people never wait in a ring."""
    require(by, Permission.TRIAGE)
    if not by.has(Role.COORDINATOR):
        raise Refused("Bare en koordinator slår sammen saker og skiller dem.")
    if concern.pk == into.pk:
        raise Refused(states.SAME)
    rows = Concern.objects.select_for_update().filter(pk__in=[concern.pk, into.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    if len(found) != 2:
        raise PermissionDenied
    if not all(held_by_right(key) for key in found):
        raise Refused("Du er sluppet inn ved nødåpning og kan ikke slå sammen saker.")
    return found[concern.pk], found[into.pk]


def _check_first(gone: Concern) -> None:
    earlier = queries.went_on_as(gone)
    if earlier is not None:
        name = queries.standing(earlier.into).name
        raise Overtaken(f"{earlier.by_name} slo den sammen med {name} {date_and_time(earlier.at)}.")


def _shut_out(gone: Concern, kept: Concern, by: Reader) -> None:
    """Whoever must not see one of them will see neither, nor what either was joined with before: what they hold in it
    goes to the one who joins."""
    heir = carrying.one_who_joins(by)
    leads = {user.pk for user in people(Role.COORDINATOR)}
    for one, other in ((gone, kept), (kept, gone)):
        shut = queries.shut_out_of(other)
        keys = {user.pk for user in shut}
        for matter in (one, *shutting.kin_of(one, shut)) if shut else ():
            seeing = {user.pk for user in readers_of(matter.pk)}
            states.check_left(seeing - keys, seeing & keys, by.user_id, leads)
            shutting.hand_on(concern=matter, shut=shut, heir=heir, by=by)


def _put_on(gone: Concern, kept: Concern, wanted: Collection[User], by: Reader) -> None:
    case = queries.case_of(kept)
    for user in queries.lacking_members(gone, kept) if case else ():
        if case is not None and user in wanted:
            add_member(case=case, user=user, by=by)


def _end(gone: Concern, by: Reader) -> None:
    if hold_queries.open_hold(gone) is not None:
        hold_actions.go_on(concern=gone, reason=states.CARRIED_ON, by=by)
    end_steps(concern=gone, by=by)
    case = queries.case_of(gone)
    if case is not None:
        close_case(case=case, by=by)
    move(concern=gone, to="closed", by=by)


@transaction.atomic
def split(*, joined: Join, reason: str, step: NewStep, by: Reader) -> Join:
    """They are two matters after all: the one that was joined goes on by itself, with a next step.

    What was carried over stays where it is, and so does who is shut out. Raises Refused, as `join`.
    """
    gone, kept = _both(joined.concern, joined.into, by)
    row = Join.objects.select_for_update().get(pk=joined.pk)
    states.check_split(kept.progress, row.ended_at)
    states.check_reason(reason)
    row.ended_at, row.ended_by_name, row.ended_reason = now(), by.name[:200], reason
    row.save(update_fields=["ended_at", "ended_by_name", "ended_reason"])
    record(by=by, action=Action.CHANGE, what="inbox.concern", ids=[gone.pk, kept.pk])
    case = queries.case_of(gone)
    if case is not None:
        reopen_case(case=case, by=by)
    move(concern=gone, to="in_progress", by=by)
    take_up(concern=gone, step=step, akutt=queries.standing(gone).category == AKUTT, by=by)
    return row
