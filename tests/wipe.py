"""Empties what a committing test left, as the migrator: all rows of all offices but their bookkeeping."""

from psycopg import sql

from varde.tenancy.fleet import connect

KEEP = {"django_migrations", "post_key", "registry_office", "registry_domain"}


def wipe() -> None:
    """Truncate every table of every office and the post."""
    with connect() as connection:
        tables = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables"
            " WHERE schemaname ~ '^(kommune|region|drift)_' OR schemaname = 'public'"
        ).fetchall()
        names = [sql.Identifier(schema, table) for schema, table in tables if table not in KEEP]
        connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(names)))
