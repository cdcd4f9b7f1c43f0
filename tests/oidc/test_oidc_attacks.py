"""Attacks on log-in at a provider. Each is refused, leaves nobody inside, and stands in the log."""

import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt

from tests.client import client_for, confirm
from tests.oidc import evil as forge
from tests.oidc.people import Entrance, back, inside, link_path, local, newcomer
from varde.audit.models import Entry
from varde.identity.models import Subject, User
from varde.identity.oidc import discovery
from varde.identity.oidc.refusals import Why

AT = int(time.time())


def refused(answer: Any, client: Any, why: Why) -> None:
    assert answer.status_code == 403, answer.status_code
    assert not inside(client)
    assert Entry.objects.filter(what="identity.session", action="denied", reason=why.value).exists()


# --- forged tokens: the provider's own key says something untrue, or somebody else's key says it --------------------
CLAIMS = {
    "wrong audience": ({"aud": "another-service"}, Why.AUDIENCE),
    "for us and another": ({"aud": ["varde-gjovik", "another-service"]}, Why.AUDIENCE),
    "made for another party": ({"azp": "another-service"}, Why.AUDIENCE),
    "expired": ({"exp": AT - 3600}, Why.EXPIRED),
    "without an end": ({"exp": None}, Why.EXPIRED),
    "from the future": ({"iat": AT + 3600}, Why.EXPIRED),
    "kept for an hour": ({"iat": AT - 3600}, Why.EXPIRED),
    "another issuer in the token": ({"iss": "https://login.example"}, Why.ISSUER),
    "without nonce": ({"nonce": None}, Why.NONCE),
    "another nonce": ({"nonce": "guessed"}, Why.NONCE),
    "weak acr": ({"acr": "low"}, Why.WEAK),
    "without acr": ({"acr": None}, Why.WEAK),
    "acr that only looks like it": ({"acr": "higher high"}, Why.WEAK),
    "another office's tenant": ({"tid": "tenant-ostre-toten"}, Why.OFFICE),
    "without a tenant": ({"tid": None}, Why.OFFICE),
    "another access token's hash": ({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}, Why.HASH),
    "without subject": ({"sub": None}, Why.TOKEN),
    "empty subject": ({"sub": ""}, Why.TOKEN),
    "somebody who is not bound, with Kari's e-mail": ({"sub": "stranger"}, Why.UNKNOWN),
}


@pytest.mark.parametrize("attack", CLAIMS)
def test_a_token_that_says_something_untrue(evil: Entrance, attack):
    changed, why = CLAIMS[attack]
    evil.bind()
    client = newcomer()
    refused(evil.walk(client, **changed), client, why)


def other_key(claims: dict[str, Any]) -> str:
    return forge.sign(claims, key=forge.OTHERS)


def unknown_key(claims: dict[str, Any]) -> str:
    return forge.sign(claims, key=forge.OTHERS, kid="unknown")


def own_key_in_header(claims: dict[str, Any]) -> str:
    return forge.sign(claims, key=forge.OTHERS, kid="two", jwk=forge.OTHERS.as_dict(private=False))


def torn(claims: dict[str, Any]) -> str:
    head, _, signature = forge.sign(claims).split(".")
    return f"{head}.{forge.sign(claims | {'sub': 'x'}).split('.')[1]}.{signature}"


SIGNATURES = {
    "alg none": (forge.unsigned, Why.ALGORITHM),
    "HS256 with the public key": (forge.with_public_key_as_secret, Why.ALGORITHM),
    "another key under a known name": (other_key, Why.SIGNATURE),
    "a key nobody knows": (unknown_key, Why.SIGNATURE),
    "its own key in the header": (own_key_in_header, Why.TOKEN),
    "the text changed after signing": (torn, Why.SIGNATURE),
    "not a token": (lambda claims: "rubbish", Why.TOKEN),
    "no signature": (lambda claims: forge.sign(claims).rsplit(".", 1)[0] + ".", Why.SIGNATURE),
}


@pytest.mark.parametrize("attack", SIGNATURES)
def test_a_token_that_the_provider_did_not_sign(evil: Entrance, attack):
    make, why = SIGNATURES[attack]
    evil.bind()
    client = newcomer()
    url = evil.answer(evil.ask(client))
    evil.server.raw = make(evil.server.claims)
    refused(evil.come_back(client, url), client, why)


def test_the_same_token_unforged_is_let_in(evil: Entrance):
    """Without this, every attack above could be refused for nothing."""
    evil.bind()
    client = newcomer()
    assert evil.walk(client)["Location"] == "/start"
    assert inside(client)
    sent = jwt.decode(evil.server.form["client_assertion"], _own_public(evil), algorithms=["RS256"]).claims
    assert (sent["iss"], sent["sub"], sent["aud"]) == ("varde-gjovik", "varde-gjovik", evil.row.issuer)


def _own_public(evil: Entrance) -> Any:
    from tests.cast import ref
    from varde.identity.oidc.keys import load

    return load(ref("gjovik").id, evil.row.id).private


