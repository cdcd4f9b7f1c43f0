"""A new office: schema, login, rights and tables in one transaction, from the rendered template."""

from dataclasses import dataclass

from django.conf import settings
from psycopg import sql

from varde.tenancy.cluster import create_role, settings_of
from varde.tenancy.fleet import Connection, apply
from varde.tenancy.logins import derive
from varde.tenancy.template import Script


@dataclass(frozen=True, slots=True)
class Names:
    """What an office is called in the database; fixed at its birth."""

    schema: str
    group: str
    login: str


def names_for(kind: str, key: str) -> Names:
    """`kommune` + "3407" -> schema `kommune_3407`, group `varde_kommune_3407`, login `varde_kommune_3407_login`."""
    schema = f"{kind}_{key}".replace("-", "_")
    group = f"{settings.DATABASES['default']['NAME']}_{schema}"
    return Names(schema, group, f"{group}_login")


def build(connection: Connection, names: Names, kind: str) -> None:
    """Create roles and schema and fill it from the template, in the caller's transaction.

    Raises LookupError when the fleet has not been migrated yet.
    """
    row = connection.execute("SELECT script, digest FROM fleet.template WHERE kind = %s", [kind]).fetchone()
    if row is None:
        raise LookupError("Kjør «varde migrate» før det første kontoret opprettes.")
    _roles(connection, names)
    connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(names.schema)))
    apply(connection, names.schema, names.group, Script(kind, row[0], row[1], 0))


def _roles(connection: Connection, names: Names) -> None:
    """A group that holds the rights and a login that inherits them, but can become nobody else."""
    database = settings.DATABASES["default"]["NAME"]
    create_role(connection, names.group, "NOLOGIN", None)
    create_role(connection, names.login, "LOGIN CONNECTION LIMIT 40", derive(settings.LOGIN_KEY, names.login))
    for group in (names.group, f"{database}_office"):
        connection.execute(
            sql.SQL("GRANT {} TO {} WITH INHERIT TRUE, SET FALSE").format(
                sql.Identifier(group), sql.Identifier(names.login)
            )
        )
    connection.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(database), sql.Identifier(names.login))
    )
    settings_of(connection, database, names.login, names.schema)
