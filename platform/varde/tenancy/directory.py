"""Which office answers to which host: one query, remembered for a minute in each process.

Works as every login: an office reads the registry through its own view, the public host reads the table.
"""

import threading
import time
from typing import Any
from uuid import UUID

from django.db import connection

from varde.clock import now
from varde.tenancy.door import OfficeRef

KEEP_SECONDS = 60.0
_cache: dict[str, tuple[float, OfficeRef | None]] = {}
_lock = threading.Lock()

COLUMNS = "o.id, o.kind, o.slug, o.schema_name, o.login, o.name, o.number, o.region_id, o.host"


def to_ref(row: tuple[Any, ...]) -> OfficeRef:
    """A row of COLUMNS as an OfficeRef."""
    return OfficeRef(*row)


def office_for_host(slug: str) -> OfficeRef | None:
    """The active office with this subdomain, or None."""
    known = _cache.get(slug)
    if known and known[0] > time.monotonic():
        return known[1]
    found = _ask(slug)
    with _lock:
        if len(_cache) > 5000:  # made-up host names must not fill the memory
            _cache.clear()
        _cache[slug] = (time.monotonic() + KEEP_SECONDS, found)
    return found


def forget() -> None:
    """After provisioning in this process, and between tests."""
    _cache.clear()
    _facts.clear()


def _ask(slug: str) -> OfficeRef | None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} FROM registry_domain d JOIN registry_office o ON o.id = d.tenant_id"  # noqa: S608
            " WHERE d.domain = %s AND o.active",
            [slug],
        )
        row = cursor.fetchone()
    return to_ref(row) if row else None


def office_with_id(office_id: UUID) -> OfficeRef | None:
    """The active office with this identity."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM registry_office o WHERE o.id = %s AND o.active", [office_id])  # noqa: S608
        row = cursor.fetchone()
    return to_ref(row) if row else None


def offices() -> list[OfficeRef]:
    """Every active office."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM registry_office o WHERE o.active ORDER BY o.schema_name")  # noqa: S608
        return [to_ref(row) for row in cursor.fetchall()]


_FACTS = (
    "phone", "phone_hours", "ordinary_name", "ordinary_phone", "ordinary_url", "accessibility_url", "theme", "has_team",
)  # fmt: skip
# What the kommune's region has published of the phone goes before what stands in the registry.
_PUBLISHED = ("phone", "phone_hours")
_COLUMNS_OF_FACTS = ", ".join(f"coalesce(p.{name}, o.{name})" if name in _PUBLISHED else f"o.{name}" for name in _FACTS)
_ASK_FACTS = (
    f"SELECT {_COLUMNS_OF_FACTS}, coalesce(p.service, '') FROM registry_office o LEFT JOIN LATERAL ("  # noqa: S608
    " SELECT r.phone, r.phone_hours, r.service FROM registry_phone r WHERE r.kommune = o.id AND r.since <= %s"
    " ORDER BY r.since DESC, r.set_at DESC, r.id DESC LIMIT 1) p ON true WHERE o.id = %s"
)
_facts: dict[UUID, tuple[float, dict[str, Any]]] = {}


def remembered(ref: OfficeRef) -> dict[str, Any]:
    """The same as this process last knew it, however old, and {} when it never did: for pages without a database."""
    return _facts.get(ref.id, (0.0, {}))[1]


def facts_of(ref: OfficeRef) -> dict[str, Any]:
    """What the public may know of an office (phone, hours, ordinary contact …), remembered for a minute.

    `phone_service` says whose the number is that the region has published; "" when the registry's own is shown.
    """
    known = _facts.get(ref.id)
    if known and known[0] > time.monotonic():
        return known[1]
    with connection.cursor() as cursor:
        cursor.execute(_ASK_FACTS, [now(), ref.id])
        row = cursor.fetchone()
    found = dict(zip((*_FACTS, "phone_service"), row or (), strict=False))
    _facts[ref.id] = (time.monotonic() + KEEP_SECONDS, found)
    return found
