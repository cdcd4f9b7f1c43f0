"""Each of these takes a mechanism away and shows that what the isolation tests refuse is then possible."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from shared.post.models import SealedLetter
from tests.cast import ref
from tests.shared.letters import post_one
from varde.tenancy.door import office
from varde.tenancy.fleet import connect


@contextmanager
def sabotaged(do: str, undo: str) -> Iterator[None]:
    with connect(autocommit=True) as owner:
        owner.execute(do)
        try:
            yield
        finally:
            owner.execute(undo)


def ask(sql: str) -> object:
    with office(ref("gjovik")), connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_with_rights_in_anothers_schema_the_office_reads_it(house):
    group = "varde_test_kommune_3407"
    with sabotaged(
        f"GRANT USAGE ON SCHEMA kommune_3442 TO {group}; GRANT SELECT ON kommune_3442.identity_user TO {group}",
        f"REVOKE ALL ON kommune_3442.identity_user FROM {group}; REVOKE ALL ON SCHEMA kommune_3442 FROM {group}",
    ):
        assert ask("SELECT count(*) FROM kommune_3442.identity_user") == [(0,)]


def test_with_a_membership_that_may_be_set_the_office_becomes_another(house):
    member = "varde_test_kommune_3442 TO varde_test_kommune_3407_login"
    with sabotaged(
        f"GRANT {member} WITH INHERIT FALSE, SET TRUE",
        "REVOKE varde_test_kommune_3442 FROM varde_test_kommune_3407_login",
    ):
        assert ask("SELECT set_config('role', 'varde_test_kommune_3442', false)") == [("varde_test_kommune_3442",)]


def test_without_row_rights_everybody_sees_the_letter(house):
    post_one("gjovik")
    with (
        sabotaged(
            "ALTER TABLE post_letter DISABLE ROW LEVEL SECURITY", "ALTER TABLE post_letter ENABLE ROW LEVEL SECURITY"
        ),
        office(ref("nabo")),
    ):
        assert SealedLetter.objects.count() == 1
    with office(ref("nabo")):
        assert SealedLetter.objects.count() == 0


def test_with_the_right_to_change_it_the_log_is_changed(house):
    with (
        sabotaged(
            "GRANT UPDATE ON kommune_3407.audit_entry TO varde_test_kommune_3407",
            "REVOKE UPDATE ON kommune_3407.audit_entry FROM varde_test_kommune_3407",
        ),
        office(ref("gjovik")),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE audit_entry SET name = 'x'")


def test_with_the_simple_protocol_a_second_statement_gets_through(house, monkeypatch):
    from varde.tenancy.backend.base import OneStatementCursor

    monkeypatch.delattr(OneStatementCursor, "_execute_send")
    assert ask("SELECT 1; SELECT 2")


@pytest.mark.parametrize("sabotage", ["no lock and no receipt"])
def test_without_claim_and_receipt_a_letter_has_two_effects(house, monkeypatch, sabotage):
    from shared.contracts import TestConcern
    from shared.post import actions, handlers
    from shared.post.models import Receipt

    seen: list[str] = []
    monkeypatch.setitem(handlers._handlers, ("kommune", TestConcern), lambda letter, envelope, by: seen.append("once"))
    monkeypatch.setattr(Receipt, "save", lambda self: None)
    post_one("gjovik")
    actions.open_mail(ref("gjovik"))
    actions.open_mail(ref("gjovik"))
    assert seen == ["once", "once"]
