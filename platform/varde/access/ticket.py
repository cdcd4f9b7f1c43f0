"""Who asks, told to the database so that it cannot be forged (decision 3).

A ticket names the reader and is signed for this one transaction of this one server connection. The key is derived from
the login key; the half that checks it lies in a table which the office's login cannot read. A statement that somebody
smuggles in may set another reader, but cannot sign for it, and an unsigned reader sees nothing.
"""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import connection
from psycopg.pq import TransactionStatus

from varde.access.reader import Purpose, Reader
from varde.tenancy.backend import straight
from varde.tenancy.logins import derive

_BLOCK = 64
_SAY = b"SELECT set_config('varde.reader', $1, true)"
_HERE = b"SELECT pg_backend_pid(), extract(epoch FROM transaction_timestamp())"
_presented: ContextVar[Reader | None] = ContextVar("varde_presented", default=None)
# What a page may run as when nobody is logged in, or when it does not matter who is.
PUBLIC_PURPOSES: frozenset[Purpose] = frozenset({"intake", "receipt", "sharing", "machine"})


class CannotPresent(RuntimeError):
    """A ticket outside of a transaction would hold for nothing, or somebody tried to become another reader."""


def key_of(login: str) -> bytes:
    """The signing key of one office's login: 64 bytes, one block of SHA-256."""
    return derive(settings.LOGIN_KEY, f"ticket\x1f{login}").encode()


def halves(login: str) -> tuple[bytes, bytes]:
    """What the database keeps of the key: its inner and outer padding."""
    key = key_of(login).ljust(_BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in key), bytes(byte ^ 0x5C for byte in key)


def named(reader: Reader) -> str:
    """`user:<uuid>`, `purpose:<name>`, or "" for somebody who is not logged in."""
    if reader.user_id is not None:
        return f"user:{reader.user_id}"
    return f"purpose:{reader.purpose}" if reader.purpose else ""


@contextmanager
def presented(reader: Reader, *, anew: bool = False, lasting: bool = False) -> Iterator[None]:
    """For the rest of this block the database knows who asks; the one before comes back after it.

    `anew`: say it also where nobody was named before, because an earlier ticket may still lie in the transaction.
    `lasting`: where nobody was named before, the rest of the transaction may go on as this reader.
    """
    before = _presented.get()
    token = _presented.set(reader)
    try:
        if anew or before is not None or named(reader):
            _hand_over(reader)
        yield
    finally:
        _presented.reset(token)
        # At the end of a transaction the ticket goes by itself.
        stays = before is None or (lasting and not named(before))
        if before is not None and not stays and _listens():
            _hand_over(before)


def _listens() -> bool:
    """In a broken transaction, or on a broken line, nothing can be said any more."""
    if not connection.in_atomic_block or connection.needs_rollback or connection.connection is None:
        return False
    status: TransactionStatus = connection.connection.info.transaction_status
    return status in (TransactionStatus.IDLE, TransactionStatus.INTRANS)


def current() -> Reader | None:
    """Who the database takes us for."""
    return _presented.get()


def begin() -> None:
    """Say first in a transaction: it then begins in the message that asks what a ticket is signed for."""
    _here()


def forget(_savepoint: str) -> None:
    """Called by the database connection when it rolls a savepoint back: what was said inside went with it."""
    known = _known()
    if known is not None:
        known.said = None


def _hand_over(reader: Reader) -> None:
    if not connection.in_atomic_block:
        raise CannotPresent("En leser gjelder for én transaksjon, og her er ingen.")
    who = named(reader)
    here = _here() if who else _known()
    ticket = _signed(reader, here.name) if who and here else ""
    if here and here.said == ticket:
        return
    straight.asked(_SAY, ticket)
    if here:
        here.said = ticket


def _signed(reader: Reader, here: str) -> str:
    who = named(reader)
    mac = hmac.new(key_of(reader.office.login), f"{who}|{here}".encode(), hashlib.sha256).hexdigest()
    return f"{who}|{mac}"


class _Here:
    """Which server connection and transaction this is, and what was last said there; hung on the transaction, so that
    it is asked for once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.said: str | None = None

    def __call__(self) -> None:
        """At the commit: nothing to do but to be let go."""


def _known() -> _Here | None:
    # A commit takes these hooks away and a rollback does; what was kept too long would sign for nothing.
    hooks: list[Any] = connection.run_on_commit
    return next((hook for _, hook, _ in hooks if isinstance(hook, _Here)), None)


def _here() -> _Here:
    known = _known()
    if known is None:
        # psycopg would begin the transaction, in a message of its own, at the first statement that it is given.
        asked = straight.begun(_HERE)
        pid, seconds = asked.get_value(0, 0) or b"", asked.get_value(0, 1) or b""
        # Microseconds as a whole number: the server always says six decimals.
        known = _Here(b"|".join((pid, seconds.replace(b".", b""))).decode())
        hooks: list[Any] = connection.run_on_commit
        hooks.append((set(), known, False))
    return known
