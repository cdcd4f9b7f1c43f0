"""The end itself: rows, tokens, files, what was being written, and the key. For the purpose of keeping alone."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import connection, transaction

from tenants.kept import hooks, queries
from tenants.kept.models import Clearing, DueMark, Order, Tombstone
from tenants.kept.states import KEYED, Class, stops
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.audit.trail import current
from varde.clock import now
from varde.identity import drafts
from varde.privacy.actions import destroy as destroy_key
from varde.refusal import Refused
from varde.ui.dates import day_of

_WHY = "oppbevaringstiden er ute"
_NOT_ALL = "Saken er slått sammen med en annen. De slettes sammen, når alle er bekreftet og angretiden er ute."
_NOT_CONFIRMED = "Noe er endret etter at slettingen ble bekreftet. Den må bekreftes på nytt."


@transaction.atomic
def end_together(*, orders: Sequence[Order], keep: Sequence[hooks.Keep], by: Reader) -> list[Tombstone]:
    """Destroy a confirmed matter with all it was ever joined with; a row of each remains, without text and person.

    Raises Refused, and nothing is gone. The figures are laid aside first, the keys go before the rows (their right
    hangs on them), their halves on the disk at the commit: an end that fails half-way is no end.
    """
    _never_wait_long()
    given = {order.concern_id: order for order in orders}
    if queries.kin(orders[0].concern_id) != given.keys():
        raise Refused(_NOT_ALL)
    found = queries.seen(given)
    for key, order in given.items():
        _check(found.get(key), order)
    for case_id in [one.matter.case_id for one in found.values() if one.matter.case_id is not None]:
        for lay_aside in keep:
            lay_aside(case_id, by)
    for key_id in [*_majors(given), *given]:
        _end_key(key_id, by)
    # What the log says of the matters is tied to them while they are there: who was shut out reads none of it after.
    record(by=by, action=Action.CHANGE, what="kept.gone", ids=sorted(given), reason=_WHY)
    current().flush()
    drafts.forget(_erase("SELECT kept_erase(%s)", [orders[0].concern_id]), by=by)
    stones = [_stone(found[key], order) for key, order in given.items()]
    for stone in stones:
        stone.save()
    return stones


def _never_wait_long() -> None:
    """Whoever writes in the matter at this moment goes first: this gives up before the database must choose."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', '500ms', true)")


def _check(found: queries.Seen | None, order: Order) -> None:
    """Raise Refused unless the confirmation stands and nothing stops it."""
    if found is None or found.order != order:
        raise Refused(_NOT_CONFIRMED)
    against = stops(found.standing)
    if against:
        raise Refused(" ".join(against))
    # Of what the archive has got it is asked since the bundle was made (`stops`).
    delivered = found.archived is not None and found.standing.chosen.archives
    if not delivered and queries.changed({order.concern_id: order.confirmed_at}):
        raise Refused(_NOT_CONFIRMED)


def _majors(matters: Collection[UUID]) -> list[UUID]:
    """Major matters that go with these."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT kept_majors(m.id) FROM unnest(%s::uuid[]) AS m(id)", [list(matters)])
        return [row[0] for row in cursor.fetchall()]


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
    due, allowed = queries.loose_due(queries.loose(), known), queries.loose_cleared()
    for row in due:
        clearing = allowed.get((row.kind, row.id))
        if clearing is None:
            continue
        if row.kind in KEYED:
            _end_key(row.id, by)
        drafts.forget(_erase("SELECT kept_erase_loose(%s, %s)", [row.kind, row.id]), by=by)
        _loose_stone(row, known[row.kind], clearing).save()
        gone += 1
    if gone:
        record(by=by, action=Action.CHANGE, what="kept.gone", reason="uten sak")
    return gone


def _loose_stone(row: queries.Loose, chosen: Class, clearing: Clearing) -> Tombstone:
    day = day_of(row.at)
    return Tombstone(
        class_code=row.kind,
        class_name=chosen.name,
        received_month=day.replace(day=1),
        closed_on=day,
        deleted_on=queries.today(),
        was_case=False,
        hidden=False,
        confirmed_by=clearing.confirmed_by,
        confirmed_by_name=clearing.confirmed_by_name,
        key_destroyed=row.kind in KEYED,
    )


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
        record(by=by, action=Action.CREATE, what="kept.due", ids=[mark.concern_id for mark in new])
    return new
