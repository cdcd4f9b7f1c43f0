"""A message to the reporter is read or withdrawn, never both; the reporter sees only that there was one."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from tenants.inbox import actions, limits, mistakes_actions, queries, replies_withdrawn
from tenants.inbox.access import concern_with_receipt
from tenants.inbox.actions import message_reporter, open_concern, receive
from tenants.inbox.mistakes_models import Mistake
from tenants.inbox.mistakes_queries import address, marks_in
from tenants.inbox.models import Concern, ReporterMessage
from tenants.inbox.told import Told
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import anonymous, client_for
from tests.tenants import way
from tests.tenants.people import text_of
from varde.access import Reader
from varde.audit.trail import current
from varde.clock import now
from varde.refusal import Refused
from varde.tenancy.work import work
from varde.ui.dates import short_date

WORDS, WHY = "Fru Hansen er hos oss i kveld", "Gikk til feil melder"
GONE = "Meldingen er trukket tilbake."


@pytest.fixture(autouse=True)
def forget_tries():
    limits.forget()


def reported(about_staff: str = "") -> tuple[Concern, str]:
    """Opened by Kari, and the receipt."""
    told = Told(reporter_kind="privat", what="Naboen roper", about_staff=about_staff)
    got = receive(told=told, channel="web", by=Reader.for_purpose("intake", ref("gjovik")))
    way.person("kari")
    return open_concern(concern=Concern.objects.get(id=got.concern_id), by=as_person("kari")), got.receipt


def looked(code: str) -> str:
    """The page of whoever holds the receipt."""
    page = anonymous("gjovik").post("/kvittering", {"code": code}).content.decode()
    current().flush()
    return page


def test_what_nobody_has_read_is_withdrawn_and_the_matter_keeps_it(gjovik, monkeypatch):
    kari, (concern, code) = client_for("kari"), reported()
    assert "Meldingen din" in looked(code)  # a minute before there was a message
    monkeypatch.setattr(actions, "now", lambda: now() + timedelta(minutes=1))
    row = message_reporter(concern=concern, text=WORDS, by=as_person("kari"))
    place = address(concern.pk, "melding", row.pk)
    assert place in text_of(kari, f"/innboks/{concern.pk}")
    assert kari.post(place, {"reason": WHY}).status_code == 303
    page = looked(code)
    assert GONE in page
    assert WORDS not in page
    assert WHY not in page
    api = anonymous("gjovik").get(f"/api/v1/reports/{code.replace(' ', '')}").json()
    assert [each["text"] for each in api["messages"]] == [GONE]
    own = text_of(kari, f"/innboks/{concern.pk}")
    assert f"Trukket tilbake {short_date(now())} av Kari Koordinator: {WHY}" in own
    assert WORDS in own
    assert place not in own
    assert [each.said for each in marks_in(concern).values()] == [
        f"Trukket tilbake {short_date(now())} av Kari Koordinator: {WHY}"
    ]
    assert way.logged("inbox.mistake", "create", concern.pk)


@pytest.mark.parametrize("how", ["page", "api"])
def test_what_was_read_stands_whoever_asks(gjovik, how):
    kari, (concern, code) = client_for("kari"), reported()
    row = message_reporter(concern=concern, text=WORDS, by=as_person("kari"))
    if how == "page":
        assert WORDS in looked(code)
    else:
        assert WORDS in anonymous("gjovik").get(f"/api/v1/reports/{code.replace(' ', '')}").content.decode()
        current().flush()
    place = address(concern.pk, "melding", row.pk)
    assert place not in text_of(kari, f"/innboks/{concern.pk}")
    answer = kari.post(place, {"reason": WHY})
    assert (answer.status_code, replies_withdrawn.READ in answer.content.decode()) == (422, True)
    assert WHY in answer.content.decode()
    with seen_as("kari"), pytest.raises(DatabaseError, match="the reporter has read it"), transaction.atomic():
        Mistake(
            concern=concern, of_table="inbox_reportermessage", row_id=row.pk, reason=WHY, at=now(),
            by_user=as_person("kari").user_id, by_name="Kari",
        ).save()  # fmt: skip
    assert WORDS in looked(code)


def test_those_outside_learn_nothing_of_what_was_read(gjovik):
    concern, code = reported(about_staff="staff")
    row = message_reporter(concern=concern, text=WORDS, by=as_person("kari"))
    looked(code)
    tom = client_for("tom")
    assert tom.post(address(concern.pk, "melding", row.pk), {"reason": WHY}).status_code == 404
    for name, told in (("tom", False), ("kari", True)):
        with seen_as(name), connection.cursor() as cursor:
            cursor.execute("SELECT receipt_looked(%s)", [row.pk])
            assert cursor.fetchone() == (told,)


def test_of_two_at_once_one_reads_or_the_other_withdraws(house):
    """While the page of the receipt is being made, a withdrawal waits, and then hears that the message was read."""
    with work(ref("gjovik"), TEST):
        concern, code = reported()
        row = message_reporter(concern=concern, text=WORDS, by=as_person("kari"))
    reading, told = threading.Event(), []

    def read() -> None:
        try:
            with work(ref("gjovik"), "receipt") as by:
                found = concern_with_receipt(by, code)
                reading.set()
                threading.Event().wait(0.3)
                told.append([each.text for each in queries.messages_to_reporter(found.id)])
        finally:
            connection.close()

    def withdraw() -> Any:
        reading.wait(5)
        with work(ref("gjovik"), TEST):
            message = ReporterMessage.objects.get(pk=row.pk)
            mistakes_actions.mark(
                concern=concern, kind=replies_withdrawn.KIND, row=message, reason=WHY, by=as_person("kari")
            )

    thread = threading.Thread(target=read)
    thread.start()
    with pytest.raises(Refused, match="alt åpnet meldingen"):
        withdraw()
    thread.join()
    assert told == [[WORDS]]
