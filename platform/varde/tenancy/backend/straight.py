"""A statement said to the server past Django's and psycopg's cursors, which take longer than the database.

For the few that every report or every page waits for. Like theirs it is one statement in the extended protocol, in the
transaction that stands, and its errors are Django's.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from django.db import DEFAULT_DB_ALIAS, DataError, connections
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

Value = str | bytes | int | UUID | datetime | None
_GOOD = (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK)


def say(statement: bytes, *values: Value) -> int:
    """How many rows it changed; `values` stand for $1, $2 … in it. The database errors of Django."""
    return asked(statement, *values).command_tuples or 0


def asked(statement: bytes, *values: Value) -> PGresult:
    """Its answer, as `say`."""
    ours = connections[DEFAULT_DB_ALIAS]
    line = _line(ours)
    return _good(ours, lambda: line.exec_params(statement, [_as_text(value) for value in values]))


def begun(statement: bytes) -> PGresult:
    """The answer of a statement without values that a transaction may begin with: both go in one message."""
    ours = connections[DEFAULT_DB_ALIAS]
    ours.ensure_connection()
    line = ours.connection.pgconn
    began = line.transaction_status != TransactionStatus.IDLE
    return _good(ours, lambda: line.exec_(statement if began else b"BEGIN; " + statement))


def _line(ours: Any) -> Any:
    # Not Django's `connection`: it looks itself up at every name that is asked of it.
    ours.ensure_connection()
    ours.validate_no_broken_transaction()
    line = ours.connection.pgconn
    if ours.in_atomic_block and line.transaction_status == TransactionStatus.IDLE:
        _good(ours, lambda: line.exec_(b"BEGIN"))
    return line


def _good(ours: Any, ask: Callable[[], PGresult]) -> PGresult:
    with ours.wrap_database_errors:
        answer = ask()
        if answer.status not in _GOOD:
            raise psycopg.errors.error_from_result(answer, encoding="utf-8")
    return answer


def _as_text(value: Value) -> bytes | None:
    match value:
        case None:
            return None
        case bytes():
            return b"\\x" + value.hex().encode()
        case datetime():
            return value.isoformat().encode()
    text = str(value).encode()
    if b"\0" in text:  # the server would be told what stands before it and no more
        raise DataError("Et tegn med verdi null kan ikke lagres.")
    return text