# --- the way there and back -------------------------------------------------------------------------------------------
def test_a_nonce_from_an_earlier_log_in(evil: Entrance):
    evil.bind()
    client = newcomer()
    first = parse_qs(urlsplit(evil.ask(client)).query)["nonce"][0]
    refused(evil.walk(client, nonce=first), client, Why.NONCE)


def test_the_same_code_twice(real: Entrance):
    real.bind()
    client, url = newcomer(), ""
    url = real.answer(real.ask(client))
    assert real.come_back(client, url)["Location"] == "/start"
    client.post("/ut")
    refused(real.come_back(client, url), client, Why.STATE)


def test_a_code_that_was_used_in_another_browser(real: Entrance):
    """The thief puts the victim's used code behind a state of his own: the provider and PKCE refuse it."""
    real.bind()
    victim, thief = newcomer(), newcomer()
    url = real.answer(real.ask(victim))
    code = parse_qs(urlsplit(url).query)["code"][0]
    issuer = parse_qs(urlsplit(url).query)["iss"][0]
    refused(real.come_back(thief, back(real.ask(thief), code=code, iss=issuer)), thief, Why.TOKEN)


@pytest.mark.parametrize("state", ["", "&state=guessed"])
def test_without_a_state_of_ours(evil: Entrance, state):
    evil.bind()
    client = newcomer()
    evil.answer(evil.ask(client))
    refused(client.get(f"{evil.path}/tilbake?code=a-code{state}"), client, Why.STATE)


def test_a_state_of_another_browser(evil: Entrance):
    evil.bind()
    victim, thief = newcomer(), newcomer()
    refused(evil.come_back(victim, evil.answer(evil.ask(thief))), victim, Why.STATE)


def test_an_answer_at_another_providers_door(evil: Entrance, real: Entrance):
    evil.bind()
    client = newcomer()
    url = local(evil.answer(evil.ask(client))).replace(str(evil.row.id), str(real.row.id))
    refused(client.get(url), client, Why.STATE)


def test_an_answer_that_names_another_issuer(evil: Entrance):
    evil.bind()
    client = newcomer()
    evil.answer(url := evil.ask(client))
    refused(evil.come_back(client, back(url, iss="https://login.example")), client, Why.ISSUER)


def test_an_issuer_that_promises_its_name_and_leaves_it_out(evil: Entrance):
    evil.bind()
    evil.server.metadata = {"authorization_response_iss_parameter_supported": True}
    client = newcomer()
    refused(evil.walk(client), client, Why.ISSUER)


def test_a_state_older_than_ten_minutes(evil: Entrance, monkeypatch):
    evil.bind()
    client = newcomer()
    url = evil.answer(evil.ask(client))
    now = time.time()
    monkeypatch.setattr("varde.identity.oidc.flow.time.time", lambda: now + 601)
    refused(evil.come_back(client, url), client, Why.STATE)


def test_a_good_answer_counts_once(evil: Entrance):
    evil.bind()
    client = newcomer()
    evil.walk(client)
    client.post("/ut")
    refused(client.post(f"{evil.path}/ferdig"), client, Why.STATE)


@pytest.mark.parametrize("metadata", [
    {"issuer": "https://login.example"}, {"issuer": None}, {"token_endpoint": "http://login.example/token"},
    {"jwks_uri": "file:///etc/passwd"}, {"authorization_endpoint": None},
])  # fmt: skip
def test_metadata_of_another_issuer_or_without_tls(evil: Entrance, metadata):
    evil.server.metadata = metadata
    discovery.forget()
    client = newcomer()
    refused(client.get(evil.path), client, Why.ISSUER if "issuer" in metadata else Why.METADATA)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:a()"])
def test_next_that_leads_out(evil: Entrance, elsewhere):
    from urllib.parse import quote

    evil.bind()
    assert evil.walk(newcomer(), f"?next={quote(elsewhere)}")["Location"] == "/start"


# --- who it is --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("subject", ["kari-at-work", "kari@gjovik.example"])
def test_the_same_e_mail_or_subject_from_another_issuer(evil: Entrance, real: Entrance, subject):
    real.bind()
    client = newcomer()
    refused(evil.walk(client, sub=subject, email_verified=True), client, Why.UNKNOWN)


def test_the_wrong_tenant_at_a_certified_provider(real: Entrance):
    real.bind()
    real.server.person(claims={"tid": "tenant-ostre-toten", "email": "kari@gjovik.example"})
    client = newcomer()
    refused(real.walk(client), client, Why.OFFICE)


def test_a_weak_log_in_at_a_certified_provider(real: Entrance):
    real.bind()
    real.server.person(acr="low")
    client = newcomer()
    refused(real.walk(client), client, Why.WEAK)


def test_a_closed_account(evil: Entrance):
    User.objects.filter(id=evil.bind().id).update(is_active=False)
    client = newcomer()
    refused(evil.walk(client), client, Why.UNKNOWN)


def test_closed_between_the_answer_and_the_button(evil: Entrance):
    person, client = evil.bind(), newcomer()
    client.get(local(evil.answer(evil.ask(client))))
    User.objects.filter(id=person.id).update(is_active=False)
    refused(client.post(f"{evil.path}/ferdig"), client, Why.UNKNOWN)


