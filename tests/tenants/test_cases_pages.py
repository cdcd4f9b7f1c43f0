"""The list of cases and the case page: hidden means absent, the log is part of the read, nothing typed is lost."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants.cases.actions import add_member
from tenants.cases.models import CaseMember, Note
from tenants.cases.queries import answers
from tests.cast import as_person
from tests.client import client_for
from tests.tenants import way
from tests.tenants.keys import forget_keys

ROOMS = ["", "/steg", "/skjema", "/tiltak", "/lukk", "/sluttrapport"]
POSTS = ["/notat", "/medlemmer", f"/medlemmer/{uuid.UUID(int=7)}/fjern", "/steg", "/skjema", "/tiltak", "/lukk"]


@pytest.mark.parametrize("room", ROOMS)
def test_a_hidden_case_answers_as_one_that_does_not_exist(gjovik, room):
    tom, case = client_for("tom"), way.case()
    hidden, absent = tom.get(f"/saker/{case.id}{room}"), tom.get(f"/saker/{uuid.uuid4()}{room}")
    assert (hidden.status_code, hidden.content, hidden.headers) == (404, absent.content, absent.headers)


@pytest.mark.parametrize("room", POSTS)
def test_nothing_can_be_sent_to_a_hidden_case(gjovik, room):
    tom, case = client_for("tom"), way.case()
    assert tom.post(f"/saker/{case.id}{room}", {"text": "x"}).status_code == 404


def test_the_inbox_tells_tom_nothing_of_a_hidden_case(gjovik):
    tom, case = client_for("tom"), way.case()
    for room in ("", "/avklar", "/steg"):
        hidden, absent = tom.get(f"/innboks/{case.concern_id}{room}"), tom.get(f"/innboks/{uuid.uuid4()}{room}")
        assert (hidden.status_code, hidden.content) == (404, absent.content)
    for path in ("/innboks", "/frister", "/saker", "/tiltak"):
        page = tom.get(path).content.decode()
        told = (str(case.id), str(case.concern_id), case.name, "Ring den utsatte", way.TELLER)
        assert not [words for words in told if words in page]


def test_reading_a_case_leaves_a_row(gjovik):
    kari, case = client_for("kari"), way.case()
    kari.get(f"/saker/{case.id}")
    assert way.logged("cases.case", "view", case.id)
    kari.get("/saker")
    assert way.logged("cases.case", "list", case.id)


def test_the_page_shows_the_way_the_facts_the_step_and_the_gaps(gjovik):
    page = client_for("kari").get(f"/saker/{way.case().id}").content.decode()
    for words in ("du er her", way.TELLER, "Ola Utsatt", "Ring den utsatte", "12 spørsmål mangler svar", "Må-sak"):
        assert words in page


def test_the_list_asks_a_constant_number_of_questions(gjovik):
    kari = client_for("kari")
    way.case()
    kari.get("/saker")  # the first look of a session notes its time
    forget_keys()
    with CaptureQueriesContext(connection) as few:
        kari.get("/saker")
    for _ in range(4):
        way.case(owner="tom")
    forget_keys()
    with CaptureQueriesContext(connection) as more:
        assert "Sak 1–5" in kari.get("/saker").content.decode()
    assert len(few) == len(more)


def test_filters_show_open_mine_and_closed(gjovik):
    tom, kari = client_for("tom"), client_for("kari")
    case = way.case("tom")
    for path, shown in (
        ("/saker", True),
        ("/saker?vis=mine", False),
        ("/saker?vis=lukket", False),
        ("/saker?vis=x", True),
    ):
        assert (case.name in kari.get(path).content.decode()) is shown
    assert case.name in tom.get("/saker?vis=mine").content.decode()


def test_a_note_is_written_and_shown(gjovik):
    kari, case = client_for("kari"), way.case()
    assert kari.post(f"/saker/{case.id}/notat", {"text": "Snakket med <b>henne</b>"}).status_code == 303
    assert "Snakket med &lt;b&gt;henne" in kari.get(f"/saker/{case.id}").content.decode()


@pytest.mark.parametrize("text", ["", "a\x00b", "x" * 20_001])
def test_a_note_that_cannot_be_kept_stays_in_the_field(gjovik, text):
    kari, case = client_for("kari"), way.case()
    answer = kari.post(f"/saker/{case.id}/notat", {"text": text})
    assert (answer.status_code, Note.objects.count()) == (422, 0)
    assert text[:3] in answer.content.decode()


def test_kari_puts_tom_on_the_case_and_he_sees_it(gjovik):
    kari, tom, case = client_for("kari"), client_for("tom"), way.case()
    user_id = str(as_person("tom").user_id)
    assert kari.post(f"/saker/{case.id}/medlemmer", {"user": "ingen"}).status_code == 422
    assert kari.post(f"/saker/{case.id}/medlemmer", {"user": user_id}).status_code == 303
    assert tom.get(f"/saker/{case.id}").status_code == 200
    assert tom.post(f"/saker/{case.id}/medlemmer", {"user": user_id}).status_code == 403
    assert kari.post(f"/saker/{case.id}/medlemmer/{user_id}/fjern").status_code == 303
    assert tom.get(f"/saker/{case.id}").status_code == 404


def test_only_those_who_see_the_case_can_own_its_step(gjovik):
    kari, case = client_for("kari"), way.case()
    way.person("tom")
    assert "Tom Teammedlem" not in kari.get(f"/saker/{case.id}/steg").content.decode()
    add_member(case=case, user=way.person("tom"), by=as_person("kari"))
    assert "Tom Teammedlem" in kari.get(f"/saker/{case.id}/steg").content.decode()


def test_the_form_is_prefilled_saved_and_warns_of_too_many_ticks(gjovik):
    kari, case = client_for("kari"), way.case()
    page = kari.get(f"/saker/{case.id}/skjema").content.decode()
    assert "Fylt ut på forhånd fra saken" in page
    sent = {"overgrep": ["physical", "economic", "sexual"], "alder": "over_67", "kategori": "ma"}
    answer = kari.post(f"/saker/{case.id}/skjema", sent, follow=True)
    assert "høyst 2 kryss, her er 3" in answer.content.decode()
    assert "10 spørsmål mangler svar" in answer.content.decode()


def test_a_code_that_the_form_does_not_have_is_refused(gjovik):
    kari, case = client_for("kari"), way.case()
    answer = kari.post(f"/saker/{case.id}/skjema", {"alder": "ung", "kjonn": "woman"})
    assert (answer.status_code, "kjonn" in answers(case)) == (422, False)


def test_an_administrator_has_no_business_in_cases(gjovik):
    arne, case = client_for("arne"), way.case()
    for path in ("/saker", f"/saker/{case.id}", "/tiltak", f"/saker/{case.id}/lukk"):
        assert arne.get(path).status_code == 403
    assert CaseMember.objects.count() == 1
