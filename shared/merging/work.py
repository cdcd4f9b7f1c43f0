"""The stages of two kommuner becoming one. What cannot be taken back comes last; until then both can be opened again.

Each stage commits by itself and finds what an earlier try did: a kill costs a repetition. An error before the new
office is open opens the two again, as they were, and the order says why.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql

from shared.merging import accounts, joining, opening, report, rows, states
from shared.merging.columns import EDITIONS, JOINED
from shared.merging.rows import Side
from shared.orders import export_rows, leaving, people
from shared.orders import work as order_work
from shared.orders.actions import wish_of
from shared.orders.models import Order
from shared.orders.queries import Placed, placed
from shared.orders.states import both
from shared.orders.work import Stage, as_owner, way_of
from shared.registry.models import Office
from shared.registry.provision import Wish, care_for, provision
from shared.registry.queries import facts, office_by_id
from varde.audit.chain import Verdict, formers, verify
from varde.audit.trail import trail
from varde.cli_errors import Complaint
from varde.privacy import ending, handing_over, old_boxes, sealing
from varde.tenancy import directory, fleet
from varde.tenancy.backend.base import close_pools
from varde.tenancy.cluster import drop_role
from varde.tenancy.door import OfficeRef

_PUBLIC = (
    "phone", "phone_hours", "ordinary_name", "ordinary_phone", "ordinary_url", "accessibility_url", "theme",
)  # fmt: skip
_APART = "De to har ulikt innhold under samme navn i {}. Last inn lista på nytt med et annet nummer hos en av dem."
_LOST = "Noe er ikke likt etter flyttingen: {}. Ingenting er slettet, og de to er åpnet igjen."
_BROKEN = "Innsynsloggen i {} er ikke hel. Finn ut hvorfor med «varde verify-log» først."
_ELSEWHERE = "{} er avsluttet eller blir en del av en annen kommune. Avslå bestillingen."
_PLAIN = "{} har innhold som ikke er lukket ennå. Kjør «varde keys seal» først."


@way_of(states.KIND)
def stages(order: Placed) -> tuple[tuple[str, Stage], ...]:
    """All of them; those that are done are passed by. Once the new one is open, its end alone: nothing is laid again
    over what people have written there since."""
    if order.closing:
        return (("ended", _ended),)
    return (
        ("look", _look), ("born", _born), ("shut", _undone(_shut)), ("copied", _undone(_copied)),
        ("checked", _undone(_checked)), ("anew", _undone(_anew)), ("joined", _undone(opening.join)),
        ("ended", _ended),
    )  # fmt: skip


def sides_of(order: Placed) -> tuple[Side, Side]:
    """The two, the leading one first; open or shut."""
    one, two = both(order.facts)
    with as_owner():
        return Side(1, office_by_id(one)), Side(2, office_by_id(two))


def heir_of(order: Placed) -> OfficeRef:
    """The new one."""
    with as_owner():
        return office_by_id(order.office)


def _look(order: Placed) -> None:
    """Complaint with every reason why it cannot be now; nothing has been touched."""
    reasons: list[str] = []
    sides = sides_of(order)
    _refuse_elsewhere(order)
    for side in sides:
        with leaving.as_owner_of(side.ref):
            reasons += [f"{side.ref.name}: {sentence}" for sentence in joining.why_not(side.ref)]
            yes = states.yes_of(order.words, side.ref.id)
            if not people.all_settled(yes, order.asked_at):
                reasons.append(f"{side.ref.name}: {states.NEW_HERE}")
            if old_boxes.left():
                reasons.append(_PLAIN.format(side.ref.name))
        if sealing.still_plain(side.ref):
            reasons.append(_PLAIN.format(side.ref.name))
        if not _log_of(side.ref).whole:
            reasons.append(_BROKEN.format(side.ref.name))
    with leaving.as_owner_of(sides[0].ref):
        reasons += [_APART.format(table) for table in rows.editions_apart(sides, EDITIONS)]
    if reasons:
        raise Complaint(" ".join(dict.fromkeys(reasons)))


def _refuse_elsewhere(order: Placed) -> None:
    """Complaint when one of the two has ended, or another order is at it: its tables may be gone."""
    with as_owner():
        rows = list(Office.objects.filter(id__in=both(order.facts)))
    there = [row.name for row in rows if row.active or row.became == order.office]
    gone = [row.name for row in rows if row.name not in there]
    if gone:
        raise Complaint(_ELSEWHERE.format(" og ".join(gone)))


def _born(order: Placed) -> Mapping[str, Any]:
    """A kommune like any other, which nobody gets into yet."""
    with as_owner():
        there = Office.objects.filter(id=order.office).first()
    if there is not None:
        care_for(there.ref)
        return {"slug": there.slug}
    return {"slug": provision(_wish(order)).slug}


def _wish(order: Placed) -> Wish:
    """What the public may know of it is what it knew of the leading one; its people are both's."""
    with as_owner():
        one, two = (facts(side.ref) for side in sides_of(order))
    public = {name: getattr(one, name) or getattr(two, name) for name in _PUBLIC}
    started = [day for day in (one.started_on, two.started_on) if day]
    numbers = [office.population for office in (one, two)]
    known = {
        "has_team": one.has_team or two.has_team,
        "started_on": min(started, default=None),
        "population": sum(filter(None, numbers)) if all(numbers) else None,
        "population_as_of": one.population_as_of if all(numbers) else "",
        "active": False,
    }
    return replace(wish_of(order.kind, order.facts, order.office), facts=public | known)


