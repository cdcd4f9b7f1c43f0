"""Nothing of the phone opens before the declaration in force is signed; and a signature ends with the role."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from regional.phone import declaration_actions as actions
from regional.phone import declaration_queries as queries
from regional.phone.access import NotDeclared, require_declared
from regional.phone.declaration_models import Declaration, DeclarationText
from shared.codes.declaration import print_of, shipped
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import client_for, confirm, log_in
from tests.regional.declared import declare
from varde.access import Reader, Role
from varde.access.ticket import presented
from varde.clock import now
from varde.identity.actions import give_role, take_role
from varde.identity.models import User
from varde.refusal import Refused
from varde.ui.dates import day_of

SIGN = "/vakttelefon/erklaering"
OWN_PAGES = ["/vakttelefon/vakter", "/vakttelefon/overlevering", "/vakttelefon/overlevering/ulest"]


def host():
    """The host's administrator at the keyboard."""
    return log_in("gjovikregionen", "vert@gjovikregionen.example", "Hanne Vert", Role.HOST_ADMINISTRATOR)


def signs(client, **changes):
    """What the page sends."""
    return client.post(SIGN, {"read": queries.in_force().sha256, "understood": "on"} | changes)


def other_text(by: Reader, text: str = "En helt annen tekst.", months: int = 12) -> None:
    """The host's own text."""
    with presented(by):
        actions.set_text(title="Taushet", text=text, months=months, by=by)


@pytest.fixture
def vert(gjovikregionen):
    """The host's reader."""
    person = host().person
    return Reader(office=ref("gjovikregionen"), user_id=person.id, name=person.name,
                  roles=frozenset({Role.HOST_ADMINISTRATOR}))  # fmt: skip


def test_before_signing_every_page_leads_to_the_declaration_and_back(gjovikregionen):
    olga = client_for("olga")
    for path in OWN_PAGES:
        assert olga.get(path).get("Location", "").startswith(f"{SIGN}?next=%2Fvakttelefon%2F"), path
    assert "Jeg vet at det jeg åpner" in olga.get(SIGN).content.decode()
    answer = signs(olga, next="/vakttelefon/vakter")
    assert (answer.status_code, answer["Location"]) == (303, "/vakttelefon/vakter")
    assert all(olga.get(path).status_code == 200 for path in OWN_PAGES)


def test_the_account_of_a_new_operator_opens_with_the_declaration(gjovikregionen):
    olga = client_for("olga")
    assert olga.get("/start")["Location"] == SIGN
    assert signs(olga)["Location"] == "/start"
    assert olga.get("/start").status_code == 200
    both = log_in("gjovikregionen", "to@gjovikregionen.example", "To Roller", Role.OPERATOR, Role.HOST_ADMINISTRATOR)
    assert "Du må signere taushetserklæringen" in both.get("/start").content.decode()
    assert both.get("/vakttelefon/vakter")["Location"].startswith(SIGN)


