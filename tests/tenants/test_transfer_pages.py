"""«Overfør til en annen kommune»: what is shown before sending, who may, what is refused, who sees it."""

import pytest
from django.core.exceptions import PermissionDenied

from shared.post import keys
from shared.post.actions import open_mail
from shared.post.models import SealedLetter
from tenants.cases.actions import write_note
from tenants.closing import transfer, transfer_queries
from tenants.closing.transfer import Candidate
from tenants.closing.transfer_models import Arrival, Transfer
from tenants.inbox.models import Concern, Cover, Denial
from tenants.inbox.queries import readers_of
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import client_for
from tests.tenants import transfers, way
from varde.access import Reader
from varde.access.ticket import presented
from varde.clock import now
from varde.refusal import Refused
from varde.tenancy.work import work


def test_danger_stands_first_and_what_will_be_sent_is_shown(gjovik):
    kari, case = client_for("kari"), way.case()
    write_note(case=case, text="Ringte søsteren", by=as_person("kari"))
    page = transfers.page_of(kari, f"/saker/{case.id}/overfor")
    assert page.index("Fare nå?") < page.index("Hvilken kommune")
    for shown in (way.TELLER, "Ola Utsatt", "Fare for gjentakelse", "Saken har 1 notat."):
        assert shown in page
    assert "Ringte søsteren" not in page


def preview(client, path: str, **kwargs: str):
    sent = transfers.typed(**kwargs) | {"vis": "1"}
    del sent["send"]
    return client.post(path, sent)


def test_nothing_is_sent_before_it_has_been_looked_over(gjovik):
    kari, case = client_for("kari"), way.case()
    write_note(case=case, text="Ringte søsteren", by=as_person("kari"))
    path = f"/saker/{case.id}/overfor"
    seen = preview(kari, path, notes="on").content.decode()
    for shown in ("Overfør til Østre Toten?", transfers.SUMMARY, way.TELLER, "Fare for gjentakelse", "Ringte søsteren"):
        assert shown in seen
    assert "Ringte søsteren" not in preview(kari, path).content.decode()
    assert not Transfer.objects.exists()
    again = kari.post(path, transfers.typed() | {"endre": "1"}).content.decode()
    assert transfers.SUMMARY in again
    assert kari.post(path, transfers.typed()).status_code == 303
    assert Transfer.objects.get().summary == transfers.SUMMARY


def test_the_same_region_stands_first_and_the_host_is_marked(gjovik):
    found = transfer_queries.candidates(gjovik)
    assert [each.name for each in found] == ["Nabo", "Østre Toten"]
    groups = transfer.choices(found, gjovik.region_id)
    assert [(label, [name for _, name in group]) for label, group in groups] == [
        ("Gjøvikregionen", ["Østre Toten"]),
        ("Andre kommuner", ["Nabo"]),
    ]
    host = transfer_queries.candidate(gjovik.id)
    assert transfer.choices([host], None) == [("Andre kommuner", [(str(gjovik.id), "Gjøvik (vertskommune)")])]


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("gjovik", "Dette er deres egen kommune"),
        ("gjovikregionen", "er ikke en kommune"),
        ("drift", "er ikke en kommune"),
        ("vestre-toten", "har ikke noe TryggEst-team"),
    ],
)
def test_who_cannot_take_over_is_said_and_what_was_typed_stays(gjovik, to, sentence):
    kari, concern = client_for("kari"), way.opened()
    answer = kari.post(f"/innboks/{concern.id}/overfor", transfers.typed(to))
    page = answer.content.decode()
    assert (answer.status_code, Transfer.objects.count()) == (422, 0)
    assert sentence in page
    assert transfers.SUMMARY in page
    assert Concern.objects.get().progress == "opened"


@pytest.mark.parametrize("to", ["", "tull", "00000000-0000-4000-8000-000000000000"])
def test_what_is_no_office_is_refused(gjovik, to):
    kari, concern = client_for("kari"), way.opened()
    answer = kari.post(f"/innboks/{concern.id}/overfor", transfers.typed() | {"to": to})
    assert answer.status_code == 422
    assert transfers.SUMMARY in answer.content.decode()


@pytest.mark.parametrize(("lack", "sentence"), [("active", "ikke lenger med"), ("has_key", "sikker post ennå")])
def test_an_office_that_has_left_or_has_no_key_is_refused(gjovik, lack, sentence):
    office = ref("nabo")
    facts = {"active": True, "has_team": True, "has_key": True} | {lack: False}
    with pytest.raises(Refused, match=sentence):
        transfer.check_recipient(Candidate(office.id, "kommune", "Nabo", **facts), gjovik.id)


def test_a_key_that_is_gone_at_the_last_moment_loses_nothing(gjovik, monkeypatch):
    def gone(_recipient):
        raise keys.NoKey("borte")

    kari, concern = client_for("kari"), way.opened()
    monkeypatch.setattr(keys, "key_for", gone)
    answer = kari.post(f"/innboks/{concern.id}/overfor", transfers.typed())
    assert answer.status_code == 422
    assert "kan ikke ta imot sikker post ennå" in answer.content.decode()
    assert transfers.SUMMARY in answer.content.decode()
    assert (Transfer.objects.count(), SealedLetter.objects.count()) == (0, 0)
    assert Concern.objects.get().progress == "opened"


def test_the_registry_says_what_an_office_is(gjovik):
    found = [transfer_queries.candidate(ref(slug).id) for slug in ("nabo", "vestre-toten", "gjovikregionen")]
    assert [(each.kind, each.has_team, each.has_key) for each in found] == [
        ("kommune", True, True),
        ("kommune", False, True),
        ("region", True, True),
    ]


