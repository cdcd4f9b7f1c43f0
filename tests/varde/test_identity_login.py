"""Getting in: the password, the second factor, the link; and what is not told."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import override_settings

from tests.cast import PASSWORD
from tests.client import anonymous, client_for, confirm
from varde.audit.models import Entry
from varde.identity.links import link_for
from varde.identity.models import User

REQUIRED = override_settings(SECOND_FACTOR_REQUIRED=True)


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def enter(slug: str, email: str, password: str = PASSWORD, path: str = "/inn"):
    client = anonymous(slug)
    return client, client.post(path, {"login": email, "password": password})


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_log_in_leads_to_the_start_page(gjovik):
    person = client_for("kari").person
    client, response = enter("gjovik", person.email.upper())
    assert (response.status_code, response["Location"]) == (302, "/start")
    assert "Hei, Kari" in client.get("/start").content.decode()
    assert client.post("/ut")["Location"] == "/inn"
    assert client.get("/start")["Location"] == "/inn?next=%2Fstart"


def test_log_in_is_in_the_log(house):
    from tests.cast import TEST, ref
    from varde.tenancy.door import office
    from varde.tenancy.work import work

    with office(ref("gjovik")):
        person = client_for("kari").person
    enter("gjovik", person.email)
    with work(ref("gjovik"), TEST):
        assert Entry.objects.filter(what="identity.session", action="create", object_id=str(person.id)).exists()


def test_whoever_is_refused_stands_in_the_log_with_how(gjovik):
    person = client_for("kari").person
    enter("gjovik", person.email, "feil")
    anonymous("gjovik").post("/inn/passnokkel", {"credential": '{"x": 1}'})
    refused = Entry.objects.filter(what="identity.session", action="denied").values_list("ground", flat=True)
    assert sorted(refused) == ["login.passkey", "login.password"]


def test_a_wrong_password_an_unknown_and_a_closed_account_get_the_same_answer(gjovik):
    person = client_for("kari").person
    closed = client_for("tom").person
    User.objects.filter(id=closed.id).update(is_active=False)
    tries = [(person.email, "feil"), ("ingen@gjovik.example", "feil"), (closed.email, PASSWORD)]
    answers = [enter("gjovik", *each)[1] for each in tries]
    assert {answer.status_code for answer in answers} == {422}
    shown = [each.content.decode().split("<main")[1] for each in answers]
    assert len({_without_token(text, tries[i][0]) for i, text in enumerate(shown)}) == 1
    assert "E-posten eller passordet er feil." in shown[0]


def _without_token(text: str, email: str) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text).replace(email, "")


def test_one_persons_failures_stop_nobody_else(gjovik):
    person = client_for("kari").person
    other = client_for("tom").person
    for _ in range(6):
        _, last = enter("gjovik", person.email, "feil")
    assert "For mange forsøk" in last.content.decode()
    assert enter("gjovik", other.email)[1].status_code == 302


def test_next_never_leads_to_another_host(gjovik):
    person = client_for("kari").person
    assert enter("gjovik", person.email, path="/inn?next=/konto")[1]["Location"] == "/konto"
    assert enter("gjovik", person.email, path="/inn?next=https://ond.example/")[1]["Location"] == "/start"


def test_no_page_of_allauth_that_we_did_not_choose(gjovik):
    for path in ("/signup/", "/email/", "/accounts/login/", "/login/", "/password/reset/", "/konto/totrinn/trust"):
        assert anonymous("gjovik").get(path).status_code == 404


@REQUIRED
def test_the_password_alone_never_reaches_the_start_page(gjovik):
    person = client_for("kari").person
    client, _ = enter("gjovik", person.email)
    assert client.get("/start")["Location"] == "/konto/totrinn"
    assert client.get("/folk")["Location"] == "/konto/totrinn"
    assert client.get("/konto/totrinn").status_code == 200


@REQUIRED
def test_an_app_is_connected_and_then_asked_for(gjovik):
    person = client_for("kari").person
    client, _ = enter("gjovik", person.email)
    page = client.get("/konto/totrinn/app")
    assert b"data:image/svg+xml;base64," in page.content
    secret = page.context["form"].secret
    assert client.post("/konto/totrinn/app", {"code": "000000"}).status_code == 422
    assert client.post("/konto/totrinn/app", {"code": code(secret)}).status_code == 302
    assert client.get("/konto/totrinn/koder").status_code == 200
    assert client.get("/start").status_code == 200
    client, response = enter("gjovik", person.email)
    assert response["Location"] == "/inn/totrinn"
    assert client.get("/start")["Location"].startswith("/inn")
    assert client.get("/inn/totrinn").status_code == 200
    assert client.post("/inn/totrinn", {"code": "123456"}).status_code == 422
    assert client.post("/inn/totrinn", {"code": code(secret)})["Location"] == "/start"
    assert client.get("/start").status_code == 200
    assert client.post("/konto/totrinn/koder/nye").status_code == 302
    assert client.post("/konto/totrinn/app/fjern").status_code == 302
    assert client.get("/start")["Location"] == "/konto/totrinn"


def test_the_pages_of_passkeys_hold_what_the_script_needs(gjovik):
    person = client_for("kari").person
    client, _ = enter("gjovik", person.email)
    page = client.get("/konto/totrinn/passnokler/ny").content.decode()
    assert "data-passkey" in page
    assert "challenge" in page
    assert client.get("/konto/totrinn/passnokler").status_code == 200
    assert client.post("/konto/totrinn/passnokler/ny", {"credential": '{"x": 1}'}).status_code == 422
    options = anonymous("gjovik").get("/inn/passnokkel", headers={"accept": "application/json"}).json()
    assert options["request_options"]["publicKey"]["rpId"] == "gjovik.localhost"
    assert anonymous("gjovik").post("/inn/passnokkel", {"credential": '{"x": 1}'})["Location"] == "/inn"


def test_sensitive_pages_ask_for_the_password_again(gjovik):
    client = client_for("kari")
    confirm(client, minutes_ago=6)
    asked = client.get("/konto/totrinn/app")["Location"]
    assert asked.startswith("/konto/bekreft")
    assert client.post(asked, {"password": "feil"}).status_code == 422
    assert client.post(asked, {"password": PASSWORD})["Location"] == "/konto/totrinn/app"
    assert client.get("/konto/totrinn/app").status_code == 200


def test_change_password(gjovik):
    person = client_for("kari").person
    client, _ = enter("gjovik", person.email)
    new = {"password1": "et ganske nytt passord", "password2": "et ganske nytt passord"}
    assert client.get("/konto/passord").status_code == 200
    assert client.post("/konto/passord", {"oldpassword": "feil", **new}).status_code == 422
    assert client.post("/konto/passord", {"oldpassword": PASSWORD, **new})["Location"] == "/konto"
    assert client.get("/konto").status_code == 200


def test_a_link_works_once(gjovik):
    person = client_for("kari").person
    path = "/aktiver/" + link_for(person, gjovik).split("/aktiver/")[1]
    client = anonymous("gjovik")
    assert client.get(path).status_code == 200
    assert client.post(path, {"password1": "kort", "password2": "kort"}).status_code == 422
    assert client.post(path, {"password1": PASSWORD, "password2": "et annet passord"}).status_code == 422
    assert client.post(path, {"password1": PASSWORD, "password2": PASSWORD})["Location"] == "/start"
    assert client.get("/start").status_code == 200
    used = anonymous("gjovik").get(path)
    wrong = anonymous("gjovik").get("/aktiver/zz/yy")
    assert used.status_code == wrong.status_code == 404
    assert used.content == wrong.content


def test_a_closed_account_is_out_at_the_next_request(gjovik):
    client = client_for("kari")
    assert client.get("/start").status_code == 200
    User.objects.filter(id=client.person.id).update(is_active=False)
    assert client.get("/start")["Location"].startswith("/inn")


def test_a_removed_role_is_gone_at_the_next_request(gjovik):
    client = client_for("arne")
    assert client.get("/folk").status_code == 200
    client.person.grants.all().delete()
    assert client.get("/folk").status_code == 403
    assert "Du har ingen rolle her ennå" in client.get("/start").content.decode()


def test_a_session_of_one_office_is_nothing_in_another(house):
    client = client_for("kari")
    assert client.get("/start").status_code == 200
    client.defaults["HTTP_HOST"] = "ostre-toten.localhost"
    assert client.get("/start")["Location"].startswith("/inn")


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "http://ostre-toten.localhost/meld"])
def test_nobody_is_led_to_another_host_after_log_in(gjovik, elsewhere):
    person = client_for("kari").person
    response = anonymous("gjovik").post("/inn", {"login": person.email, "password": PASSWORD, "next": elsewhere})
    assert (response.status_code, response["Location"]) == (302, "/start")
