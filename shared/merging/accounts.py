"""Who is who when two kommuner become one: a person with the same e-mail in both is one person afterwards."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from psycopg import sql

from varde.tenancy.door import OfficeRef

# The account that stays is one of the kommune's own before one that is lent, an open one before one that is closed, and
# else the first kommune's. Password and second factor are those of the account that stays.
# `holds`: what the account may is carried over. Not of one that is closed or lent by a third kommune, where the one
# that stays is open or the kommune's own: nobody gets back what was taken from them, or keeps what was lent.
_PEOPLE = sql.SQL("""
CREATE TEMP TABLE merge_map ON COMMIT DROP AS
SELECT side, id AS old, first_value(id) OVER same AS new, row_number() OVER same = 1 AS stays,
  is_active >= first_value(is_active) OVER same AND own >= first_value(own) OVER same AS holds, 'person' AS what FROM (
  SELECT side, id, lower(btrim(email)) AS email, is_active, for_office IS NULL AS apart,
    for_office IS NULL OR for_office = ANY ({both}::uuid[]) AS own FROM (
    SELECT 1 AS side, id, email, is_active, for_office FROM {one}.identity_user
    UNION ALL SELECT 2, id, email, is_active, for_office FROM {two}.identity_user) each) u
WINDOW same AS (PARTITION BY email ORDER BY apart DESC, is_active DESC, side)
""")
_PROVIDERS = sql.SQL("""
INSERT INTO merge_map
SELECT side, id, first_value(id) OVER same, row_number() OVER same = 1, true, 'provider' FROM (
  SELECT 1 AS side, id, issuer, client_id FROM {one}.identity_provider
  UNION ALL SELECT 2, id, issuer, client_id FROM {two}.identity_provider) p
WINDOW same AS (PARTITION BY issuer, client_id ORDER BY side)
""")
_READY = (
    "CREATE UNIQUE INDEX ON merge_map (side, old)",
    "ANALYZE merge_map",
    """
CREATE OR REPLACE FUNCTION pg_temp.merged(which int, known uuid) RETURNS uuid STABLE LANGUAGE sql AS $$
  SELECT coalesce((SELECT m.new FROM merge_map m WHERE m.side = which AND m.old = known), known)
$$
""",
    """
CREATE OR REPLACE FUNCTION pg_temp.merged_json(which int, told jsonb) RETURNS jsonb STABLE LANGUAGE plpgsql AS $$
DECLARE
  said text := told::text;
  pair record;
BEGIN
  FOR pair IN SELECT m.old, m.new FROM merge_map m WHERE m.side = which AND m.old <> m.new LOOP
    said := replace(said, pair.old::text, pair.new::text);
  END LOOP;
  RETURN said::jsonb;
END $$
""",
)


@dataclass(frozen=True, slots=True)
class Joined:
    """How many people have an account in the new office, and how many of them had one in both."""

    people: int
    in_both: int


def lay_map(one: OfficeRef, two: OfficeRef) -> Joined:
    """Make the map for the rest of this transaction: `pg_temp.merged(side, id)` says who somebody is now."""
    schemas: dict[str, sql.Composable] = {"one": sql.Identifier(one.schema), "two": sql.Identifier(two.schema)}
    schemas["both"] = sql.Literal([one.id, two.id])
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS merge_map")
        for made in (_PEOPLE, _PROVIDERS):
            cursor.execute(made.format(**schemas).as_string())
        for statement in _READY:
            cursor.execute(statement)
        cursor.execute("SELECT count(*) FILTER (WHERE stays), count(*) FILTER (WHERE NOT stays) FROM merge_map"
                       " WHERE what = 'person'")  # fmt: skip
        stay, joined = cursor.fetchone()
    return Joined(stay, joined)


# People of either who are lent to another office are lent by the new one; rows of the guard's own do not apply.
_LENT = sql.SQL("UPDATE {}.identity_user SET for_office = %s WHERE for_office = ANY (%s)")
_SCHEMAS = (
    "SELECT o.schema_name FROM public.registry_office o JOIN pg_namespace n ON n.nspname = o.schema_name"
    " WHERE o.kind <> 'drift' AND o.id <> ALL (%s) ORDER BY 1"
)


def lent_anew(former: list[UUID], heir: UUID) -> int:
    """Whoever one of them has lent to another office is lent by the new one; how many. As the owner of the tables."""
    moved = 0
    with connection.cursor() as cursor:
        cursor.execute(_SCHEMAS, [[*former, heir]])
        for (schema,) in cursor.fetchall():
            table = sql.Identifier(schema, "identity_user")
            cursor.execute(sql.SQL("SELECT count(*) FROM {} WHERE for_office = ANY (%s)").format(table).as_string(), [
                former,
            ])  # fmt: skip
            if not cursor.fetchone()[0]:
                continue
            cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(table).as_string())
            cursor.execute(_LENT.format(sql.Identifier(schema)).as_string(), [heir, former])
            moved += cursor.rowcount
            cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(table).as_string())
    return moved
