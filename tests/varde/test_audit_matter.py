"""A row knows its matter because the database says so, and may be laid by somebody who cannot read it."""

import uuid

import pytest
from django.db import connection

from tests.cast import TEST, as_person, ref
from tests.client import client_for
from tests.tenants import way
from tests.varde.audit_world import SCHEMA, as_owner, matters_known, world
from varde.access import Reader
from varde.access.ticket import presented
from varde.audit.actions import Action, record
from varde.audit.chain import verify
from varde.audit.models import Entry
from varde.audit.trail import current
from varde.tenancy import fleet
from varde.tenancy.work import work

HIDE = (
    "CREATE OR REPLACE FUNCTION audit_may_read(matter uuid, reader uuid) RETURNS boolean"
    " STABLE LANGUAGE sql AS 'SELECT false'"
)


@pytest.fixture
def matters(house):
    with matters_known():
        yield


@pytest.fixture
def hidden(house):
    """Nobody of the office's login may read a row of the log."""
    with fleet.connect() as owner:
        owner.execute("SET LOCAL search_path = kommune_3407")
        (before,) = owner.execute("SELECT pg_get_functiondef('audit_may_read'::regproc)").fetchone()
        owner.execute(HIDE)
    yield
    with fleet.connect() as owner:
        owner.execute(before)


def test_whatever_belongs_to_a_matter_is_noted_on_it(matters):
    with work(ref("gjovik"), TEST):
        there = world()
        client = client_for("kari")
        for address in [f"/saker/{there.ids['case_id'][0]}", f"/tiltak/{there.ids['measure_id'][0]}", "/innboks"]:
            assert client.get(address).status_code == 200
    with work(ref("gjovik"), TEST):
        rows = Entry.objects.filter(object_id__in=there.matter).values_list("object_id", "matter_id")
        assert len(rows) > 30
        assert {(each, there.matter[each]) for each, _ in rows} == set(rows)


def test_a_thing_that_is_not_there_has_no_matter(matters):
    with work(ref("gjovik"), TEST) as by:
        record(by=by, action=Action.DENIED, what="cases.case", ids=[uuid.uuid4(), "2019Q3", ""])
    with work(ref("gjovik"), TEST):
        assert list(Entry.objects.values_list("matter_id", flat=True)) == [None] * 3


def test_a_login_cannot_choose_the_matter(matters):
    with work(ref("gjovik"), TEST):
        Entry.objects.bulk_create([Entry(at="2026-01-01T00:00Z", action="view", matter_id=uuid.uuid4())])
        assert Entry.objects.get().matter_id is None


def test_who_lays_a_row_need_not_be_able_to_read_it(hidden):
    with work(ref("gjovik"), TEST), presented(as_person("kari")):
        record(by=as_person("kari"), action=Action.VIEW, what="cases.case", ids=["1", "2"])
        current().flush()
        assert Entry.objects.count() == 0
    with fleet.connect() as owner:
        assert verify(owner, SCHEMA).rows == 2


def test_nothing_is_asked_back_of_a_row(gjovik):
    from django.test.utils import CaptureQueriesContext

    record(by=as_person("kari"), action=Action.VIEW, what="cases.case", ids=["1"])
    with CaptureQueriesContext(connection) as asked:
        current().flush()
    assert [query["sql"] for query in asked if "RETURNING" in query["sql"]] == []
    assert not Entry._meta.db_returning_fields


def test_the_matter_is_part_of_the_chain_and_rows_from_before_stay_whole(matters):
    with work(ref("gjovik"), TEST):
        way.received()
    old = "encode(sha256(convert_to(concat_ws(E'\\x1f', number, previous, id, extract(epoch FROM at)::numeric(20, 6),"
    old += " user_id, name, role, action, what, object_id, reason, ground, request_id), 'UTF8')), 'hex')"
    with fleet.connect() as owner:
        owner.execute("SET LOCAL search_path = kommune_3407")
        mine = owner.execute(f"SELECT matter_id IS NULL, digest = {old} FROM audit_entry").fetchall()
    assert {row for row in mine if row[0]} <= {(True, True)}
    assert {row for row in mine if not row[0]} == {(False, False)}
    assert verdict().whole
    with as_owner() as owner:
        owner.execute("UPDATE audit_entry SET matter_id = NULL WHERE matter_id IS NOT NULL")
    assert "content" in {kind for _, kind in verdict().breaks}


def test_text_moved_from_one_column_to_the_next_is_found(matters):
    with work(ref("gjovik"), TEST):
        way.received()
    with as_owner() as owner:
        owner.execute(
            "UPDATE audit_entry SET request_id = left(request_id || E'\\x1f' || matter_id, 32), matter_id = NULL"
            " WHERE matter_id IS NOT NULL"
        )
    assert "content" in {kind for _, kind in verdict().breaks}


def verdict():
    with fleet.connect() as owner:
        return verify(owner, SCHEMA)


def test_the_head_is_told_to_nobody_but_the_purpose_that_anchors_it(house):
    asked = "SELECT number FROM audit_head_now()"
    with work(ref("gjovik"), "keys") as by:
        record(by=by, action=Action.VIEW, what="cases.case")
    for purpose, answer in (("keys", []), ("import", []), ("verify", [(1,)])):
        with work(ref("gjovik"), purpose), connection.cursor() as cursor:
            cursor.execute(asked)
            assert cursor.fetchall() == answer


def test_what_was_done_in_one_task_has_one_name(house):
    with work(ref("gjovik"), "keys") as by:
        record(by=by, action=Action.VIEW, what="cases.case")
        record(by=by, action=Action.CHANGE, what="cases.case")
    with work(ref("gjovik"), TEST):
        assert len(set(Entry.objects.values_list("request_id", flat=True)) - {""}) == 1


def test_the_sign_between_the_columns_never_comes_in(house):
    with work(ref("gjovik"), TEST):
        by = Reader(office=ref("gjovik"), name="Kari\x1fK", user_id=uuid.uuid4())
        record(by=by, action=Action.VIEW, what="cases.case", reason="a\x1fb")
    assert verdict().whole
