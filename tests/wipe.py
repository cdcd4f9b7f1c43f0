"""Empties what a committing test left, as the migrator: all rows of all offices but their bookkeeping."""

from psycopg import sql

from varde.tenancy.fleet import Connection, connect

KEEP = {"django_migrations", "post_key", "registry_office", "registry_domain", "access_seal"}
TABLES = (
    "SELECT schemaname, tablename FROM pg_tables WHERE schemaname ~ '^(kommune|region|drift)_' OR schemaname = 'public'"
)
FILLED = sql.SQL("SELECT {}::text, {}::text WHERE EXISTS (SELECT 1 FROM {})")


def wipe() -> None:
    """Truncate every table that holds rows; the empty ones would cost a file each."""
    with connect() as connection:
        names = [sql.Identifier(schema, table) for schema, table in _filled(connection)]
        if names:
            connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(names)))


def _filled(connection: Connection) -> list[tuple[str, str]]:
    tables = [row for row in connection.execute(TABLES) if row[1] not in KEEP]
    asked = (FILLED.format(schema, table, sql.Identifier(schema, table)) for schema, table in tables)
    return connection.execute(sql.SQL(" UNION ALL ").join(asked)).fetchall()
