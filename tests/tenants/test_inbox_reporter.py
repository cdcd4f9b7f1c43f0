"""Who reported is closed: shown for a recorded reason, on that answer alone, and told in no log of the person's."""

import uuid

import pytest
from django.db import connection

from tenants.inbox import chain_queries, reporter_actions, reporter_queries
from tenants.inbox.actions import open_concern, receive
from tenants.inbox.models import Concern
from tenants.inbox.replies_models import LeaderChain, ReporterLook
from tenants.inbox.states import WrongMove
from tenants.inbox.told import Told, leader_chain
from tests.cast import as_person, ref, seen_as
from tests.client import anonymous, client_for
from tests.tenants import way
from varde.access import Reader
from varde.audit.extract import extract, seen_rows
from varde.audit.models import Entry
from varde.audit.trail import current

NAMED = {"reporter_name": "Mona Melder", "reporter_phone": "99 88 77 66", "reporter_relation": "datteren hennes"}
WHY = {"reason": "contact", "text": "Må høre om det er trygt å ringe"}


def text_of(response):
    return response.content.decode()


def told(**words):
    said = Told(**({"reporter_kind": "privat", "what": "Uro"} | NAMED | words))
    got = receive(told=said, channel="web", by=Reader.for_purpose("intake", ref("gjovik")))
    return open_concern(concern=Concern.objects.get(id=got.concern_id), by=as_person("kari"))


def shown_in(html):
    return [value for value in NAMED.values() if value in html]


def test_the_pages_say_that_it_is_closed(gjovik):
    concern = told()
    kari = client_for("kari")
    for path in (f"/innboks/{concern.id}", f"/innboks/{concern.id}/avklar", f"/innboks/{concern.id}/melder"):
        html = text_of(kari.get(path))
        assert shown_in(html) == []
        assert "forseglet" in html
    assert f"/innboks/{concern.id}/melder" in text_of(kari.get(f"/innboks/{concern.id}"))


def test_the_case_page_says_so_too(gjovik):
    case = way.case("kari", concern=told())
    html = text_of(client_for("kari").get(f"/saker/{case.id}"))
    assert reporter_queries.CLOSED in html
    assert shown_in(html) == []


def test_a_reason_shows_it_once_and_is_logged_each_time(gjovik):
    concern = told()
    kari = client_for("kari")
    for _ in range(2):
        response = kari.post(f"/innboks/{concern.id}/melder", WHY)
        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]
        assert shown_in(text_of(response)) == list(NAMED.values())
    assert shown_in(text_of(kari.get(f"/innboks/{concern.id}/melder"))) == []
    current().flush()
    rows = Entry.objects.filter(what="inbox.reporter", object_id=str(concern.id))
    assert {row.reason for row in rows} == {"Må ta kontakt med melder"}
    assert rows.count() == ReporterLook.objects.count() == 2
    assert ReporterLook.objects.first().text == WHY["text"]


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"reason": "nysgjerrig"}, {"text": ""}, {"text": "  "}])
def test_without_a_reason_nothing_is_shown(gjovik, wrong):
    concern = told()
    response = client_for("kari").post(f"/innboks/{concern.id}/melder", WHY | wrong)
    assert response.status_code == 422
    assert shown_in(text_of(response)) == []
    assert not ReporterLook.objects.exists()


def test_the_reason_lies_sealed_and_its_words_are_not_in_the_log(gjovik):
    concern = told()
    client_for("kari").post(f"/innboks/{concern.id}/melder", WHY)
    current().flush()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM inbox_reporterlook t")
        assert "trygt" not in cursor.fetchone()[0]
    assert not Entry.objects.filter(reason__contains="trygt").exists()


def test_the_extract_for_the_person_does_not_tell_of_it(gjovik):
    concern = told()
    client_for("kari").post(f"/innboks/{concern.id}/melder", WHY)
    current().flush()
    assert not [row for row in seen_rows(concern.id) if row.what == "inbox.reporter"]
    with seen_as("kari") as by:
        whole = repr(extract(concern.id, by))
    assert not any(value in whole for value in (*NAMED.values(), "melder", "Må ta kontakt"))


@pytest.mark.parametrize(
    ("words", "said", "leads"),
    [
        (
            {"anonymous": True, "reporter_name": "", "reporter_phone": "", "reporter_relation": ""},
            "Melder er anonym",
            False,
        ),
        ({"anonymous": True, "reporter_name": "", "reporter_phone": ""}, "Melder er anonym", True),
        ({"reporter_name": "", "reporter_phone": "", "reporter_relation": ""}, reporter_queries.NOT_GIVEN, False),
    ],
)
def test_who_gave_no_name_is_said_to_have_none(gjovik, words, said, leads):
    concern = told(**words)
    kari = client_for("kari")
    html = text_of(kari.get(f"/innboks/{concern.id}"))
    assert said in html
    assert (f"/innboks/{concern.id}/melder" in html) == leads
    if not leads:
        assert kari.post(f"/innboks/{concern.id}/melder", WHY).status_code == 303
        assert not ReporterLook.objects.exists()


