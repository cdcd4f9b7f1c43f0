"""The pages: sending back, choosing anew, the test of the way, and «Mangler noe?» for region, kommune and platform."""

import pytest

from regional.delivery.models import Returned, TestSent
from regional.hotline import actions
from shared.contracts import ConcernHandover, EarlierNote
from shared.post.actions import open_mail, send
from shared.post.ledger_actions import make_round
from shared.post.ledger_models import Finding
from tenants.inbox.actions import open_concern
from tenants.inbox.models import Concern
from tenants.inbox.returned_models import Trial
from tenants.inbox.shutting import deny
from tenants.persons.actions import add_person
from tenants.persons.card import Card
from tests.cast import TEST, as_person, ref
from tests.client import client_for, log_in
from tests.regional.declared import declare
from varde.access import Role
from varde.clock import now
from varde.identity.models import User
from varde.tenancy.work import work

REGION, KOMMUNE, OTHER = "gjovikregionen", "gjovik", "ostre-toten"
TOLD = {"reporter_kind": "privat", "what": "Hun får ikke gå ut", "who": "Berit Bakken"}


@pytest.fixture
def host(house):
    declare("olga")
    return log_in(REGION, "vera@gjovikregionen.example", "Vera Vert", Role.HOST_ADMINISTRATOR)


def opened_concern() -> Concern:
    with work(ref(REGION), TEST):
        olga = as_person("olga")
        actions.forward(call_id=actions.start_call(by=olga).id, told=TOLD, to=ref(KOMMUNE).id, by=olga)
    open_mail(ref(KOMMUNE)), open_mail(ref(REGION))
    with work(ref(KOMMUNE), TEST):
        return open_concern(concern=Concern.objects.get(), by=as_person("kari"))


def test_a_coordinator_sends_it_back_and_the_operator_chooses_anew_by_reference_alone(host):
    kari, olga, concern = client_for("kari"), client_for("olga"), opened_concern()
    path = f"/innboks/{concern.id}/feil-kommune"
    assert path in kari.get(f"/innboks/{concern.id}").content.decode()
    assert kari.post(path, {"why": "", "suggested": "3442"}).status_code == 422
    assert kari.post(path, {"why": "bor_ikke_her", "suggested": "3442"}).status_code == 303
    assert "Sendt tilbake til vakttelefonen" in kari.get(f"/innboks/{concern.id}").content.decode()
    assert "Sendt tilbake" in kari.get("/innboks?vis=lukket").content.decode()
    open_mail(ref(REGION))
    with work(ref(REGION), TEST):
        came = Returned.objects.get()
    chooses = f"/vakttelefon/kom-tilbake/{came.id}"
    for shown in (
        olga.get("/vakttelefon"),
        olga.get("/vakttelefon/kom-tilbake"),
        olga.get(chooses),
        host.get("/start"),
    ):
        assert shown.status_code == 200
        assert "Berit" not in shown.content.decode()
    assert came.reference in olga.get("/vakttelefon").content.decode()
    assert "Østre Toten" in olga.get(chooses).content.decode()
    assert olga.post(chooses, {"kommune": ""}).status_code == 422
    assert olga.post(chooses, {"kommune": str(ref(OTHER).id)}).status_code == 303
    assert olga.post(chooses, {"kommune": str(ref(KOMMUNE).id)}).status_code == 422
    assert host.get(chooses).status_code == 403


def test_the_page_says_before_what_follows_what_is_deleted_and_what_is_in_the_way(host):
    kari, concern = client_for("kari"), opened_concern()
    path = f"/innboks/{concern.id}/feil-kommune"
    assert kari.post(f"/innboks/{concern.id}/notat", {"text": "Bor hos søsteren."}).status_code == 303
    client_for("tom")
    with work(ref(KOMMUNE), TEST):
        tom = User.objects.get(id=as_person("tom").user_id)
        deny(concern=concern, user=tom, kind="other", by=as_person("kari"))
    shown = kari.get(path).content.decode()
    choices = shown.partition("</select>")[0].partition("<select")[2]
    assert (f'value="{ref(OTHER).number}"' in choices, f'value="{ref(KOMMUNE).number}"' in choices) == (True, False)
    assert 'value="0301"' not in choices
    assert "Notatet under, uten navn på den som skrev" in shown
    assert "Bor hos søsteren." in shown
    assert "Ansatt som er stengt ute" in shown.partition("Dette følger ikke med")[2]
    assert "Når et menneske i den nye kommunen har åpnet bekymringen, slettes" in shown
    with work(ref(KOMMUNE), TEST):
        add_person(concern=concern, role="exposed", card=Card(name="Berit"), by=as_person("kari"))
    shown = kari.get(path).content.decode()
    assert "kan ikke sendes tilbake slik den står" in shown
    assert (f"/innboks/{concern.id}/overfor" in shown, 'type="radio"' in shown) == (True, False)
    refused = kari.post(path, {"why": "bor_ikke_her", "suggested": ""})
    assert refused.status_code == 422
    assert (
        "Dette er lagt til her og kan ikke følge med tilbake til vakttelefonen: Personkort." in refused.content.decode()
    )
    assert kari.get(f"/innboks/{concern.id}/overfor").status_code == 200


