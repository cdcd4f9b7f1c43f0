"""Nothing to collide with: every unique index of an office is explained, and none can be felt by whoever sees no row.

`EXPLAINED` says why a collision tells nothing. For the tables of matters it is also tried: an outsider who lays a row
with the same values as a hidden one is refused by row rights before the index is asked.
"""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import TEST, ref
from tests.twins.people import NOBODY, SLUG, reader
from tests.twins.worlds import twins
from varde.access import Reader
from varde.access.ticket import presented

UNIQUE = (
    "SELECT t.relname, i.relname, array_agg(a.attname::text ORDER BY k.place), x.indisprimary FROM pg_index x"
    " JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid"
    " CROSS JOIN LATERAL unnest(x.indkey::int2[]) WITH ORDINALITY AS k(number, place)"
    " LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number"
    " WHERE x.indisunique AND t.relnamespace = current_schema()::regnamespace"
    " GROUP BY t.relname, i.relname, x.indisprimary ORDER BY 1, 2"
)
HIDDEN_TABLES = "SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = current_schema()::regnamespace"
IN_A_MATTER = "hangs on a matter's random id, and nobody adds to a matter that they do not see: row rights refuse first"
PEOPLE = "about accounts of the office, which those who manage people see anyway; says nothing of a matter"
DJANGO = "the frame's own tables; they hold nothing of a matter"
# (table, columns): why a collision tells nothing. Primary keys of one random id are told apart below.
EXPLAINED = {
    ("inbox_concern", "letter_id"): "a letter's random id; only the purpose that opens the post fills it in",
    ("inbox_ended", "letter_id"): "a letter's random id; only the deletion by the rules fills it in",
    ("inbox_trial", "letter_id"): "a letter's random id; only the purpose that opens the post fills it in",
    ("inbox_fromphone", "concern_id"): IN_A_MATTER,
    ("inbox_returned", "concern_id"): IN_A_MATTER,
    ("inbox_returned", "letter_id"): IN_A_MATTER,
    ("inbox_cover", "concern_id"): IN_A_MATTER,
    ("inbox_attachmentchunk", "attachment_id ordinal part"): IN_A_MATTER,
    ("inbox_mistake", "of_table row_id"): IN_A_MATTER,
    ("inbox_attachmentlater", "attachment_id"): IN_A_MATTER,
    ("triage_nextstep", "concern_id"): IN_A_MATTER,
    ("triage_nudge", "concern_id"): IN_A_MATTER,
    ("triage_hold", "concern_id"): IN_A_MATTER,
    ("insight_decision", "item request_id"): IN_A_MATTER,
    ("team_cardversion", "code version"): "the office's own cards; they say nothing of a matter",
    ("triage_checklistversion", "version"): "the office's own lists of questions; they say nothing of a matter",
    ("outreach_yearapproval", "former year"): "a year is approved once; everybody with the room sees that it is",
    ("outreach_yearcopy", "approval_id"): "one paper of an approved year; it says nothing of a matter",
    ("reporting_copy", "report_id"): "one copy of a finished report; everybody with the room sees that it is finished",
    ("reporting_singletext", "case_id"): IN_A_MATTER,
    ("raising_raised", "letter_id"): "a letter's random id; system matters are about nobody",
    ("raising_word", "letter_id"): "a letter's random id; system matters are about nobody",
    ("risk_templateoffer", "letter_id"): "a letter's random id; only the purpose that opens the post fills it in",
    ("continuity_holder", "user_id"): PEOPLE,
    ("machines_machine", "token_hash"): "a hash of 256 random bits of a system's token; it says nothing of a matter",
    ("team_otherday", "day"): "a day on which the phone has other hours; the office's own, it says nothing of a matter",
    ("cases_case", "concern_id"): IN_A_MATTER,
    ("cases_casemember", "case_id user_id"): IN_A_MATTER,
    ("cases_answer", "case_id form"): IN_A_MATTER,
    ("closing_arrival", "concern_id"): IN_A_MATTER,
    ("closing_transfer", "concern_id"): IN_A_MATTER,
    ("closing_transfer", "letter_id"): IN_A_MATTER,
    ("closing_takenin", "concern_id"): IN_A_MATTER,
    ("kept_due", "concern_id"): IN_A_MATTER,
    ("kept_clearingregret", "clearing_id"): "a confirmation that the whole team sees; it says nothing of a matter",
    ("kept_regret", "order_id"): "an order's random id; whoever takes one back sees it",
    ("joined_join", "concern_id"): "as in a matter; and who sees one of two joined matters sees that it is closed",
    ("joined_majorlink", "concern_id major_id"): "hangs on a random id, and only those who are on it add to it",
    ("joined_majormember", "major_id user_id"): "hangs on a random id, and only those who are on it add to it",
}
# The login may lay a row without seeing any, so an equal id would be felt: by whoever knows 122 random bits already.
OF_THE_FRAME = ("mfa_authenticator", "account_emailaddress", "account_emailconfirmation")
KNOWN_BY_ID = {"inbox_concern", "inbox_clientkey", "audit_entry", "privacy_datakey"}


