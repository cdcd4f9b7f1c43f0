"""What rooms say about an office that leaves the platform: why it cannot yet, what it takes along, what must end.

The registry knows no room. Each is asked as the owner of the tables, in the office's own schema.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction

from shared.registry.queries import norwegian, office_by_id
from shared.registry.standing_queries import parties_during, party_of
from varde.access.reader import Reader
from varde.clock import now
from varde.tenancy.door import Identity, OfficeRef, as_identity, migrator


@dataclass(frozen=True, slots=True)
class Part:
    """A file that the office takes along: where it lies, what it is, of which matter ("" for none), and its bytes."""

    path: str
    title: str
    matter: str
    content: bytes


# As far ahead as anybody may speak for (registry, `write_own`).
_AHEAD = timedelta(days=3660)
# A sentence that says why not, or "".
Check = Callable[[OfficeRef], str]
Parts = Callable[[Reader], Iterator[Part]]
End = Callable[[OfficeRef], None]
# Each with the types of office that it is about, and whether the office's own people may be told as they ask.
_checks: list[tuple[Check, tuple[str, ...], bool]] = []
_parts: list[tuple[Parts, tuple[str, ...]]] = []
_ends: list[End] = []


def before(check: Check, *kinds: str, seen: bool = False) -> None:
    """The room says what must be done first. `seen`: nothing that somebody there may not see decides it, so that it is
    told before anything is asked for; else the provisioner alone finds out."""
    _register(_checks, (check, kinds, seen))


def takes(parts: Parts, *kinds: str) -> None:
    """The room draws its content so that people can read it."""
    _register(_parts, (parts, kinds))


def at_the_end(end: End) -> None:
    """What the room keeps outside the office's schema is ended; may be said again after a start that was cut short."""
    _register(_ends, end)


def _register[T](known: list[T], new: T) -> None:
    if new not in known:
        known.append(new)


def why_not(ref: OfficeRef) -> list[str]:
    """Every reason why the office cannot leave now; inside `as_owner_of`."""
    return [sentence for check, kinds, _ in _checks if ref.kind in kinds and (sentence := check(ref))]


def seen_by(ref: OfficeRef) -> list[str]:
    """Those that may be told to the office's own people; in the office."""
    return [sentence for check, kinds, seen in _checks if seen and ref.kind in kinds and (sentence := check(ref))]


def still_bound(ref: OfficeRef) -> str:
    """Why not, when a kommune is in an agreement, or a region has one or will have. Registered as any other."""
    at = now()
    if ref.kind == "kommune":
        return "Kommunen er i en samarbeidsavtale. Den må avsluttes først." if party_of(ref.id, at) else ""
    names = {office_by_id(party.kommune).name for party in parties_during(ref.id, at, at + _AHEAD)}
    told = ", ".join(sorted(names, key=norwegian))
    return f"I samarbeidsavtalen, eller på vei inn: {told}. Alle må ut først." if told else ""


def parts(by: Reader) -> Iterator[Part]:
    """Everything that rooms have drawn; inside `as_owner_of`."""
    for drawn, kinds in _parts:
        if by.office.kind in kinds:
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
