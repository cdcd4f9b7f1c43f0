"""M1: what an attacker with an office's connection can try. Everything is refused by the server."""

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction

from shared.registry.models import Office
from tests.cast import ref
from varde.identity.models import User
from varde.tenancy.door import CannotSwitch, office
from varde.tenancy.logins import password_for

OTHER = "kommune_3442"
REFUSED = (
    r"permission denied|must be owner|cannot insert multiple commands|row-level security|does not exist"
    r"|cannot update view"
)

PAYLOADS = {
    "raw SQL to another office's table": f"SELECT * FROM {OTHER}.identity_user",
    "writing another office's table": f"DELETE FROM {OTHER}.inbox_concern",
    "the shared table behind the view": "SELECT * FROM public.post_letter",
    "becoming another login": "SET ROLE varde_test_kommune_3442_login",
    "becoming another office's group": "SET ROLE varde_test_kommune_3442",
    "becoming one's own group": "SET ROLE varde_test_kommune_3407",
    "becoming the migrator": "SET ROLE varde_test_migrator",
    "set_config role": "SELECT set_config('role', 'varde_test_kommune_3442', false)",
    "set_config session": "SELECT set_config('session_authorization', 'varde_test_kommune_3442_login', false)",
    "SET SESSION AUTHORIZATION": "SET SESSION AUTHORIZATION varde_test_kommune_3442_login",
    "a stacked statement": f"SELECT 1; SELECT * FROM {OTHER}.identity_user",
    "a stacked role": "SELECT 1; SET ROLE varde_test_kommune_3442",
    "a DO block": f"DO $$ BEGIN PERFORM * FROM {OTHER}.identity_user; END $$",
    "a table of its own": "CREATE TABLE mine (id int)",
    "a temporary table": "CREATE TEMP TABLE mine (id int)",
    "a function of its own": "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "changing a table": "ALTER TABLE inbox_concern ADD COLUMN x int",
    "switching row rights off": "ALTER TABLE public.post_letter DISABLE ROW LEVEL SECURITY",
    "reading a file": "SELECT pg_read_file('/etc/passwd')",
    "running a program": "COPY (SELECT 1) TO PROGRAM 'true'",
    "ts_stat as a back door": f"SELECT * FROM ts_stat('SELECT to_tsvector(email) FROM {OTHER}.identity_user')",
    "query_to_xml as a back door": f"SELECT query_to_xml('SELECT * FROM {OTHER}.identity_user', true, false, '')",
    "the fleet's ledger": "SELECT * FROM fleet.ledger",
    "changing the registry": "UPDATE registry_office SET host = true",
    "the shared registry itself": "UPDATE public.registry_office SET active = false",
    "changing what was said": "UPDATE registry_standing SET word = 'in'",
    "taking back what was said": "DELETE FROM registry_standing",
    "row counts of others": "SELECT n_live_tup FROM pg_stat_all_tables",
    "row counts by the function": "SELECT pg_stat_get_live_tuples(oid) FROM pg_class WHERE relname = 'inbox_concern'",
    "how often it was looked": "SELECT pg_stat_get_xact_numscans(oid) FROM pg_class WHERE relname = 'inbox_concern'",
    "changing the log": "UPDATE audit_entry SET name = 'x'",
    "emptying the log": "TRUNCATE audit_entry",
    "deleting from the log": "DELETE FROM audit_entry",
}


@pytest.mark.parametrize("sql", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_an_offices_connection_cannot(gjovik, sql):
    with pytest.raises(Exception, match=REFUSED), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_widened_search_path_reads_nothing_more(gjovik):
    with connection.cursor() as cursor, pytest.raises(Exception, match=REFUSED), transaction.atomic():
        cursor.execute(f"SET LOCAL search_path = {OTHER}, public")
        cursor.execute("SELECT * FROM identity_user")


def test_an_overwritten_schema_name_stops_everything(gjovik):
    connection.schema_name = OTHER
    try:
        with pytest.raises(CannotSwitch):
            User.objects.count()
    finally:
        connection.schema_name = gjovik.schema


@pytest.mark.parametrize("way", ["set_schema", "set_tenant"])
def test_the_old_ways_into_an_office_are_closed(gjovik, way):
    with pytest.raises(CannotSwitch):
        getattr(connection, way)(OTHER if way == "set_schema" else Office.objects.get(schema_name=OTHER))


def test_an_office_cannot_log_in_as_another(servers, gjovik):
    dsn = f"host={servers['host']} port={servers['port']} dbname={settings.DATABASES['default']['NAME']}"
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(f"{dsn} user=varde_test_kommune_3442_login password={password_for(gjovik.login)}")


def test_no_login_is_mighty_and_none_may_become_another(house):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'varde_test%%' AND (rolsuper OR rolbypassrls"
            " OR (rolcreaterole AND rolname <> 'varde_test_migrator'))"
        )
        assert cursor.fetchall() == []
        cursor.execute(
            "SELECT m.rolname FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member"
            " WHERE a.set_option AND m.rolname LIKE 'varde_test%%_login'"
        )
        assert cursor.fetchall() == []


def test_no_office_has_rights_in_anothers_schema(house):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.login, n.nspname FROM registry_office o CROSS JOIN pg_namespace n"
            " WHERE n.nspname ~ '^(kommune|region|drift)_' AND n.nspname <> o.schema_name"
            " AND has_schema_privilege(o.login, n.oid, 'USAGE')"
        )
        assert cursor.fetchall() == []


def test_alternating_offices_never_mix(house):
    slugs = ["gjovik", "ostre-toten", "nabo", "gjovikregionen"] * 25
    for slug in slugs:
        with office(ref(slug)) as entered, connection.cursor() as cursor:
            cursor.execute("SELECT session_user, current_schema()")
            assert cursor.fetchone() == (entered.login, entered.schema)


def test_what_a_session_was_told_is_forgotten_when_the_office_is_left(house):
    for _ in range(5):
        with office(ref("gjovik")), connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('varde.reader', true)")
            assert not cursor.fetchone()[0]
            cursor.execute("SELECT set_config('varde.reader', 'kari', false)")


def test_a_thread_that_was_not_led_in_is_nobody(house):
    import threading

    found: list[object] = []

    def ask():
        with connection.cursor() as cursor:
            cursor.execute("SELECT session_user")
            found.append(cursor.fetchone()[0])
        connection.close()

    with office(ref("gjovik")):
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
    assert found == ["varde_test_public"]


def test_leaving_by_an_error_leaves_clean(house):
    with pytest.raises(ValueError, match="midtveis"), office(ref("gjovik")), transaction.atomic():
        User.objects.count()
        raise ValueError("midtveis")
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        assert cursor.fetchone() == ("varde_test_public",)