@pytest.fixture(scope="module")
def both(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), twins() as found:
        yield found


def listed() -> list[tuple[str, str, list[str], bool]]:
    with connection.cursor() as cursor:
        cursor.execute(UNIQUE)
        return cursor.fetchall()


def of_people_or_frame(table: str) -> bool:
    return table.startswith(("identity_", "auth_", "account_", "mfa_", "django_", "team_member", "registry_"))


def test_every_unique_index_is_explained(both):
    found = {(table, " ".join(sorted(columns))) for table, _, columns, primary in listed() if not primary}
    ours = {each for each in found if not of_people_or_frame(each[0])}
    explained = {(table, " ".join(sorted(columns.split()))) for table, columns in EXPLAINED}
    print(f"\n{len(listed())} unique indexes scanned, {len(ours)} outside of people and frame")
    assert ours - explained == set(), "Say in EXPLAINED why a collision tells nothing"
    assert explained - ours == set(), "No longer there"


def test_no_unique_index_holds_what_is_known_of_a_person(both):
    """Names, phones, id numbers, tokens of a search, what was told: none of it may be unique."""
    told = {
        "token",
        "who",
        "suspected",
        "reporter_name",
        "reporter_phone",
        "where_lives",
        "receipt_hash",
        "what",
        "body_hash",
    }
    assert not [(table, columns) for table, _, columns, _ in listed() if told & {*columns}]


def test_keys_of_matters_are_random_ids(both):
    with connection.cursor() as cursor:
        cursor.execute(HIDDEN_TABLES)
        tables = {name for (name,) in cursor.fetchall()}
        cursor.execute(
            "SELECT table_name FROM information_schema.columns WHERE table_schema = current_schema()"
            " AND column_name = 'id' AND data_type = 'uuid' AND column_default IS NULL"
        )
        random_ids = {name for (name,) in cursor.fetchall()}
    assert not tables - random_ids - {"access_seal", *OF_THE_FRAME}


def hidden_row(outsider: str, table: str) -> list[str]:
    """A row of the table that is not there for the outsider, as text; [] when there is none."""
    with presented(reader(outsider)), connection.cursor() as cursor:
        cursor.execute(f'SELECT id::text FROM "{table}"')
        seen = [number for (number,) in cursor.fetchall()]
    with presented(Reader.for_purpose(TEST, ref(SLUG))), connection.cursor() as cursor:
        cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" t WHERE id::text <> ALL(%s) LIMIT 1', [seen])
        return [row for (row,) in cursor.fetchall()]


def laid_before() -> None:
    """The matters are those of an earlier transaction, as they are to an outsider."""
    with presented(Reader.for_purpose(TEST, ref(SLUG))), connection.cursor() as cursor:
        cursor.execute("UPDATE inbox_concern SET laid_in = 0")


def laid_by(outsider: str, table: str, row: str, new_id: bool) -> str:
    """What the database says to an outsider who lays the same row again; "" when it takes it."""
    made = f"jsonb_set(%s::jsonb, '{{id}}', to_jsonb('{uuid.uuid4()}'::text))" if new_id else "%s::jsonb"
    try:
        with presented(reader(outsider)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'INSERT INTO "{table}" SELECT * FROM jsonb_populate_record(NULL::"{table}", {made})', [row])
            transaction.set_rollback(True)
    except DatabaseError as error:
        return str(getattr(error.__cause__, "sqlstate", error))
    return ""


@pytest.mark.parametrize("outsider", ["tom", NOBODY])
def test_a_collision_with_a_hidden_row_is_not_felt(both, outsider):
    felt, tried = [], 0
    with both._world(["not a member", "covered", "closed", "transferred", "denied by name"]):
        laid_before()
        for table, _, columns, primary in listed():
            if of_people_or_frame(table) or table.startswith(
                ("post_", "returns_", "audit_head", "audit_anchor", "access_")
            ):
                continue
            for row in hidden_row(outsider, table):
                tried += 1
                said = laid_by(outsider, table, row, new_id=not primary)
                felt += (
                    [f"{table} {columns}: {said}"] if said == "23505" and not (primary and table in KNOWN_BY_ID) else []
                )
    print(f"\n{tried} collisions tried by {outsider}, {len(felt)} felt")
    assert not felt
    assert tried > 15