def _shut(order: Placed) -> Mapping[str, Any]:
    """From here on nobody gets into either, and what is counted is what there is."""
    counted: dict[str, Any] = {}
    heads: dict[str, Any] = {}
    for side in sides_of(order):
        ref = side.ref
        with leaving.as_owner_of(ref):
            export_rows.lock_content(ref.kind)
            _close(ref, order.office)
            counted[str(ref.id)] = export_rows.counts(ref.kind)
        log = _log_of(ref)
        heads[str(ref.id)] = _head(ref, log)
    directory.forget()
    return {"before": counted, "logs": heads}


def _head(ref: OfficeRef, log: Verdict) -> dict[str, Any]:
    return {
        "name": ref.name, "number": ref.number, "rows": log.rows, "last": log.number, "digest": log.digest,
        "whole": log.whole,
    }  # fmt: skip


def _close(ref: OfficeRef, heir: UUID) -> None:
    group = sql.Identifier(ref.login.removesuffix("_login"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE public.registry_office SET active = false, became = %s WHERE id = %s", [heir, ref.id])
        revoke = sql.SQL("REVOKE USAGE ON SCHEMA {} FROM {}").format(sql.Identifier(ref.schema), group)
        cursor.execute(revoke.as_string())


def _reopen(order: Placed) -> None:
    """Both as they were, unless the new one is open already; what was copied is laid anew next time.

    Said first: whoever goes on after a kill between here and the end shuts both again before anything is laid.
    """
    with as_owner():
        if Office.objects.filter(id=order.office, active=True).exists():
            return
    order_work.note(order.id, "working", code=order_work.BACK)
    _open_both(order)


def _open_both(order: Placed) -> None:
    for side in sides_of(order):
        ref = side.ref
        group = sql.Identifier(ref.login.removesuffix("_login"))
        with leaving.as_owner_of(ref), connection.cursor() as cursor:
            opened = "UPDATE public.registry_office SET active = true, became = NULL WHERE id = %s"
            cursor.execute(opened, [ref.id])
            grant = sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(sql.Identifier(ref.schema), group)
            cursor.execute(grant.as_string())
    directory.forget()


def _undone(stage: Stage) -> Stage:
    """An error opens the two again: nobody is left without a place to report while somebody looks for the reason."""

    def tried(order: Placed) -> Mapping[str, Any] | None:
        try:
            return stage(order)
        except Exception:
            _reopen(order)
            raise

    return tried


def _copied(order: Placed) -> Mapping[str, Any]:
    """Every row, key and log, in one commit."""
    heir, sides = heir_of(order), sides_of(order)
    for side in sides:
        joining.carry(side.ref, heir)
    with leaving.as_owner_of(heir):
        found = rows.tables(heir.schema)
        rows.empty(found)
        handing_over.forget_taken()
        people = accounts.lay_map(sides[0].ref, sides[1].ref)
        laid = rows.copy(found, sides)
        keys = sum(handing_over.take_over(side.ref, heir) for side in sides)
    return {"laid": laid, "keys": keys, "people": people.people, "in_both": people.in_both}


def _checked(order: Placed) -> Mapping[str, Any]:
    """Held against the two, row by row and column by column; every log walked; everything sealed opened."""
    heir, sides = heir_of(order), sides_of(order)
    with leaving.as_owner_of(heir):
        accounts.lay_map(sides[0].ref, sides[1].ref)
        lost = rows.missing(rows.tables(heir.schema), sides)
        after = export_rows.counts(heir.kind)
    joined = {table: rows for table, rows in lost.items() if table in JOINED}
    wrong = sorted(set(lost) - set(joined)) + _wrong_logs(order, heir)
    with leaving.as_owner_of(heir), trail():
        opened, closed = opening.open_everything(heir.kind)
    for side in sides:
        with leaving.as_owner_of(side.ref), trail():
            was_opened, was_closed = opening.open_everything(side.ref.kind, carried=True)
        opened, closed = opened - was_opened, closed - was_closed
    # Of what is joined away nothing is sealed but drafts; more that cannot be opened is a loss.
    if closed > 0:
        wrong.append(f"{closed} lukkede verdier kan ikke åpnes")
    if wrong:
        raise Complaint(_LOST.format(", ".join(wrong)))
    return {"after": after, "joined": joined}


def _wrong_logs(order: Placed, heir: OfficeRef) -> list[str]:
    """Logs that do not stand as they were when the two were shut."""
    told: dict[str, Any] = order.fact("logs") or {}
    with fleet.connect() as line:
        verify(line, heir.schema)
        there = {str(former.id): former.verdict for former in formers(line)}
    return [
        f"innsynsloggen fra {head['name']}"
        for office, head in told.items()
        if office not in there
        or not there[office].whole
        or _head_of(there[office]) != (head["last"], head["digest"], head["rows"])
    ]  # fmt: skip


def _head_of(log: Verdict) -> tuple[int, str, int]:
    return log.number, log.digest, log.rows


def _anew(order: Placed) -> None:
    """What was worked out with a key of the old office: searches find across both from now on."""
    heir = heir_of(order)
    with leaving.as_owner_of(heir), trail():
        joining.make_anew()


def _ended(order: Placed) -> Mapping[str, Any]:
    """The report and the end of the two, in one commit; then their keys."""
    sides, heir = sides_of(order), heir_of(order)
    opening.tell(order, heir)
    made = report.made(order, heir)
    with fleet.connect() as line:
        report.insert(line, order, heir, made)
        for side in sides:
            _drop(line, side.ref)
    gone = 0
    for side in sides:
        gone += ending.end_office(side.ref)
        with as_owner():
            leaving.end(side.ref)
    return {"keys_gone": gone}


def _drop(line: fleet.Connection, ref: OfficeRef) -> None:
    line.execute("SET LOCAL lock_timeout = '30s'")
    line.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(ref.schema)))
    line.execute("DELETE FROM fleet.ledger WHERE schema = %s", [ref.schema])
    for role in (ref.login, ref.login.removesuffix("_login")):
        drop_role(line, role)