def test_the_next_kommune_reads_who_answered_how_often_and_what_was_written_before(house):
    noted = (EarlierNote(at=now(), text="Bor hos\nsøsteren."),)
    letter = ConcernHandover(taken_at=now(), reference="V-12", service="krisesenter", times=1, added=noted, **TOLD)
    with work(ref(REGION), "post") as by:
        send(letter, to=ref(KOMMUNE), by=by)
    open_mail(ref(KOMMUNE))
    kari = client_for("kari")
    with work(ref(KOMMUNE), TEST):
        concern = open_concern(concern=Concern.objects.get(), by=as_person("kari"))
    shown = kari.get(f"/innboks/{concern.id}").content.decode()
    for said in ("Krisesenteret tok imot samtalen", "Skrevet hos forrige kommune", "søsteren.", "feil kommune 1 gang"):
        assert said in shown


def test_a_concern_that_was_not_sent_by_the_phone_has_no_such_way(gjovik):
    from tests.tenants import way

    concern = way.opened()
    kari = client_for("kari")
    assert "feil-kommune" not in kari.get(f"/innboks/{concern.id}").content.decode()
    answer = kari.post(f"/innboks/{concern.id}/feil-kommune", {"why": "feil_kommune", "suggested": ""})
    assert answer.status_code == 422


def test_a_test_goes_the_whole_way_and_never_becomes_a_concern(host):
    kari = client_for("kari")
    assert host.post("/vakttelefon/drift/prove", {"kommune": str(ref(KOMMUNE).id)}).status_code == 303
    assert "Ikke levert ennå" in host.get("/vakttelefon/drift/prove").content.decode()
    open_mail(ref(KOMMUNE)), open_mail(ref(KOMMUNE))
    with work(ref(KOMMUNE), TEST):
        assert (Concern.objects.count(), Trial.objects.count()) == (0, 1)
        trial = Trial.objects.get()
    assert "Dette er ikke en bekymring" in kari.get("/start").content.decode()
    for _ in range(2):
        assert kari.post(f"/innboks/prove/{trial.id}").status_code == 303
    assert "Dette er ikke en bekymring" not in kari.get("/start").content.decode()
    open_mail(ref(REGION))
    with work(ref(REGION), TEST):
        assert TestSent.objects.get().opened_at is not None
    assert "Ikke ennå" not in host.get("/vakttelefon/drift/prove").content.decode()


def test_one_sentence_says_whether_anything_is_missing(host):
    assert "Det vet vi ikke ennå" in host.get("/post").content.decode()
    for slug in (KOMMUNE, OTHER, "vestre-toten", REGION):
        make_round(ref(slug))
    assert "Nei. Alle kontorene har kontrollert" in host.get("/post").content.decode()
    with work(ref(REGION), "ledger") as by:
        Finding(office=by.office.id, other=ref(KOMMUNE).id, code="silent", first_at=now(), last_at=now()).save()
    shown = host.get("/post").content.decode()
    assert "Ja. Det er 1 ting som ikke stemmer" in shown
    assert "Kontoret svarer ikke" in shown


def test_the_platform_sees_every_office_by_counts_alone_and_a_kommune_only_itself(host):
    opened_concern()
    for slug in (KOMMUNE, OTHER, "vestre-toten", REGION, "nabo", "naboregionen"):
        make_round(ref(slug))
    ola = log_in("drift", "ola@drift.example", "Ola Drift", Role.PLATFORM_OPERATOR)
    shown = ola.get("/post").content.decode()
    assert all(name in shown for name in ("Gjøvik", "Østre Toten", "Nabo"))
    assert "Bekymring fra vakttelefonen" not in shown
    kari = client_for("kari").get("/post").content.decode()
    assert "Mangler noe?" in kari
    assert "Østre Toten" not in kari


def test_sent_again_from_the_page(host):
    concern = opened_concern()
    with work(ref(REGION), "ledger") as by:
        row = Finding(
            office=by.office.id,
            other=ref(KOMMUNE).id,
            letter_id=concern.letter_id,
            kind="ConcernHandover",
            code="lost",
            first_at=now(),
            last_at=now(),
        )
        row.save()
    assert "Send på nytt" in host.get("/post").content.decode()
    assert host.post(f"/post/{row.id}/pa-nytt").status_code == 303
    open_mail(ref(KOMMUNE))
    with work(ref(KOMMUNE), TEST):
        assert Concern.objects.count() == 1
    assert host.post(f"/post/{ref(KOMMUNE).id}/pa-nytt").status_code == 404
