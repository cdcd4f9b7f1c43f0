"""The stages of an office's end: first the locked file, then, once two people there have confirmed it, everything else.

What cannot be taken back comes last, and each part finds what an earlier try has done.
"""

import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.db import connection
from psycopg import sql

from shared.orders import certificate, export, export_rows, files, leaving, people, states
from shared.orders.models import Certificate
from shared.orders.queries import Placed
from shared.orders.work import Stage, ahead_of, as_owner, way_of
from shared.registry.queries import office_by_id
from varde.audit.actions import Action, record
from varde.cli_errors import Complaint
from varde.clock import now
from varde.privacy import ending
from varde.tenancy import directory, fleet
from varde.tenancy.cluster import drop_role
from varde.tenancy.door import OfficeRef
from varde.tenancy.fleet import Connection
from varde.tenancy.work import work

_NEW = (
    "Noe er skrevet eller kommet inn etter at filen ble laget. Godkjenn en gang til, så lages en ny fil som kommunen "
    "henter og bekrefter."
)


@way_of("close_office")
def stages(order: Placed) -> tuple[tuple[str, Stage], ...]:
    """What is left: of the file, of the end, or of an end that has begun and can only be finished."""
    rest: tuple[tuple[str, Stage], ...] = (
        ("log", _log), ("certificate", _certificate), ("keys", _keys), ("tidy", _tidy),
    )  # fmt: skip
    if order.closing:
        return rest
    turn = next(step.state for step in reversed(order.steps) if step.state != "working")
    if turn == "agreed":
        return (("look", _look), ("closed", _close), *rest)
    return (("look", _look), ("file", _file))


def _ref(order: Placed) -> OfficeRef:
    with as_owner():
        return office_by_id(order.office)


def _look(order: Placed) -> None:
    """Complaint with every reason why the office cannot leave now."""
    ref = _ref(order)
    with leaving.as_owner_of(ref):
        _refuse(order, ref)


@ahead_of("close_office")
def ahead(order: Placed) -> list[str]:
    """Every reason there is now."""
    ref = _ref(order)
    with leaving.as_owner_of(ref):
        return leaving.why_not(ref)


def _refuse(order: Placed, ref: OfficeRef) -> None:
    """Complaint with every reason; inside `as_owner_of`."""
    reasons = leaving.why_not(ref)
    if not people.all_settled(order.said_by("opened", "agreed"), order.asked_at):
        reasons.append(states.NEW_HERE)
    if reasons:
        raise Complaint(" ".join(reasons))


def _file(order: Placed) -> Mapping[str, Any]:
    """The locked file; the office's own log says that it was made."""
    ref = _ref(order)
    with work(ref, "keys") as by:
        record(by=by, action=Action.CREATE, what="orders.export", ids=[order.id])
    made = export.make(order.id, ref, order.facts)
    if not made.log.whole:
        raise Complaint("Innsynsloggen er ikke hel. Finn ut hvorfor med «varde verify-log» før kontoret slettes.")
    return {
        "sha256": made.sha256, "size": made.size, "proof": made.proof, "content": made.content,
        "log_number": made.log.number, "log_digest": made.log.digest, "rows": sum(made.rows.values()),
    }  # fmt: skip


def _close(order: Placed) -> None:
    """From here on nobody gets in, and what was counted is what there was. Noted in the same commit: an office that is
    shut is one whose order can only be finished."""
    ref = _ref(order)
    if not states.proves(order.typed_code, str(order.fact("proof"))):
        raise Complaint("Ingen har bekreftet at filen er åpnet.")
    with leaving.as_owner_of(ref):
        export_rows.lock_content(ref.kind)
        if export_rows.print_of_content(ref.kind) != order.fact("content"):
            raise Complaint(_NEW)
        counted = export_rows.counts(ref.kind)
        _lock_what_reaches_it()
        _refuse(order, ref)  # it may be long since it was asked
        _shut(ref)
        _note_shut(order, counted)
    directory.forget()


def _lock_what_reaches_it() -> None:
    """Letters and words to the office: whoever lays one now is waited for, and the next finds it shut."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE public.post_letter, public.registry_standing IN SHARE MODE")


_NOTE = """
INSERT INTO public.orders_step (id, "order", number, state, code, said, facts, at)
SELECT %s, s."order", max(s.number) + 1, 'working', 'closed', '', %s, %s
  FROM public.orders_step s WHERE s."order" = %s GROUP BY s."order"
"""


def _note_shut(order: Placed, counted: dict[str, int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [uuid4(), json.dumps({"counts": counted}), now(), order.id])


def _log(order: Placed) -> Mapping[str, Any] | None:
    """Where the log ended, now that nobody writes to it any more."""
    if order.fact("log_rows") is not None:
        return None  # from an earlier try: the tables may be gone since
    log = export.log_of(_ref(order))
    return {"log_rows": log.rows, "log_number": log.number, "log_digest": log.digest, "log_whole": log.whole}


def _shut(ref: OfficeRef) -> None:
    group = sql.Identifier(ref.login.removesuffix("_login"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE public.registry_office SET active = false WHERE id = %s", [ref.id])
        cursor.execute(
            sql.SQL("REVOKE USAGE ON SCHEMA {} FROM {}").format(sql.Identifier(ref.schema), group).as_string()
        )


def _certificate(order: Placed) -> None:
    """The certificate and the end of the tables, in one commit."""
    ref = _ref(order)
    made = certificate.made(order, ref)
    with fleet.connect() as line:
        if line.execute("SELECT 1 FROM orders_certificate WHERE office = %s", [ref.id]).fetchone():
            return
        row = Certificate(office=ref.id, facts=made.facts, pdf=made.pdf, made_at=now())
        _insert(line, row)
        _drop(line, ref)


def _insert(line: Connection, row: Certificate) -> None:
    fields = list(row._meta.concrete_fields)
    names = sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields)
    places = sql.SQL(", ").join(sql.Placeholder() * len(fields))
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    line.execute(sql.SQL("INSERT INTO orders_certificate ({}) VALUES ({})").format(names, places), values)


def _drop(line: Connection, ref: OfficeRef) -> None:
    line.execute("SET LOCAL lock_timeout = '30s'")
    line.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(ref.schema)))
    line.execute("DELETE FROM fleet.ledger WHERE schema = %s", [ref.schema])
    for role in (ref.login, ref.login.removesuffix("_login")):
        drop_role(line, role)


def _keys(order: Placed) -> Mapping[str, Any]:
    """Every key that lies outside the database: what an old backup holds of the office cannot be read any more."""
    ref = _ref(order)
    gone = ending.end_office(ref)
    with as_owner():
        leaving.end(ref)
    return {"keys": gone}


def _tidy(order: Placed) -> None:
    files.forget(order.id)
