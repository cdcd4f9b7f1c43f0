"""Choosing among rows of a list, and keeping the choice under a name: one's own, renamed, deleted, opened first."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from tenants.cases.forms_list import ChoiceForm
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from varde.identity import saved
from varde.identity.models import SavedView
from varde.refusal import Refused

LISTS = {"inbox": "/innboks", "callbacks": "/innboks/ring-tilbake", "due": "/frister", "cases": "/saker",
         "measures": "/tiltak"}  # fmt: skip


def shown(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_same_choice_is_the_same_address(gjovik):
    one = ChoiceForm(QueryDict("frist=over&kategori=ma&kategori=akutt&vis=mine&stopp=&tull=1"))
    assert one.said == "vis=mine&kategori=akutt&kategori=ma&frist=over"
    assert (ChoiceForm(QueryDict("vis=tull&eier=ingen")).said, ChoiceForm(QueryDict("vis=mine")).narrows) == ("", False)


def test_a_choice_is_kept_renamed_opened_first_and_deleted_by_its_owner_alone(gjovik):
    way.case()
    kari, tom = client_for("kari"), client_for("tom")
    kept = kari.post("/utvalg/cases?kategori=akutt&frist=snart", {"navn": "Det som haster hos Ola"})
    assert (kept.status_code, kept["Location"]) == (303, "/saker?kategori=akutt&frist=snart")
    assert "Det som haster hos Ola" in shown(kari, "/saker")
    for page in ("/saker", "/utvalg/cases"):
        assert "Det som haster" not in shown(tom, page)
    assert "Det som haster" not in shown(kari, "/tiltak")
    row = SavedView.objects.get()
    assert (row.chosen, "Ola" in row.name) == ("kategori=akutt&frist=snart", False)
    address = f"/utvalg/en/{row.id}"
    assert {tom.post(address, sent).status_code for sent in ({"slett": "1"}, {"forst": "ja"}, {"navn": "Min"})} == {404}
    assert way.logged("identity.view", "denied", row.id)
    with seen_as("tom"):
        assert not SavedView.objects.exists()

    assert kari.post(address, {"navn": "Haster"}).status_code == 303
    long = kari.post(address, {"navn": "x" * 61})
    assert (long.status_code, "x" * 61 in long.content.decode()) == (422, True)
    assert "Sak 2026-" in shown(kari, "/saker")
    kari.post(address, {"forst": "ja"})
    assert "Ingen saker passer" in shown(kari, "/saker")
    assert "Sak 2026-" in shown(kari, "/saker?side=1")
    assert 'href="/saker?side=1"' in shown(kari, "/saker?vis=mine")
    kari.post(address, {"forst": "nei"})
    assert "Sak 2026-" in shown(kari, "/saker")
    assert kari.post(address, {"slett": "1"}).status_code == 303
    assert not SavedView.objects.exists()


def test_a_list_opens_with_one_choice_at_most_and_there_is_an_end_to_them(gjovik):
    with seen_as("kari") as kari:
        for number in range(saved.MOST):
            saved.keep(place="due", name=f"Utvalg {number}", chosen="frist=over", by=kari)
        saved.keep(place="due", name="Utvalg 3", chosen="", by=kari)
        with pytest.raises(Refused, match="Slett ett først"):
            saved.keep(place="due", name="Ett til", chosen="", by=kari)
        saved.keep(place="cases", name="Ett til", chosen="", by=kari)
        with pytest.raises(Refused, match="for langt"):
            saved.keep(place="cases", name="Alt", chosen="x" * 1001, by=kari)
        rows = list(SavedView.objects.filter(place="due").order_by("at"))
        for row in (rows[0], rows[5]):
            saved.put_in_front(view=row, front=True, by=kari)
        assert [one.name for one in saved.of(kari, "due") if one.front] == ["Utvalg 5"]
        assert [one.chosen for one in saved.of(kari, "due") if one.name == "Utvalg 3"] == [""]
        with pytest.raises(Refused, match="alt et utvalg"):
            saved.rename(view=rows[0], name="Utvalg 5", by=kari)


def test_a_list_that_is_not_or_is_not_for_one_keeps_nothing(gjovik):
    kari, arne = client_for("kari"), client_for("arne")
    assert (kari.get("/utvalg/tull").status_code, arne.get("/utvalg/cases").status_code) == (404, 403)
    assert arne.post("/utvalg/cases", {"navn": "Alle"}).status_code == 403
    again = kari.post("/utvalg/measures?frist=over", {"navn": "y" * 61})
    assert (again.status_code, "y" * 61 in again.content.decode()) == (422, True)
    assert "/utvalg/measures?frist=over" in again.content.decode()
    assert not SavedView.objects.exists()


def test_every_list_is_chosen_from_by_what_it_holds(gjovik):
    tom_id, kari_id = as_person("tom").user_id, as_person("kari").user_id
    case = way.case(owner="tom")
    way.measure(case, owner="tom", days=20)
    kari = client_for("kari")
    number = f"/innboks/{case.concern_id}"
    holds = {
        f"/innboks?eier={tom_id}&hastegrad=ma&kanal=web&tilstand=in_progress&frist=snart": number,
        f"/frister?eier={tom_id}&hastegrad=ma&kanal=web&stopp=nei&frist=snart": "Ring den utsatte",
        f"/tiltak?eier={tom_id}&tilstand=planned&slag=concrete&hastegrad=ma": "Hjemmetjenesten ser innom",
    }
    empties = [
        f"/innboks?eier={kari_id}", "/innboks?hastegrad=akutt", "/innboks?kanal=phone", "/innboks?tilstand=received",
        "/innboks?frist=over", "/innboks?til=2020-01-01", f"/frister?eier={kari_id}", "/frister?hastegrad=akutt",
        "/frister?kanal=phone", "/frister?stopp=ja", "/frister?frist=over", f"/tiltak?eier={kari_id}",
        "/tiltak?tilstand=running", "/tiltak?slag=protection", "/tiltak?frist=snart", "/tiltak?hastegrad=akutt",
    ]  # fmt: skip
    for address, said in holds.items():
        assert said in shown(kari, address), address
    for address in empties:
        page = shown(kari, address)
        assert " passer</h2>" in page or "Ingen" in page, address
        assert not any(said in page for said in (number, "Ring den utsatte", "ser innom")), address


def test_whoever_does_not_see_a_matter_finds_it_by_no_choice(gjovik):
    case = way.case()
    way.measure(case)
    way.person("tove")
    tove, kari_id = client_for("tove"), as_person("kari").user_id
    for list_ in LISTS.values():
        for chosen in ("", f"?eier={kari_id}", "?hastegrad=ma&kategori=ma", "?kanal=web", "?stopp=nei", "?barer=team"):
            page = shown(tove, f"{list_}{chosen}")
            assert str(case.id) not in page
            assert str(case.concern_id) not in page


def test_every_list_asks_as_often_however_much_there_is(gjovik):
    kari, kari_id = client_for("kari"), as_person("kari").user_id
    asked: list[dict[str, int]] = []
    for _ in range(2):
        for _ in range(2):
            way.measure(way.case())
        counts = {}
        for code, address in LISTS.items():
            for chosen in ("", f"?eier={kari_id}&hastegrad=ma&kategori=ma&stopp=nei&frist=snart&barer=team"):
                kari.get(f"{address}{chosen}")
                with CaptureQueriesContext(connection) as context:
                    shown(kari, f"{address}{chosen}")
                counts[f"{code}{chosen}"] = len(context)
        asked.append(counts)
    assert asked[0] == asked[1]
