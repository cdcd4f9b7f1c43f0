"""What the office's login may do to the keys by itself: lay one, and read those it is shown. Change or end, nothing."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from regional.hotline import actions
from tests.cast import as_person, inside, ref
from tests.privacy.hiding import SCHEMA, keys_hidden
from tests.privacy.table import Paper, entered
from tests.regional.declared import declare
from varde.access import Reader
from varde.access.ticket import presented
from varde.privacy.keyring import keyring, purpose_id
from varde.privacy.models import DataKey
from varde.tenancy.door import office
from varde.tenancy.work import work

REGION = "gjovikregionen"
TOLD = {"reporter_kind": "privat", "what": "Hun får ikke lov til å gå ut."}
STATEMENTS = {
    "end": "UPDATE privacy_datakey SET destroyed_at = now(), wrapped = ''",
    "delete": "DELETE FROM privacy_datakey",
    "empty": "TRUNCATE privacy_datakey",
    "replace": "INSERT INTO privacy_datakey (id, wrapped, office_key, made_at) SELECT id, 'x', 'x', now()"
    " FROM privacy_datakey ON CONFLICT (id) DO UPDATE SET wrapped = 'x'",
    "merge": "MERGE INTO privacy_datakey k USING (SELECT 1) n ON true WHEN MATCHED THEN UPDATE SET wrapped = 'x'",
    "row lock": "SELECT id FROM privacy_datakey FOR UPDATE",
    "hold": "LOCK TABLE privacy_datakey IN SHARE ROW EXCLUSIVE MODE",
    "born destroyed": "INSERT INTO privacy_datakey (id, wrapped, office_key, made_at, destroyed_at)"
    " VALUES (gen_random_uuid(), '', '', now(), now())",
    "open the table": "ALTER TABLE privacy_datakey DISABLE ROW LEVEL SECURITY",
    "let everybody": "CREATE OR REPLACE FUNCTION privacy_may_destroy(key uuid, reader uuid, purpose text)"
    " RETURNS boolean STABLE LANGUAGE sql AS $$ SELECT true $$",
}
ASKERS = ("nobody", "tom", "kari", "intake", "receipt", "post", "returns", "import", "setup", "keys")


def ticket(asker, slug):
    if asker in ("tom", "kari", "olga"):
        return as_person(asker)
    return Reader.for_purpose(asker, ref(slug))


def said(sql, *values, asker="nobody", slug="gjovik"):
    """The first value of the answer, asked as the office's own login; the error when the database refuses."""
    with office(ref(slug)), transaction.atomic():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                if asker == "nobody":
                    cursor.execute(sql, values)
                else:
                    with presented(ticket(asker, slug)):
                        cursor.execute(sql, values)
                return cursor.fetchone()[0] if cursor.description else cursor.rowcount
        except DatabaseError as error:
            return type(error)


def written():
    with entered():
        paper = Paper(body="Hun heter Åse")
        paper.save(force_insert=True)
    return paper


def rows(slug="gjovik"):
    with entered(slug):
        found = DataKey.objects.order_by("id").values_list("id", "wrapped", "office_key", "destroyed_at")
        return [(key_id, bytes(wrapped), *more) for key_id, wrapped, *more in found]


@pytest.mark.parametrize("asker", ASKERS)
@pytest.mark.parametrize("what", STATEMENTS)
def test_the_login_changes_no_key_whoever_asks(papers, what, asker):
    written()
    before = rows()
    answer = said(STATEMENTS[what], asker=asker)
    assert isinstance(answer, type), f"{what} as {asker}: {answer}"
    assert rows() == before