def test_unopened_and_closed_matters_stay_where_they_are(gjovik):
    kari, concern = client_for("kari"), way.received()
    path = f"/innboks/{concern.id}/overfor"
    assert kari.post(path, transfers.typed()).headers["Location"] == f"/innboks/{concern.id}"
    assert transfer.OPENED_FIRST in transfers.page_of(kari, f"/innboks/{concern.id}")
    assert not Transfer.objects.exists()
    closed = way.decided("advice", step=None).assessment.concern
    with pytest.raises(Refused):
        transfers.hand_over(closed)


def test_sent_twice_is_sent_once(gjovik):
    kari, concern = client_for("kari"), way.opened()
    for _ in range(2):
        assert kari.post(f"/innboks/{concern.id}/overfor", transfers.typed()).status_code == 303
    assert SealedLetter.objects.filter(kind="CaseTransfer").count() == 1


def test_a_concern_with_a_case_is_handed_over_from_the_case(gjovik):
    kari, case = client_for("kari"), way.case()
    assert kari.get(f"/innboks/{case.concern_id}/overfor").headers["Location"] == f"/saker/{case.id}/overfor"
    assert f"/saker/{case.id}/overfor" in transfers.page_of(kari, f"/saker/{case.id}")
    assert "/overfor" not in transfers.page_of(kari, f"/innboks/{case.concern_id}")


def test_measures_that_are_left_are_shown(gjovik):
    kari, case = client_for("kari"), way.case()
    way.measure(case)
    assert "Hjemmetjenesten ser innom" in transfers.page_of(kari, f"/saker/{case.id}/overfor")


def test_whoever_does_not_see_the_matter_gets_the_same_404(gjovik):
    tom, case = client_for("tom"), way.case()
    for path in (f"/saker/{case.id}/overfor", "/saker/00000000-0000-4000-8000-000000000000/overfor"):
        assert tom.get(path).status_code == tom.post(path, transfers.typed()).status_code == 404
    assert client_for("arne").get(f"/saker/{case.id}/overfor").status_code == 403


def test_a_team_member_on_the_case_may(gjovik):
    tom, case = client_for("tom"), way.case(owner="tom")
    assert tom.post(f"/saker/{case.id}/overfor", transfers.typed()).status_code == 303
    assert Transfer.objects.get().by_name == "Tom Teammedlem"


def sees(name: str) -> int:
    with seen_as(name):
        return Concern.objects.count() + Transfer.objects.count() + Arrival.objects.count()


@pytest.mark.parametrize("kind", ["suspected", "habilitet"])
def test_whom_a_deny_row_names_sees_nothing_afterwards_either(gjovik, kind):
    concern = way.opened()
    tom = way.person("tom")
    Denial(concern=concern, user=tom, kind=kind, at=now(), by_user=tom.id, by_name="K").save(force_insert=True)
    assert (sees("kari"), sees("tom")) == (1, 0)
    transfers.hand_over(concern, reason="too_close")
    assert (sees("kari"), sees("tom")) == (2, 0)
    client = client_for("tom")
    assert client.get(f"/innboks/{concern.id}").status_code == 404
    assert "Toten" not in transfers.page_of(client, "/innboks?vis=lukket")


def test_a_coordinator_who_is_too_close_never_sees_that_it_was_handed_over(house):
    kari, tom = client_for("kari"), client_for("tom")
    with work(ref("gjovik"), TEST):
        way.deputy("tom")
        concern = way.received(about_staff="coordinator")
    path = f"/innboks/{concern.id}"
    assert tom.post(f"{path}/apne").status_code == 303
    assert tom.post(f"{path}/overfor", transfers.typed(reason="too_close")).status_code == 303
    assert "Overført til Østre Toten" in transfers.page_of(tom, path)
    assert kari.get(path).status_code == kari.get(f"{path}/overfor").status_code == 404
    assert open_mail(ref("ostre-toten")) == 1
    with work(ref("ostre-toten"), TEST):
        assert Cover.objects.get().without_coordinators is False  # theirs is not the one it is about
        assert Concern.objects.get().about_staff == "coordinator"
    there = client_for("nina")
    assert "overført fra en annen kommune" in transfers.page_of(there, "/innboks").lower()


def test_there_only_the_coordinators_see_it_until_one_has_taken_it(gjovik):
    transfers.deliver(transfers.letter())
    assert (sees("kari"), sees("tom")) == (2, 0)
    with seen_as("kari") as kari:
        assert [person.name for person in readers_of(Concern.objects.get().id)] == [kari.name]


def test_what_is_about_the_senders_people_is_open_there_when_it_was_open_here(gjovik):
    transfers.deliver(transfers.letter(covered=False, about_staff="staff"))
    assert (sees("kari"), sees("tom")) == (2, 2)
    kari = client_for("kari")
    concern = Concern.objects.get()
    kari.post(f"/innboks/{concern.id}/apne")
    assert "Gjelder noen i kommunen den kom fra" in transfers.page_of(kari, f"/innboks/{concern.id}")


def test_the_post_sees_nothing_of_what_it_laid_down(gjovik):
    with presented(Reader.for_purpose("post", gjovik)):
        transfers.deliver(transfers.letter())
        assert (Concern.objects.count(), Arrival.objects.count(), Cover.objects.count()) == (0, 0, 0)
    assert (Concern.objects.count(), Arrival.objects.count(), Cover.objects.count()) == (1, 1, 1)


def test_an_administrator_hands_nothing_over(gjovik):
    with pytest.raises(PermissionDenied):
        transfers.hand_over(way.opened(), by=as_person("arne"))
