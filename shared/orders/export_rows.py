"""Every table of an office as lines of JSON, what is sealed in plain. As the owner, inside `leaving.as_owner_of`.

Left out: what lets somebody in (passwords, second factors, sessions), and the keys themselves.
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models

from varde.privacy import envelope
from varde.privacy.box import is_box, open_any
from varde.privacy.errors import CannotOpen, Destroyed, NotSealed
from varde.privacy.fields import open_together, sealed_fields
from varde.tenancy.template import apps_of

BATCH = 500
LEFT_OUT = {
    "django_session": "økter",
    "mfa_authenticator": "totrinnsbekreftelser",
    "usersessions_usersession": "økter",
    "access_seal": "nøkler",
    "privacy_datakey": "nøkler",
}
_SECRET_COLUMNS = {"password", "token_hash"}


@dataclass(frozen=True, slots=True)
class Table:
    """A table as lines of JSON, and how many rows it had."""

    name: str
    rows: int
    content: bytes


def tables(kind: str) -> Iterator[Table]:
    """Every table of an office type, one at a time, by name."""
    for model in models_of(kind):
        if model._meta.db_table not in LEFT_OUT:
            lines = list(_lines(model))
            yield Table(model._meta.db_table, len(lines), b"".join(lines))


def models_of(kind: str) -> list[type[models.Model]]:
    """The models whose tables lie in this type of office."""
    labels = apps_of(kind)
    found = [
        model
        for config in apps.get_app_configs()
        if config.label in labels
        for model in config.get_models(include_auto_created=True)
        if model._meta.managed
    ]
    return sorted(found, key=lambda model: model._meta.db_table)


def _lines(model: type[models.Model]) -> Iterator[bytes]:
    rows = model._base_manager.order_by("pk").iterator(chunk_size=BATCH)
    batch: list[models.Model] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield from _batch(batch)
            batch = []
    yield from _batch(batch)


def _batch(rows: list[models.Model]) -> Iterator[bytes]:
    open_together(rows)
    for row in rows:
        yield json.dumps(_row(row), ensure_ascii=False, default=str).encode() + b"\n"


def _row(row: models.Model) -> dict[str, Any]:
    sealed = {field.attname for field in sealed_fields(type(row))}
    shown = [field for field in row._meta.concrete_fields if field.column not in _SECRET_COLUMNS]
    return {str(field.column): _said(row, field.attname, closed=field.attname in sealed) for field in shown}


def _said(row: models.Model, name: str, *, closed: bool) -> Any:
    return _opened(row, name) if closed else _plain(getattr(row, name))


def _opened(row: models.Model, name: str) -> Any:
    """What the field says; where nobody can read it any more, that."""
    try:
        return getattr(row, name)
    except Destroyed:
        return {"slettet": True}
    except (CannotOpen, NotSealed):
        return {"lukket": True}


def _plain(value: Any) -> Any:
    """Bytes by their size and print alone: they are files told of elsewhere, or search signs under a key that ends."""
    if isinstance(value, bytes | memoryview):
        content = bytes(value)
        closed = envelope.is_envelope(content)
        return {"byte": len(content), "sha256": hashlib.sha256(content).hexdigest()} if closed else _base64(content)
    if isinstance(value, str) and is_box(value):
        try:
            return open_any(value)
        except CannotOpen:
            return {"lukket": True}
    return value


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def counts(kind: str) -> dict[str, int]:
    """How many rows each table has, those left out of the file too."""
    return {model._meta.db_table: model._base_manager.count() for model in models_of(kind)}


_PRINT = "SELECT count(*), coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') FROM {} t"


# What changes by itself, or by looking: sessions, keys, the log, and what tasks note of what they have done. Nobody
# wrote it, and it may change between the file and the end. Every other table is in the print.
BY_ITSELF = frozenset(LEFT_OUT) | {
    "account_emailaddress", "account_emailconfirmation", "audit_anchor", "audit_entry", "audit_finding", "audit_head",
    "auth_group", "auth_group_permissions", "auth_permission", "django_content_type", "identity_counter",
    "inbox_clientkey", "inbox_placeterm", "kept_due", "starting_healthsent", "triage_escalation", "triage_nudge",
    "triage_reminded",
}  # fmt: skip
_COLUMNS_BY_ITSELF = {
    "cases_glassrequest": ("asked_told_at", "told_at"),
    "continuity_holder": ("made_at", "stale_since"),
    "identity_user": ("last_login", "password", "sessions_from", "dormant_told_at"),
    "inbox_cover": ("vacant_since",),
    "joined_majoralert": ("told_at",),
    "machines_machine": ("last_used_at",),
}


_WITHOUT = "(SELECT {} AS said FROM {} x)"


def print_of_content(kind: str) -> str:
    """The same as long as nothing that somebody wrote has come, gone or changed."""
    whole = hashlib.sha256()
    with connection.cursor() as cursor:
        for model in models_of(kind):
            table = model._meta.db_table
            if table in BY_ITSELF:
                continue
            cursor.execute(_PRINT.format(_told(table)))
            whole.update(f"{table} {cursor.fetchone()}\n".encode())
    return whole.hexdigest()


def _told(table: str) -> str:
    """The rows of the table, without the columns that change by themselves."""
    name, left = connection.ops.quote_name(table), _COLUMNS_BY_ITSELF.get(table, ())
    without = " - ".join(["to_jsonb(x)", *(f"'{column}'" for column in left)])
    return _WITHOUT.format(without, name) if left else name


def lock_content(kind: str) -> None:
    """Whoever is writing is waited for, and nobody writes any more until the transaction ends."""
    names = [connection.ops.quote_name(model._meta.db_table) for model in models_of(kind)]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '20s'")
        cursor.execute(f"LOCK TABLE {', '.join(names)} IN SHARE MODE")
