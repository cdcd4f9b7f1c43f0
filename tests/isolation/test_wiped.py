"""What one test commits is never seen by another: the wipe between them leaves no row of any office."""

from psycopg import sql

from tests.client import client_for
from tests.wipe import KEEP, TABLES, wipe
from varde.embedded.process import wait_until
from varde.tenancy.fleet import Connection, connect

EVERY = TABLES.partition("   AND d.datname")[0]
HOLDS = sql.SQL("SELECT {}::text WHERE EXISTS (SELECT FROM {})")


def holding(connection: Connection) -> set[str]:
    """Every table of every office that holds a row, asked one by one; but for what stays."""
    tables = [row for row in connection.execute(EVERY) if row[1] not in KEEP]
    asked = [HOLDS.format(".".join(row), sql.Identifier(*row)) for row in tables]
    return {name for (name,) in connection.execute(sql.SQL(" UNION ALL ").join(asked))}


def test_after_a_wipe_no_office_holds_anything(house: None) -> None:
    for name in ("kari", "nina", "olga"):
        client_for(name).get("/start")
    with connect() as owner:
        before = holding(owner)
    wipe()
    with connect() as owner:
        assert {"kommune_3407.audit_entry", "region_gjovikregionen.identity_user"} <= before
        assert holding(owner) == set()


def test_a_wiped_table_is_as_small_and_as_unknown_as_one_that_is_new(house: None) -> None:
    """The plans of a test must not hang on which tests came before it."""
    client_for("kari").get("/start")
    # While the server tidies up somewhere else, what was there a moment ago is kept for it.
    assert wait_until(lambda: wiped() == {(0, 0, -1)}, seconds=20), wiped()


def wiped() -> set[tuple[int, int, int]]:
    """Bytes, pages and rows that the planner counts on, of two tables that a log-in fills."""
    wipe()
    with connect() as owner:
        return set(
            owner.execute(
                "SELECT pg_relation_size(oid), relpages, reltuples FROM pg_class"
                " WHERE oid IN ('kommune_3407.audit_entry'::regclass, 'kommune_3407.identity_user'::regclass)"
            )
        )
