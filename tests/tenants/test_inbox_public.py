"""The public pages: the numbers first, a receipt that is shown once, and no typed word is ever lost."""

import re
import uuid
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test.client import MULTIPART_CONTENT

from tenants.inbox import limits, views_public
from tenants.inbox.actions import message_reporter, open_concern
from tenants.inbox.models import Concern
from tenants.inbox.told import LIMITS, Told
from tests.cast import as_person, ref
from tests.client import anonymous
from varde.tenancy.door import office
from varde.tenancy.fleet import connect

WORDS = {"what": "Jeg hører skrik om natten."}
FORMS = ["/meld/privat", "/meld/ansatt"]
TEXTS = {name: f"{name}: æøå <b>«ord»</b>" for name in LIMITS}
PLAIN = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def forget_tries():
    limits.forget()


def text_of(response):
    return response.content.decode()


def send(path="/meld/privat", slug="gjovik", **words):
    return anonymous(slug).post(path, WORDS | words)


def receipt_in(response):
    found = re.search(r"data-receipt>([0-9 ]{19})<", text_of(response))
    assert found
    return found[1]


@pytest.mark.parametrize("path", ["/", "/meld", "/kvittering", *FORMS])
def test_the_numbers_stand_first_and_no_cookie_is_set(gjovik, path):
    response = anonymous("gjovik").get(path)
    html = text_of(response)
    assert response.status_code == 200
    assert html.index("tel:112") < html.index("<h1")
    assert "leses ikke hele døgnet" in html
    assert not response.cookies


@pytest.mark.parametrize("path", FORMS)
def test_that_the_rest_is_optional_is_said_once_and_how_each_is_reached_is_asked_apart(gjovik, path):
    html = text_of(anonymous("gjovik").get(path))
    assert "Bare ett felt må fylles ut" in html
    assert html.count("Må fylles ut") == 1
    assert "Valgfritt" not in html
    person, reporter = html.index('name="safe_person"'), html.index('name="safe_contact"')
    assert person < html.index("Om deg") < reporter
    assert "med deg på en trygg måte" in html


def test_the_front_page_shows_phone_hours_and_the_way_to_the_form(gjovik):
    html = text_of(anonymous("gjovik").get("/"))
    for expected in ("61 18 95 00", "Hverdager 9–14", 'href="/meld"', 'href="/kvittering"', "Gjøvik"):
        assert expected in html


def test_choosing_leads_to_both_forms(gjovik):
    html = text_of(anonymous("gjovik").get("/meld"))
    assert all(f'href="{path}"' in html for path in FORMS)


@pytest.mark.parametrize("path", FORMS)
def test_one_field_is_enough_and_the_receipt_is_in_no_address(gjovik, path):
    response = send(path)
    assert response.status_code == 201
    assert receipt_in(response)
    assert "Location" not in response.headers
    assert "no-store" in response.headers["Cache-Control"]
    stored = Concern.objects.get()
    assert (stored.what, stored.channel, stored.reporter_kind) == (WORDS["what"], "web", path.split("/")[2])


def test_everything_that_can_be_told_is_stored(gjovik):
    rest = {"acute": "on", "occurred_on": "07.01.2026", "person_knows": "refuses", "leader_told": "concerned"}
    assert send("/meld/ansatt", **TEXTS | rest).status_code == 201
    stored = Concern.objects.get()
    assert {name: getattr(stored, name) for name in TEXTS} == TEXTS
    assert (stored.acute, str(stored.occurred_on)) == (True, "2026-01-07")
    assert (stored.person_knows, stored.leader_told) == ("refuses", "concerned")


def test_a_browser_without_cookies_can_report(gjovik):
    client = anonymous("gjovik")
    client.handler.enforce_csrf_checks = True
    assert client.post("/meld/privat", WORDS).status_code == 201


@pytest.mark.parametrize("path", FORMS)
def test_at_422_every_typed_word_is_still_there(gjovik, path):
    response = send(path, **TEXTS | {"what": "", "anonymous": "on", "occurred_on": "2999-01-01"})
    html = text_of(response)
    assert response.status_code == 422
    assert "data-errors" in html
    for name in TEXTS.keys() - {"what"}:
        assert f"{name}: æøå &lt;b&gt;«ord»&lt;/b&gt;" in html
    assert "2999-01-01" in html
    assert "Datoen kan ikke være fram i tid." in html
    assert Concern.objects.count() == 0


BAD = [
    ("what", "a\x00b", "styretegn"),
    ("who", "a\x1bb", "styretegn"),
    ("extra", "x" * 20_001, "for lang"),
    ("occurred_on", "i går", "07.01.2026"),
    ("person_knows", "kanskje", "kanskje"),
]


@pytest.mark.parametrize(("field", "value", "sentence"), BAD)
def test_bad_input_is_explained_beside_what_was_typed(gjovik, field, value, sentence):
    response = send("/meld/ansatt", **{"when": "hver kveld"} | {field: value})
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert "hver kveld" in text_of(response)


