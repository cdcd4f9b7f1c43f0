"""M2: nobody learns that a matter exists because the database says that it is taken (row 19 of the test plan)."""

from django.db import connection

from tenants.inbox.actions import receive, register
from tenants.inbox.told import Told
from tests.cast import seen_as
from varde.access import Reader
from varde.access.ticket import presented

# Unique beside the row's own id: what a person cannot type, or what is the office's own and nobody's secret.
KNOWN = {
    "identity_user": {"email"},
    "identity_rolegrant": {"user_id", "role"},
    "inbox_cover": {"concern_id"},
    "cases_case": {"concern_id"},
}
UNIQUE = """
SELECT t.relname, array_agg(a.attname::text) FROM pg_index i
  JOIN pg_class t ON t.oid = i.indrelid
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY(i.indkey)
 WHERE i.indisunique AND NOT i.indisprimary AND t.relnamespace = current_schema()::regnamespace
 GROUP BY i.indexrelid, t.relname
"""
# What is told of people, in any spelling of a column's name.
TOLD = ("token", "name", "phone", "number", "what", "who", "lives", "contact", "hash", "body", "text", "suspected")


def test_nothing_that_is_told_of_a_person_is_unique(gjovik):
    with connection.cursor() as cursor:
        cursor.execute(UNIQUE)
        found = cursor.fetchall()
    colliding = [
        (table, columns)
        for table, columns in found
        if table.partition("_")[0] in ("inbox", "triage", "cases", "measures", "closing")
        and any(word in column for column in columns for word in TOLD)
    ]
    assert colliding == []
    print(f"{len(found)} unique constraints, {len(colliding)} on what is told")


def test_the_same_person_is_told_of_again_by_somebody_who_sees_nothing(gjovik):
    told = Told(reporter_kind="privat", what="Ola Nordmann blir slått", who="Ola Nordmann 01015012345")
    intake = Reader.for_purpose("intake", gjovik)
    with presented(intake):
        ids = {receive(told=told, channel="web", by=intake).concern_id for _ in range(3)}
    assert len(ids) == 3
    with seen_as("tom") as tom:
        again = register(told=told, channel="phone", by=tom)
    assert again.concern_id not in ids
