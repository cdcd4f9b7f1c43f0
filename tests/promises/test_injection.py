"""M1: a view with a hole in it gives away its own office and nothing more (row 5 of the test plan)."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from tests.cast import TEST, ref
from tests.tenants import way
from varde.tenancy.fleet import connect
from varde.tenancy.middleware import OfficeMiddleware, OneTransactionMiddleware
from varde.tenancy.work import work

OTHER = "kommune_3442"
PAYLOADS = {
    "no attack": "Gjøvik",
    "union with another office": f"x' UNION SELECT email FROM {OTHER}.identity_user --",
    "another office in a subquery": f"x' OR EXISTS (SELECT 1 FROM {OTHER}.inbox_concern) --",
    "the shared letters": "x' UNION SELECT kind FROM public.post_letter --",
    "a second statement": "x'; SELECT 'second statement' --",
    "a second statement that reads": f"x'; SELECT email FROM {OTHER}.identity_user --",
    "stacked SET ROLE": "x'; SET ROLE varde_test_kommune_3442; SELECT 'role' --",
    "stacked RESET": "x'; RESET ROLE; RESET SESSION AUTHORIZATION; SELECT 'reset' --",
    "set_config role": "x' UNION SELECT set_config('role', 'varde_test_kommune_3442', false) --",
    "set_config search_path": f"x' UNION SELECT set_config('search_path', '{OTHER}', false) --",
    "another reader": "x' UNION SELECT set_config('varde.reader', 'purpose:returns', false) --",
    "a table of its own": "x'; CREATE TABLE mine (); SELECT 'made' --",
}
MAY_ANSWER = {"Gjøvik", OTHER, "purpose:returns"}  # the last two: told back to the attacker, and of no use


def leaky(request) -> HttpResponse:
    """What nobody should write."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name FROM registry_office WHERE name = '{request.GET['q']}'")
        said = [row[0] for row in cursor.fetchall()]
        while cursor.nextset():
            said += [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT session_user, current_user")
        who = set(cursor.fetchone())
        cursor.execute("SELECT count(*) FROM kommune_3407.inbox_concern")
        return HttpResponse("\n".join([*said, *(who - {ref_login()}), f"{cursor.fetchone()[0]} concerns"]))


def ref_login() -> str:
    return str(ref("gjovik").login)


def attacked(payload: str) -> set[str]:
    """The lines that came out; none when the database refused."""
    request = RequestFactory().get("/", {"q": payload}, HTTP_HOST="gjovik.localhost")
    try:
        answer = OfficeMiddleware(OneTransactionMiddleware(leaky))(request)
    except Exception as refused:
        print(type(refused).__name__)
        return {"0 concerns"}
    return set(answer.content.decode().split("\n")) - {""}


@pytest.fixture
def with_something_to_steal(house):
    with work(ref("gjovik"), TEST):
        way.received()
    with connect() as owner:
        owner.execute(f"INSERT INTO {OTHER}.identity_user SELECT * FROM kommune_3407.identity_user")
    return ref_login()


@pytest.mark.parametrize("name", PAYLOADS)
def test_an_injection_stays_in_the_office_and_sees_no_row(with_something_to_steal, name):
    assert attacked(PAYLOADS[name]) <= MAY_ANSWER | {"0 concerns"}


def test_the_next_one_on_the_same_connection_is_clean(with_something_to_steal):
    for payload in PAYLOADS.values():
        attacked(payload)
        assert attacked("Gjøvik") == {"Gjøvik", "0 concerns"}
