"""This room's part of «I dag»: next steps, and concerns that nobody has decided on."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain, islice

from django.db.models import Exists, OuterRef, Q, QuerySet

from tenants.inbox.due import Due
from tenants.inbox.models import Concern
from tenants.inbox.queries import LAID_ASIDE
from tenants.triage import queries, urgency
from tenants.triage.carry import CONFIRMED_BY
from tenants.triage.carry_queries import unconfirmed
from tenants.triage.escalation_models import Escalation
from tenants.triage.hold_models import Hold
from tenants.triage.models import NextStep
from varde.access import Permission, Reader, Role
from varde.clock import now
from varde.identity.models import User
from varde.ui.dates import day_of


def steps(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """Those that this person owns, and those that have come to them because somebody let them lie."""
    told = Escalation.objects.filter(told=reader.user_id or queries.NOBODY, step__done_at__isnull=True)
    come = set(told.values_list("step_id", flat=True)[:most])
    running = NextStep.objects.filter(~standing_still(), done_at__isnull=True, due_at__lte=until)
    running = running.order_by("due_at", "id")
    own = running.filter(owner_id=reader.user_id)
    # One order per question: only so does the database stop at the first ones.
    found = [own.filter(akutt=True)[:most], own.filter(akutt=False)[:most]]
    if come:
        found.append(running.filter(id__in=come).exclude(owner_id=reader.user_id)[:most])
    for row in chain.from_iterable(found):
        yield Due(
            "Neste steg", "/steg", "triage.step", row.id, at=row.due_at, akutt=row.akutt, row=row, field="text",
            concern_id=row.concern_id, in_matter=True, note="Har kommet til deg" if row.id in come else "",
        )  # fmt: skip


def handed_over(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """Matters that this person gave to a service which has not confirmed; for a coordinator also those of somebody who
    does not work here any more."""
    if not reader.may(Permission.TRIAGE):
        return
    mine = Q(by_user=reader.user_id or queries.NOBODY)
    if reader.has(Role.COORDINATOR):
        mine |= Q(~Exists(User.objects.here().filter(id=OuterRef("by_user"))))
    for row in unconfirmed(until, most, mine):
        yield Due(
            "Tjenesten har ikke bekreftet", f"/innboks/{row.concern_id}/ansvar", "triage.carry", row.concern_id,
            at=row.at + CONFIRMED_BY, row=row, field="service", concern_id=row.concern_id,
        )  # fmt: skip


def standing_still() -> Exists:
    """A filter for rows of a matter: does it stand still until a day that has not come?"""
    return Exists(
        Hold.objects.filter(concern=OuterRef("concern"), ended_at__isnull=True, look_at__gt=day_of(now()))
    )  # fmt: skip


def undecided(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """What nobody has opened is everybody's; what has been opened is for whoever did, and the coordinators."""
    if not (reader.may(Permission.TRIAGE) and reader.may(Permission.INBOX_READ)):
        return
    opened = Q(progress="opened")
    if not reader.has(Role.COORDINATOR):
        opened &= Q(opened_by=reader.user_id)
    unopened = Concern.objects.filter(progress="received").exclude(LAID_ASIDE)
    found = [_acute_first(unopened, most), _acute_first(queries.undecided().filter(opened), most)]
    rules, moment = None, now()
    for row in chain.from_iterable(found):
        rules = queries.rules() if rules is None else rules
        kind = "Åpne ny bekymring" if row.progress == "received" else "Avklar bekymringen"
        yield Due(
            kind, "", "inbox.concern", row.id, at=urgency.first_look(row.received_at, rules, moment),
            akutt=row.acute, concern_id=row.id, in_matter=True,
        )  # fmt: skip


def _acute_first(rows: QuerySet[Concern], most: int) -> Iterator[Concern]:
    ordered = rows.order_by("received_at", "id")
    return islice(chain(ordered.filter(acute=True)[:most], ordered.filter(acute=False)[:most]), most)
