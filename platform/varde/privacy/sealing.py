"""Rows from before: their text is sealed where it stands, in batches, while the office works.

How a text column becomes a sealed one, in a migration of the room:

    from django.db import migrations
    from varde.privacy.fields import SealedTextField
    from varde.privacy.sealing import text_to_sealed

    class Migration(migrations.Migration):
        dependencies = [("cases", "0002_..."), ("privacy", "0002_row_rights")]
        operations = [
            migrations.RunSQL(
                text_to_sealed("cases_note", "text"),
                state_operations=[migrations.AlterField("note", "text", SealedTextField())],
            ),
        ]

It turns the text into its own bytes; reading such a row raises NotSealed until `seal_old` (`varde keys seal`, and
after `varde migrate`) has been there. A new room simply uses the fields.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from varde.privacy import envelope, old_boxes
from varde.privacy.box import PURPOSES
from varde.privacy.fields import SealedJSONField, open_together, sealed_fields
from varde.privacy.keyring import ready
from varde.tenancy.door import Identity, OfficeRef, as_identity, migrator
from varde.tenancy.template import apps_of

BATCH = 200
_HEAD = envelope.HEAD + envelope.TAG
# The same question as envelope.is_envelope, asked of the database.
_PLAIN = (
    "length({c}) > 0 AND NOT (get_byte({c}, 0) = %(version)s AND length({c}) > %(head)s"
    " AND (length({c}) - %(head)s) %% %(block)s = 0)"
)
_NUMBERS = {"version": envelope.VERSION, "head": _HEAD, "block": envelope.BLOCK}


def text_to_sealed(table: str, column: str) -> str:
    """SQL that makes a text, varchar or jsonb column bytea with the bytes of what stands there; empty stays empty."""
    name = f'ALTER TABLE "{table}" ALTER COLUMN "{column}"'
    empty = f"""coalesce("{column}"::text, '') IN ('', '{{}}', 'null')"""
    bytes_ = f"""CASE WHEN {empty} THEN ''::bytea ELSE convert_to("{column}"::text, 'UTF8') END"""
    return f"{name} DROP DEFAULT; {name} TYPE bytea USING {bytes_}; {name} SET NOT NULL;"


def sealed_models(kind: str) -> list[type[models.Model]]:
    """The models of an office type that hold something sealed."""
    labels = apps_of(kind)
    return [model for model in apps.get_models() if model._meta.app_label in labels and sealed_fields(model)]


def seal_old(ref: OfficeRef, only: Iterable[type[models.Model]] | None = None, batch: int = BATCH) -> Iterator[int]:
    """Seal what still stands as it was, as the owner of the tables: an office may not change its append-only rows.

    Yields the number of rows of each batch; each batch commits by itself, so it can be stopped and run again. Also
    makes the keys of the office's own purposes where they are missing, and closes second factors from before anew.
    """
    with as_identity(Identity(migrator().login, ref.schema, ref)):
        with transaction.atomic():
            _step_inside(ref)
            ready(PURPOSES)
            renewed = old_boxes.close_anew()
        if renewed:
            yield renewed
        for model in sealed_models(ref.kind) if only is None else only:
            while done := _seal_batch(ref, model, batch):
                yield done


def still_plain(ref: OfficeRef, only: Iterable[type[models.Model]] | None = None) -> int:
    """Rows that `seal_old` has not reached."""
    with as_identity(Identity(migrator().login, ref.schema, ref)), transaction.atomic():
        _step_inside(ref)
        found = [_plain_rows(model).count() for model in (sealed_models(ref.kind) if only is None else only)]
    return sum(found)


def _step_inside(ref: OfficeRef) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('search_path', %s, true)", [f'"{ref.schema}"'])


def _plain_rows(model: type[models.Model]) -> models.QuerySet[models.Model]:
    columns = [f'"{model._meta.db_table}"."{field.column}"' for field in sealed_fields(model)]
    where = " OR ".join(f"({_PLAIN.format(c=column)})" for column in columns)
    rows: models.QuerySet[models.Model] = model._base_manager.all()
    # The text holds only our own table and column names.
    return rows.extra(where=[f"({where % _NUMBERS})".replace("%", "%%")])  # noqa: S610


def _seal_batch(ref: OfficeRef, model: type[models.Model], batch: int) -> int:
    with transaction.atomic():
        _step_inside(ref)
        rows = list(_plain_rows(model).select_for_update(of=("self",))[:batch])
        open_together(rows)
        for row in rows:
            _seal_row(row)
    return len(rows)


def _seal_row(row: models.Model) -> None:
    table = connection.ops.quote_name(row._meta.db_table)
    for field in sealed_fields(type(row)):
        before = row.__dict__[field.attname].closed or b""
        if not before or envelope.is_envelope(before):
            continue
        setattr(row, field.attname, _as_it_was(field, bytes(before)))
        column = connection.ops.quote_name(str(field.column))
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET {column} = %s WHERE id = %s AND {column} = %s",  # noqa: S608
                [bytes(field.pre_save(row, False) or b""), row.pk, bytes(before)],
            )


def _as_it_was(field: Any, before: bytes) -> Any:
    text = before.decode()
    return json.loads(text) if isinstance(field, SealedJSONField) else text
