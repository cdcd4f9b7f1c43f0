"""Each of these takes a part of the key mechanism away and shows that what the key tests refuse is then possible."""

import hashlib
import hmac
import uuid
from contextlib import contextmanager

import pytest
from django.apps.registry import Apps
from django.db import connection, models, transaction

from tests.cast import ref
from tests.privacy import test_graves as graves
from tests.privacy import test_rights as rights
from tests.privacy import test_swaps as swapping
from tests.privacy.conftest import _papers, papers  # noqa: F401
from tests.privacy.hiding import SCHEMA, keys_hidden
from tests.privacy.table import SCHEMAS, Paper, entered
from tests.privacy.test_graves import halves  # noqa: F401
from tests.privacy.test_inventory import unexplained
from varde.privacy import cells, envelope, keeper_file, keepers, keyring, shreds, sweeping
from varde.privacy.actions import destroy
from varde.privacy.errors import CannotOpen, Destroyed
from varde.privacy.models import Row
from varde.tenancy import fleet
from varde.tenancy.backend import base


def written(**fields):
    with entered():
        paper = Paper(body="Hun heter Åse", **fields)
        paper.save(force_insert=True)
    return paper


def body_of(paper, purpose="test"):
    with entered(purpose=purpose):
        return Paper.objects.get(pk=paper.pk).body


def test_bound_to_nothing_a_cell_opens_in_the_place_of_another(papers, monkeypatch):  # noqa: F811
    monkeypatch.setattr(envelope, "place", lambda *_: b"")
    tried, opened = swapping.swaps()
    assert 0 < opened < tried


def test_without_the_office_key_id_in_the_envelope_a_rotation_loses_everything(papers, monkeypatch):  # noqa: F811
    paper = written()
    newest = keepers.keeper().rotate(ref("gjovik"))
    monkeypatch.setattr(keeper_file, "unpack", lambda wrapped: (newest, keepers.unpack(wrapped)[1]))
    with pytest.raises(CannotOpen):
        body_of(paper)


def test_without_the_half_outside_the_database_a_restored_copy_is_read(papers, monkeypatch):  # noqa: F811
    monkeypatch.setattr(shreds, "read", lambda *_: b"")
    monkeypatch.setattr(
        keyring, "_whole", lambda ref, key_id, stored, _kept: hmac.digest(b"", stored + key_id.bytes, hashlib.sha256)
    )
    paper = written()
    assert restored_after_destroying(paper) == "Hun heter Åse"


def test_a_kept_copy_of_that_half_brings_the_content_back(papers):  # noqa: F811
    paper = written()
    path = shreds._path(ref("gjovik"), paper.matter)
    copy = path.read_bytes()
    with pytest.raises(Destroyed):
        restored_after_destroying(paper)
    path.write_bytes(copy)
    assert body_of(paper) == "Hun heter Åse"


def restored_after_destroying(paper):
    with fleet.connect() as owner:
        wrapped, name = owner.execute(
            f"SELECT wrapped, office_key FROM {SCHEMA}.privacy_datakey WHERE id = %s", [paper.matter]
        ).fetchone()
    with entered() as by:
        destroy(matter_id=paper.matter, by=by)
    with fleet.connect() as owner:
        owner.execute(
            f"UPDATE {SCHEMA}.privacy_datakey SET wrapped = %s, office_key = %s, destroyed_at = NULL WHERE id = %s",
            [wrapped, name, paper.matter],
        )
    return body_of(paper)


def test_one_plain_column_shows_in_a_copy(papers):  # noqa: F811
    written(title=swapping.WORDS[3])
    assert swapping.WORDS[3].encode() in swapping.dump()


def test_without_row_rights_on_the_keys_a_hidden_one_opens(papers):  # noqa: F811
    paper = written()
    with keys_hidden(), fleet.connect(autocommit=True) as owner:
        with pytest.raises(CannotOpen):
            body_of(paper, "intake")
        owner.execute(f"ALTER TABLE {SCHEMA}.privacy_datakey DISABLE ROW LEVEL SECURITY")
        try:
            assert body_of(paper, "intake") == "Hun heter Åse"
        finally:
            owner.execute(f"ALTER TABLE {SCHEMA}.privacy_datakey ENABLE ROW LEVEL SECURITY")


def test_a_keyring_that_does_not_hear_of_savepoints_seals_under_a_key_that_is_gone(papers, monkeypatch):  # noqa: F811
    monkeypatch.setattr(base, "after_savepoint_rollback", [])
    matter = uuid.uuid4()
    with entered():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            Paper(matter=matter, body="først").save(force_insert=True)
            raise ZeroDivisionError
        paper = Paper(matter=matter, body="Hun heter Åse")
        paper.save(force_insert=True)
    with pytest.raises(CannotOpen):
        body_of(paper)


def test_a_new_text_field_is_found_by_the_inventory():
    class Diary(Row):
        text = models.TextField()
        code = models.CharField(max_length=4)

        class Meta:
            app_label = "privacy"
            apps = Apps(["varde.privacy"])

        class Privacy:
            personal, free_text, safe = (), ("text",), ("id", "code")
            open_because = {"code": "En kode fra en fast liste."}

    assert unexplained(Diary) == ["text"]


