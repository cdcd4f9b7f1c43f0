"""The reporter comes back: messages both ways, sealed and frozen; «lest» only when somebody has opened them."""

import base64
import re
import uuid
from datetime import timedelta
from unittest import mock

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tenants.inbox import limits, replies_actions, tasks
from tenants.inbox.actions import message_reporter, open_concern, receive
from tenants.inbox.models import Concern
from tenants.inbox.replies_models import ReporterReply
from tenants.inbox.told import Told
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import anonymous, client_for
from tests.tenants import way
from tests.tenants.keys import forget_keys
from varde.access import Reader
from varde.access.ticket import presented
from varde.clock import now
from varde.privacy.actions import destroy
from varde.privacy.errors import KeeperAway
from varde.tenancy.work import work

NEWS = "Nå har han tatt telefonen hennes."
WRITE = "/kvittering/svar"


@pytest.fixture(autouse=True)
def forget_tries():
    limits.forget()


def text_of(response):
    return response.content.decode()


def told():
    words = Told(reporter_kind="privat", what="Naboen slår moren sin.", anonymous=True)
    got = receive(told=words, channel="web", by=Reader.for_purpose("intake", ref("gjovik")))
    return Concern.objects.get(id=got.concern_id), got.receipt


def hidden(html, name):
    return re.search(rf'name="{name}" value="([^"]+)"', html)[1]


def page_of(code):
    return text_of(anonymous("gjovik").post("/kvittering", {"code": code}))


def write(code, text=NEWS, **more):
    html = page_of(code)
    fields = {name: hidden(html, name) for name in ("given", "idempotency_key")}
    return anonymous("gjovik").post(WRITE, fields | {"text": text} | more)


def test_the_holder_writes_and_the_team_opens_and_answers(gjovik):
    concern, code = told()
    open_concern(concern=concern, by=as_person("kari"))
    response = write(code)
    assert response.status_code == 201
    assert "Ikke lest ennå" in text_of(response)
    kari = client_for("kari")
    html = text_of(kari.get(f"/innboks/{concern.id}"))
    assert "Melderen har skrevet noe nytt" in html
    assert NEWS not in html
    assert "Ny melding" in text_of(kari.get("/innboks"))
    assert kari.post(f"/innboks/{concern.id}/svar").status_code == 303
    assert NEWS in text_of(kari.get(f"/innboks/{concern.id}"))
    kari.post(f"/innboks/{concern.id}/melding", {"text": "Takk, vi ser på det."})
    seen = page_of(code)
    assert "Lest av teamet" in seen
    assert seen.index(NEWS) < seen.index("Takk, vi ser på det.")
    assert "Kari" not in seen


def test_the_case_page_shows_that_it_is_new_and_then_what_it_says(gjovik):
    concern, code = told()
    case = way.case("kari", concern=open_concern(concern=concern, by=as_person("kari")))
    write(code)
    kari = client_for("kari")
    html = text_of(kari.get(f"/saker/{case.id}"))
    assert "Ikke åpnet" in html
    assert NEWS not in html
    kari.post(f"/innboks/{concern.id}/svar")
    assert NEWS in text_of(kari.get(f"/saker/{case.id}"))


def test_reading_the_page_is_not_opening(gjovik):
    concern, code = told()
    open_concern(concern=concern, by=as_person("kari"))
    write(code)
    client_for("kari").get(f"/innboks/{concern.id}")
    assert "Ikke lest ennå" in page_of(code)