@pytest.mark.parametrize("asker", [asker for asker in ASKERS if asker != "keys"])
def test_the_functions_refuse_everybody_but_those_who_look_after_keys(papers, asker):
    paper, mfa = written(), purpose_id(ref("gjovik"), "mfa")
    with entered():
        keyring().new(mfa)
    before = rows()
    for key_id, wrapped, _, _ in before:
        assert said("SELECT privacy_destroy(%s)", key_id, asker=asker) is False
        assert said("SELECT privacy_rewrap(%s, %s, %s, 'x')", key_id, wrapped, b"x", asker=asker) is False
    assert said("SELECT privacy_hold()", asker=asker) is False
    assert {paper.matter, mfa} <= {key_id for key_id, *_ in before}
    assert rows() == before


def test_for_keys_they_work_and_end_a_key_once(papers):
    paper = written()
    assert said("SELECT privacy_hold()", asker="keys") is True
    assert said("SELECT privacy_destroy(%s)", paper.matter, asker="keys") is True
    assert said("SELECT privacy_destroy(%s)", paper.matter, asker="keys") is False
    assert said("SELECT privacy_destroy(%s)", uuid.uuid4(), asker="keys") is False


def test_a_key_that_was_moved_or_ended_meanwhile_is_not_wrapped_anew(papers):
    paper = written()
    (wrapped,) = [wrapped for key_id, wrapped, *_ in rows() if key_id == paper.matter]
    rewrap = "SELECT privacy_rewrap(%s, %s, %s, 'file-9')"
    assert said(rewrap, paper.matter, b"something else", b"x", asker="keys") is False
    assert said(rewrap, paper.matter, wrapped, b"x", asker="keys") is True
    said("SELECT privacy_destroy(%s)", paper.matter, asker="keys")
    assert said(rewrap, paper.matter, b"", wrapped, asker="keys") is False


def test_a_depositor_may_still_lay_a_key(papers):
    with keys_hidden(SCHEMA), work(ref("gjovik"), "intake"):
        keyring().new(matter := uuid.uuid4())
    assert matter in {key_id for key_id, *_ in rows()}


# --- the region's phone ------------------------------------------------------------------------------------
def call_of(by):
    """A call that goes on, committed."""
    with work(ref(REGION), "test"):
        return actions.save_draft(call_id=actions.start_call(by=by).id, told=TOLD, by=by)


def another():
    olga = as_person("olga")
    return Reader(office=olga.office, user_id=uuid.uuid4(), name="Ola", roles=olga.roles)


def ended_by(reader, key_id):
    with inside(REGION), presented(reader), connection.cursor() as cursor:
        cursor.execute("SELECT privacy_destroy(%s)", [key_id])
        return cursor.fetchone()[0]


def test_only_her_own_call_while_it_goes_on(papers):
    call, olga = call_of(as_person("olga")), as_person("olga")
    assert ended_by(another(), call.id) is False
    assert ended_by(Reader.for_purpose("post", olga.office), call.id) is False
    assert ended_by(olga, purpose_id(olga.office, "mfa")) is False
    assert ended_by(olga, call.id) is True
    with inside(REGION):
        actions.end(call_id=call.id, kind="advice", by=olga)
        with presented(olga), connection.cursor() as cursor:
            cursor.execute("SELECT privacy_destroy(%s)", [call.id])
            assert cursor.fetchone() == (False,)


@pytest.mark.parametrize(("over", "gone"), [("forwarded", False), ("ended", True)])
def test_with_no_more_than_her_own_ticket_she_sends_it_on_or_ends_it(papers, over, gone):
    """What is sent keeps its key until the kommune has stored it; what was no concern loses it at once."""
    olga = as_person("olga")
    with inside(REGION):
        declare("olga")
        _sends_or_ends(olga, over, gone)


def _sends_or_ends(olga, over, gone):
    with presented(olga):
        call = actions.start_call(by=olga)
        actions.save_draft(call_id=call.id, told=TOLD, by=olga)
        if over == "forwarded":
            actions.forward(call_id=call.id, told=TOLD, to=ref("gjovik").id, by=olga)
        else:
            actions.end(call_id=call.id, kind="advice", by=olga)
        with presented(Reader.for_purpose("keys", olga.office)):
            assert bool(DataKey.objects.get(id=call.id).destroyed_at) is gone
