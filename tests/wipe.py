"""Empties what a committing test left, as the migrator: all rows of all offices but their bookkeeping."""

from psycopg import sql

from varde.tenancy.fleet import Connection, connect

KEEP = {"django_migrations", "post_key", "registry_office", "registry_domain", "registry_standing", "access_seal"}
# Those with a file that is not empty; of these some hold only what was rolled back.
TABLES = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind = 'r' AND (n.nspname ~ '^(kommune|region|drift)_' OR n.nspname = 'public')
   AND pg_relation_size(c.oid) > 0
"""
FILLED = sql.SQL("SELECT {}::text, {}::text WHERE EXISTS (SELECT 1 FROM {})")


def wipe() -> None:
    """Truncate every table that holds rows; the empty ones would cost a file each."""
    with connect() as connection:
        names = [sql.Identifier(schema, table) for schema, table in _filled(connection)]
        if names:
            connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(names)))
        # What the offices were born into stays.
        connection.execute("DELETE FROM registry_standing WHERE at > to_timestamp(0)")


def _filled(connection: Connection) -> list[tuple[str, str]]:
    tables = [row for row in connection.execute(TABLES) if row[1] not in KEEP]
    asked = [FILLED.format(schema, table, sql.Identifier(schema, table)) for schema, table in tables]
    if not asked:
        return []
    return connection.execute(sql.SQL(" UNION ALL ").join(asked)).fetchall()