def _log_of(ref: OfficeRef) -> Verdict:
    with fleet.connect() as line:
        return verify(line, ref.schema)


@order_work.first
def open_again() -> None:
    """Nobody stays shut by an order that has failed or come to nothing, whatever happened to the one who was at it."""
    with as_owner():
        shut = set(Office.objects.filter(active=False, became__isnull=False).values_list("became", flat=True))
        orders = placed(Order.objects.filter(kind=states.KIND, office__in=shut))
    for order in orders:
        if not order.closing and (order.state == "failed" or order.over):
            _open_both(order)


@order_work.first
def forget_unborn() -> None:
    """The empty office of an order that came to nothing is gone, and its number and address are free again."""
    with as_owner():
        orders = placed(Order.objects.filter(kind=states.KIND))
        over = {order.office for order in orders if order.over and order.state != "done"}
        refs = [office.ref for office in Office.objects.filter(id__in=over, active=False)]
    for ref in refs:
        with fleet.connect() as line:
            _drop(line, ref)
            line.execute("DELETE FROM registry_domain WHERE tenant_id = %s", [ref.id])
            line.execute("DELETE FROM registry_office WHERE id = %s", [ref.id])
        ending.end_office(ref)
        with as_owner():
            leaving.end(ref)
    if refs:  # a line of a login that is gone would be given to the next one of the same name
        connection.close()
        close_pools()
