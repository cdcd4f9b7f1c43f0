"""Nobody becomes another: who may change how somebody logs in, and what the session table gives away."""

import json
import time
import uuid

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import ProgrammingError, connection, transaction
from django.test import override_settings

from tests.cast import PASSWORD, TEST, as_person, ref
from tests.client import anonymous, client_for, confirm
from tests.tenants import transfers, way
from varde.access import Reader
from varde.access.ticket import presented
from varde.identity import tasks
from varde.identity.actions import invite
from varde.identity.links import link_for
from varde.identity.models import User
from varde.identity.sessions import SessionStore, row_key
from varde.privacy.box import open_box
from varde.tenancy.work import work

KARI, TOM = (uuid.uuid5(uuid.NAMESPACE_DNS, name) for name in ("kari", "tom"))
ATTACKS = {
    "password": "UPDATE identity_user SET password = '!' WHERE id = '{kari}'",
    "her sessions": "UPDATE identity_user SET sessions_from = now() WHERE id = '{kari}'",
    "name": "UPDATE identity_user SET name = 'X' WHERE id = '{kari}'",
    "a warning": "UPDATE identity_user SET dormant_told_at = now() WHERE id = '{kari}'",
    "an account": "INSERT INTO identity_user (id, email, name, service, password, is_active, created_at)"
    " VALUES (gen_random_uuid(), 'e@e', 'e', '', 'x', true, now())",
    "no account": "DELETE FROM identity_user WHERE id = '{kari}'",
    "a binding": "INSERT INTO identity_subject (id, issuer, subject, bound_at, provider_id, user_id)"
    " VALUES (gen_random_uuid(), 'i', 's', now(), gen_random_uuid(), '{kari}')",
    "a factor": "INSERT INTO mfa_authenticator (user_id, type, data, created_at)"
    " VALUES ('{kari}', 'webauthn', '{{}}', now())",
    "its content": "UPDATE mfa_authenticator SET data = '{{}}' WHERE user_id = '{kari}'",
    "whose it is": "UPDATE mfa_authenticator SET user_id = '{tom}' WHERE user_id = '{kari}'",
    "no factor": "DELETE FROM mfa_authenticator WHERE user_id = '{kari}'",
    "an address": 'INSERT INTO account_emailaddress (user_id, email, verified, "primary")'
    " VALUES ('{kari}', 'e@e', true, true)",
}
# What a person may do with the own account.
OWN = ("password", "her sessions", "a factor", "its content", "no factor")


def changed(by: Reader, attack: str) -> int:
    """How many rows a smuggled statement changes; nothing of it stays."""
    sql = ATTACKS[attack].format(kari=KARI, tom=TOM)
    try:
        with presented(by), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            transaction.set_rollback(True)
            return int(cursor.rowcount)
    except ProgrammingError as refused:
        print(refused)
        return 0


@pytest.fixture
def people(gjovik):
    """Kari, who has a second factor, and Tom and Arne."""
    for name in ("kari", "tom", "arne"):
        client_for(name)
    insert = "INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES (%s, 'totp', '{\"a\": 1}', now())"
    with presented(as_person("kari")), connection.cursor() as cursor:
        cursor.execute(insert, [KARI])
    return {
        "nobody": Reader(office=gjovik), "intake": Reader.for_purpose("intake", gjovik), "tom": as_person("tom"),
        "kari": as_person("kari"), "arne": as_person("arne"), "setup": Reader.for_purpose("setup", gjovik),
    }  # fmt: skip