def test_closed_bytes_that_could_be_shown_would_be_shown(papers, monkeypatch):  # noqa: F811
    paper = written()
    monkeypatch.delattr(cells.Closed, "__str__")
    monkeypatch.delattr(cells.Closed, "__format__")
    with entered():
        assert f"{Paper.objects.values_list('body', flat=True).get(pk=paper.pk)}".startswith(("b'", 'b"'))


def test_a_row_that_reads_its_key_back_cannot_be_added_by_a_depositor(papers):  # noqa: F811
    with keys_hidden(), entered(purpose="intake"), connection.cursor() as cursor:
        with pytest.raises(Exception, match="row-level security"):
            cursor.execute(
                "INSERT INTO privacy_datakey (id, wrapped, office_key, made_at)"
                " VALUES (gen_random_uuid(), '', '', now()) RETURNING id"
            )
        transaction.set_rollback(True)


# --- who may change a key, and what is shredded for want of a row -------------------------------------------
@contextmanager
def as_owner(without, again, schema=SCHEMA):
    """While the owner of the tables has said something they should not."""
    with fleet.connect(autocommit=True) as owner:
        owner.execute(f"SET search_path = {schema}")
        owner.execute(without)
        try:
            yield
        finally:
            owner.execute(again)


CHANGEABLE = (
    f"GRANT UPDATE ON privacy_datakey TO {SCHEMAS[SCHEMA]};"
    "CREATE POLICY change ON privacy_datakey FOR UPDATE"
    " USING (privacy_may_open(id, (SELECT access_user()), (SELECT access_purpose()))) WITH CHECK (true)"
)
UNCHANGEABLE = f"REVOKE UPDATE ON privacy_datakey FROM {SCHEMAS[SCHEMA]}; DROP POLICY change ON privacy_datakey"


@pytest.mark.parametrize("what", ["end", "replace"])
def test_with_a_right_to_change_keys_nobody_at_all_ends_those_of_the_office(papers, what):  # noqa: F811
    written()
    assert isinstance(rights.said(rights.STATEMENTS[what]), type)
    with as_owner(CHANGEABLE, UNCHANGEABLE):
        assert rights.said(rights.STATEMENTS[what])  # how many


def function(name, schema=SCHEMA):
    with fleet.connect() as owner:
        owner.execute(f"SET search_path = {schema}")
        return owner.execute("SELECT pg_get_functiondef(%s::regproc)", [name]).fetchone()[0]


ANYBODY = (
    "CREATE OR REPLACE FUNCTION privacy_may_destroy(key uuid, reader uuid, purpose text) RETURNS boolean"
    " STABLE LANGUAGE sql AS $$ SELECT true $$"
)


def test_a_function_that_lets_everybody_end_keys_ends_them_for_a_depositor(papers):  # noqa: F811
    paper = written()
    assert rights.said("SELECT privacy_destroy(%s)", paper.matter, asker="intake") is False
    with as_owner(ANYBODY, function("privacy_may_destroy")):
        assert rights.said("SELECT privacy_destroy(%s)", paper.matter, asker="intake") is True


def test_a_function_that_does_not_ask_for_the_operator_ends_the_call_of_another(papers):  # noqa: F811
    schema = ref(rights.REGION).schema
    before = function("hotline_may_destroy", schema)
    call = rights.call_of(rights.as_person("olga"))
    with as_owner(before.replace("AND coalesce(of_call.operator = reader, false)", ""), before, schema):
        assert rights.ended_by(rights.another(), call.id) is True


def test_a_function_that_does_not_ask_what_was_there_brings_an_older_key_back(papers):  # noqa: F811
    paper, before = written(), function("privacy_rewrap")
    stale = ("SELECT privacy_rewrap(%s, %s, %s, 'file-1')", paper.matter, b"not what is there", b"x")
    assert rights.said(*stale, asker="keys") is False
    with as_owner(before.replace("AND k.wrapped = was", ""), before):
        assert rights.said(*stale, asker="keys") is True


def test_without_a_grave_the_sweep_of_an_older_database_ends_the_newer_backup(halves, monkeypatch):  # noqa: F811
    monkeypatch.setattr(shreds, "bury", shreds.destroy)
    paper = written()
    graves.aged(halves, [paper.matter])
    with graves.older_database():
        graves.swept(halves)
    with pytest.raises(Destroyed):
        body_of(paper)


def test_with_a_grave_for_less_time_than_backups_live_it_does_so_too(halves, settings):  # noqa: F811
    settings.BACKUP_DAYS = 0  # the start refuses this (tests/privacy/test_start.py)
    paper = written()
    graves.aged(halves, [paper.matter])
    with graves.older_database():
        graves.swept(halves)
        graves.swept(halves)
    with pytest.raises(Destroyed):
        body_of(paper)


def test_a_sweep_that_does_not_count_moves_every_half(halves, monkeypatch):  # noqa: F811
    made = graves.strays(halves, sweeping.HANDFUL + 1)
    monkeypatch.setattr(sweeping, "HANDFUL", 1000)
    graves.swept(halves)
    assert graves.in_place(halves, made) == 0


def test_a_burial_that_keeps_the_age_of_the_half_is_undone_in_the_next_hour(halves, monkeypatch):  # noqa: F811
    made = [uuid.uuid4()]
    shreds.make(halves, made[0])
    graves.aged(halves, made, 200 * sweeping.DAY)
    monkeypatch.setattr(
        shreds, "bury", lambda office, key: shreds.move(shreds._path(office, key), shreds._grave(office, key))
    )
    graves.swept(halves)
    assert graves.swept(halves).shredded == 1
