"""One login per office (M1): the connection follows the door, the server sets the schema, errors are raised."""

import atexit
import threading
from collections.abc import Callable
from typing import Any

import psycopg
from django.conf import settings
from django.db.backends.postgresql.base import ServerBindingCursor
from django_tenants.postgresql_backend import base as tenants
from psycopg.pq import ExecStatus
from psycopg_pool import ConnectionPool

from varde.tenancy import door
from varde.tenancy.logins import password_for

# What must forget with the database when a savepoint is rolled back (the log that is being collected).
after_savepoint_rollback: list[Callable[[str], None]] = []
_pools: dict[str, "ConnectionPool[Any]"] = {}
_pools_lock = threading.Lock()


class OneStatementCursor(ServerBindingCursor):
    """Always the extended protocol, so that the server refuses a second statement behind the first."""

    def _execute_send(self, query: Any, *, force_extended: bool = False, binary: bool | None = None) -> None:
        super()._execute_send(query, force_extended=True, binary=binary)  # type: ignore[misc]  # psycopg's own hook


# DISCARD ALL without DISCARD PLANS: a plan holds nothing that anybody said, and the functions that decide who sees a
# row would be planned anew in every request. In one message, which PostgreSQL takes as one transaction.
_FORGET = b"; ".join((
    b"CLOSE ALL", b"RESET SESSION AUTHORIZATION", b"RESET ALL", b"DEALLOCATE ALL", b"UNLISTEN *",
    b"SELECT pg_advisory_unlock_all()", b"DISCARD TEMP", b"DISCARD SEQUENCES",
))  # fmt: skip


def _reset(connection: "psycopg.Connection[Any]") -> None:
    # What a session was told must not meet the next reader of the same office.
    answer = connection.pgconn.exec_(_FORGET)
    if answer.status == ExecStatus.FATAL_ERROR:
        raise psycopg.OperationalError(answer.error_message.decode(errors="replace"))


def close_pools() -> None:
    """Let go of every server connection of this process (at its end, and between test databases)."""
    with _pools_lock:
        for pool in _pools.values():
            pool.close()
        _pools.clear()


atexit.register(close_pools)


class DatabaseWrapper(tenants.DatabaseWrapper):  # type: ignore[misc]
    """Connects as the active identity; never sets a search path."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.identity: door.Identity | None = None
        super().__init__(*args, **kwargs)

    def set_tenant(self, tenant: Any, include_public: bool = False) -> None:
        """django-tenants' way in is closed, but for the public start that its constructor asks for."""
        if tenant.schema_name != "public":
            raise door.CannotSwitch("Bruk varde.tenancy.door for å gå inn i et kontor.")
        self.tenant = tenant
        self.schema_name = "public"

    def follow_the_door(self) -> None:
        """Let go of the connection when the context has become somebody else."""
        wanted = door.active()
        if self.identity == wanted:
            if self.schema_name != wanted.schema:
                raise door.CannotSwitch("Skjemanavnet ble endret utenom døren.")
            return
        if self.in_atomic_block:
            raise door.CannotSwitch("Kan ikke bytte kontor midt i en transaksjon.")
        self.close()
        self.identity = wanted
        self.schema_name = wanted.schema
        self.tenant = wanted.office

    def ensure_connection(self) -> None:
        self.follow_the_door()
        super().ensure_connection()

    def savepoint_rollback(self, sid: str) -> None:
        super().savepoint_rollback(sid)
        for forget in after_savepoint_rollback:
            forget(sid)

    def _handle_search_path(self, cursor: Any = None) -> None:
        """The server set the path when the login connected (ALTER ROLE … IN DATABASE … SET search_path)."""

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        identity = door.active()
        params["user"] = identity.login
        params["password"] = password_for(identity.login)
        params["cursor_factory"] = OneStatementCursor
        return params

    @property
    def pool(self) -> "ConnectionPool[Any]":
        """The small pool of the active login; idle connections are let go after some seconds."""
        login = door.active().login
        pool = _pools.get(login)
        if pool is None:
            with _pools_lock:
                pool = _pools.get(login) or self._open_pool(login)
                _pools[login] = pool
        return pool

    def _open_pool(self, login: str) -> "ConnectionPool[Any]":
        return ConnectionPool(
            kwargs={**self.get_connection_params(), "autocommit": True},
            configure=self._configure_connection,
            reset=_reset,
            check=ConnectionPool.check_connection,
            min_size=0,
            max_size=settings.DB_POOL_SIZE,
            max_idle=5,
            max_lifetime=300,
            timeout=15,
            num_workers=1,
            name=login,
            open=False,
        )

    def close_pool(self) -> None:
        """Nothing to do: settings of the server side never change under a running process."""