@pytest.mark.parametrize("by", ["nobody", "intake", "tom"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_nobody_changes_how_another_logs_in(people, by, attack):
    assert changed(people[by], attack) == 0


@pytest.mark.parametrize("attack", sorted(ATTACKS.keys() - {"a binding"}))
def test_a_person_changes_the_own_ways_in_and_no_more(people, attack):
    assert changed(people["kari"], attack) == (attack in OWN)


def test_those_who_manage_and_setup_make_accounts(people):
    assert (changed(people["arne"], "an account"), changed(people["setup"], "an account")) == (1, 1)
    assert (changed(people["arne"], "her sessions"), changed(people["arne"], "a factor")) == (1, 0)


@pytest.fixture(autouse=True)
def _no_limits():
    cache.clear()


def with_app(person: User) -> tuple[str, list[str]]:
    """The person connects an app; its secret, and the recovery codes."""
    client = anonymous("gjovik")
    client.post("/inn", {"login": person.email, "password": PASSWORD})
    secret = client.get("/konto/totrinn/app").context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert client.post("/konto/totrinn/app", {"code": code}).status_code == 302
    return secret, client.get("/konto/totrinn/koder").context["codes"]


@override_settings(SECOND_FACTOR_REQUIRED=True)
def test_a_recovery_code_lets_in_once(gjovik):
    person = client_for("kari").person
    _, codes = with_app(person)
    answers = []
    for _ in range(2):
        client = anonymous("gjovik")
        client.post("/inn", {"login": person.email, "password": PASSWORD})
        answers.append(client.post("/inn/totrinn", {"code": codes[0]}).status_code)
    assert answers == [302, 422]


HASHERS = [f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("Argon2", "PBKDF2")]


@override_settings(PASSWORD_HASHERS=HASHERS)
def test_an_old_hash_is_renewed_at_log_in(gjovik):
    person = client_for("kari").person
    User.objects.filter(id=person.id).update(password=make_password(PASSWORD, hasher="pbkdf2_sha256"))
    assert anonymous("gjovik").post("/inn", {"login": person.email, "password": PASSWORD}).status_code == 302
    assert User.objects.get(id=person.id).password.startswith("argon2")


def test_the_session_table_lets_nobody_in(gjovik):
    kari = client_for("kari")
    cookie, row = kari.cookies[settings.SESSION_COOKIE_NAME].value, Session.objects.get()
    assert row.session_key == row_key(cookie) != cookie
    assert str(KARI) not in row.session_data
    assert str(KARI) in open_box(row.session_data, purpose="session")
    thief = anonymous("gjovik")
    thief.cookies[settings.SESSION_COOKIE_NAME] = row.session_key
    assert thief.get("/start")["Location"].startswith("/inn")


def test_a_session_laid_in_anothers_row_is_empty(gjovik):
    client_for("kari")
    hers = Session.objects.get()
    tom = client_for("tom")
    own = Session.objects.exclude(session_key=hers.session_key)
    assert tom.get("/start").status_code == 200
    own.update(session_data=hers.session_data)
    assert tom.get("/start")["Location"].startswith("/inn")


def test_a_session_has_a_life(gjovik):
    made = SessionStore()
    made["a"] = 1
    made.save()
    old = made.session_key
    made.cycle_key()
    assert (SessionStore(old).load(), SessionStore(made.session_key).load()) == ({}, {"a": 1})
    assert made.exists(made.session_key)
    made.flush()
    assert Session.objects.count() == 0


def test_sessions_that_are_over_are_deleted_at_night(house):
    client_for("kari")
    with work(ref("gjovik"), TEST):
        Session.objects.update(expire_date="2020-01-01T00:00Z")
    tasks.nightly.run(ref("gjovik"))
    with work(ref("gjovik"), TEST):
        assert Session.objects.count() == 0


def test_a_link_is_stored_nowhere(gjovik):
    arne, kari = client_for("arne"), client_for("kari").person
    assert arne.post(f"/folk/{kari.id}/lenke").status_code == 302
    kept = [json.loads(open_box(row.session_data, purpose="session")) for row in Session.objects.all()]
    assert "aktiver" not in json.dumps(kept)
    assert str(kari.id) in json.dumps(kept)
    assert "/aktiver/" in arne.get(f"/folk/{kari.id}").content.decode()


def test_a_new_link_is_told_of_and_the_old_password_works_until_it_is_used(house):
    arne, kari, tom = client_for("arne"), client_for("kari").person, client_for("tom").person
    mail.outbox.clear()
    assert arne.post(f"/folk/{tom.id}/lenke").status_code == 302
    told = {sent.to[0]: sent.subject for sent in mail.outbox}
    assert told == {tom.email: "Ny innloggingslenke til kontoen din", kari.email: "Det er laget en ny innloggingslenke"}
    enter = {"login": tom.email, "password": PASSWORD}
    assert anonymous("gjovik").post("/inn", enter).status_code == 302


def test_a_person_without_a_role_or_a_new_one_is_not_told_of(house):
    arne = client_for("arne")
    with work(ref("gjovik"), "setup") as by:
        plain = invite(email="uten@gjovik.example", name="Uten Rolle", roles=[], by=by)
    mail.outbox.clear()
    arne.post("/folk/ny", {"name": "Ny", "email": "ny@gjovik.example", "service": "", "roles": ["leder"]})
    arne.post(f"/folk/{plain.id}/lenke")
    assert mail.outbox == []


def test_a_link_still_sets_a_password_where_another_is_logged_in(gjovik):
    kari, tom = client_for("kari").person, client_for("tom")
    path = "/aktiver/" + link_for(kari, gjovik).split("/aktiver/")[1]
    new = "et helt nytt passord"
    assert tom.post(path, {"password1": new, "password2": new})["Location"] == "/start"
    assert User.objects.get(id=kari.id).check_password(new)


@pytest.mark.parametrize("case", ["anchor", "extract", "figures", "transfer"])
def test_what_leaves_is_confirmed_anew(gjovik, case):
    name = "arne" if case == "anchor" else "kari"
    client, matter = client_for(name), way.case()
    pages = {
        "anchor": ("/innsynslogg/anker", {"adresse": "vakt@gjovik.example"}),
        "extract": (f"/innsynslogg/utskrift/{matter.concern_id}", None),
        "figures": ("/statistikk/2019K3/send", {"send": "1"}),
        "transfer": (f"/saker/{matter.id}/overfor", transfers.typed()),
    }
    path, sent = pages[case]
    confirm(client, minutes_ago=6)
    asked = client.get(path) if sent is None else client.post(path, sent)
    assert asked["Location"].startswith("/konto/bekreft?next=%2F")
    if sent is not None:
        assert "fortsett" in asked["Location"]