def test_before_opening_and_from_outside_there_is_nothing(gjovik):
    said = Told(reporter_kind="privat", what="Uro", **NAMED)
    got = receive(told=said, channel="web", by=Reader.for_purpose("intake", gjovik))
    kari = client_for("kari")
    assert kari.post(f"/innboks/{got.concern_id}/melder", WHY).status_code == 303
    with pytest.raises(WrongMove):
        reporter_actions.look(concern=Concern.objects.get(id=got.concern_id), by=as_person("kari"), **WHY)
    case = way.case("kari", concern=told())
    tom = client_for("tom")
    for there in (case.concern_id, uuid.uuid4()):
        assert tom.post(f"/innboks/{there}/melder", WHY).status_code == 404
    assert not ReporterLook.objects.exists()


def test_before_a_transfer_it_is_said_that_the_name_travels_and_not_what_it_is(gjovik):
    concern = told()
    html = text_of(client_for("kari").get(f"/innboks/{concern.id}/overfor"))
    assert shown_in(html) == []


def test_who_told_first_is_an_answer_of_its_own(gjovik):
    answer = anonymous("gjovik").post("/meld/ansatt", {"what": "Uro", "first_teller": "relative"})
    assert answer.status_code == 201
    stored = Concern.objects.get()
    assert stored.first_teller == "relative"
    open_concern(concern=stored, by=as_person("kari"))
    assert "Pårørende" in text_of(client_for("kari").get(f"/innboks/{stored.id}"))
    assert anonymous("gjovik").post("/meld/ansatt", {"what": "Uro", "first_teller": "x"}).status_code == 422
    assert "first_teller" not in text_of(anonymous("gjovik").get("/meld/privat"))


# --- whom an employee tells when it is acute ----------------------------------------------------------------
CHAIN = {
    "title_1": "Nærmeste leder", "phone_1": "61 00 00 01", "title_2": "Virksomhetsleder", "phone_2": "61 00 00 02",
    "title_3": "Kommunedirektør", "phone_3": "",
}  # fmt: skip


def test_the_kommunes_own_chain_stands_on_the_form_in_order(gjovik):
    assert client_for("arne").post("/team/lederkjede", CHAIN).status_code == 303
    html = text_of(anonymous("gjovik").get("/meld/ansatt"))
    places = [html.index(word) for word in ("Nærmeste leder: ring 61 00 00 01", "Virksomhetsleder", "Kommunedirektør")]
    assert places == sorted(places)
    assert "116 117" in html
    assert "61 00 00 01" not in text_of(anonymous("gjovik").get("/meld/privat"))


def test_a_leader_who_is_concerned_is_passed_by(gjovik):
    client_for("arne").post("/team/lederkjede", CHAIN)
    answer = anonymous("gjovik").post("/meld/ansatt", {"what": "Uro", "acute": "on", "leader_told": "concerned"})
    html = text_of(answer)
    assert answer.status_code == 201
    assert "61 00 00 02" in html
    assert "61 00 00 01" not in html
    assert leader_chain(True, [("Leder", "1")])[-1].endswith("116 117.")


def test_a_chain_of_one_line_still_says_whom_to_tell(gjovik):
    client_for("arne").post("/team/lederkjede", {"title_1": "Nærmeste leder", "phone_1": "61 00 00 01"})
    answer = anonymous("gjovik").post("/meld/ansatt", {"what": "Uro", "acute": "on", "leader_told": "concerned"})
    html = text_of(answer)
    assert answer.status_code == 201
    assert "Si fra til lederens leder" in html
    assert "si fra til:" not in html
    assert "61 00 00 01" not in html
    for lines in ([], [("Leder", "1")], [("Leder", "1"), ("Sjef", "2")]):
        assert len(leader_chain(True, lines)) > 2
        assert not leader_chain(True, lines)[-2].endswith(":")


def test_what_to_do_when_the_person_says_no(gjovik):
    assert "Sier personen nei?" in text_of(anonymous("gjovik").get("/meld/ansatt"))
    html = text_of(anonymous("gjovik").post("/meld/ansatt", {"what": "Uro", "person_knows": "refuses"}))
    assert "Skriv i journalen hva personen sa" in html


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"phone_1": "ring"}, "Telefonnummeret ser ikke riktig ut"),
        ({"title_1": ""}, "med stilling"),
        ({"title_2": "x" * 81}, "for lang"),
    ],
)
def test_a_chain_with_faults_is_told_and_kept(gjovik, wrong, said):
    response = client_for("arne").post("/team/lederkjede", CHAIN | wrong)
    assert response.status_code == 422
    assert said in text_of(response)
    assert "Kommunedirektør" in text_of(response)
    assert not LeaderChain.objects.exists()


def test_the_chain_before_is_kept_and_the_same_again_is_no_change(gjovik):
    arne = client_for("arne")
    for change in ({}, {}, {"phone_1": "61 00 00 09"}):
        arne.post("/team/lederkjede", CHAIN | change)
    assert LeaderChain.objects.count() == 2
    assert chain_queries.lines()[0] == ("Nærmeste leder", "61 00 00 09")
    assert client_for("tom").post("/team/lederkjede", CHAIN).status_code == 403


def test_nobody_but_those_with_settings_writes_the_chain(gjovik):
    from django.db import transaction
    from django.db.utils import ProgrammingError

    from varde.clock import now

    with seen_as("tom"), pytest.raises(ProgrammingError), transaction.atomic():
        LeaderChain(lines=[["x", "1"]], valid_from=now(), set_by="Tom").save()