@pytest.mark.parametrize("kind", [PLAIN, MULTIPART_CONTENT])
def test_two_megabytes_come_back_whole(gjovik, kind):
    words = {"what": "å" * 1_000_000, "who": "Naboen"}
    body = urlencode(words) if kind == PLAIN else words
    response = anonymous("gjovik").post("/meld/privat", body, content_type=kind)
    assert response.status_code == 422
    assert "Det er plass til 20000" in text_of(response)
    assert "å" * 1_000_000 in text_of(response)


@pytest.mark.parametrize("kind", [PLAIN, "multipart/form-data; boundary=x"])
def test_what_is_far_too_large_is_said_to_be_not_received(gjovik, kind):
    size = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1
    part = b'--x\r\nContent-Disposition: form-data; name="what"\r\n\r\n' if "boundary" in kind else b"what="
    end = b"\r\n--x--\r\n" if "boundary" in kind else b""
    client = anonymous("gjovik")
    response = client.post("/meld/privat", part + b"x" * size + end, content_type=kind)
    assert response.status_code == 413
    assert "ikke mottatt" in text_of(response)


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("about", ["", "staff", "leader", "team", "coordinator"])
def test_it_may_be_about_somebody_who_works_here(gjovik, path, about):
    html = text_of(anonymous("gjovik").get(path))
    assert "Gjelder bekymringen noen som arbeider i kommunen?" in html
    assert "ser bare koordinatoren og en valgt stedfortreder" in html
    assert f'name="about_staff" value="{about}"' in html
    assert send(path, about_staff=about).status_code == 201
    assert Concern.objects.get().about_staff == about


def test_who_does_not_answer_about_whom_is_received_as_ever(gjovik):
    assert send().status_code == 201
    assert Concern.objects.get().about_staff == ""


def test_an_answer_about_whom_that_we_do_not_know_is_asked_again(gjovik):
    response = send(about_staff="mayor")
    assert response.status_code == 422
    assert WORDS["what"] in text_of(response)


def test_a_leader_whom_it_concerns_is_somebody_who_works_here():
    told = Told(reporter_kind="ansatt", what="x")
    assert told.about == ""
    assert replace(told, leader_told="concerned").about == "leader"
    assert replace(told, leader_told="concerned", about_staff="team").about == "team"


def test_anonymous_and_named_is_asked_about(gjovik):
    response = send(anonymous="on", reporter_name="Ola")
    assert response.status_code == 422
    assert "Du har valgt å være anonym" in text_of(response)
    assert 'value="Ola"' in text_of(response)


def test_the_same_page_sent_twice_gives_the_same_receipt(gjovik):
    key = uuid.uuid4().hex
    assert receipt_in(send(idempotency_key=key)) == receipt_in(send(idempotency_key=key))
    assert Concern.objects.count() == 1


def test_sent_again_with_other_words_is_kept_and_explained(gjovik):
    key = uuid.uuid4().hex
    send(idempotency_key=key)
    response = send(idempotency_key=key, what="Nå roper hun.")
    html = text_of(response)
    assert response.status_code == 409
    assert "Nå roper hun." in html
    assert "allerede mottatt" in html
    fresh = re.search(r'name="idempotency_key" value="([0-9a-f]{32})"', html)
    assert fresh
    assert fresh[1] != key
    assert send(idempotency_key=fresh[1], what="Nå roper hun.").status_code == 201


@pytest.mark.parametrize("key", ["", "x", "\x00", "x" * 5000, "<script>"])
def test_a_spoilt_hidden_key_never_stops_a_report(gjovik, key):
    assert send(idempotency_key=key).status_code == 201


def test_the_form_is_guarded_and_carries_a_new_key_each_time(gjovik):
    pages = [text_of(anonymous("gjovik").get("/meld/privat")) for _ in range(2)]
    keys = {re.search(r'name="idempotency_key" value="([0-9a-f]{32})"', html)[1] for html in pages}
    assert len(keys) == 2
    assert 'data-guard="privat"' in pages[0]


def test_the_leader_chain_passes_by_a_leader_it_is_about(gjovik):
    assert "nærmeste leder" in text_of(anonymous("gjovik").get("/meld/ansatt"))
    assert "nærmeste leder" not in text_of(send("/meld/ansatt", what="", leader_told="concerned"))
    assert "nærmeste leder" not in text_of(send("/meld/ansatt", acute="on", leader_told="concerned"))
    assert "nærmeste leder" in text_of(send("/meld/ansatt", acute="on"))


def test_employees_are_never_required_to_answer_for_the_person(gjovik):
    html = text_of(anonymous("gjovik").get("/meld/ansatt"))
    assert "Vet personen at du melder fra?" in html
    assert "Vet personen" not in text_of(anonymous("gjovik").get("/meld/privat"))