def test_it_lies_sealed_and_frozen(gjovik):
    concern, code = told()
    open_concern(concern=concern, by=as_person("kari"))
    write(code)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM inbox_reporterreply t")
        assert "telefonen" not in cursor.fetchone()[0]
    for change in ("at = now() - interval '1 day'", "text = ''::bytea"):
        with (
            seen_as("kari"),
            pytest.raises(ProgrammingError, match="frozen"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE inbox_reporterreply SET {change}")


def test_who_opened_it_first_stays(gjovik):
    concern, code = told()
    open_concern(concern=concern, by=as_person("kari"))
    write(code)
    client_for("kari").post(f"/innboks/{concern.id}/svar")
    client_for("tom").post(f"/innboks/{concern.id}/svar")
    assert ReporterReply.objects.get().read_by_name == "Kari Koordinator"


def test_of_a_hidden_matter_nobody_else_sees_it(gjovik):
    case = way.case("kari")
    with presented(Reader.for_purpose(TEST, gjovik)):
        ReporterReply(concern=case.concern, text=NEWS, at=now()).save(force_insert=True)
    with seen_as("tom"):
        assert not ReporterReply.objects.exists()
    tom = client_for("tom")
    for there in (case.concern_id, uuid.uuid4()):
        assert tom.post(f"/innboks/{there}/svar").status_code == 404


def test_the_team_cannot_write_in_the_reporters_name(gjovik):
    concern, _ = told()
    with seen_as("kari"), pytest.raises(ProgrammingError), transaction.atomic():
        ReporterReply(concern=concern, text="x", at=now()).save(force_insert=True)


def test_one_receipt_opens_no_other_matter(gjovik):
    concern, code = told()
    other, _ = told()
    write(code)
    with presented(Reader.for_purpose("receipt", gjovik)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('varde.receipt', '', true)")
        assert not ReporterReply.objects.exists()
    assert ReporterReply.objects.get().concern_id == concern.id != other.id


@pytest.mark.parametrize(
    ("text", "said"), [("", "Skriv noe til teamet"), ("x" * 5001, "for lang"), ("Hei\x00du", "usynlig styretegn")]
)
def test_what_cannot_be_stored_is_told_and_stays(gjovik, text, said):
    _, code = told()
    response = write(code, text)
    assert response.status_code == 422
    assert said in text_of(response)
    assert text[:3] in text_of(response)
    assert not ReporterReply.objects.exists()


def test_sent_twice_it_is_one_message_and_other_words_are_another(gjovik):
    _, code = told()
    html = page_of(code)
    fields = {name: hidden(html, name) for name in ("given", "idempotency_key")}
    for text in (NEWS, NEWS, "Og en ting til"):
        assert anonymous("gjovik").post(WRITE, fields | {"text": text}).status_code == 201
    assert sorted(row.text for row in ReporterReply.objects.all()) == sorted([NEWS, "Og en ting til"])


def test_when_the_page_is_old_the_code_is_asked_for_and_the_text_stays(gjovik, monkeypatch):
    _, code = told()
    html = page_of(code)
    given = hidden(html, "given")
    later = now() + timedelta(hours=9)
    monkeypatch.setattr("tenants.inbox.replies_views.now", lambda: later)
    old = anonymous("gjovik").post(WRITE, {"given": given, "text": NEWS})
    assert old.status_code == 422
    assert "Skriv koden en gang til" in text_of(old)
    assert NEWS in text_of(old)
    assert anonymous("gjovik").post(WRITE, {"given": given, "text": NEWS, "code": code}).status_code == 201


@pytest.mark.parametrize("given", ["", "tull", "AAAA", "x" * 5000])
def test_a_made_up_pass_or_a_wrong_code_opens_nothing(gjovik, given):
    told()
    for code in ("", "0000 0000 0000 0000", "1234"):
        response = anonymous("gjovik").post(WRITE, {"given": given, "text": NEWS, "code": code})
        assert response.status_code == 422
        assert NEWS in text_of(response)
    assert not ReporterReply.objects.exists()


def test_a_pass_that_looks_closed_the_old_way_is_made_up_and_asks_for_no_key(gjovik, monkeypatch):
    """With a keeper elsewhere no raw key of the office lies here."""
    told()
    away = mock.Mock(side_effect=KeeperAway("Kontorets nøkkel fra før finnes ikke på denne maskinen."))
    monkeypatch.setattr("varde.privacy.box._open_before", away)
    given = base64.b64encode(bytes((1,)) + b"x" * 60).decode()
    response = anonymous("gjovik").post(WRITE, {"given": given, "text": NEWS})
    assert response.status_code == 422
    assert NEWS in text_of(response)
    assert anonymous("gjovik").post("/kvittering/kopi", {"given": given}).status_code == 422
    away.assert_not_called()


def test_a_flood_of_tries_stops_guessing_and_no_message(gjovik):
    _, code = told()
    html = page_of(code)
    given = hidden(html, "given")
    statuses = {
        anonymous("gjovik").post(WRITE, {"text": NEWS, "code": "0000000000000000"}).status_code for _ in range(25)
    }
    assert statuses == {422, 429}
    blocked = anonymous("gjovik").post(WRITE, {"text": NEWS, "code": code})
    assert blocked.status_code == 429
    assert NEWS in text_of(blocked)
    assert anonymous("gjovik").post(WRITE, {"text": NEWS, "given": given}).status_code == 201


def test_a_holder_who_writes_without_pause_is_told_to_wait_and_stops_nobody_else(gjovik):
    _, code = told()
    html = page_of(code)
    sent = {name: hidden(html, name) for name in ("given", "idempotency_key")}
    answers = [anonymous("gjovik").post(WRITE, sent | {"text": f"Nummer {number}"}) for number in range(25)]
    assert [each.status_code for each in answers] == [201] * 20 + [422] * 5
    assert "Send den om et minutt" in text_of(answers[-1])
    assert "Nummer 24" in text_of(answers[-1])
    assert ReporterReply.objects.count() == 20
    assert anonymous("gjovik").post(WRITE, sent | {"text": "Nummer 3"}).status_code == 201
    _, other = told()
    assert write(other).status_code == 201


def test_when_too_many_lie_unopened_it_is_said_and_the_text_stays(gjovik, monkeypatch):
    monkeypatch.setattr(replies_actions, "MOST_UNREAD", 2)
    concern, code = told()
    open_concern(concern=concern, by=as_person("kari"))
    for number in range(2):
        assert write(code, f"Nummer {number}").status_code == 201
    response = write(code, NEWS)
    assert response.status_code == 422
    assert "Denne er ikke sendt" in text_of(response)
    assert NEWS in text_of(response)
    client_for("kari").post(f"/innboks/{concern.id}/svar")
    assert write(code, NEWS).status_code == 201


def test_those_who_see_the_matter_are_told_once_until_it_is_opened(house):
    for name in ("kari", "tom", "arne"):
        client_for(name)
    with work(ref("gjovik"), TEST):
        concern, code = told()
        open_concern(concern=concern, by=as_person("kari"))
    for text in ("En", "To"):
        assert write(code, text).status_code == 201
        tasks.something_new.run(ref("gjovik"))
    tasks.something_new.run(ref("gjovik"))
    assert sorted(message.to[0] for message in mail.outbox) == ["kari@gjovik.example", "tom@gjovik.example"]
    assert all("telefonen" not in message.body and "Noe nytt venter" in message.subject for message in mail.outbox)
    mail.outbox = []
    client_for("kari").post(f"/innboks/{concern.id}/svar")
    write(code, "Tre")
    tasks.something_new.run(ref("gjovik"))
    assert len(mail.outbox) == 2


def test_nobody_opens_messages_before_the_concern(gjovik):
    concern, code = told()
    write(code)
    kari = client_for("kari")
    assert kari.post(f"/innboks/{concern.id}/svar").status_code == 303
    assert "Ikke lest ennå" in page_of(code)


def test_the_machines_door_is_as_it_was(gjovik):
    concern, code = told()
    open_concern(concern=concern, by=as_person("kari"))
    message_reporter(concern=concern, text="Takk.", by=as_person("kari"))
    write(code)
    body = anonymous("gjovik").get(f"/api/v1/reports/{code.replace(' ', '')}").json()
    assert set(body) == {"state", "messages"}
    assert [set(each) for each in body["messages"]] == [{"at", "text"}]


def test_the_reporter_is_in_no_extract_of_the_log(gjovik):
    from varde.audit.extract import seen_rows
    from varde.audit.trail import current

    concern, code = told()
    open_concern(concern=concern, by=as_person("kari"))
    write(code)
    client_for("kari").post(f"/innboks/{concern.id}/svar")
    current().flush()
    assert way.logged("inbox.receipt.reply", "create", concern.id)
    assert not [row for row in seen_rows(concern.id) if row.what.startswith("inbox.rec")]


def test_when_the_matter_has_been_deleted_it_is_said_and_the_text_stays(gjovik):
    concern, code = told()
    destroy(matter_id=concern.id, by=as_person("kari"))
    forget_keys()
    response = write(code)
    assert response.status_code == 422
    assert "slettet etter reglene" in text_of(response)
    assert NEWS in text_of(response)
