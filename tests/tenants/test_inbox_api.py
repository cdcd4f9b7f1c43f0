"""The API: what is received is stored, what is wrong is answered by field, and a key is one report."""

import json
import threading
from dataclasses import asdict, replace
from datetime import date

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from tenants.inbox import api, api_body, api_texts, limits, receipts
from tenants.inbox.actions import message_reporter, move, open_concern
from tenants.inbox.models import ClientKey, Concern
from tests.cast import TEST, as_person, ref
from tests.client import anonymous
from varde.tenancy.door import office
from varde.tenancy.work import work

LEAST = {"reporter_kind": "privat", "anonymous": True, "what": "Jeg er redd naboen blir slått."}
ADDRESS = "/api/v1/reports"


@pytest.fixture(autouse=True)
def forget_tries():
    limits.forget()


def send(body, slug="gjovik", **headers):
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    client = anonymous(slug)
    client.raise_request_exception = False
    content_type = headers.pop("content_type", "application/json")
    return client.post(ADDRESS, data, content_type=content_type, headers=headers)


def faults(response):
    assert response.headers["Content-Type"].startswith("application/problem+json")
    assert Concern.objects.count() == 0
    return {entry["field"]: entry["message"] for entry in response.json().get("errors", [])}


def test_the_least_report_gives_a_receipt_that_can_be_followed(gjovik):
    response = send(LEAST)
    assert response.status_code == 201
    assert set(response.json()) == {"receipt", "received_at"}
    stored = Concern.objects.get()
    assert (stored.what, stored.anonymous, stored.channel) == (LEAST["what"], True, "api")
    followed = anonymous("gjovik").get(f"{ADDRESS}/{response.json()['receipt']}")
    assert followed.json() == {"state": "received", "messages": []}


def test_every_optional_field_is_stored(gjovik):
    texts = {name: f"{name} æøå 🙂" for name in api_body.LIMITS}
    rest = {"acute": True, "occurred_on": "2026-01-07", "person_knows": "refuses", "leader_told": "concerned"}
    assert send(texts | rest | {"reporter_kind": "ansatt", "anonymous": False}).status_code == 201
    stored = Concern.objects.get()
    assert {name: getattr(stored, name) for name in texts} == texts
    assert (stored.acute, str(stored.occurred_on)) == (True, "2026-01-07")


@pytest.mark.parametrize(
    ("more", "apart"), [({}, False), ({"safe_person": ""}, True), ({"safe_person": "Når hun er alene"}, True)]
)
def test_a_system_that_does_not_ask_of_the_exposed_leaves_it_open_whom_the_way_is_of(gjovik, more, apart):
    assert send(LEAST | {"safe_contact": "Etter kl. 17"} | more).status_code == 201
    stored = Concern.objects.get()
    assert (stored.safe_apart, stored.safe_person) == (apart, more.get("safe_person", ""))


@pytest.mark.parametrize("about", ["staff", "leader", "team", "coordinator", "", None])
def test_it_may_be_about_somebody_who_works_here(gjovik, about):
    assert send(LEAST | {"about_staff": about}).status_code == 201
    assert Concern.objects.get().about_staff == (about or "")


ADDED = ("about_staff", "first_teller", "safe_person", "sorted_later", "safe_apart")


def test_a_key_used_before_the_question_was_asked_still_fits():
    """The hash of a report that does not answer it is the one from before the question."""
    told = api_body.read(LEAST, date(2026, 1, 7))
    words = {name: value for name, value in asdict(told).items() if name not in ADDED}
    before = receipts._mac(ref("gjovik"), "body", json.dumps(words, sort_keys=True, default=str).encode()).hex()
    assert receipts.body_hash(ref("gjovik"), told) == before
    assert receipts.body_hash(ref("gjovik"), replace(told, sorted_later=True)) == before
    assert receipts.body_hash(ref("gjovik"), replace(told, about_staff="team")) != before


def test_the_old_word_anonym_means_private_and_anonymous(gjovik):
    assert send({"reporter_kind": "anonym", "what": "x"}).status_code == 201
    stored = Concern.objects.get()
    assert (stored.reporter_kind, stored.anonymous) == ("privat", True)


BAD = {
    "reporter_kind": ["nabo", "", 1, ["privat"], {"a": 1}],
    "anonymous": ["ja", 1, "true", []],
    "what": ["", "   \n", 7, ["x"], "x" * 20_001, "a\x00b", "a\x1bb", "a\ud800b"],
    "who": ["x" * 2_001, "\x07", "\udfff", {}],
    "acute": ["nei", 0],
    "occurred_on": ["2999-01-01", "i går", "2026-13-01", "20260107", 20260107, "2026-W01-1"],
    "person_knows": ["kanskje", 1],
    "leader_told": ["maybe"],
    "about_staff": ["mayor", 1, True, ["staff"]],
}


