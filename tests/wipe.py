"""Empties what a committing test left, as the server's own superuser: all rows of all offices but their bookkeeping.

To truncate a table is to make it and all that point at it anew, file by file, however little they hold. Where rights,
keys and triggers do not count, to delete and vacuum gives the same empty files for a twentieth.
"""

from typing import Any

import psycopg
from django.conf import settings
from psycopg import sql

KEEP = {"django_migrations", "post_key", "registry_office", "registry_domain", "registry_standing", "access_seal"}
# The superuser's address of the server of this run (tests/conftest.py).
server: list[str] = []
# Those with a file that is not empty; of these some hold only what was rolled back. Asked of the disk: PostgreSQL reads
# all that is known of a table before it says how large it is.
TABLES = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, pg_database d
 WHERE c.relkind = 'r' AND (n.nspname ~ '^(kommune|region|drift)_' OR n.nspname = 'public')
   AND d.datname = current_database()
   AND (pg_stat_file('base/' || d.oid || '/' || c.relfilenode, true)).size > 0
"""
FILLED = sql.SQL("SELECT {}::text, {}::text WHERE EXISTS (SELECT 1 FROM {})")
# The planner is to know as little of them as of tables that were truncated.
UNKNOWN = "UPDATE pg_class SET relpages = 0, reltuples = -1 WHERE oid = ANY (%s::regclass[]) AND relpages = 0"

Connection = psycopg.Connection[Any]


def wipe() -> None:
    """Empty every table that holds something."""
    with psycopg.connect(server[0], dbname=settings.DATABASES["default"]["NAME"], autocommit=True) as connection:
        used = [row for row in connection.execute(TABLES) if row[1] not in KEEP]
        with connection.transaction():
            # Neither the triggers of what is only added to nor foreign keys: all go at once.
            connection.execute("SET LOCAL session_replication_role = replica")
            for row in _filled(connection, used):
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(*row)))
            # What the offices were born into stays.
            connection.execute("DELETE FROM registry_standing WHERE at > to_timestamp(0)")
        if used:
            names = [sql.Identifier(*row) for row in used]
            vacuum = sql.SQL("VACUUM (INDEX_CLEANUP ON, SKIP_DATABASE_STATS) {}")
            connection.execute(vacuum.format(sql.SQL(", ").join(names)))
            connection.execute(UNKNOWN, [[name.as_string() for name in names]])


def _filled(connection: Connection, used: list[Any]) -> list[Any]:
    asked = [FILLED.format(*row, sql.Identifier(*row)) for row in used]
    return connection.execute(sql.SQL(" UNION ALL ").join(asked)).fetchall() if asked else []
