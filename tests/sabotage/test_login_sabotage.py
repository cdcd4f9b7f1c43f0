"""Each of these takes a check of the log-in away and shows that what the named test refuses then succeeds."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import ProgrammingError, connection, transaction

from tests.cast import inside as inside_office
from tests.client import client_for, confirm
from tests.oidc import evil as forge
from tests.oidc.conftest import EVIL, _row
from tests.oidc.people import Entrance, inside, newcomer
from varde.access import Reader
from varde.access.ticket import presented
from varde.identity import drafts, idle, stepup
from varde.identity.models import Draft, User
from varde.identity.oidc import actions, discovery, tokens
from varde.identity.oidc import claims as rules
from varde.identity.sessions import SessionStore
from varde.privacy.box import open_box
from varde.tenancy.fleet import connect


@pytest.fixture
def evil(gjovik):
    discovery.forget()
    with forge.evil_provider() as forger:
        yield Entrance(_row(EVIL, forger.issuer, "Falsk konto"), forger)


def gets_in(evil: Entrance, **changed: Any) -> bool:
    client = newcomer()
    return evil.walk(client, **changed).status_code == 302 and inside(client)


def forgiving(expected_changes: dict[str, Any]):
    """The rules with one thing asked for less."""
    from dataclasses import replace

    original = rules.check
    return lambda claims, expected, now: original(claims, replace(expected, **expected_changes), now=now)


def test_matched_by_e_mail_a_stranger_is_kari(evil, monkeypatch):
    """tests/oidc: …same_e_mail_or_subject_from_another_issuer."""
    evil.bind()
    assert not gets_in(evil, sub="stranger")
    monkeypatch.setattr(actions, "holder", lambda issuer, subject: User.objects.get(email="kari@gjovik.example"))
    assert gets_in(evil, sub="stranger")


def test_without_the_nonce_a_kept_token_is_let_in(evil, monkeypatch):
    evil.bind()
    assert not gets_in(evil, nonce="earlier")
    monkeypatch.setattr(rules.hmac, "compare_digest", lambda a, b: True)
    assert gets_in(evil, nonce="earlier")


def test_without_acr_a_weak_log_in_is_let_in(evil, monkeypatch):
    evil.bind()
    assert not gets_in(evil, acr="low")
    monkeypatch.setattr(rules, "check", forgiving({"acr_values": ()}))
    assert gets_in(evil, acr="low")


def test_without_the_office_match_another_tenant_is_let_in(evil, monkeypatch):
    evil.bind()
    assert not gets_in(evil, tid="tenant-ostre-toten")
    monkeypatch.setattr(rules, "check", forgiving({"match_claim": ""}))
    assert gets_in(evil, tid="tenant-ostre-toten")


def test_without_audience_and_time_a_strangers_old_token_is_let_in(evil, monkeypatch):
    evil.bind()
    assert not gets_in(evil, aud="another", exp=int(time.time()) - 3600)
    monkeypatch.setattr(rules, "check_audience", lambda claims, client_id: None)
    monkeypatch.setattr(rules, "check_times", lambda claims, now: None)
    assert gets_in(evil, aud="another", exp=int(time.time()) - 3600)


@pytest.mark.parametrize("make", [forge.unsigned, forge.with_public_key_as_secret])
def test_with_the_algorithm_of_the_tokens_choice_anybody_signs(evil, monkeypatch, make):
    """The list is what stands between: a reader that believes the header takes both."""
    evil.bind()
    client = newcomer()
    url = evil.answer(evil.ask(client))
    evil.server.raw = make(evil.server.claims)
    monkeypatch.setattr(tokens, "read", believing)
    assert evil.come_back(client, url).status_code == 302
    assert inside(client)


def believing(token: str, about: discovery.Metadata) -> tuple[dict[str, Any], str]:
    import base64
    import hmac
    import json

    head, body, signature = token.split(".")
    if json.loads(base64.urlsafe_b64decode(head + "=="))["alg"] == "HS256":
        digest = hmac.digest(forge.OURS.as_pem(private=False), f"{head}.{body}".encode(), "sha256")
        assert base64.urlsafe_b64decode(signature + "==") == digest
    return json.loads(base64.urlsafe_b64decode(body + "==")), "RS256"


def test_without_the_clock_an_unused_session_stays(gjovik, monkeypatch):
    client = client_for("kari")
    client.get("/start")
    later = time.time() + 31 * 60
    monkeypatch.setattr("varde.identity.idle.time.time", lambda: later)
    monkeypatch.setattr(idle, "ended", lambda **known: None)
    assert inside(client)


def test_without_the_question_roles_are_changed_from_a_machine_left_open(gjovik, monkeypatch):
    client = client_for("arne")
    kari = client_for("kari").person
    confirm(client, minutes_ago=6)
    assert "/konto/bekreft" in client.post(f"/folk/{kari.id}/roller", {"roles": ["leder"]})["Location"]
    monkeypatch.setattr(stepup, "is_fresh", lambda request, minutes: True)
    assert client.post(f"/folk/{kari.id}/roller", {"roles": ["leder"]})["Location"] == f"/folk/{kari.id}"


def test_unsealed_the_draft_is_readable_in_the_database(gjovik, monkeypatch):
    kari = client_for("kari")
    monkeypatch.setattr(drafts, "close", lambda text, purpose: text)
    kari.post("/konto/utkast", {"til": "/meld/ansatt", "felt": '{"tekst": "hun er redd sønnen"}'})
    assert "redd" in Draft.objects.get().sealed


def test_with_memory_of_its_own_each_process_gives_five_more_guesses(gjovik, monkeypatch):
    from django.core.cache import cache

    person = client_for("kari").person
    monkeypatch.setattr("varde.identity.counting._shared", lambda key: False)
    for _ in range(2):
        for _ in range(5):
            newcomer().post("/inn", {"login": person.email, "password": "feil"})
        cache.clear()  # another process
    answer = newcomer().post("/inn", {"login": person.email, "password": "feil"})
    assert "For mange forsøk" not in answer.content.decode()


@contextmanager
def owner_says(do: str, undo: str) -> Iterator[None]:
    """While a statement of the owner's is in force in Gjøvik."""
    with connect(autocommit=True) as owner:
        owner.execute("SET search_path = kommune_3407")
        owner.execute(do)
        try:
            yield
        finally:
            owner.execute(undo)