@pytest.mark.parametrize(("field", "value"), [(f, v) for f, values in BAD.items() for v in values])
def test_a_bad_value_is_answered_by_its_field(gjovik, field, value):
    response = send(LEAST | {field: value})
    assert response.status_code == 400
    assert list(faults(response)) == [field]


def test_every_fault_is_told_at_once_and_unknown_fields_by_name(gjovik):
    response = send({"reporter_kind": "x", "what": "", "acute": 3, "hvem": "Per", "a\ud800": 1})
    assert response.status_code == 400
    assert set(faults(response)) == {"reporter_kind", "anonymous", "what", "acute", "hvem", "a\ud800"}


def test_a_flood_of_unknown_fields_gets_a_short_answer(gjovik):
    response = send(LEAST | {f"x{number}": 1 for number in range(5000)})
    assert response.status_code == 400
    assert len(faults(response)) == api_body.MOST_FAULTS


def test_anonymous_with_a_name_is_asked_about_and_never_guessed(gjovik):
    response = send(LEAST | {"reporter_name": "Ola"})
    assert response.status_code == 400
    assert "anonym" in faults(response)["anonymous"]


@pytest.mark.parametrize(
    ("asked", "title", "language"),
    [
        ("nb", "Ugyldig innhold", "nb"),
        ("nn", "Ugyldig innhald", "nn"),
        ("en-GB,en;q=0.9", "Invalid content", "en"),
        ("no", "Ugyldig innhold", "nb"),
        ("fr", "Ugyldig innhold", "nb"),
        (";;q=\x7f,", "Ugyldig innhold", "nb"),
    ],
)
def test_faults_come_in_the_language_asked_for(gjovik, asked, title, language):
    response = send({}, **{"Accept-Language": asked})
    assert (response.json()["title"], response.headers["Content-Language"]) == (title, language)


def test_no_sentence_is_missing_in_any_language():
    assert {frozenset(texts) for texts in api_texts.TEXTS.values()} == {frozenset(api_texts.TEXTS["nb"])}
    counts = [[text.count("{}") for _, text in sorted(texts.items())] for texts in api_texts.TEXTS.values()]
    assert counts[0] == counts[1] == counts[2]


NOT_REPORTS = ["", "{", "null", "[]", '"tekst"', "7", "NaN", b"\xff\xfe", b"\x00", "[" * 3000 + "]" * 3000]
DEEP = ["[" * 100_000 + "]" * 100_000, '{"a":' * 3000 + "1" + "}" * 3000, '{"what":' + "[" * 3000 + "]" * 3000 + "}"]


@pytest.mark.parametrize("body", NOT_REPORTS + DEEP, ids=range(len(NOT_REPORTS + DEEP)))
def test_what_is_not_a_report_is_400(gjovik, body):
    response = send(body)
    assert response.status_code == 400
    faults(response)


def test_two_megabytes_are_413(gjovik):
    response = send(LEAST | {"what": "x" * 2_000_000})
    assert response.status_code == 413
    faults(response)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x"])
def test_only_json_is_taken(gjovik, kind):
    response = send(json.dumps(LEAST), content_type=kind)
    assert response.status_code == 415
    faults(response)


def test_duplicate_names_and_any_accept_header_are_fine(gjovik):
    body = json.dumps(LEAST)[:-1] + ', "what": "Siste gjelder"}'
    assert send(body, Accept="text/html").status_code == 201
    assert Concern.objects.get().what == "Siste gjelder"


@pytest.mark.parametrize("key", ["", "kort", "x" * 15, "x" * 201, "har mellomrom i seg x", "æ" * 20])
def test_a_poor_key_is_refused_with_a_sentence(gjovik, key):
    response = send(LEAST, **{"Idempotency-Key": key})
    assert response.status_code == 400
    assert list(faults(response)) == ["Idempotency-Key"]


def test_a_retry_gets_the_same_answer_and_other_words_409(gjovik):
    first, second = (send(LEAST, **{"Idempotency-Key": "k" * 16}) for _ in range(2))
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert send(LEAST | {"what": "annet"}, **{"Idempotency-Key": "k" * 16}).status_code == 409
    assert (Concern.objects.count(), ClientKey.objects.count()) == (1, 1)


