"""Giving everything that somebody who leaves holds to the one who takes over, matter by matter."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tenants.inbox import handing, queries
from tenants.inbox.callbacks_actions import hand_on
from tenants.inbox.handing import Held
from tenants.inbox.handing_models import Handed
from tenants.inbox.models import Concern
from tenants.team.register_models import HandOver
from varde.access import Permission, Reader, Role, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import User
from varde.identity.queries import people
from varde.refusal import Refused


@transaction.atomic
def give_all(*, handover: HandOver, by: Reader) -> datetime:
    """Give what the one who leaves holds to the heir, of what `by` sees and the heir may see; the rest stays.

    Returns the time that the lines of the receipt carry. Raises Refused for anybody but a coordinator, an heir who does
    not work here, a hand-over that has ended, and when nothing is held or nothing of it may be given.
    """
    require(by, Permission.SETTINGS)
    row = HandOver.objects.select_for_update(of=("self",)).select_related("leaving", "heir").get(pk=handover.pk)
    _check(row, by)
    before = handing.held_by(row.leaving_id)
    if not before:
        raise Refused(f"{row.leaving.name} har ingenting igjen, av det du ser.")
    for concern in _locked({matter for matter, _ in before if matter is not None}):
        if queries.held_by_right(concern.pk):
            _give_in(concern, {code for matter, code in before if matter == concern.pk}, row, by)
    _give(None, {code for matter, code in before if matter is None}, row, by)
    moment, after = now(), handing.held_by(row.leaving_id)
    if after.total() >= before.total():
        raise Refused(
            f"Ingenting av det {row.leaving.name} har, kan gis til {row.heir.name}. Gi det til en annen fra saken."
        )
    _write(row, before, after, moment, by)
    record(by=by, action=Action.CHANGE, what="team.handover", ids=[row.id], reason="gitt til den som tar over")
    return moment


def _check(row: HandOver, by: Reader) -> None:
    if not by.has(Role.COORDINATOR):
        raise Refused("Bare en koordinator ser hva som skal gis videre. Be en koordinator gjøre det.")
    if row.ended_at is not None:
        raise Refused("Overleveringen er alt avsluttet.")
    if row.heir not in people(Role.COORDINATOR, Role.TEAM_MEMBER):
        raise Refused(f"{row.heir.name} er ikke i teamet lenger. Velg en annen som tar over.")


def _locked(matters: Collection[UUID]) -> list[Concern]:
    """Held until the end, so that nobody is shut out meanwhile; always in the same order."""
    return list(Concern.objects.select_for_update().filter(pk__in=matters).order_by("pk"))


def _give_in(concern: Concern, codes: Collection[str], row: HandOver, by: Reader) -> None:
    for let_in in handing.doors():
        let_in(concern=concern, leaving=row.leaving, heir=row.heir, by=by)
    if row.heir in queries.readers_of(concern.pk):
        _give(concern, codes, row, by)


def _give(concern: Concern | None, codes: Collection[str], row: HandOver, by: Reader) -> None:
    for kind in handing.kinds():
        if kind.code in codes and kind.give is not None:
            kind.give(concern=concern, leaving=row.leaving, heir=row.heir, by=by)


def _write(row: HandOver, before: Held, after: Held, moment: datetime, by: Reader) -> None:
    lines = [
        Handed(
            handover=row, concern_id=matter, kind=code, given=max(number - after[matter, code], 0),
            stays=after[matter, code], heir_name=row.heir.name, at=moment, by_name=by.name[:200],
        )
        for (matter, code), number in before.items()
    ]  # fmt: skip
    Handed.objects.bulk_create(lines)


@transaction.atomic
def give_callbacks(*, concern: Concern | None, leaving: User, heir: User, by: Reader) -> None:
    """The calls back, in a matter or about none."""
    hand_on(concern=concern, shut=[leaving], heir=heir, by=by)
