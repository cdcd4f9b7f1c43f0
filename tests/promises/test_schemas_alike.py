"""M1, M2: every kommune has the same tables, rights, policies, triggers and functions (row 44 of the test plan)."""

from tenants.inbox.models import Concern
from varde.access.models import Seal
from varde.tenancy import fleet

CATALOGUE = {
    "policies": "SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies WHERE schemaname = %s",
    "row rights": "SELECT tablename, rowsecurity FROM pg_tables WHERE schemaname = %s",
    "triggers": "SELECT event_object_table, trigger_name, event_manipulation, action_statement"
    " FROM information_schema.triggers WHERE trigger_schema = %s",
    "functions": "SELECT p.proname, p.prosrc, p.prosecdef, p.provolatile FROM pg_proc p"
    " WHERE p.pronamespace = %s::regnamespace",
    "rights": "SELECT c.relname, a.privilege_type FROM pg_class c, aclexplode(c.relacl) a"
    " WHERE c.relnamespace = %s::regnamespace AND a.grantee <> c.relowner",
}
KOMMUNER = ("kommune_3407", "kommune_3442", "kommune_3443", "kommune_9901")


def catalogue(schema: str) -> dict[str, list[str]]:
    """Everything that keeps a kommune's rows apart, without its own name and the table of the tests of keys."""
    with fleet.connect() as owner:
        return {
            name: sorted(
                str(row).replace(schema, "") for row in owner.execute(sql.encode(), [schema]) if row[0] != "proof_paper"
            )
            for name, sql in CATALOGUE.items()
        }


def test_every_kommune_is_guarded_in_the_same_way(house):
    first = catalogue(KOMMUNER[0])
    for schema in KOMMUNER[1:]:
        other = catalogue(schema)
        differing = {name: set(first[name]) ^ set(other[name]) for name in first if first[name] != other[name]}
        assert differing == {}, f"{schema}: {differing}"
    print({name: len(rows) for name, rows in first.items()})
    assert any(Concern._meta.db_table in row for row in first["policies"])
    assert not any(Seal._meta.db_table in row for row in first["rights"])