def anybody_changes(sql: str) -> int:
    """How many rows a statement changes that nobody in particular smuggled in; tests/varde/test_identity_guard.py."""
    with inside_office("gjovik") as gjovik:
        kari = client_for("kari").person
        try:
            with presented(Reader(office=gjovik)), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql, [kari.id])
                return int(cursor.rowcount)
        except ProgrammingError:
            return 0


PASSWORD_OF = "UPDATE identity_user SET password = '!' WHERE id = %s"
FACTOR_OF = "INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES (%s, 'webauthn', '{}', now())"
GUARD = "ALTER TABLE identity_user {} TRIGGER guard"
RIGHTS = "ALTER TABLE mfa_authenticator {} ROW LEVEL SECURITY"


@pytest.mark.parametrize(("sql", "switch"), [(PASSWORD_OF, GUARD), (FACTOR_OF, RIGHTS)])
def test_without_the_guard_nobody_in_particular_becomes_kari(house, sql, switch):
    assert anybody_changes(sql) == 0
    with owner_says(switch.format("DISABLE"), switch.format("ENABLE")):
        assert anybody_changes(sql) == 1


def test_with_the_cookies_key_in_the_table_a_thief_is_kari(gjovik, monkeypatch):
    monkeypatch.setattr("varde.identity.sessions.row_key", lambda key: key)
    client_for("kari")
    thief = newcomer()
    thief.cookies[settings.SESSION_COOKIE_NAME] = Session.objects.get().session_key
    assert inside(thief)


def test_with_content_that_names_no_row_tom_is_kari(gjovik, monkeypatch):
    """tests/varde/test_identity_guard.py: …laid_in_anothers_row_is_empty."""
    opened = staticmethod(lambda text: json.loads(open_box(text, purpose="session"))["content"])
    monkeypatch.setattr(SessionStore, "decode", opened)
    client_for("kari")
    hers = Session.objects.get()
    tom = client_for("tom")
    Session.objects.exclude(session_key=hers.session_key).update(session_data=hers.session_data)
    assert "Hei, Kari" in tom.get("/start").content.decode()
