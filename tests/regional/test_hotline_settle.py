"""When the kommune has stored it the key is destroyed and the words are gone; before that only its operator reads."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from regional.hotline import actions, settle
from regional.hotline.models import CONTENT, Call
from shared.post.actions import open_mail
from shared.post.models import Receipt
from tests.cast import TEST, as_person, ref
from tests.owner import as_owner
from tests.regional.declared import declare
from varde.access.ticket import presented
from varde.privacy.errors import CannotOpen, Destroyed
from varde.privacy.models import DataKey
from varde.tenancy.work import work

REGION, KOMMUNE = "gjovikregionen", "gjovik"
TOLD = {"reporter_kind": "privat", "what": "Hun får ikke gå ut."}


@pytest.fixture
def call(house) -> Call:
    declare("olga")
    with work(ref(REGION), TEST):
        olga = as_person("olga")
        return actions.forward(call_id=actions.start_call(by=olga).id, told=TOLD, to=ref(KOMMUNE).id, by=olga)


def as_olga() -> str:
    """What the operator's own ticket opens now."""
    with work(ref(REGION), TEST), presented(as_person("olga")):
        return Call.objects.get().told["what"]


def halves(call: Call) -> list[Path]:
    return list(Path(settings.KEYS_DIR).rglob(f"{call.id}.key"))


def test_until_it_is_stored_the_operator_reads_her_own(call):
    assert as_olga() == TOLD["what"]
    assert len(halves(call)) == 1


def test_from_the_moment_of_the_receipt_she_does_not_though_nothing_has_been_settled(call):
    open_mail(ref(KOMMUNE))
    with work(ref(REGION), TEST):
        assert Call.objects.get().state == "sent"
    with pytest.raises(CannotOpen):
        as_olga()


def test_settled_the_key_is_destroyed_and_the_words_are_gone(call):
    open_mail(ref(KOMMUNE)), open_mail(ref(REGION))
    assert halves(call) == []
    with work(ref(REGION), TEST):
        row = Call.objects.get()
        assert (row.state, row.told, row.caller, row.acts, row.passed) == ("stored", {}, "", {}, {})
        assert DataKey.objects.get(id=call.id).destroyed_at is not None


def test_in_the_table_itself_nothing_is_left(call):
    open_mail(ref(KOMMUNE)), open_mail(ref(REGION))
    with as_owner(ref(REGION)), connection.cursor() as cursor:
        for column in CONTENT:
            cursor.execute(f"SELECT octet_length({column}) FROM hotline_call")
            assert cursor.fetchone() == (0,)


def test_what_a_backup_holds_of_it_cannot_be_read(call):
    with as_owner(ref(REGION)), connection.cursor() as cursor:
        cursor.execute("SELECT told FROM hotline_call")
        (kept,) = cursor.fetchone()
    open_mail(ref(KOMMUNE)), open_mail(ref(REGION))
    with as_owner(ref(REGION)), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE hotline_call DISABLE TRIGGER moves")
        cursor.execute("UPDATE hotline_call SET told = %s, state = 'open'", [kept])
        cursor.execute("ALTER TABLE hotline_call ENABLE TRIGGER moves")
    with pytest.raises(Destroyed):
        as_olga()


def test_settling_twice_is_settling_once_and_without_a_receipt_it_is_refused(call):
    with work(ref(REGION), "post") as by, pytest.raises(ValueError, match="ikke lagret"):
        settle.settle_call(call_id=call.id, by=by)
    open_mail(ref(KOMMUNE))
    for _ in range(2):
        settle.settle(ref(REGION))
        with work(ref(REGION), "post") as by:
            assert settle.settle_call(call_id=call.id, by=by).state == "stored"


def test_what_could_not_be_read_stays_with_the_operator(call):
    with as_owner(ref(REGION)), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO public.post_receipt (id, sender, recipient, state, at)"
            " VALUES (%s, %s, %s, 'unreadable', now())",
            [call.letter_id, ref(REGION).id, ref(KOMMUNE).id],
        )
    settle.settle(ref(REGION))
    assert as_olga() == TOLD["what"]
    with work(ref(REGION), TEST):
        assert Receipt.objects.get().state == "unreadable"
        assert Call.objects.get().state == "sent"
