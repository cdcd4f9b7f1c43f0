"""Those who manage people: accounts, roles, links; and what cannot be done."""

import pytest

from tests.cast import as_person
from tests.client import anonymous, client_for, log_in
from varde.access import Reader, Role
from varde.audit.trail import current
from varde.identity import actions
from varde.identity.models import RoleGrant, User
from varde.refusal import Refused

NEW = {"name": "Berit Ny", "email": "Berit@Gjovik.example", "service": "NAV", "roles": ["teammedlem", "leder"]}


def invited(client) -> User:
    response = client.post("/folk/ny", NEW)
    assert response.status_code == 302
    return User.objects.get(email="berit@gjovik.example")


def test_a_new_person_gets_a_link_that_is_shown_once(gjovik):
    client = client_for("arne")
    person = invited(client)
    shown = client.get(f"/folk/{person.id}").content.decode()
    assert "http://gjovik.localhost:8000/aktiver/" in shown
    assert "/aktiver/" not in client.get(f"/folk/{person.id}").content.decode()
    assert sorted(person.grants.values_list("role", flat=True)) == ["leder", "teammedlem"]
    assert "Berit Ny" in client.get("/folk").content.decode()


@pytest.mark.parametrize(("field", "value"), [
    ("name", ""), ("name", "\x00"), ("name", "a" * 200), ("email", "ikke e-post"), ("email", "arne@gjovik.example"),
    ("roles", ["operator"]), ("roles", ["konge"]), ("service", "a\nb"),
])  # fmt: skip
def test_what_cannot_be_used_is_said_and_kept(gjovik, field, value):
    client = client_for("arne")
    response = client.post("/folk/ny", NEW | {field: value})
    assert response.status_code == 422
    assert "NAV" in response.content.decode() or field == "service"
    assert User.objects.count() == 1


def test_roles_are_given_and_taken(gjovik):
    client = client_for("arne")
    person = invited(client)
    assert client.post(f"/folk/{person.id}/roller", {"roles": ["koordinator"]}).status_code == 302
    assert list(person.grants.values_list("role", flat=True)) == ["koordinator"]


def test_a_closed_account_can_be_opened_again(gjovik):
    client = client_for("arne")
    person = invited(client)
    client.post(f"/folk/{person.id}/konto", {"active": "nei"})
    assert not User.objects.get(id=person.id).is_active
    client.post(f"/folk/{person.id}/konto", {"active": "ja"})
    assert User.objects.get(id=person.id).is_active


def test_nobody_changes_their_own_account(gjovik):
    client = client_for("arne")
    path = f"/folk/{client.person.id}"
    assert client.post(f"{path}/konto", {"active": "nei"}).status_code == 422
    assert client.post(f"{path}/roller", {"roles": ["koordinator"]}).status_code == 422
    assert "din egen konto" in client.get(path).content.decode()


def test_the_last_manager_stays(gjovik):
    arne = client_for("arne").person
    by = as_person("kari")
    with pytest.raises(Refused, match="siste"):
        actions.take_role(user=arne, role=Role.ADMINISTRATOR, by=by)


def test_the_last_open_manager_stays(gjovik):
    arne = client_for("arne").person
    setup = Reader.for_purpose("setup", gjovik)
    other = actions.invite(email="b@gjovik.example", name="B", roles=[Role.ADMINISTRATOR], by=setup)
    actions.set_active(user=other, active=False, by=setup)
    with pytest.raises(Refused, match="siste"):
        actions.set_active(user=arne, active=False, by=setup)


def test_a_role_of_another_office_type_is_refused(gjovik):
    with pytest.raises(actions.WrongOffice):
        actions.give_role(user=client_for("kari").person, role=Role.OPERATOR, by=as_person("arne"))


def test_every_act_is_logged(gjovik):
    actions.invite(email="b@gjovik.example", name="B", roles=[Role.LEADER], by=as_person("arne"))
    assert [row.what for row, *_ in current().rows] == ["identity.user", "identity.role.leder"]


@pytest.mark.parametrize("name", ["kari", "tom"])
def test_others_do_not_manage_people(gjovik, name):
    assert client_for(name).get("/folk").status_code == 403


def test_a_person_who_is_not_there_is_not_found(gjovik):
    assert client_for("arne").get("/folk/8c6f1ba6-0c43-4a3b-9a5b-6b1e3a4c5d6e").status_code == 404


def test_the_list_asks_the_same_number_of_questions_for_many(gjovik, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_for("arne")
    client.get("/folk")
    with CaptureQueriesContext(connection) as few:
        client.get("/folk")
    for number in range(20):
        actions.invite(email=f"b{number}@gjovik.example", name="B", roles=[Role.LEADER], by=as_person("arne"))
    with CaptureQueriesContext(connection) as many:
        client.get("/folk")
    assert len(few) == len(many)


@pytest.mark.parametrize(
    ("slug", "role"), [("gjovikregionen", Role.HOST_ADMINISTRATOR), ("drift", Role.PLATFORM_OPERATOR)]
)
def test_the_same_page_in_a_region_and_in_drift(house, slug, role):
    client = log_in(slug, f"a@{slug}.example", "Ada", role)
    assert client.get("/folk").status_code == 200
    assert client.get("/folk/ny").status_code == 200
    assert client.get("/")["Location"] == "/start"
    assert client.get("/start").status_code == 200
    assert anonymous(slug).get("/")["Location"] == "/inn"
    assert anonymous(slug).get("/inn").status_code == 200


def test_roles_that_no_longer_exist_give_nothing(gjovik):
    client = client_for("kari")
    RoleGrant.objects.filter(user=client.person).update(role="konge")
    assert client.get("/start").status_code == 200
