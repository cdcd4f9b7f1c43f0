"""What rooms say about an office that leaves the platform: why it cannot yet, what it takes along, what must end.

The registry knows no room. Each is asked as the owner of the tables, in the office's own schema.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from varde.access.reader import Reader
from varde.tenancy.door import Identity, OfficeRef, as_identity, migrator


@dataclass(frozen=True, slots=True)
class Part:
    """A file that the office takes along: where it lies, what it is, of which matter ("" for none), and its bytes."""

    path: str
    title: str
    matter: str
    content: bytes


# A sentence that says why not, or "".
Check = Callable[[OfficeRef], str]
Parts = Callable[[Reader], Iterator[Part]]
End = Callable[[OfficeRef], None]
_checks: list[Check] = []
_parts: list[Parts] = []
_ends: list[End] = []


def before(check: Check) -> None:
    """The room says what must be done first."""
    _register(_checks, check)


def takes(parts: Parts) -> None:
    """The room draws its content so that people can read it."""
    _register(_parts, parts)


def at_the_end(end: End) -> None:
    """What the room keeps outside the office's schema is ended; may be said again after a start that was cut short."""
    _register(_ends, end)


def _register[T](known: list[T], new: T) -> None:
    if new not in known:
        known.append(new)


def why_not(ref: OfficeRef) -> list[str]:
    """Every reason why the office cannot leave now; inside `as_owner_of`."""
    return [sentence for check in _checks if (sentence := check(ref))]


def parts(by: Reader) -> Iterator[Part]:
    """Everything that rooms have drawn; inside `as_owner_of`."""
    for drawn in _parts:
        yield from drawn(by)


def end(ref: OfficeRef) -> None:
    """Once the schema is gone."""
    for each in _ends:
        each(ref)


@contextmanager
def as_owner_of(ref: OfficeRef, *, still: bool = False) -> Iterator[None]:
    """In one transaction as the owner of the office's tables: row rights do not hold, what is sealed can be opened.

    `still`: everything is read as it was when the transaction began.
    """
    with as_identity(Identity(migrator().login, ref.schema, ref)), transaction.atomic():
        with connection.cursor() as cursor:
            if still:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT set_config('search_path', %s, true)", [f'"{ref.schema}"'])
        yield