def test_a_part_of_a_page_leads_the_whole_page_there(gjovikregionen):
    answer = client_for("olga").get("/vakttelefon/overlevering/ulest", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith(SIGN)


def test_what_was_typed_when_the_signature_had_run_out_waits_and_is_there_afterwards(gjovikregionen):
    olga = client_for("olga")
    answer = olga.post("/vakttelefon/overlevering", {"text": "Linje 2 er nede til klokken ti."})
    onward = signs(olga, next=answer["Location"].split("next=")[1].replace("%2F", "/"))
    assert "/konto/fortsett/" in onward["Location"]
    assert "Linje 2 er nede" in olga.get(onward["Location"], follow=True).content.decode()


def test_signing_asks_for_the_tick_and_for_the_text_that_was_read(gjovikregionen):
    olga = client_for("olga")
    assert olga.post(SIGN, {"read": queries.in_force().sha256}).status_code == 422
    old = signs(olga, read="0" * 64)
    assert (old.status_code, Declaration.objects.count()) == (422, 0)
    assert "Erklæringen er endret mens du leste" in old.content.decode()


def test_signing_asks_again_who_it_is(gjovikregionen):
    olga = client_for("olga")
    confirm(olga, minutes_ago=6)
    assert olga.get(SIGN)["Location"].startswith("/konto/bekreft")


def test_a_new_text_asks_for_a_new_signature_and_other_months_do_not(gjovikregionen, vert):
    declare("olga")
    me = as_person("olga").user_id
    assert queries.declared(me)
    other_text(vert)
    assert not queries.declared(me)
    declare("olga")
    other_text(vert, months=6)
    assert queries.declared(me)
    assert Declaration.objects.count() == 2


def test_a_signature_runs_out(gjovikregionen):
    declare("olga")
    me = as_person("olga").user_id
    row = Declaration.objects.get(user_id=me)
    assert row.valid_until > day_of(now()) + timedelta(days=700)
    with connection.cursor() as cursor, pytest.raises(ProgrammingError), transaction.atomic():
        cursor.execute("UPDATE phone_declaration SET valid_until = current_date - 1")


def test_whoever_loses_the_role_loses_the_signature_with_it(gjovikregionen, vert):
    declare("olga")
    by = as_person("olga")
    user = User.objects.get(pk=by.user_id)
    with presented(vert):
        take_role(user=user, role=Role.OPERATOR, by=vert)
    assert not queries.declared(user.id)
    with presented(vert):
        give_role(user=user, role=Role.OPERATOR, by=vert)
    with connection.cursor() as cursor:  # the database dates a role by its transaction, which here is the signature's
        cursor.execute("SELECT granted_at <= now() FROM identity_rolegrant WHERE user_id = %s", [user.id])
        assert cursor.fetchone() == (True,)


def test_a_role_given_again_asks_for_a_new_signature(house):
    declare("olga")
    by, office = as_person("olga"), ref("gjovikregionen")
    with log_in_work() as setup:
        user = User.objects.get(pk=by.user_id)
        take_role(user=user, role=Role.OPERATOR, by=setup)
        give_role(user=user, role=Role.OPERATOR, by=setup)
    with seen_office(office):
        assert not queries.declared(user.id)
    declare("olga")
    with seen_office(office):
        assert queries.declared(user.id)


def test_a_closed_account_has_no_signature(gjovikregionen):
    declare("olga")
    User.objects.filter(pk=as_person("olga").user_id).update(is_active=False)
    assert not queries.declared(as_person("olga").user_id)
    with pytest.raises(NotDeclared):
        require_declared(as_person("olga"))


def test_nobody_signs_for_another_or_another_text(gjovikregionen):
    declare("olga")
    text = shipped()
    values = {"name": "Olga Operatør", "title": text.title, "signed_at": now(), "valid_until": day_of(now())}
    with seen_as("olga") as olga:
        forged = Declaration(user_id=olga.user_id, text="noe annet", sha256=text.sha256, **values)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            forged.save()
        other = print_of(text.title, "noe annet")
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Declaration(user_id=olga.user_id, text="noe annet", sha256=other, **values).save()
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            DeclarationText(title="x", text="y", sha256="z", months=1, set_at=now(), set_by_name="Olga Operatør").save()
    with seen_as("liv") as liv:
        row = Declaration(user_id=olga.user_id, text=text.text, sha256=text.sha256, **values | {"name": liv.name})
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            row.save()


def test_the_database_knows_the_shipped_text(gjovikregionen):
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone_shipped_declaration()")
        assert cursor.fetchone() == (shipped().sha256,)


def test_the_host_has_each_signature_as_paper_and_an_operator_only_their_own(gjovikregionen):
    declare("olga")
    row = Declaration.objects.get()
    where = f"{SIGN}/{row.id}.pdf"
    made = b"".join(host().get(where).streaming_content)
    assert made.startswith(b"%PDF")
    assert client_for("olga").get(where).status_code == 200
    other = log_in("gjovikregionen", "ole@gjovikregionen.example", "Ole Operatør", Role.OPERATOR)
    assert other.get(where).status_code == 404


def test_the_host_writes_its_own_text_and_the_second_of_two_is_told(gjovikregionen):
    client = host()
    typed = {"title": "Taushet", "text": "Vår egen tekst.", "months": "18", "seen": ""}
    assert client.post("/vakttelefon/drift/erklaering", typed)["Location"] == "/vakttelefon/drift/operatorer"
    again = client.post("/vakttelefon/drift/erklaering", typed | {"text": "En annen tekst."})
    assert (again.status_code, DeclarationText.objects.count()) == (422, 1)
    assert all(said in again.content.decode() for said in ("En annen tekst.", "Vår egen tekst."))
    assert queries.in_force().months == 18


def test_the_action_refuses_an_old_text(gjovikregionen):
    with seen_as("olga") as olga, pytest.raises(Refused, match="Les den nye teksten"):
        actions.sign(read="x", by=olga)


def log_in_work():
    """As whoever sets up the region, committed."""
    from varde.tenancy.work import work

    return work(ref("gjovikregionen"), "setup")


def seen_office(office):
    """To ask in the region, past row rights."""
    from varde.tenancy.work import work

    return work(office, TEST)
