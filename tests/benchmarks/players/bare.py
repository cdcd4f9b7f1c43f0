"""Takes protections off, in this process and in one practice kommune's schema. The product has no such switch.

Everything else stays: the same pages, actions, statements and locks, so that the difference is what a protection costs.
"""

import functools
import uuid
from collections.abc import Collection
from typing import Any

from django.db import connection, models

from tests.owner import as_owner
from varde.access import ticket
from varde.audit import actions
from varde.audit.trail import Trail
from varde.privacy import fields, keyring
from varde.tenancy.door import OfficeRef

PARTS = ("sealing", "log", "rows")
# What a house without row rights would ask instead of `matter_open`: nothing.
OPEN = """
CREATE OR REPLACE FUNCTION matter_open(matter uuid, reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$ SELECT true $$
"""


def strip(ref: OfficeRef, parts: Collection[str]) -> None:
    """Without these from now on."""
    for part in parts:
        {"sealing": _sealing, "log": _log, "rows": _rows}[part](ref)


def counted(ref: OfficeRef) -> dict[str, int]:
    """Rows of the log, data keys of matters, and tables with row rights: what shows that a part is off or on."""
    questions = {
        "log": "SELECT count(*) FROM audit_entry",
        "sealing": "SELECT count(*) FROM privacy_datakey k JOIN inbox_concern c ON c.id = k.id",
        "rows": "SELECT count(*) FROM pg_class WHERE relrowsecurity AND relnamespace = current_schema()::regnamespace",
    }
    with as_owner(ref), connection.cursor() as cursor:
        return {part: _number(cursor, question) for part, question in questions.items()}


def _number(cursor: Any, question: str) -> int:
    cursor.execute(question)
    return int(cursor.fetchone()[0])


# --- sealing: bytes go to the database as they are; no key rows, no files ------------------------------------------
def _sealing(_ref: OfficeRef) -> None:
    fields._Sealed._seal = _as_it_is  # type: ignore[method-assign]
    fields._Sealed._open = lambda _self, stored, _pk: stored  # type: ignore[method-assign]
    keyring.Keyring.of = _no_key  # type: ignore[method-assign]
    keyring.Keyring.for_writing = _no_key  # type: ignore[method-assign]
    keyring.Keyring.at_birth = _no_key  # type: ignore[method-assign]
    keyring.Keyring.preload = lambda _self, _ids: None  # type: ignore[method-assign]


def _as_it_is(_self: object, content: bytes, _instance: models.Model) -> Any:
    return fields.Closed(content)


def _no_key(_self: object, key_id: uuid.UUID) -> keyring.OpenKey:
    """For keyed tokens and receipts, which any house has: a key in memory."""
    return _made_up(key_id)


@functools.cache
def _made_up(key_id: uuid.UUID) -> keyring.OpenKey:
    return keyring.OpenKey(key_id, key_id.bytes * 2, key_id)


# --- log: nothing is collected, nothing is written ----------------------------------------------------------------
def _log(_ref: OfficeRef) -> None:
    def take_no_note(self: Trail, *_: object) -> None:
        self.kept = True

    actions.Entry = lambda **_: None  # type: ignore[assignment,misc]
    Trail.add = take_no_note  # type: ignore[method-assign,assignment]
    Trail.flush = lambda _self: None  # type: ignore[method-assign]


# --- rows: no policies, no tickets --------------------------------------------------------------------------------
def _rows(ref: OfficeRef) -> None:
    with as_owner(ref), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE rowsecurity AND schemaname = current_schema()")
        for (table,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')
        cursor.execute(OPEN)
    ticket._hand_over = lambda _reader: None
    ticket.begin = lambda: None
