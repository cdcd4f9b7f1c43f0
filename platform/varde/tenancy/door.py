"""The only way into an office.

The active identity is a ContextVar and the single truth; each database connection follows it (see `backend`).
A thread or task that was not led through the door has the rights of the public host and no more.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db import connection


class NoOffice(RuntimeError):
    """Something that belongs in an office was tried outside of one."""


class CannotSwitch(RuntimeError):
    """The office may not change here: a transaction is open, or somebody went around the door."""


@dataclass(frozen=True, slots=True)
class OfficeRef:
    """What everybody may know of an office; the schema name and login are fixed at its birth.

    `region_id` and `host` are as they were when this was asked for; who is in which region is settled by the database,
    and does not make it another office.
    """

    id: UUID
    kind: str
    slug: str
    schema: str
    login: str
    name: str
    number: str
    region_id: UUID | None = field(compare=False)
    host: bool = field(compare=False)


@dataclass(frozen=True, slots=True)
class Identity:
    """A database login and the schema that the server sets for it."""

    login: str
    schema: str
    office: OfficeRef | None = None


def public() -> Identity:
    """The login that may read the registry and nothing else."""
    return Identity(f"{settings.DATABASES['default']['NAME']}_public", "public")


def migrator() -> Identity:
    """The owner of all tables; only commands that were given its secret can use it."""
    return Identity(f"{settings.DATABASES['default']['NAME']}_migrator", "public")


_active: ContextVar[Identity | None] = ContextVar("varde_identity", default=None)


def active() -> Identity:
    """Who this context is to the database."""
    return _active.get() or public()


def current_office() -> OfficeRef | None:
    """The office this context is in, if any."""
    return active().office


def need_office() -> OfficeRef:
    """The office this context is in; NoOffice outside of one."""
    ref = current_office()
    if ref is None:
        raise NoOffice("Dette kan bare gjøres i et kontor.")
    return ref


@contextmanager
def as_identity(identity: Identity) -> Iterator[Identity]:
    """Become somebody for the database; the one before comes back whatever happens."""
    if identity != active() and connection.in_atomic_block:
        raise CannotSwitch("Kan ikke bytte kontor midt i en transaksjon.")
    token = _active.set(identity)
    try:
        yield identity
    finally:
        _active.reset(token)
        connection.follow_the_door()  # type: ignore[attr-defined]


@contextmanager
def office(ref: OfficeRef) -> Iterator[OfficeRef]:
    """Enter an office with its own login; come out clean."""
    with as_identity(Identity(ref.login, ref.schema, ref)):
        yield ref
