"""A call about a matter that is here: its words become a note there, and nobody learns of a matter hidden from them."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants.cases.models import Note
from tenants.inbox import reporter_queries, shutting
from tenants.inbox.actions import move, open_concern
from tenants.inbox.calls_models import Call, CallEnd, Caller
from tenants.inbox.models import Concern
from tenants.persons.states import HIDDEN_ADDRESS
from tenants.triage.notes_models import Note as EarlyNote
from tests.cast import as_person, seen_as
from tests.client import client_for, log_in
from tests.tenants import way
from tests.tenants.people import ADDRESS, card_in, stored
from tests.tenants.test_cases_covered import cover
from tests.tenants.test_inbox_calls import kept, place, text_of, write
from varde.access import Role
from varde.audit.extract import seen_rows
from varde.audit.models import Entry
from varde.audit.trail import current

SECRET = "Han slo henne igjen i natt."
TALK = {"what": SECRET, "extra": "Hun hørtes redd ut", "reporter_name": "Mona Nabo", "reporter_phone": "99 88 77 66",
        "safe_contact": "Ring Mona før 12", "safe_person": "Når hun er på arbeid",
        "listening": "Mannen hennes", "interpreter": "somali",
        "person_knows": "consents"}  # fmt: skip
OF_THE_CALLER = ("Mona Nabo", "99 88 77 66", "Ring Mona før 12")
PERSON, REPORTER = "Slik når dere personen trygt", "Slik når dere melderen"


def known(client, call_id, number, version=1, **words):
    return write(client, call_id, version, gjor="known", **{"names_matter": number} | words)


def test_the_call_asks_who_may_be_listening_and_for_an_interpreter_and_the_concern_says_so(gjovik):
    kari, call_id = client_for("kari"), uuid.uuid4()
    write(kari, call_id, **TALK)
    assert "Mannen hennes" in text_of(kari.get(place(call_id)))
    assert write(kari, call_id, 0, window="b", auto=True, listening="Datteren", what=SECRET).status_code == 200
    assert write(kari, call_id, 1, gjor="registrer", **TALK).status_code == 201
    concern = Concern.objects.get()
    assert "Datteren" in concern.extra
    kari.post(f"/innboks/{concern.id}/apne")
    html = text_of(kari.get(f"/innboks/{concern.id}"))
    top, mona = (html[html.index(title) :].split("</section>")[0] for title in (PERSON, REPORTER))
    assert all(words in top for words in ("Kan høre på", "Mannen hennes", "Tolk", "somali", "Når hun er på arbeid"))
    assert "Ring Mona før 12" in mona
    assert "Ring Mona før 12" not in top


def test_words_about_somebody_who_works_here_are_never_laid_before_everybody_on_the_matter(gjovik):
    case, kari, call_id = way.case("kari"), client_for("kari"), uuid.uuid4()
    answer = known(kari, call_id, case.name, **TALK | {"about_staff": "team"})
    assert (answer.status_code, "egen bekymring" in text_of(answer), SECRET in text_of(answer)) == (422, True, True)
    assert (Note.objects.exists(), Call.objects.exists()) == (False, True)
    window = {"version": 0, "window": "b", "auto": True, "about_staff": "leader", "what": "Fra det andre vinduet"}
    call_id = uuid.uuid4()
    write(kari, call_id, **TALK)
    write(kari, call_id, **window)
    assert known(kari, call_id, case.name, **TALK).status_code == 422
    assert not Note.objects.exists()


def test_what_is_about_a_leader_or_a_coordinator_is_laid_only_where_they_cannot_read_it(gjovik):
    case, kari, tom = way.case("kari"), client_for("kari"), client_for("tom")

    def answered(client, number, **about):
        answer = known(client, uuid.uuid4(), number, 0, **TALK | about)
        return answer.status_code, "Registrer samtalen som en egen bekymring" in text_of(answer)

    leader, coordinator = {"leader_told": "concerned", "reporter_kind": "ansatt"}, {"about_staff": "coordinator"}
    assert answered(kari, case.name, **leader) == (422, True)
    assert not Note.objects.exists()
    cover(case.concern, "tom")
    assert answered(kari, case.name, **leader) == (303, False)
    assert answered(tom, case.name, **coordinator) == (422, True)
    assert Note.objects.count() == 1

    way.deputy("tove"), way.person("tom")
    concern = way.received(about_staff="coordinator")
    with seen_as("tove") as by:
        open_concern(concern=concern, by=by)
    tove = client_for("tove")
    assert answered(tove, str(concern.id), **coordinator) == (303, False)
    with seen_as("tove") as by:
        shutting.name_substitute(concern=concern, substitute=way.person("kari"), by=by)
    assert answered(tove, str(concern.id), **coordinator) == (422, True)
    assert EarlyNote.objects.count() == 1


def test_what_a_later_call_says_of_the_exposed_names_no_protected_address_and_tells_nothing_of_who_rang(gjovik):
    concern, kari = way.opened("kari"), client_for("kari")
    page = f"/innboks/{concern.id}"
    said = {"safe_person": f"Gå til {ADDRESS} før kl. 12", "listening": "Mannen"}
    assert known(kari, uuid.uuid4(), str(concern.id), 0, **said).status_code == 303
    top = text_of(kari.get(page)).split("Slik når dere personen trygt")[1].split("</section>")[0]
    assert ADDRESS in top
    assert not reporter_queries.is_given(concern)
    assert f"{page}/melder" not in text_of(kari.get(page))
    card_in(concern, name="Eva Utsatt", address=ADDRESS, protection="strict")
    top = text_of(kari.get(page)).split("Slik når dere personen trygt")[1].split("</section>")[0]
    assert (ADDRESS in top, HIDDEN_ADDRESS in top, "Mannen" in top) == (False, True, True)
    known(kari, uuid.uuid4(), str(concern.id), 0, what=SECRET, reporter_phone="99 88 77 66")
    assert reporter_queries.is_given(concern)
    assert len(reporter_queries.callers(concern)) == 1


def test_the_words_become_a_note_in_the_case_the_call_is_counted_and_whoever_rang_is_sealed(gjovik):
    case, kari, call_id = way.case("kari"), client_for("kari"), uuid.uuid4()
    write(kari, call_id, **TALK)
    write(kari, call_id, 0, window="b", auto=True, what="Fra det andre vinduet", reporter_name="Mona N. Nabo")
    answer = known(kari, call_id, case.name, **TALK)
    assert (answer.status_code, answer["Location"]) == (303, f"/saker/{case.id}")
    note = Note.objects.get(case=case)
    assert all(words in note.text for words in (SECRET, "Hun hørtes redd ut", "Fra det andre vinduet", "samtykker"))
    assert not any(words in note.text for words in OF_THE_CALLER)
    assert all(words in note.text for words in ("Når hun er på arbeid", "Mannen hennes"))
    assert (CallEnd.objects.get().kind, Call.objects.exists(), Concern.objects.count()) == ("known", False, 1)
    html = text_of(kari.get(f"/saker/{case.id}"))
    assert SECRET in html
    person, caller = (html[html.index(title) :].split("</section>")[0] for title in (PERSON, REPORTER))
    assert "Når hun er på arbeid" in person
    assert "Ring Mona før 12" in caller
    assert "Ring Mona før 12" not in person
    assert "Mona" not in html.replace("Ring Mona før 12", "")
    shown = text_of(kari.post(f"/innboks/{case.concern_id}/melder", {"reason": "contact", "text": "Må ringe henne"}))
    assert all(words in shown for words in ("Mona Nabo / Mona N. Nabo", "99 88 77 66"))
    assert "Mona" not in stored("inbox_caller", "cases_note")
    current().flush()
    assert Entry.objects.get(what="inbox.call", reason="lagt i en sak vi har").matter_id == case.concern_id
    # That somebody rang, and on which day, could tell who: the extract for the person says nothing of it.
    assert Entry.objects.get(what="inbox.caller").matter_id == case.concern_id
    assert not seen_rows(case.concern_id).filter(what__startswith="inbox.call").exists()


def test_the_button_pressed_twice_writes_one_note(gjovik):
    case, kari, call_id = way.case("kari"), client_for("kari"), uuid.uuid4()
    for version in (0, 1):
        assert known(kari, call_id, case.name, version, what=SECRET)["Location"] == f"/saker/{case.id}"
    assert (Note.objects.count(), CallEnd.objects.count(), Call.objects.count()) == (1, 1, 0)
    late = write(kari, call_id, 1, what="Mer fra et annet vindu")
    assert late.status_code == 303
    assert Call.objects.count() == 1


def test_of_a_concern_that_is_no_case_the_words_become_its_note(gjovik):
    concern, kari = way.opened("kari"), client_for("kari")
    answer = known(kari, uuid.uuid4(), str(concern.id), 0, **TALK)
    assert answer["Location"] == f"/innboks/{concern.id}"
    assert SECRET in EarlyNote.objects.get(concern=concern).text
    assert SECRET in text_of(kari.get(f"/innboks/{concern.id}"))


def test_a_matter_that_takes_no_note_says_why_and_the_words_stay(gjovik):
    kari, unopened, over = client_for("kari"), way.received(), way.case("kari")
    move(concern=over.concern, to="closed", by=as_person("kari"))
    for number, said in ((str(unopened.id), "ikke åpnet"), (over.name, "Saken er lukket"), ("", "Skriv nummeret")):
        call_id = uuid.uuid4()
        answer = known(kari, call_id, number, 0, what=SECRET)
        assert answer.status_code == 422
        assert said in text_of(answer)
        assert SECRET in text_of(answer)
        assert kept(call_id).told["fields"]["what"] == SECRET
    assert not CallEnd.objects.exists()
    assert not Note.objects.exists()
    nothing = known(kari, uuid.uuid4(), over.name, 0, acute="on")
    assert nothing.status_code == 422
    assert "Skriv hva som ble sagt" in text_of(nothing)


def bare(html, *texts):
    """A page without what differs by itself: tokens, ids, times and the number that was typed."""
    for text in (*texts, r"[0-9a-f]{8}-[0-9a-f-]{27}", r"\b\w{64}\b", r'value="[0-9a-f]{12}"', r"\d\d\.\d\d"):
        html = re.sub(text, "", html)
    return html


def test_a_number_that_is_hidden_is_answered_as_one_that_is_not_there(gjovik):
    case, tom = way.case("kari"), client_for("tom")
    pages = []
    for number in (case.name, "Sak 2026-0BADCA"):
        Call.objects.all().delete()
        answer = known(tom, uuid.uuid4(), number, 0, what=SECRET)
        assert answer.status_code == 422
        pages.append(bare(text_of(answer), number))
    assert pages[0] == pages[1]
    assert "Du ser ingen sak med dette nummeret" in pages[0]
    assert not CallEnd.objects.exists()
    assert not Note.objects.exists()
    assert (
        write(tom, Call.objects.get().id, 1, gjor="registrer", what=SECRET, names_matter=case.name).status_code == 201
    )
    assert case.name in Concern.objects.exclude(id=case.concern_id).get().extra


@pytest.mark.parametrize("number", ["there", "Sak 2026-0BADCA"])
def test_who_may_not_read_matters_sends_it_blindly_and_gets_one_answer(gjovik, number):
    """Nothing is looked up: no query asks for a case, and nothing is counted by whether there is one."""
    case = way.case("kari")
    kim = log_in("gjovik", "kim@gjovik.example", "Kim", Role.CONTACT)
    named = case.name if number == "there" else number
    assert "Send til teamet" in text_of(kim.get("/innboks/samtale"))
    with CaptureQueriesContext(connection) as queries:
        answer = known(kim, uuid.uuid4(), named, 0, **TALK)
    assert not [one for one in queries if "cases_case" in one["sql"] or "cases_note" in one["sql"]]
    assert answer.status_code == 201
    assert "Bekymringen er registrert" in text_of(answer)
    assert named not in text_of(answer)
    new = Concern.objects.exclude(id=case.concern_id).get()
    assert (new.what, new.reporter_name) == (SECRET, "Mona Nabo")
    assert f"sa at det gjelder en sak vi har: {named}" in new.extra
    assert not CallEnd.objects.exists()
    assert not Note.objects.exists()
    assert not Caller.objects.exists()


def test_whoever_rang_is_there_for_those_who_see_the_matter_alone(gjovik):
    case, kari = way.case("kari"), client_for("kari")
    known(kari, uuid.uuid4(), case.name, 0, **TALK)
    with seen_as("tom"):
        assert not Caller.objects.exists()
    with seen_as("kari"):
        assert Caller.objects.count() == 1