WALK = [
    ("get", "/", {}),
    ("get", "/meld", {}),
    ("get", "/personvern", {}),
    ("get", "/meld/privat", {}),
    ("post", "/meld/oppgave", {"key": "f" * 32}),
    ("post", "/meld/privat", {"what": ""}),
    ("post", "/meld/privat", WORDS),
    ("get", "/kvittering", {}),
    ("post", "/kvittering", {"code": "1" * 16}),
    ("get", "/api/schema", {}),
    ("get", "/finnes-ikke", {}),
]


def test_a_visitor_gets_no_cookie_and_no_session(gjovik):
    client = anonymous("gjovik")
    for method, path, data in WALK:
        response = getattr(client, method)(path, data)
        assert "Set-Cookie" not in response.headers, path
        assert not response.cookies, path
    assert not client.cookies
    assert Session.objects.count() == 0


def test_two_addresses_leave_the_same_traces(house, caplog):
    """No row of the office and no line of the log holds where a report came from."""
    for address in ("192.0.2.77", "2001:db8:77::7"):
        assert anonymous("gjovik").post("/meld/privat", WORDS, REMOTE_ADDR=address).status_code == 201
    with connect() as owner:
        tables = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'kommune_3407'").fetchall()
        kept = {name: owner.execute(f"SELECT t::text FROM kommune_3407.{name} t").fetchall() for (name,) in tables}
    assert len(kept["inbox_concern"]) == 2
    assert kept["audit_entry"]
    for trace in ("192.0.2.77", "2001:db8:77"):
        assert trace not in str(kept)
        assert trace not in caplog.text


@pytest.mark.parametrize("path", ["/", "/meld", *FORMS])
def test_a_kommune_without_a_team_shows_its_ordinary_contact_and_no_form(house, path):
    html = text_of(anonymous("vestre-toten").get(path))
    assert "61 15 33 00" in html
    assert "tel:112" in html
    assert "<form" not in html


def test_what_was_sent_to_a_kommune_without_a_team_comes_back(house):
    response = send(slug="vestre-toten", who="Naboen i 3B")
    html = text_of(response)
    assert response.status_code == 422
    assert "IKKE mottatt" in html
    for expected in ("61 15 33 00", WORDS["what"], "Naboen i 3B"):
        assert expected in html
    with office(ref("vestre-toten")):
        assert Concern.objects.count() == 0


def test_an_error_after_the_form_says_not_received(house, monkeypatch):
    def broken(**_):
        raise RuntimeError

    monkeypatch.setattr(views_public, "receive", broken)
    client = anonymous("gjovik")
    client.raise_request_exception = False
    response = client.post("/meld/privat", WORDS)
    assert response.status_code == 500
    assert "ikke mottatt" in text_of(response)
    assert "data-receipt" not in text_of(response)


def follow(code, slug="gjovik"):
    return anonymous(slug).post("/kvittering", {"code": code})


def test_the_receipt_shows_state_and_messages_and_nothing_told(gjovik):
    code = receipt_in(send(who="Dame i 3B"))
    assert "Mottatt" in text_of(follow(code))
    opened = open_concern(concern=Concern.objects.get(), by=as_person("kari"))
    message_reporter(concern=opened, text="Takk, vi er i gang.", by=as_person("kari"))
    html = text_of(follow(code.replace(" ", "-")))
    assert "Takk, vi er i gang." in html
    assert 'aria-current="step"><span class="v-steps__label">Åpnet av et menneske' in html
    for hidden in (WORDS["what"], "i 3B", "Kari"):
        assert hidden not in html


def test_wrong_codes_get_the_same_sentence_and_stay_in_the_field(gjovik):
    pages = [follow(code) for code in ("0000 0000 0000 0000", "12", "abc", "x" * 3000)]
    assert {page.status_code for page in pages} == {422}
    assert all("Vi fant ingen melding med denne koden" in text_of(page) for page in pages)
    assert 'value="0000 0000 0000 0000"' in text_of(pages[0])


def test_the_neighbours_page_does_not_know_the_code(house):
    code = receipt_in(send())
    assert follow(code, "ostre-toten").status_code == 422
    assert follow(code).status_code == 200


def test_trying_many_codes_gets_a_friendly_429(gjovik):
    pages = [follow(f"{number:016d}") for number in range(30)]
    assert pages[-1].status_code == 429
    assert "Vent litt og prøv igjen" in text_of(pages[-1])
    assert send().status_code == 201


def test_nothing_typed_is_in_the_mail_or_the_log(house, caplog):
    from django.core import mail

    from tenants.inbox import tasks

    send(who="Hemmelig navn")
    tasks.something_new.run(ref("gjovik"))
    said = caplog.text + "".join(m.subject + m.body for m in getattr(mail, "outbox", []))
    assert "Hemmelig" not in said
    assert settings.MODE == "test"
