"""An answer that says no says nothing of what was asked: no page, header or problem document holds the request."""

import json
import secrets

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.test import Client

from tests.client import client_for
from varde.exits.uploads import InMemory

CANARY = f"hemmelig{secrets.token_hex(8)}"
HOST = "gjovik.localhost"
HEAD = {
    "HTTP_USER_AGENT": CANARY, "HTTP_REFERER": f"http://{CANARY}/", "HTTP_X_FORWARDED_FOR": CANARY,
    "HTTP_ACCEPT": f"text/html, x/{CANARY}", "HTTP_ACCEPT_LANGUAGE": CANARY, "HTTP_COOKIE": f"varde={CANARY}",
    "HTTP_X_REQUEST_ID": CANARY, "REMOTE_ADDR": "203.0.113.7",
}  # fmt: skip
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


def ask(method: str, path: str, body: str | bytes = b"", kind: str = FORM, host: str = HOST, **more: str):
    client = Client(HTTP_HOST=host, raise_request_exception=False, enforce_csrf_checks=True)
    return client.generic(method, path, body, kind, **(HEAD | more))


def told(answer) -> str:
    """Everything that goes over the line."""
    return f"{answer.status_code} {answer.headers} {answer.cookies} {answer.content.decode()}"


NO = [
    ("400 page", 400, ("POST", "/kvittering", CANARY, "multipart/form-data; boundary=")),
    ("403 form", 403, ("POST", f"/inn?q={CANARY}", f"login={CANARY}")),
    ("404 page", 404, ("GET", f"/{CANARY}?q={CANARY}")),
    ("404 id", 404, ("POST", f"/innboks/{CANARY}")),
    ("404 host", 404, ("GET", f"/{CANARY}", "", FORM, f"{CANARY}.localhost")),
    ("404 other host", 404, ("GET", f"/{CANARY}", "", FORM, f"{CANARY}.example")),
    ("404 bad host", 404, ("GET", "/", "", FORM, f"a b{CANARY}")),
    ("404 host of the API", 404, ("POST", f"/api/{CANARY}", "{}", JSON, f"{CANARY}.localhost")),
    ("405 page", 405, ("DELETE", f"/meld/privat?{CANARY}")),
    ("405 made up", 405, (CANARY.upper(), "/meld/privat")),
    ("413 page", 413, ("POST", "/kvittering", f"code={CANARY}" + "x" * 8_100_000)),
    ("400 API not JSON", 400, ("POST", "/api/v1/reports", "{" + CANARY, JSON)),
    ("400 API unknown", 400, ("POST", "/api/v1/reports", json.dumps({"ukjent": CANARY}), JSON)),
    ("400 API wrong", 400, ("POST", "/api/v1/reports", json.dumps({"reporter_kind": CANARY, "what": 7}), JSON)),
    ("404 API", 404, ("GET", f"/api/v1/{CANARY}")),
    ("404 API receipt", 404, ("GET", f"/api/v1/reports/{CANARY}")),
    ("405 API", 405, ("PUT", f"/api/v1/reports?{CANARY}", CANARY, JSON)),
    ("413 API", 413, ("POST", "/api/v1/reports", json.dumps({"what": CANARY * 70_000}), JSON)),
    ("415 API", 415, ("POST", "/api/v1/reports", CANARY, f"text/{CANARY}")),
]


@pytest.mark.parametrize(("status", "asked"), [case[1:] for case in NO], ids=[case[0] for case in NO])
def test_a_no_holds_nothing_of_the_request(house, status, asked):
    answer = ask(*asked)
    assert answer.status_code == status
    assert CANARY.casefold() not in told(answer).casefold()
    assert "203.0.113.7" not in told(answer)


RAISED = {
    400: SuspiciousOperation(CANARY),
    403: PermissionDenied(CANARY),
    500: ValueError(CANARY),
    503: OperationalError(CANARY),
}


@pytest.mark.parametrize("status", RAISED)
@pytest.mark.parametrize("path", ["/meld/privat", "/api/v1/reports"])
def test_an_error_in_the_middle_tells_nothing_of_itself(house, monkeypatch, status, path):
    def fail(*_args, **_kwargs):
        raise RAISED[status]

    monkeypatch.setattr("tenants.inbox.views_public.facts", fail)
    monkeypatch.setattr("tenants.inbox.api.facts_of", fail)
    answer = ask("POST", path, json.dumps({"what": CANARY}), JSON)
    assert answer.status_code == status
    assert CANARY not in told(answer)
    if status >= 500:
        assert "mottatt" in answer.content.decode().casefold() or "lagret" in answer.content.decode()


def test_a_room_without_the_role_is_closed_with_the_same_bytes(house):
    client = client_for("tom")
    answers = {client.get(path).content for path in ("/folk", f"/folk?q={CANARY}", "/folk/ny")}
    assert len(answers) == 1
    assert CANARY.encode() not in answers.pop()


UNKNOWN = ["/x", f"/{CANARY}", "/innboks/1", "/saker/x/y", "/.env", "/admin", "/static/x.js", "/%00", "/a" * 500]


def test_unknown_addresses_are_answered_with_the_same_bytes(house):
    answers = [ask("GET", path, HTTP_COOKIE="") for path in UNKNOWN]
    assert {answer.status_code for answer in answers} == {404}
    assert len({told(answer) for answer in answers}) == 1
    assert {ask("POST", path).content for path in UNKNOWN} == {answers[0].content}


def test_the_api_answers_unknown_addresses_with_the_same_bytes(house):
    paths = ["/api/x", f"/api/v1/{CANARY}", "/api/v2/reports"]
    assert len({told(ask("GET", path)) for path in paths}) == 1


def test_the_only_upload_handler_is_ours(settings):
    (handler,) = settings.FILE_UPLOAD_HANDLERS
    assert handler == f"{InMemory.__module__}.{InMemory.__name__}"
