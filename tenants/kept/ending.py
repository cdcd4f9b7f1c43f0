"""The end itself: rows, tokens, files, what was being written, and the key. For the purpose of keeping alone."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection, transaction

from tenants.kept import hooks, queries
from tenants.kept.models import DueMark, Order, Tombstone
from tenants.kept.states import CALLBACK, TALK, stops
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.audit.trail import current
from varde.clock import now
from varde.identity import drafts
from varde.privacy.actions import destroy as destroy_key
from varde.refusal import Refused
from varde.ui.dates import day_of

_WHY = "oppbevaringstiden er ute"
_NOT_CONFIRMED = "Noe er endret etter at slettingen ble bekreftet. Den må bekreftes på nytt."


@transaction.atomic
def end_matter(*, order: Order, keep: Sequence[hooks.Keep], by: Reader) -> Tombstone:
    """Destroy a confirmed matter; what remains is a row without text and person. Raises Refused, and nothing is gone.

    The figures are laid aside first, the key goes before the rows (its right hangs on them), its half on the disk at
    the commit: an end that fails half-way is no end.
    """
    found = queries.seen([order.concern_id]).get(order.concern_id)
    if found is None or found.order is None:
        raise Refused(_NOT_CONFIRMED)
    against = stops(found.standing)
    if against:
        raise Refused(" ".join(against))
    if found.matter.case_id is not None:
        for lay_aside in keep:
            lay_aside(found.matter.case_id, by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT kept_majors(%s)", [order.concern_id])
        for (major,) in cursor.fetchall():
            _end_key(major, by)
    _end_key(order.concern_id, by)
    # What the log says of the matter is tied to it while it is there.
    current().flush()
    gone = _erase("SELECT kept_erase(%s)", [order.concern_id])
    drafts.forget(gone, by=by)
    stone = _stone(found, order)
    stone.save()
    record(by=by, action=Action.CHANGE, what="kept.gone", ids=[stone.id], reason=_WHY)
    return stone


def _end_key(key_id: UUID, by: Reader) -> None:
    """Nothing to do for one that somebody has ended already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_known(%s::uuid[])", [[key_id]])
        if cursor.fetchone() is None:
            return
    destroy_key(matter_id=key_id, by=by, reason=_WHY)


def _erase(statement: str, given: list[str | UUID]) -> list[UUID]:
    """The ids of all rows that went."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchone()[0])


def _stone(found: queries.Seen, order: Order) -> Tombstone:
    facts, chosen, archived = found.matter.facts, found.standing.chosen, found.archived
    return Tombstone(
        class_code=chosen.code,
        class_name=chosen.name,
        received_month=facts.received_on.replace(day=1),
        closed_on=facts.closed_on,
        deleted_on=queries.today(),
        was_case=facts.has_case,
        category=facts.category,
        hidden=found.matter.hidden,
        archive_reference=archived.reference if archived else "",
        archived_on=archived.received_on if archived else None,
        confirmed_by=order.confirmed_by,
        confirmed_by_name=order.confirmed_by_name,
        key_destroyed=True,
    )


@transaction.atomic
def end_loose(*, by: Reader) -> int:
    """Destroy what belongs to no matter and was confirmed; how many. A call back has no key of its own to destroy."""
    known, gone = queries.classes(), 0
    due = queries.loose_due(queries.loose(), known)
    for kind in (TALK, CALLBACK):
        clearing = queries.clearings(kind).filter(not_before__lte=now()).first()
        for row in due if clearing else ():
            if clearing is None or row.kind != kind or day_of(row.at) > clearing.through:
                continue
            if kind == TALK:
                _end_key(row.id, by)
            drafts.forget(_erase("SELECT kept_erase_loose(%s, %s)", [kind, row.id]), by=by)
            day = day_of(row.at)
            Tombstone(
                class_code=kind,
                class_name=known[kind].name,
                received_month=day.replace(day=1),
                closed_on=day,
                deleted_on=queries.today(),
                was_case=False,
                hidden=False,
                confirmed_by=clearing.confirmed_by,
                confirmed_by_name=clearing.confirmed_by_name,
                key_destroyed=kind == TALK,
            ).save()
            gone += 1
    if gone:
        record(by=by, action=Action.CHANGE, what="kept.gone", reason=f"{gone} uten sak")
    return gone


@transaction.atomic
def mark_due(*, by: Reader) -> list[DueMark]:
    """The daily look: lay a mark for each matter whose time is over, take away what is not over any more (reopened,
    kept longer, another time). Returns those of which nobody has been told."""
    found = {key: one for key, one in queries.seen(whole=False).items() if one.standing.is_due}
    there = {mark.concern_id: mark for mark in DueMark.objects.all()}
    for key, mark in there.items():
        if key not in found:
            mark.delete()
    for key, one in found.items():
        chosen, due_on = one.standing.chosen, one.standing.due_on
        mark = there.get(key) or DueMark(concern_id=key, marked_at=now())
        if due_on is not None and (mark.class_code, mark.due_on) != (chosen.code, due_on):
            mark.class_code, mark.due_on = chosen.code, due_on
            mark.save()
    new = list(DueMark.objects.filter(told_at__isnull=True).order_by("due_on", "id"))
    if new:
        record(by=by, action=Action.CREATE, what="kept.due", reason=f"{len(new)} klare")
    return new
