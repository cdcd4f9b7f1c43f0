"""The way back: pages about a matter that has become a case lead to the case, from the inbox and from persons."""

import re

import pytest

from tenants.inbox.actions import move, open_concern, receive
from tenants.inbox.models import Concern
from tenants.inbox.told import Told
from tests.cast import as_person, ref
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import card_in
from tests.tenants.test_closing_reopen import closed
from tests.tenants.test_inbox_callbacks import laid, typed
from varde.access import Reader

PAGES = ("personer", "stemme", "advarsler", "ring-tilbake", "melder", "tilgang")


def text_of(response):
    return response.content.decode()


def named() -> Concern:
    """An opened concern whose reporter said who they are."""
    way.person("kari")
    told = Told(reporter_kind="privat", what="Uro", reporter_name="Mona Melder")
    got = receive(told=told, channel="web", by=Reader.for_purpose("intake", ref("gjovik")))
    return open_concern(concern=Concern.objects.get(id=got.concern_id), by=as_person("kari"))


def crumbs(html: str) -> str:
    found = re.search(r'<nav class="ds-breadcrumbs.*?</nav>', html, re.DOTALL)
    assert found
    return found[0]


@pytest.mark.parametrize("word", PAGES)
def test_of_a_case_the_way_back_is_the_case(gjovik, word):
    case = way.case("kari", concern=named())
    way_back = crumbs(text_of(client_for("kari").get(f"/innboks/{case.concern_id}/{word}")))
    assert f'href="/saker/{case.id}">{case.name}<' in way_back
    assert "Innboks" not in way_back
    assert f'"/innboks/{case.concern_id}"' not in way_back


@pytest.mark.parametrize("word", PAGES)
def test_of_a_concern_it_is_the_concern(gjovik, word):
    concern = named()
    way_back = crumbs(text_of(client_for("kari").get(f"/innboks/{concern.id}/{word}")))
    assert f'href="/innboks/{concern.id}">Bekymring' in way_back
    assert "Innboks" in way_back


def test_a_card_and_a_call_back_lead_to_the_case(gjovik):
    case, kari = way.case("kari"), client_for("kari")
    person = card_in(case.concern)
    row = laid(case.concern)
    for address in (f"/personer/{person.id}", f"/innboks/ring-tilbake/{row.id}"):
        assert f'href="/saker/{case.id}">{case.name}<' in crumbs(text_of(kari.get(address)))
    assert f'href="/saker/{case.id}">{case.name}<' in text_of(kari.get("/innboks/ring-tilbake"))


def test_a_call_back_written_from_a_case_lands_on_the_case(gjovik):
    case = way.case("kari")
    answer = client_for("kari").post(f"/innboks/{case.concern_id}/ring-tilbake", typed())
    assert (answer.status_code, answer["Location"]) == (303, f"/saker/{case.id}")


def test_opening_and_answering_the_reporter_lands_on_the_case(gjovik):
    case, kari = way.case("kari"), client_for("kari")
    answers = [
        kari.post(f"/innboks/{case.concern_id}/svar"),
        kari.post(f"/innboks/{case.concern_id}/melding", {"text": "Takk, vi ser på det."}),
    ]
    for answer in answers:
        assert (answer.status_code, answer["Location"]) == (303, f"/saker/{case.id}#melder")
    assert 'id="melder"' in text_of(kari.get(f"/saker/{case.id}"))
    assert f'href="/saker/{case.id}"' in crumbs(text_of(kari.get(f"/innboks/{case.concern_id}")))


def test_without_a_case_they_land_on_the_concern(gjovik):
    concern, kari = way.opened(), client_for("kari")
    assert kari.post(f"/innboks/{concern.id}/svar")["Location"] == f"/innboks/{concern.id}#melder"
    assert kari.post(f"/innboks/{concern.id}/ring-tilbake", typed())["Location"] == f"/innboks/{concern.id}"


@pytest.mark.parametrize("word", ["personer", "stemme", "advarsler"])
def test_a_closed_case_says_where_it_is_taken_up_again(gjovik, word):
    case = closed()
    html = text_of(client_for("kari").get(f"/innboks/{case.concern_id}/{word}"))
    assert f'href="/saker/{case.id}/gjenapne">Gjenåpne den først</a>' in html


def test_a_member_who_may_not_reopen_gets_the_words_and_no_link(gjovik):
    case = closed("tom")
    html = text_of(client_for("tom").get(f"/innboks/{case.concern_id}/personer"))
    assert "Gjenåpne den først" in html
    assert "gjenapne" not in html


def test_a_closed_concern_without_a_case_has_no_link(gjovik):
    concern = way.opened()
    move(concern=concern, to="closed", by=as_person("kari"))
    html = text_of(client_for("kari").get(f"/innboks/{concern.id}/personer"))
    assert "Gjenåpne den først" in html
    assert "gjenapne" not in html
