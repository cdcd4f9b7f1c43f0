"""Keeps every office's schema at the newest state: render once, apply to each in a transaction of its own."""

from collections.abc import Callable
from typing import Any

import psycopg
from django.conf import settings
from psycopg import sql

from varde.access.ticket import halves
from varde.tenancy.logins import password_for
from varde.tenancy.template import MIGRATIONS_TABLE, Applied, Script, digest, render

Connection = psycopg.Connection[Any]
KINDS = ("kommune", "region", "drift")


def connect(autocommit: bool = False) -> Connection:
    """A connection as the migrator; only where its secret is at hand."""
    db = settings.DATABASES["default"]
    login = f"{db['NAME']}_migrator"
    return psycopg.connect(
        dbname=db["NAME"],
        host=db["HOST"],
        port=db["PORT"],
        user=login,
        password=password_for(login),
        autocommit=autocommit,
        options="-c search_path=public -c timezone=UTC",
    )


def fill(script: str, schema: str, group: str) -> str:
    """The script with its placeholders filled; names are our own, never typed by anyone."""
    database = settings.DATABASES["default"]["NAME"]
    names = {
        "schema": f'"{schema}"',
        "group": f'"{group}"',
        "office": f'"{database}_office"',
        "public": f'"{database}_public"',
    }
    for name, value in names.items():
        script = script.replace("{{" + name + "}}", value)
    return script


def migrate(tell: Callable[[str], None] = lambda _line: None) -> int:
    """Bring the shared schema, the templates and every office up to date; returns how many schemas changed.

    A schema that fails keeps its state and stops the run: the ones after it are untouched.
    """
    changed = 0
    with connect() as connection:
        changed += _migrate_public(connection)
        connection.commit()
        for kind in KINDS:
            _keep_template(connection, kind)
        connection.commit()
        deltas: dict[tuple[str, Applied], Script] = {}
        for schema, kind, group in behind(connection):
            applied = applied_in(connection, schema)
            if (kind, applied) not in deltas:
                deltas[kind, applied] = render(kind, applied)
            delta = deltas[kind, applied]
            tell(f"{schema}: {delta.steps} migreringer")
            apply(connection, schema, group, delta)
            connection.commit()
            changed += 1
    return changed


def _migrate_public(connection: Connection) -> int:
    exists = connection.execute("SELECT to_regclass('public.django_migrations')").fetchone()
    if exists and exists[0] is None:
        connection.execute(MIGRATIONS_TABLE.encode())
        connection.execute("INSERT INTO django_migrations (app, name) VALUES ('fleet', '0000_born')")
    row = connection.execute("SELECT digest FROM fleet.ledger WHERE schema = 'public'").fetchone()
    if row and row[0] == digest("public"):
        return 0
    apply(connection, "public", "", render("public", applied_in(connection, "public")))
    return 1


def _keep_template(connection: Connection, kind: str) -> None:
    """Rendered only when it leads elsewhere than the one that is kept."""
    row = connection.execute("SELECT digest FROM fleet.template WHERE kind = %s", [kind]).fetchone()
    if row and row[0] == digest(kind):
        return
    script = render(kind)
    connection.execute(
        "INSERT INTO fleet.template (kind, digest, script) VALUES (%s, %s, %s)"
        " ON CONFLICT (kind) DO UPDATE SET digest = excluded.digest, script = excluded.script, rendered = now()",
        [script.kind, script.digest, script.sql],
    )


def behind(connection: Connection) -> list[tuple[str, str, str]]:
    """Schemas that are not where their template is: (schema, kind, group). One query for all offices."""
    return connection.execute(
        "SELECT o.schema_name, o.kind, left(o.login, -6) FROM registry_office o"
        " JOIN fleet.template t ON t.kind = o.kind"
        " LEFT JOIN fleet.ledger l ON l.schema = o.schema_name"
        " JOIN pg_namespace n ON n.nspname = o.schema_name"  # one that was closed has none any more
        " WHERE l.digest IS DISTINCT FROM t.digest ORDER BY 1"
    ).fetchall()


def applied_in(connection: Connection, schema: str) -> Applied:
    """The migrations that a schema has."""
    query = sql.SQL("SELECT app, name FROM {}.django_migrations").format(sql.Identifier(schema))
    return frozenset((app, name) for app, name in connection.execute(query))


def apply(connection: Connection, schema: str, group: str, script: Script) -> None:
    """Run a script in a schema, inside the caller's transaction, and note it in the ledger."""
    connection.execute("SET LOCAL lock_timeout = '3s'")
    connection.execute(sql.SQL("SET LOCAL search_path = {}").format(sql.Identifier(schema)))
    # psycopg sends a script without parameters by the simple protocol: many statements, one round trip.
    psycopg.ClientCursor(connection).execute(fill(script.sql, schema, group).encode())
    if group:
        _lay_seal(connection, f"{group}_login")
    connection.execute("SET LOCAL search_path = public")
    connection.execute(
        "INSERT INTO fleet.ledger (schema, kind, digest) VALUES (%s, %s, %s)"
        " ON CONFLICT (schema) DO UPDATE SET digest = excluded.digest, at = now()",
        [schema, script.kind, script.digest],
    )


def _lay_seal(connection: Connection, login: str) -> None:
    """What the office's tickets are checked with; follows the login key when that is changed."""
    connection.execute(
        'INSERT INTO access_seal (id, "inner", "outer") VALUES (1, %s, %s)'
        ' ON CONFLICT (id) DO UPDATE SET "inner" = excluded."inner", "outer" = excluded."outer"',
        list(halves(login)),
    )