def test_a_link_that_tries_to_take_somebodys_subject(evil: Entrance):
    evil.bind()
    tom, client = client_for("tom").person, newcomer()
    url = evil.answer(evil.ask(client, start=f"{link_path(tom)}/{evil.row.id}"))
    refused(evil.come_back(client, url), client, Why.OTHER)
    assert Subject.objects.count() == 1


def test_a_link_that_tries_to_bind_a_second_subject(evil: Entrance):
    person, client = evil.bind(), newcomer()
    url = evil.answer(evil.ask(client, start=f"{link_path(person)}/{evil.row.id}"), sub="the-thief")
    refused(evil.come_back(client, url), client, Why.OTHER)


def test_a_link_does_not_go_around_a_second_factor(evil: Entrance):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    person, client = client_for("tom").person, newcomer()
    TOTP.activate(person, generate_totp_secret())
    assert client.get(f"{link_path(person)}/{evil.row.id}").status_code == 404
    assert "logge inn med den først" in client.get(link_path(person)).content.decode()


def test_a_link_used_up_between_the_answer_and_the_button(evil: Entrance):
    tom, client = client_for("tom").person, newcomer()
    client.get(local(evil.answer(evil.ask(client, start=f"{link_path(tom)}/{evil.row.id}"))))
    tom.set_password("et helt nytt passord")
    tom.save()
    refused(client.post(f"{evil.path}/ferdig"), client, Why.UNKNOWN)


# --- step-up ----------------------------------------------------------------------------------------------------------
def stale_client(evil: Entrance) -> Any:
    person, client = evil.bind("arne"), newcomer()
    evil.walk(client)
    client.person = person
    confirm(client, minutes_ago=6)
    return client


@pytest.mark.parametrize("auth_time", [AT - 3600, None, AT + 3600], ids=["old", "none", "from the future"])
def test_step_up_with_an_old_log_in(evil: Entrance, auth_time):
    client = stale_client(evil)
    assert evil.walk(client, "?bekreft=1&next=/folk/ny", auth_time=auth_time).status_code == 403
    assert client.get("/folk/ny").status_code == 302


def test_step_up_as_somebody_else(evil: Entrance):
    client = stale_client(evil)
    evil.bind("kari", subject="kari-herself")
    assert evil.walk(client, "?bekreft=1", sub="kari-herself").status_code == 403
    assert client.get("/folk/ny").status_code == 302


# --- log-out that the provider tells of -------------------------------------------------------------------------------
def logout_token(evil: Entrance, **changed: Any) -> str:
    at = int(time.time())
    claims = {
        "iss": evil.row.issuer, "aud": evil.row.client_id, "iat": at, "exp": at + 120, "jti": "one",
        "sub": "kari-at-work", "events": {"http://schemas.openid.net/event/backchannel-logout": {}}, **changed,
    }  # fmt: skip
    return forge.sign({name: value for name, value in claims.items() if value is not None})


def test_a_true_log_out_ends_the_session_and_a_replay_not_the_next_one(evil: Entrance, monkeypatch):
    evil.bind()
    client, token = newcomer(), ""
    evil.walk(client)
    token = logout_token(evil)
    assert newcomer().post(f"{evil.path}/utlogging", {"logout_token": token}).status_code == 200
    assert not inside(client)
    later = time.time() + 30
    monkeypatch.setattr("varde.identity.idle.time.time", lambda: later)
    evil.walk(client)
    newcomer().post(f"{evil.path}/utlogging", {"logout_token": token})
    assert inside(client)


@pytest.mark.parametrize("changed", [
    {"nonce": "a"}, {"aud": "another"}, {"iss": "https://login.example"}, {"events": {}}, {"sub": None},
    {"exp": AT - 3600}, {"iat": AT - 3600},
])  # fmt: skip
def test_a_false_log_out_ends_nothing(evil: Entrance, changed):
    evil.bind()
    client = newcomer()
    evil.walk(client)
    token = logout_token(evil, **changed)
    assert newcomer().post(f"{evil.path}/utlogging", {"logout_token": token}).status_code == 400
    assert inside(client)


def test_forged_key_names_do_not_hammer_the_provider(evil: Entrance):
    evil.bind()
    for number in range(5):
        client = newcomer()
        url = evil.answer(evil.ask(client))
        evil.server.raw = forge.sign(evil.server.claims, key=forge.OTHERS, kid=f"k{number}")
        evil.come_back(client, url)
    assert evil.server.fetched.count("/jwks") == 1


def test_a_new_key_of_the_provider_is_found(evil: Entrance, monkeypatch):
    evil.bind()
    evil.walk(newcomer())
    discovery.metadata(evil.row.issuer).keys_at -= 11
    monkeypatch.setattr(
        forge.Evil, "jwks", lambda self: {"keys": [forge.OTHERS.as_dict(private=False) | {"kid": "two"}]}
    )
    evil.server.key, evil.server.kid = forge.OTHERS, "two"
    assert evil.walk(newcomer())["Location"] == "/start"
