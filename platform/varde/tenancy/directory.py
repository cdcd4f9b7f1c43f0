"""Which office answers to which host: one query, remembered for a minute in each process.

Works as every login: an office reads the registry through its own view, the public host reads the table.
"""

import threading
import time
from typing import Any
from uuid import UUID

from django.db import connection

from varde.clock import now
from varde.tenancy.door import OfficeRef, current_office
from varde.tenancy.standing import beside, next_change

KEEP_SECONDS = 60.0
_cache: dict[str, tuple[float, OfficeRef | None]] = {}
_lock = threading.Lock()

_FIXED = "o.id, o.kind, o.slug, o.schema_name, o.login, o.name, o.number"
_WORDS = "registry_standing"
# An office reads a view that has worked it out; the table says nothing of it.
_INSIDE = f"{_FIXED}, o.region_id, o.host", "registry_office o"
_OUTSIDE = f"{_FIXED}, w.region_id, coalesce(w.host, false)", f"registry_office o {beside('o', _WORDS)}"
_SECONDS_LEFT = f"extract(epoch FROM {next_change('o', _WORDS)} - statement_timestamp())"


def _asked(where: str, values: list[Any], *, further: str = "") -> list[tuple[Any, ...]]:
    columns, offices = _INSIDE if current_office() else _OUTSIDE
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}{further} FROM {offices} {where}", values)  # noqa: S608
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def office_for_host(slug: str) -> OfficeRef | None:
    """The active office with this subdomain, or None. Its region is as it was at most a minute ago."""
    known = _cache.get(slug)
    if known and known[0] > time.monotonic():
        return known[1]
    found, keep = _ask(slug)
    with _lock:
        if len(_cache) > 5000:  # made-up host names must not fill the memory
            _cache.clear()
        _cache[slug] = (time.monotonic() + keep, found)
    return found


def forget() -> None:
    """After provisioning in this process, and between tests."""
    _cache.clear()
    _facts.clear()


def _ask(slug: str) -> tuple[OfficeRef | None, float]:
    """The office, and for how many seconds it will be as it is."""
    where = "JOIN registry_domain d ON o.id = d.tenant_id WHERE d.domain = %s AND o.active"
    rows = _asked(where, [slug], further=f", {_SECONDS_LEFT}")
    if not rows:
        return None, KEEP_SECONDS
    *ref, left = rows[0]
    return OfficeRef(*ref), KEEP_SECONDS if left is None else min(KEEP_SECONDS, float(left))


def office_with_slug(slug: str) -> OfficeRef | None:
    """The active office with this name in its address, as it is now."""
    return next((OfficeRef(*row) for row in _asked("WHERE o.slug = %s AND o.active", [slug])), None)


def office_with_id(office_id: UUID, *, closed: bool = False) -> OfficeRef | None:
    """The active office with this identity; `closed`: also one that is closed."""
    where = "WHERE o.id = %s" if closed else "WHERE o.id = %s AND o.active"
    return next((OfficeRef(*row) for row in _asked(where, [office_id])), None)


def offices() -> list[OfficeRef]:
    """Every active office."""
    return [OfficeRef(*row) for row in _asked("WHERE o.active ORDER BY o.schema_name", [])]


_FACTS = (
    "phone", "phone_hours", "ordinary_name", "ordinary_phone", "ordinary_url", "accessibility_url", "theme", "has_team",
)  # fmt: skip
# What the kommune's region has published of the phone goes before what stands in the registry.
_PUBLISHED = ("phone", "phone_hours")
_COLUMNS_OF_FACTS = ", ".join(f"coalesce(p.{name}, o.{name})" if name in _PUBLISHED else f"o.{name}" for name in _FACTS)
_ASK_FACTS = (
    f"SELECT {_COLUMNS_OF_FACTS}, coalesce(p.service, '') FROM registry_office o {beside('o', _WORDS)}"  # noqa: S608
    " LEFT JOIN LATERAL ("
    " SELECT r.phone, r.phone_hours, r.service FROM registry_phone r WHERE r.kommune = o.id"
    " AND r.region = w.region_id AND r.since <= %s"
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
