"""The reporter's own copy: made of what was just sent, stored nowhere, gone after half an hour, never by the code."""

import re
from datetime import timedelta

import pypdfium2
import pytest
from django.db import connection

from tenants.inbox import limits
from tenants.inbox.models import Concern
from tenants.inbox.told import LIMITS
from tests.client import anonymous
from tests.tenants import way
from varde.audit.extract import seen_rows
from varde.audit.trail import current
from varde.clock import now

WORDS = {
    "what": "Hun er redd.\n\nNoe må gjøres.", "who": "Fru Berg i 3B", "reporter_name": "Kim Ansatt",
    "person_knows": "refuses", "acute": "on", "occurred_on": "07.01.2026", "first_teller": "person",
}  # fmt: skip


@pytest.fixture(autouse=True)
def forget_tries():
    limits.forget()
    yield
    limits.forget()


def text_of(response):
    return response.content.decode()


def sent(**words):
    return text_of(anonymous("gjovik").post("/meld/ansatt", WORDS | words))


def given_in(html):
    return re.search(r'name="given" value="([^"]+)"', html)[1]


def fetch(given):
    return anonymous("gjovik").post("/kvittering/kopi", {"given": given})


def words_in(response):
    document = pypdfium2.PdfDocument(b"".join(response))
    return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_bounded() for page in document))


def test_the_copy_holds_what_was_sent_and_not_the_code(gjovik):
    html = sent()
    code = re.search(r"data-receipt>([0-9 ]{19})<", html)[1]
    response = fetch(given_in(html))
    assert response.status_code == 200
    assert response["Content-Disposition"] == 'attachment; filename="kopi-av-bekymringsmelding.pdf"'
    assert response["Cache-Control"] == "no-store"
    said = words_in(response)
    for word in (
        "Hun er redd.",
        "Noe må gjøres.",
        "Fru Berg i 3B",
        "Kim Ansatt",
        "07.01.2026",
        "Personen selv",
        "akutt",
    ):
        assert word in said
    assert code not in said


def test_every_text_that_can_be_told_is_in_it(gjovik):
    texts = {name: f"{name}: æøå <b>#ord</b>" for name in LIMITS}
    said = words_in(fetch(given_in(sent(**texts))))
    assert all(f"{name}: æøå <b>#ord</b>" in said for name in LIMITS)


def test_what_the_page_carries_says_nothing(gjovik):
    given = given_in(sent())
    assert "Berg" not in given
    assert len(given) < 10_000


def test_it_is_stored_nowhere(gjovik):
    given = given_in(sent())
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
                       " AND table_type = 'BASE TABLE'")  # fmt: skip
        tables = [name for (name,) in cursor.fetchall()]
    fetch(given)
    for table in tables:
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [table])
            if cursor.fetchone()[0]:
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" t WHERE row_to_json(t)::text LIKE %s', [f"%{given[:60]}%"]
                )
                assert cursor.fetchone() == (0,), table


def test_after_half_an_hour_it_is_gone(gjovik, monkeypatch):
    given = given_in(sent())
    monkeypatch.setattr("tenants.inbox.copy_views.now", lambda: now() + timedelta(minutes=31))
    response = fetch(given)
    assert response.status_code == 422
    assert "kan ikke hentes lenger" in text_of(response)


@pytest.mark.parametrize("given", ["", "tull", "AAAA", "x" * 5000, "1234 5678 1234 5678"])
def test_nothing_else_opens_it_and_never_the_code(gjovik, given):
    sent()
    assert fetch(given).status_code == 422


def test_a_changed_one_is_none(gjovik):
    given = given_in(sent())
    assert fetch(given[:-8] + ("A" * 8)).status_code == 422


def test_too_many_at_once_wait(gjovik):
    given = given_in(sent())
    assert {fetch("x").status_code for _ in range(21)} == {422, 429}
    assert fetch(given).status_code == 429


def test_it_is_in_the_log_as_a_print_and_not_in_the_persons_extract(gjovik):
    fetch(given_in(sent()))
    concern = Concern.objects.get()
    current().flush()
    assert way.logged("inbox.receipt.copy", "print", concern.id)
    assert not [row for row in seen_rows(concern.id) if row.what == "inbox.receipt.copy"]


def test_the_same_report_sent_again_offers_the_same_copy(gjovik):
    key = "a" * 32
    first, second = (words_in(fetch(given_in(sent(idempotency_key=key)))) for _ in range(2))
    assert first == second
    assert Concern.objects.count() == 1


def test_whoever_fetches_copies_without_pause_locks_nobody_out_of_their_receipt_nor_the_other_way(gjovik):
    given = given_in(sent())
    codes = {fetch("x").status_code for _ in range(25)}
    assert codes == {422, 429}
    assert anonymous("gjovik").post("/kvittering", {"code": "0000 0000 0000 0000"}).status_code != 429
    limits.forget()
    while anonymous("gjovik").post("/kvittering", {"code": "0000 0000 0000 0000"}).status_code != 429:
        pass
    assert fetch(given).status_code == 200
