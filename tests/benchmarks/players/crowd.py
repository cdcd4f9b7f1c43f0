"""Filling a practice kommune with as many cases as a large city gets in ten years.

Some are made by the product's own actions. The rest are copies of one of them under new ids, laid by the tables' owner:
older, due later, with search words of their own. Their texts do not open (they are bound to another id), so no page
that is measured may come to show one; every right, index and count is as for a real case.
"""

from django.db import connection

from tests.benchmarks.players.casework import People
from tests.owner import as_owner
from varde.tenancy.door import OfficeRef

TABLES = (
    "inbox_concern", "inbox_searchterm", "triage_assessment", "triage_nextstep", "cases_case", "cases_casemember",
)  # fmt: skip
# How each table's row becomes another: what is set in the copy of one row `o` of the model matter.
COPIES = {
    "inbox_concern": "jsonb_build_object('id', m.concern, 'received_at', m.at, 'told_at', m.at)",
    "inbox_searchterm": "jsonb_build_object('id', gen_random_uuid(), 'concern_id', m.concern,"
                        " 'token', '\\x' || substr(md5(m.n || o.id::text), 1, 20))",
    "triage_assessment": "jsonb_build_object('id', gen_random_uuid(), 'concern_id', m.concern, 'decided_at', m.at)",
    "triage_nextstep": "jsonb_build_object('id', gen_random_uuid(), 'concern_id', m.concern, 'made_at', m.at,"
                       " 'assess_by', m.at + interval '3 days', 'settled', m.n % 2 * 99,"
                       " 'due_at', now() + interval '1 year' + m.n * interval '1 minute', 'owner_id', m.owner)",
    "cases_case": "jsonb_build_object('id', m.case, 'concern_id', m.concern, 'opened_at', m.at,"
                  " 'counted_from', m.at::date)",
}  # fmt: skip
MATTERS = """
CREATE TEMP TABLE m ON COMMIT DROP AS
SELECT n, gen_random_uuid() AS concern, gen_random_uuid() AS "case", %(owner)s::uuid AS owner,
       now() - interval '30 days' - n * interval '4 hours' AS at
  FROM generate_series(1, %(count)s) n
"""
MODEL = "(SELECT concern_id FROM cases_case ORDER BY opened_at LIMIT 1)"


def crowd(ref: OfficeRef, people: People, owner: object, count: int) -> None:
    """So many more cases, none of them the member's."""
    with as_owner(ref), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(MATTERS, {"count": count, "owner": owner})
        cursor.execute(f"CREATE TEMP TABLE model ON COMMIT DROP AS SELECT {MODEL} AS id")
        for table, change in COPIES.items():
            key = "id" if table == "inbox_concern" else "concern_id"
            cursor.execute(
                f"INSERT INTO {table} SELECT (jsonb_populate_record(o, {change})).* FROM m, {table} o"
                f" WHERE o.{key} = (SELECT id FROM model)"
            )
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            cursor.execute(f"ANALYZE {table}")
