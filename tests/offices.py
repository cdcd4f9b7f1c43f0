"""The offices of every test: Gjøvikregionen with three kommuner (Gjøvik hosts), Nabo with one, and drift."""

from psycopg import sql

from shared.registry.provision import Wish, provision
from varde.tenancy.fleet import connect

HIDING = """
SELECT schemaname, tablename FROM pg_tables WHERE rowsecurity AND schemaname ~ '^(kommune|region|drift)_'
EXCEPT SELECT schemaname, tablename FROM pg_policies WHERE policyname = 'the_tests'
"""
ENDING = "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname = 'privacy_may_destroy'"
REGION, OTHER_REGION = "gjovikregionen", "naboregionen"


def build_offices() -> None:
    """Provision them all, with real logins."""
    provision(Wish("region", REGION, "Gjøvikregionen"))
    provision(Wish("region", OTHER_REGION, "Naboregionen"))
    provision(
        Wish(
            "kommune",
            "gjovik",
            "Gjøvik",
            "3407",
            REGION,
            host=True,
            facts={"phone": "61189500", "phone_hours": "Hverdager 9–14"},
        )
    )
    provision(Wish("kommune", "ostre-toten", "Østre Toten", "3442", REGION))
    provision(
        Wish(
            "kommune",
            "vestre-toten",
            "Vestre Toten",
            "3443",
            REGION,
            facts={"has_team": False, "ordinary_phone": "61153300"},
        )
    )
    provision(Wish("kommune", "nabo", "Nabo", "9901", OTHER_REGION))
    provision(Wish("drift", "drift", "Drift"))
    open_rows()
    _end_keys()


def open_rows() -> None:
    """A purpose that sees every row, for tests that are not about who sees what; again after a table is made anew.

    The product knows no such purpose.
    """
    with connect() as connection:
        for schema, table in connection.execute(HIDING).fetchall():
            seen = sql.SQL("(SELECT {}.access_purpose()) = 'test'").format(sql.Identifier(schema))
            policy = sql.SQL("CREATE POLICY the_tests ON {} USING ({})")
            connection.execute(policy.format(sql.Identifier(schema, table), seen))


def _end_keys() -> None:
    """The same purpose may end every key."""
    with connect() as connection:
        for (definition,) in connection.execute(ENDING).fetchall():
            connection.execute(definition.replace("purpose = 'keys'", "purpose IN ('keys', 'test')").encode())