def test_fifty_posts_at_once_with_one_key_are_one_concern(house):
    answers = []

    def go():
        response = send(LEAST, **{"Idempotency-Key": "parallel-key-0001"})
        answers.append((response.status_code, response.json()["receipt"]))

    threads = [threading.Thread(target=go) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 50
    assert {status for status, _ in answers} == {201}
    assert len({receipt for _, receipt in answers}) == 1
    with work(ref("gjovik"), TEST):
        assert Concern.objects.count() == ClientKey.objects.count() == 1


def test_a_hundred_reports_are_never_too_many(gjovik):
    assert {send(LEAST).status_code for _ in range(100)} == {201}


def test_a_kommune_without_a_team_names_its_ordinary_contact(house):
    response = send(LEAST, slug="vestre-toten")
    assert response.status_code == 422
    assert "Vestre Toten kommune 61153300" in response.json()["detail"]
    with office(ref("vestre-toten")):
        assert Concern.objects.count() == 0


@pytest.mark.parametrize("error", [OperationalError, RuntimeError])
def test_a_database_that_fails_answers_not_received(house, monkeypatch, error):
    def broken(**_):
        raise error

    monkeypatch.setattr(api, "receive", broken)
    response = send(LEAST)
    assert response.status_code in (500, 503)
    assert "IKKE mottatt" in response.json()["detail"]


def test_no_receipt_is_sent_when_the_commit_fails(house, monkeypatch):
    from varde.audit.trail import Trail

    def broken(self):
        raise OperationalError

    monkeypatch.setattr(Trail, "flush", broken)
    response = send(LEAST)
    assert response.status_code in (500, 503)
    assert "receipt" not in response.json()
    with office(ref("gjovik")):
        assert Concern.objects.count() == 0


def test_the_holder_of_the_receipt_sees_state_and_messages_only(gjovik):
    receipt = send(LEAST).json()["receipt"]
    opened = open_concern(concern=Concern.objects.get(), by=as_person("kari"))
    message_reporter(concern=opened, text="Takk, vi ringer.", by=as_person("kari"))
    move(concern=opened, to="in_progress", by=as_person("kari"))
    body = anonymous("gjovik").get(f"{ADDRESS}/{receipt.replace(' ', '')}").json()
    assert set(body) == {"state", "messages"}
    assert (body["state"], [row["text"] for row in body["messages"]]) == ("in_progress", ["Takk, vi ringer."])


def test_every_wrong_code_gets_the_same_bytes(gjovik):
    codes = ["0000000000000000", "1234", "abc", "1" * 500, "%00", "%ED%A0%80", "１２３４５６７８９０１２３４５６"]
    answers = {(r.status_code, r.content) for r in (anonymous("gjovik").get(f"{ADDRESS}/{code}") for code in codes)}
    assert len(answers) == 1
    assert answers.pop()[0] == 404


def test_a_receipt_is_of_no_use_at_the_neighbour(house):
    receipt = send(LEAST).json()["receipt"]
    assert anonymous("ostre-toten").get(f"{ADDRESS}/{receipt}").status_code == 404
    assert anonymous("gjovik").get(f"{ADDRESS}/{receipt}").status_code == 200


def test_guessing_receipts_is_slowed_down_and_reporting_is_not(gjovik):
    answers = [anonymous("gjovik").get(f"{ADDRESS}/{number:016d}") for number in range(40)]
    assert {answers[0].status_code, answers[-1].status_code} == {404, 429}
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert send(LEAST).status_code == 201


def test_a_bucket_fills_again():
    bucket = limits.Buckets(2, 1.0)
    assert [bucket.take(b"a", 0), bucket.take(b"a", 0)] == [None, None]
    assert bucket.take(b"a", 0) == 2
    assert bucket.take(b"b", 0) is None
    assert bucket.take(b"a", 1.5) is None


def test_the_description_is_openapi_31_with_both_doors(gjovik):
    response = anonymous("gjovik").get("/api/schema")
    body = response.json()
    assert body["openapi"].startswith("3.1")
    post = body["paths"]["/api/v1/reports"]["post"]
    content = post["requestBody"]["content"]["application/json"]
    assert set(content["schema"]["properties"]) == api_body.KNOWN
    assert content["examples"]
    assert {"201", "400", "409", "413", "415"} <= set(post["responses"])
    assert "get" in body["paths"]["/api/v1/reports/{receipt}"]


@pytest.mark.parametrize(("method", "path"), [("get", ADDRESS), ("put", ADDRESS), ("delete", f"{ADDRESS}/1")])
def test_other_methods_are_405_as_a_problem(gjovik, method, path):
    response = getattr(anonymous("gjovik"), method)(path)
    assert (response.status_code, response.json()["status"]) == (405, 405)
    assert response.headers["Allow"]


def test_the_form_takes_more_bytes_than_the_api():
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE > 2 * api.MOST_BYTES


def test_a_body_in_pieces_is_told_so_and_not_taken_for_an_empty_one(gjovik):
    answer = Client(HTTP_HOST="gjovik.localhost").generic(
        "POST", "/api/v1/reports", b"", content_type="application/json", HTTP_TRANSFER_ENCODING="chunked"
    )
    assert answer.status_code == 411
    assert "IKKE mottatt" in answer.json()["detail"]
