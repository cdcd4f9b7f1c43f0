"""Letters: only the two offices see them, one effect each, and nothing is lost when nobody rings."""

from datetime import UTC, datetime

import pytest
from django.db import ProgrammingError, connection, transaction

from shared.contracts import TestConcern
from shared.post import handlers, queries
from shared.post.actions import open_mail
from shared.post.models import Receipt, SealedLetter
from tests.cast import ref
from tests.shared.letters import post_one
from varde.tenancy.door import office

seen: list[str] = []


def remember(letter, envelope, by):
    seen.append(letter.reference)


@pytest.fixture(autouse=True)
def reader_of_test_concerns(house, monkeypatch):
    seen.clear()
    monkeypatch.setitem(handlers._handlers, ("kommune", TestConcern), remember)


def test_a_letter_is_opened_once_and_receipted():
    letter_id = post_one()
    assert (open_mail(ref("gjovik")), open_mail(ref("gjovik"))) == (1, 0)
    assert seen == ["P-1"]
    with office(ref("gjovikregionen")):
        assert queries.receipts([letter_id])[letter_id].state == "stored"


def test_nobody_else_sees_the_letter():
    post_one()
    for slug in ("ostre-toten", "nabo", "naboregionen"):
        with office(ref(slug)):
            assert SealedLetter.objects.count() == Receipt.objects.count() == 0


def test_an_office_cannot_write_in_anothers_name():
    with office(ref("nabo")), pytest.raises(ProgrammingError, match="row-level security"):
        SealedLetter(
            kind="TestConcern", sender=ref("gjovik").id, recipient=ref("nabo").id, month="2026-11", sealed=b"x",
            sent_at=datetime.now(UTC),
        ).save()  # fmt: skip


def test_a_letter_cannot_be_changed_or_removed():
    post_one()
    with office(ref("gjovikregionen")), connection.cursor() as cursor:
        for sql in ("UPDATE post_letter SET kind = 'x'", "DELETE FROM post_letter"):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                cursor.execute(sql)


def test_a_handler_that_fails_leaves_the_letter_waiting(monkeypatch):
    post_one()

    def fail(letter, envelope, by):
        raise ValueError

    monkeypatch.setitem(handlers._handlers, ("kommune", TestConcern), fail)
    assert open_mail(ref("gjovik")) == 0
    assert len(queries.waiting_ids(ref("gjovik"))) == 1
