"""Against a certified provider: the way in, the binding through a link, step-up and the way out."""

from urllib.parse import parse_qs, urlsplit

from django.test import override_settings

from tests.client import client_for, confirm
from tests.oidc.people import Entrance, inside, link_path, local, newcomer
from varde.access import Role
from varde.access.reader import Reader
from varde.audit.models import Entry
from varde.identity import actions
from varde.identity.models import Subject, User


def newly_invited(gjovik) -> User:
    by = Reader.for_purpose("setup", gjovik)
    return actions.invite(email="ny@gjovik.example", name="Ny Nilsen", roles=[Role.LEADER], by=by)


def test_somebody_bound_comes_in_and_needs_no_second_factor(real: Entrance):
    real.bind()
    client = newcomer()
    with override_settings(SECOND_FACTOR_REQUIRED=True):
        assert real.walk(client)["Location"] == "/start"
        assert "Hei, Kari" in client.get("/start").content.decode()


def test_without_required_strength_our_own_second_factor_is_asked_for(real: Entrance):
    real.bind()
    real.row.acr_values = []
    real.row.save()
    client = newcomer()
    with override_settings(SECOND_FACTOR_REQUIRED=True):
        real.walk(client)
        assert client.get("/start")["Location"] == "/konto/totrinn"


def test_the_question_holds_what_protects_it(real: Entrance):
    asked = parse_qs(urlsplit(real.ask(newcomer())).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["scope"] == ["openid"]
    assert asked["acr_values"] == ["high"]
    assert {"state", "nonce", "code_challenge"} <= asked.keys()


def test_a_link_binds_once_and_leads_in(gjovik, real: Entrance):
    person, client = newly_invited(gjovik), newcomer()
    path = link_path(person)
    assert f"{path}/{real.row.id}" in client.get(path).content.decode()
    url = real.answer(real.ask(client, start=f"{path}/{real.row.id}"))
    shown = client.get(local(url)).content.decode()
    assert "Ny Nilsen" in shown
    assert not Subject.objects.exists()
    assert client.post(f"{real.path}/ferdig")["Location"] == "/start"
    assert Subject.objects.get().user == person
    assert inside(client)
    assert newcomer().get(path).status_code == 404
    assert real.walk(newcomer())["Location"] == "/start"


def test_next_is_kept_on_the_way(real: Entrance):
    real.bind()
    assert real.walk(newcomer(), "?next=/konto%3Fa%3D1")["Location"] == "/konto?a=1"


def test_who_came_in_and_how_stands_in_the_log(real: Entrance):
    person = real.bind()
    real.walk(newcomer())
    row = Entry.objects.get(what="identity.session", action="create")
    assert (row.object_id, row.ground) == (str(person.id), "login.provider")


def test_the_log_in_page_shows_the_way(real: Entrance):
    assert "Logg inn med Kommunens konto" in newcomer().get("/inn").content.decode()
    real.row.active = False
    real.row.save()
    assert "Kommunens konto" not in newcomer().get("/inn").content.decode()
    assert newcomer().get(real.path).status_code == 404


def test_step_up_asks_the_provider_anew(real: Entrance):
    person = real.bind("arne")
    person.set_unusable_password()
    person.save()
    client = newcomer()
    real.walk(client)
    client.person = person
    confirm(client, minutes_ago=6)
    asked = client.get("/folk/ny")["Location"]
    assert asked == "/konto/bekreft?next=%2Ffolk%2Fny"
    way = client.get(asked)["Location"]
    assert way.startswith(f"{real.path}?bekreft=1")
    url = real.ask(client, start=way)
    assert parse_qs(urlsplit(url).query)["prompt"] == ["login"]
    assert real.come_back(client, real.answer(url))["Location"] == "/folk/ny"
    assert client.get("/folk/ny").status_code == 200


def test_log_out_offers_to_log_out_there_too(real: Entrance):
    real.bind()
    client = newcomer()
    real.walk(client)
    assert client.post("/ut")["Location"] == "/ut/ferdig"
    shown = client.get("/ut/ferdig").content.decode()
    assert f"{real.row.issuer}/session/end?id_token_hint=" in shown
    assert not inside(client)
    assert "session/end" not in client.get("/ut/ferdig").content.decode()


def test_a_person_who_cancels_is_told_so(real: Entrance):
    real.bind()
    real.server.person(refuses=True)
    answer = real.walk(newcomer())
    assert answer.status_code == 403
    assert "avbrutt" in answer.content.decode()


def test_loosed_by_an_administrator_and_out(real: Entrance):
    person = real.bind()
    client = newcomer()
    real.walk(client)
    arne = client_for("arne")
    assert "Koble fra Kommunens konto" in arne.get(f"/folk/{person.id}").content.decode()
    assert arne.post(f"/folk/{person.id}/koble-fra").status_code == 302
    assert not inside(client)
    assert real.walk(newcomer()).status_code == 403


def test_a_provider_that_is_away_is_said_plainly(real: Entrance):
    real.row.issuer = "http://localhost:1"
    real.row.save()
    answer = newcomer().get(real.path)
    assert answer.status_code == 403
    assert "svarer ikke" in answer.content.decode()
