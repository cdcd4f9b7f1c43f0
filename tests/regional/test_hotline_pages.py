"""The console in the browser."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regional.hotline import actions
from regional.hotline.forms import EARLIER
from regional.hotline.models import Call
from shared.post.models import SealedLetter
from tests.cast import as_person, ref
from tests.client import client_for
from tests.regional.declared import declare
from varde.access import Role

SECRET = "Hun får ikke lov til å gå ut."
TOLD = {"reporter_kind": "privat", "what": SECRET, "where_lives": "2827 Hunndalen"}


@pytest.fixture
def olga(gjovikregionen):
    client = client_for("olga")
    declare("olga")
    return client


def new_call(olga) -> str:
    return olga.post("/vakttelefon/ny").headers["Location"]


def send(olga, url: str, **more):
    return olga.post(url, TOLD | {"gjor": "send", "foreslatt": str(ref("gjovik").id)} | more)


def test_the_first_button_on_the_start_page_is_that_of_a_call(olga):
    button = 'action="/vakttelefon/ny"'
    assert button in olga.get("/start").content.decode().partition("<main")[2]
    assert button not in client_for("liv").get("/start").content.decode()


def test_a_call_goes_to_the_proposed_kommune_and_is_shown_read_only_until_it_is_stored(olga):
    url = new_call(olga)
    assert send(olga, url).headers["Location"] == "/vakttelefon"
    listed = olga.get("/vakttelefon").content.decode()
    assert "Sendt, ikke levert ennå" in listed
    assert "Gjøvik" in listed
    assert SECRET not in listed
    waits = olga.get(url).content.decode()
    assert all(words in waits for words in (SECRET, "Ikke levert ennå"))
    assert "<textarea" not in waits
    assert send(olga, url).status_code == 302
    assert SealedLetter.objects.count() == 1


def test_nothing_goes_to_a_kommune_that_the_operator_has_not_seen(olga):
    answer = send(olga, new_call(olga), foreslatt="")
    assert answer.status_code == 422
    assert "Forslaget er nå Gjøvik" in answer.content.decode()
    assert SECRET in answer.content.decode()
    assert SealedLetter.objects.count() == 0


def test_the_operator_may_choose_another_kommune_of_the_region(olga):
    send(olga, new_call(olga), kommune=str(ref("ostre-toten").id))
    assert SealedLetter.objects.get().recipient == ref("ostre-toten").id


def test_writing_is_saved_and_answered_with_a_proposal(olga):
    url = new_call(olga)
    part = olga.post(f"{url}/utkast", TOLD).content.decode()
    assert "Lagret kl." in part
    assert "Forslag: Gjøvik" in part
    assert "<html" not in part
    assert SECRET in olga.get(url).content.decode()


def test_without_script_a_button_saves(olga):
    url = new_call(olga)
    assert olga.post(url, {"what": SECRET, "gjor": "lagre"}).headers["Location"] == url
    assert Call.objects.get().told["what"] == SECRET


def test_what_is_missing_is_said_and_what_was_typed_stays(olga):
    answer = send(olga, new_call(olga), what="", who="Naboen i tredje etasje")
    assert answer.status_code == 422
    assert "Naboen i tredje etasje" in answer.content.decode()


def test_a_control_character_is_refused_and_the_rest_stays(olga):
    answer = send(olga, new_call(olga), who="Na\x00boen")
    assert answer.status_code == 422
    assert "usynlig styretegn" in answer.content.decode()
    assert SECRET in answer.content.decode()


def test_while_writing_a_field_that_cannot_be_read_does_not_stop_the_others(olga):
    url = new_call(olga)
    olga.post(f"{url}/utkast", TOLD | {"who": "Na\x00boen"})
    assert Call.objects.get().told["what"] == SECRET


def test_a_kommune_without_a_team_shows_its_own_contact(olga):
    url = new_call(olga)
    part = olga.post(f"{url}/utkast", TOLD | {"where_lives": "Raufoss"}).content.decode()
    assert "Vestre Toten har ikke team" in part
    assert "61 15 33 00" in part
    asked = olga.post(url, TOLD | {"where_lives": "Raufoss", "gjor": "no_team"})
    assert (asked.status_code, Call.objects.get().state) == (422, "open")
    assert all(words in asked.content.decode() for words in (SECRET, "Ja, slett teksten: kontakt er gitt"))
    olga.post(url, TOLD | {"where_lives": "Raufoss", "gjor": "slett-no_team"})
    assert (Call.objects.get().kind, Call.objects.get().told) == ("no_team", {})


@pytest.mark.parametrize("kind", ["wrong_number", "advice", "spam"])
def test_with_text_the_second_click_lets_it_go_and_without_one_is_enough(olga, kind):
    url = new_call(olga)
    asked = olga.post(url, TOLD | {"gjor": kind, "who": "Fru\x00 Berg"})
    assert asked.status_code == 422
    assert all(words in asked.content.decode() for words in (SECRET, "Ja, slett teksten"))
    assert (Call.objects.get().state, SealedLetter.objects.count()) == ("open", 0)
    olga.post(url, TOLD | {"gjor": f"slett-{kind}"})
    assert (Call.objects.get().kind, Call.objects.get().told) == (kind, {})
    olga.post(new_call(olga), {"gjor": kind})
    assert Call.objects.filter(kind=kind).count() == 2


def test_what_is_kept_but_not_sent_again_is_asked_about_too(olga):
    url = new_call(olga)
    olga.post(f"{url}/utkast", TOLD)
    assert olga.post(url, {"gjor": "spam"}).status_code == 422
    assert Call.objects.get().told["what"] == SECRET


def test_something_new_of_an_earlier_report_goes_to_the_kommune_marked_so_and_is_never_thrown_away(olga, monkeypatch):
    url, sent, forward = new_call(olga), [], actions.forward
    monkeypatch.setattr(actions, "forward", lambda **given: sent.append(given["told"]) or forward(**given))
    unchosen = olga.post(url, {"what": SECRET, "gjor": "update"})
    assert unchosen.status_code == 422
    assert SECRET in unchosen.content.decode()
    gone = send(
        olga, url, gjor="update", extra="Hun ringte i går også", safe_person="Når han er ute", safe_contact="SMS",
        listening="Mannen", interpreter="tigrinja",
    )  # fmt: skip
    assert gone.headers["Location"] == "/vakttelefon"
    assert (Call.objects.get().state, Call.objects.get().kind) == ("sent", "update")
    assert SealedLetter.objects.count() == 1
    (told,) = sent
    assert (told["what"], told["extra"]) == (SECRET, f"{EARLIER}\n\nHun ringte i går også")
    assert told["safe_person"] == "Når han er ute\nHvem kan høre på: Mannen\nTolk: tigrinja"
    assert told["safe_contact"] == "SMS"
    assert not {"listening", "interpreter"} & set(told)
    olga.post(new_call(olga), {"gjor": "update"})
    assert Call.objects.filter(kind="update", state="ended").count() == 1


def test_several_calls_are_open_at_once(olga):
    first, second = new_call(olga), new_call(olga)
    shown = olga.get(second).content.decode()
    assert first in shown
    assert second in shown


def test_an_unknown_button_is_refused(olga):
    assert olga.post(new_call(olga), TOLD | {"gjor": "slett"}).status_code == 422


def test_the_host_sees_counts_and_no_calls(gjovikregionen):
    olga = as_person("olga")
    call = actions.start_call(by=olga)
    actions.forward(call_id=call.id, told={"reporter_kind": "privat", "what": SECRET}, to=ref("gjovik").id, by=olga)
    host = client_for("liv", Role.HOST_ADMINISTRATOR)
    shown = host.get("/vakttelefon/tall").content.decode()
    assert "Sendt til en kommune" in shown
    assert call.reference not in shown
    assert host.get("/vakttelefon").status_code == 403


def test_the_list_asks_the_same_number_of_questions_however_long(olga):
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            olga.get("/vakttelefon")
        return len(seen)

    new_call(olga)
    send(olga, new_call(olga))
    few = asked()
    for _ in range(5):
        send(olga, new_call(olga))
    assert asked() == few
