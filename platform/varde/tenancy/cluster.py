"""What a superuser does once: the database, its owner and the roles that everything else hangs on.

Never run by the platform itself in production; there the DBA runs the same statements (infra/docs/runbook.md).
"""

import psycopg
from psycopg import sql

from varde.tenancy.logins import derive


def bootstrap(superuser_dsn: str, *, database: str, migrator_password: str, login_key: str | bytes) -> None:
    """Create database `database`, its roles `…_migrator`, `…_office`, `…_public`; safe to run again.

    The migrator owns everything and may create roles, but is no superuser and cannot pass row rights by.
    """
    key = login_key.decode() if isinstance(login_key, bytes) else login_key
    with psycopg.connect(superuser_dsn, autocommit=True) as connection:
        _role(connection, f"{database}_migrator", "LOGIN CREATEROLE", migrator_password)
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(database), sql.Identifier(f"{database}_migrator")
                )
            )
        connection.execute(
            sql.SQL("REVOKE CONNECT, TEMPORARY ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database))
        )
    with psycopg.connect(superuser_dsn, dbname=database, autocommit=True) as connection:
        connection.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(sql.Identifier(f"{database}_migrator")))
        connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        _close_statistics(connection, f"{database}_migrator")
    owner = psycopg.conninfo.make_conninfo(
        superuser_dsn, dbname=database, user=f"{database}_migrator", password=migrator_password
    )
    with psycopg.connect(owner) as connection:
        _office_roles(connection, database, key)


def _close_statistics(connection: "psycopg.Connection[tuple[str]]", owner: str) -> None:
    """Row counts tell how many cases an office has, and how often a table was looked into, whether one is there.

    Of views and of the functions under them. Only the owner of the tables still gets an answer.
    """
    views = connection.execute(
        "SELECT viewname FROM pg_views WHERE schemaname = 'pg_catalog'"
        " AND viewname ~ '^pg_stat.*_(tables|indexes|sequences)$'"
    ).fetchall()
    for (view,) in views:
        connection.execute(sql.SQL("REVOKE SELECT ON {} FROM PUBLIC").format(sql.Identifier(view)))
    functions = connection.execute(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace"
        " AND proname ~ '^pg_stat_get_' AND proargtypes = '26'::oidvector"  # one argument, an oid
    ).fetchall()
    for (function,) in functions:
        name = sql.Identifier("pg_catalog", function)
        connection.execute(sql.SQL("REVOKE EXECUTE ON FUNCTION {}(oid) FROM PUBLIC").format(name))
        connection.execute(sql.SQL("GRANT EXECUTE ON FUNCTION {}(oid) TO {}").format(name, sql.Identifier(owner)))


def _office_roles(connection: "psycopg.Connection[object]", database: str, key: str) -> None:
    """The group that every office belongs to, and the login of the public host."""
    _role(connection, f"{database}_office", "NOLOGIN", None)
    public = f"{database}_public"
    _role(connection, public, "LOGIN CONNECTION LIMIT 40", derive(key, public))
    settings_of(connection, database, public, "public")
    connection.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(database), sql.Identifier(public))
    )
    connection.execute("CREATE SCHEMA IF NOT EXISTS fleet")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS fleet.template"
        " (kind text PRIMARY KEY, digest text NOT NULL, script text NOT NULL,"
        " rendered timestamptz NOT NULL DEFAULT now())"
    )
    connection.execute(
        "CREATE TABLE IF NOT EXISTS fleet.ledger"
        " (schema text PRIMARY KEY, kind text NOT NULL, digest text NOT NULL, at timestamptz NOT NULL DEFAULT now())"
    )


def settings_of(connection: "psycopg.Connection[object]", database: str, login: str, schema: str) -> None:
    """What the server sets when the login connects; none of it has to be sent by the platform."""
    for name, value in (
        ("search_path", schema),
        ("timezone", "UTC"),
        ("statement_timeout", "30s"),
        ("idle_in_transaction_session_timeout", "60s"),
        ("lock_timeout", "10s"),
        ("synchronous_commit", "on"),  # a receipt is a promise
    ):
        connection.execute(
            sql.SQL("ALTER ROLE {} IN DATABASE {} SET {} = {}").format(
                sql.Identifier(login), sql.Identifier(database), sql.Identifier(name), sql.Literal(value)
            )
        )


def _role(connection: "psycopg.Connection[object]", name: str, options: str, password: str | None) -> None:
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = "ALTER ROLE" if exists else "CREATE ROLE"
    connection.execute(sql.SQL("{} {} {}").format(sql.SQL(verb), sql.Identifier(name), sql.SQL(options)))
    if password is not None:
        set_password(connection, name, password)


def create_role(connection: "psycopg.Connection[object]", name: str, options: str, password: str | None) -> None:
    """Create or adjust a role; the password reaches the server only as a SCRAM verifier."""
    _role(connection, name, options, password)


def drop_role(connection: "psycopg.Connection[object]", name: str) -> None:
    """Remove a role of an office whose schema is gone; nothing happens when it is gone too."""
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone():
        return
    database = connection.info.dbname
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM {}").format(*map(sql.Identifier, (database, name))))
    connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def set_password(connection: "psycopg.Connection[object]", name: str, password: str) -> None:
    """Hashed here, so that neither the statement nor a log of it holds the password."""
    verifier = connection.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
    connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(name), sql.Literal(verifier)))
