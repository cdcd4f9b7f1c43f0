"""During a call: saved while it is written, both texts of two windows kept, one click for what is no concern."""

import json
import re
import time
import uuid

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from tenants.inbox import calls_actions, calls_states, calls_tasks
from tenants.inbox.calls_models import Call, CallEnd
from tenants.inbox.calls_states import NO_MATTER, TooMuch
from tenants.inbox.calls_views import AUTOSAVE
from tenants.inbox.models import Concern
from tests.cast import PASSWORD, TEST, as_person, ref, seen_as
from tests.client import client_for, log_in
from tests.tenants import way
from varde.access import Reader, Role
from varde.access.ticket import presented
from varde.audit.extract import seen_rows
from varde.audit.models import Entry
from varde.audit.trail import current
from varde.identity.models import User
from varde.tenancy.work import work

SECRET = "Han slår henne hver kveld."
TALK = {"what": SECRET, "who": "Fru Berg i 3B", "where_lives": "Hunndalen", "safe_person": "Før kl. 12",
        "reporter_name": "Mona, nabo", "extra": "Hun hørtes redd ut"}  # fmt: skip


def text_of(response):
    return response.content.decode()


def place(call_id):
    return f"/innboks/samtale/{call_id}"


def write(client, call_id, version=0, gjor="lagre", window="a", auto=False, **words):
    headers = {AUTOSAVE: "1"} if auto else {}
    return client.post(
        place(call_id), words | {"version": version, "gjor": gjor, "vindu": window}, headers=headers
    )  # fmt: skip


def kept(call_id):
    with presented(Reader.for_purpose(TEST, ref("gjovik"))):
        return Call.objects.get(id=call_id)


def test_the_page_asks_six_things_and_for_notes_and_nothing_is_stored_yet(gjovik):
    html = text_of(client_for("kari").get("/innboks/samtale"))
    first = html.split('<details class="ds-details"')[0].split("<form")[-1]
    asked = set(re.findall(r'name="(\w+)"', first)) - {"csrfmiddlewaretoken", "version", "vindu", "gjor"}
    assert asked == {"who", "where_lives", "what", "acute", "safe_person", "reporter_name", "extra"}
    assert not Call.objects.exists()


def test_what_is_written_is_there_again_after_a_crash(gjovik):
    kari, call_id = client_for("kari"), uuid.uuid4()
    answer = json.loads(write(kari, call_id, auto=True, **TALK).content)
    assert answer["kept"]
    assert answer["version"] == 1
    html = text_of(kari.get(place(call_id)))
    assert all(word in html for word in TALK.values())
    assert place(call_id) in text_of(kari.get("/innboks/samtale"))


def test_it_lies_sealed(gjovik):
    call_id = uuid.uuid4()
    write(client_for("kari"), call_id, **TALK)
    stored = Call.objects.filter(id=call_id).extra(select={"raw": "told"}).values_list("raw", flat=True)[0]
    assert b"Berg" not in bytes(stored)


def test_it_works_without_scripts(gjovik):
    kari, call_id = client_for("kari"), uuid.uuid4()
    response = write(kari, call_id, **TALK)
    assert (response.status_code, response.headers["Location"]) == (303, place(call_id))


def test_a_colleague_neither_sees_nor_changes_it(gjovik):
    call_id = uuid.uuid4()
    write(client_for("kari"), call_id, **TALK)
    tom = client_for("tom")
    for there in (call_id, uuid.uuid4()):
        assert tom.get(place(there)).status_code == 404
        assert way.logged("inbox.call", "denied", there)
    assert place(call_id) not in text_of(tom.get("/innboks/samtale"))
    with seen_as("tom"):
        assert not Call.objects.exists()


def test_of_two_windows_the_second_is_told_and_both_texts_are_kept(gjovik):
    kari, call_id = client_for("kari"), uuid.uuid4()
    write(kari, call_id, what="Først")
    write(kari, call_id, 1, what="Først, og mer")
    response = write(kari, call_id, 1, window="b", what="Noe helt annet", who="Fru Berg")
    assert response.status_code == 409
    html = text_of(response)
    assert all(words in html for words in ("et annet vindu", "Først, og mer", "Noe helt annet", "Fru Berg"))
    answer = json.loads(write(kari, call_id, 1, window="b", auto=True, what="Noe helt annet, og enda mer").content)
    assert answer["kept"]
    assert answer["aside"]
    assert kept(call_id).told == {
        "fields": {"what": "Først, og mer"},
        "aside": {"b": {"what": "Noe helt annet, og enda mer"}},
    }


def test_the_same_words_from_two_windows_are_no_quarrel(gjovik):
    kari, call_id = client_for("kari"), uuid.uuid4()
    write(kari, call_id, what="Likt")
    assert write(kari, call_id, 0, window="b", what="Likt").status_code == 303
    assert "aside" not in kept(call_id).told or kept(call_id).told["aside"] == {}


def test_registered_it_is_a_concern_by_phone_and_the_call_is_gone(gjovik):
    kari, call_id = client_for("kari"), uuid.uuid4()
    write(kari, call_id, **TALK)
    response = write(kari, call_id, 1, gjor="registrer", first_teller="person", **TALK)
    assert response.status_code == 201
    assert re.search(r"data-receipt>[0-9 ]{19}<", text_of(response))
    stored = Concern.objects.get()
    assert (stored.channel, stored.what, stored.safe_person, stored.reporter_name, stored.first_teller) == (
        "phone", SECRET, TALK["safe_person"], TALK["reporter_name"], "person",
    )  # fmt: skip
    assert not Call.objects.exists()


def test_that_it_became_a_concern_is_in_the_log_of_the_concern_alone_and_in_no_extract(gjovik):
    kari, call_id = client_for("kari"), uuid.uuid4()
    write(kari, call_id, **TALK)
    write(kari, call_id, 1, gjor="registrer", **TALK)
    current().flush()
    stored = Concern.objects.get()
    (row,) = Entry.objects.filter(what="inbox.call", reason="registrert")
    assert (row.object_id, row.matter_id) == (str(stored.id), stored.id)
    assert not seen_rows(stored.id).filter(what="inbox.call").exists()


def test_what_another_window_wrote_goes_with_the_concern(gjovik):
    kari, call_id = client_for("kari"), uuid.uuid4()
    write(kari, call_id, what="Først")
    write(kari, call_id, 1, what=SECRET)
    write(kari, call_id, 1, window="b", what="Fra det andre vinduet")
    assert write(kari, call_id, 2, gjor="registrer", what=SECRET).status_code == 201
    stored = Concern.objects.get()
    assert stored.what == SECRET
    assert "Fra det andre vinduet" in stored.extra


def test_a_window_that_comes_after_registering_keeps_its_text_as_a_new_call(gjovik):
    kari, call_id = client_for("kari"), uuid.uuid4()
    write(kari, call_id, gjor="registrer", **TALK)
    answer = json.loads(write(kari, call_id, 0, window="b", auto=True, what="Mer om det").content)
    assert answer["address"] != place(call_id)
    assert "allerede registrert" in answer["said"]
    assert kari.get(answer["address"]).status_code == 200
    assert Concern.objects.count() == 1


def test_a_lost_answer_gives_the_same_receipt_again(gjovik):
    kari, call_id = client_for("kari"), uuid.uuid4()
    said = [text_of(write(kari, call_id, gjor="registrer", **TALK)) for _ in range(2)]
    codes = [re.search(r"data-receipt>([0-9 ]{19})<", html)[1] for html in said]
    assert codes[0] == codes[1]
    assert Concern.objects.count() == 1
    assert not Call.objects.exists()


def test_nothing_is_registered_without_what_it_is_about_and_the_rest_is_kept(gjovik):
    kari, call_id = client_for("kari"), uuid.uuid4()
    response = write(kari, call_id, gjor="registrer", who="Fru Berg", occurred_on="2999-01-01")
    assert response.status_code == 422
    assert "Skriv hva som skjer" in text_of(response)
    assert "Fru Berg" in text_of(response)
    assert kept(call_id).told["fields"]["who"] == "Fru Berg"
    assert not Concern.objects.exists()


@pytest.mark.parametrize("kind", dict(NO_MATTER))
def test_what_is_no_matter_is_one_click_and_still_counts(gjovik, kind):
    kari = client_for("kari")
    response = kari.post(place(uuid.uuid4()), {"gjor": kind, "version": 0})
    assert response.status_code == 303
    assert CallEnd.objects.get().kind == kind
    html = text_of(kari.get("/innboks/samtale"))
    assert f"{dict(NO_MATTER)[kind].lower()} 1" in html
    assert not Concern.objects.exists()


def test_words_are_thrown_away_only_by_a_second_click(gjovik):
    kari, call_id = client_for("kari"), uuid.uuid4()
    write(kari, call_id, what=SECRET)
    response = write(kari, call_id, 1, gjor="spam", what=SECRET)
    assert response.status_code == 422
    assert SECRET in text_of(response)
    assert not CallEnd.objects.exists()
    assert kari.post(place(call_id), {"gjor": "spam", "sikker": "spam", "what": SECRET}).status_code == 303
    assert CallEnd.objects.count() == 1
    assert not Call.objects.exists()


def test_an_ended_call_leaves_no_word_in_the_log(gjovik):
    call_id = uuid.uuid4()
    write(client_for("kari"), call_id, **TALK)
    client_for("kari").post(place(call_id), {"gjor": "advice", "sikker": "advice", **TALK})
    assert way.logged("inbox.call.advice", "create")
    assert not Entry.objects.filter(reason__contains="Berg").exists()


def test_more_than_there_is_room_for_is_told_and_stays_on_the_page(gjovik):
    kari, call_id = client_for("kari"), uuid.uuid4()
    long = "ord " * (calls_states.LARGEST // 4 + 1)
    response = write(kari, call_id, what=long)
    assert response.status_code == 422
    assert "mer enn det er plass til" in text_of(response)
    assert long[:1000] in text_of(response)
    answer = json.loads(write(kari, call_id, auto=True, what=long).content)
    assert not answer["kept"]


@pytest.mark.parametrize("version", ["-1", "x", "", "99999999999", "٣"])
def test_an_odd_version_loses_nothing(gjovik, version):
    kari, call_id = client_for("kari"), uuid.uuid4()
    write(kari, call_id, what="Først")
    assert write(kari, call_id, version, what="Etterpå").status_code == 409
    told = kept(call_id).told
    assert (told["fields"]["what"], list(told["aside"].values())) == ("Først", [{"what": "Etterpå"}])


def test_a_contact_person_may_take_a_call_and_the_administrator_not(gjovik):
    kim = log_in("gjovik", "kim@gjovik.example", "Kim", Role.CONTACT)
    response = write(kim, uuid.uuid4(), gjor="registrer", what=SECRET)
    assert response.status_code == 201
    assert f"/innboks/{Concern.objects.get().id}" not in text_of(response)
    assert client_for("arne").get("/innboks/samtale").status_code == 403


def test_somebody_elses_id_gives_a_call_of_ones_own(gjovik):
    call_id = uuid.uuid4()
    write(client_for("kari"), call_id, **TALK)
    response = write(client_for("tom"), call_id, what="Toms samtale")
    assert response.status_code == 303
    assert response.headers["Location"] != place(call_id)
    assert kept(call_id).told["fields"]["what"] == SECRET


def test_an_unknown_end_is_refused(gjovik):
    with pytest.raises(ValueError, match="Velg"):
        calls_actions.end(call_id=uuid.uuid4(), kind="noe", by=as_person("kari"))


def test_sizes_and_words_are_pure_rules():
    with pytest.raises(TooMuch):
        calls_states.check_size({"a": "x" * (calls_states.LARGEST + 1)})
    assert calls_states.other_words({"a": "1"}, {"a": "1", "b": " ", "c": "2"}) == {"c": "2"}
    assert calls_states.not_yet_in([" mer ", "mer", "nytt"], ["noe mer her"]) == ["nytt"]


FIELDS = st.dictionaries(st.sampled_from("abc"), st.text(alphabet="xy \n", max_size=4))


@given(kept=FIELDS, typed=FIELDS)
def test_of_two_texts_no_word_is_lost(kept, typed):
    aside = calls_states.other_words(kept, typed)
    assert all(kept.get(name) == text or aside[name] == text for name, text in typed.items() if text.strip())
    late = calls_states.not_yet_in(aside.values(), kept.values())
    said = "\n\n".join([*kept.values(), *late])
    assert all(text.strip() in said for text in typed.values())


def test_a_session_that_ended_during_the_call_loses_nothing(gjovik, monkeypatch):
    kari, call_id, begun = client_for("kari"), uuid.uuid4(), time.time()
    kari.get("/innboks/samtale")
    monkeypatch.setattr("varde.identity.idle.time.time", lambda: begun + 31 * 60)
    away = write(kari, call_id, auto=True, **TALK)
    assert away.status_code == 302
    assert away["Location"].startswith("/inn?next=%2Fkonto%2Ffortsett%2F")
    back = kari.post(away["Location"], {"login": "kari@gjovik.example", "password": PASSWORD})["Location"]
    html = text_of(kari.get(back))
    assert f'action="{place(call_id)}"' in html
    assert SECRET in html
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html.split("v-section")[1]))
    assert kari.post(place(call_id), sent).status_code == 303
    assert kept(call_id).told["fields"] == TALK


def test_after_the_call_the_one_way_on_is_to_open_it(gjovik):
    kari = client_for("kari")
    html = text_of(write(kari, uuid.uuid4(), gjor="registrer", **TALK))
    stored = Concern.objects.get()
    assert re.search(rf'<form method="post" action="/innboks/{stored.id}/apne">.*?Åpne og ta imot</button>', html)
    assert "sjekklisten" in html
    assert not re.search(rf'href="/innboks/{stored.id}', html)
    answer = kari.post(f"/innboks/{stored.id}/apne")
    assert answer["Location"] == f"/innboks/{stored.id}"
    html = text_of(kari.get(answer["Location"]))
    for then in ("avklar", "ring-tilbake"):
        assert f'href="/innboks/{stored.id}/{then}"' in html
        assert kari.get(f"/innboks/{stored.id}/{then}").status_code == 200


def test_whom_to_call_back_is_shown_to_those_who_may_open_it(gjovik):
    kim = log_in("gjovik", "kim@gjovik.example", "Kim", Role.CONTACT)
    link = 'href="/innboks/ring-tilbake"'
    assert link in text_of(client_for("kari").get("/innboks/samtale"))
    html = text_of(kim.get("/innboks/samtale"))
    assert "Samtale" in html
    assert link not in html


def test_that_a_call_began_is_in_the_log_under_the_matter_that_it_becomes(gjovik):
    """So the row is hidden with the matter, from the first moment, and stands in no extract."""
    kari, call_id = client_for("kari"), uuid.uuid4()
    write(kari, call_id, **TALK)
    begun = kept(call_id).becomes
    current().flush()
    assert Entry.objects.get(what="inbox.call.begun").matter_id == begun
    write(kari, call_id, 1, gjor="registrer", **TALK)
    assert Concern.objects.get().id == begun
    current().flush()
    assert not seen_rows(begun).filter(what="inbox.call.begun").exists()


def test_a_coordinator_sees_that_a_call_lies_with_somebody_but_not_which_and_nothing_of_it(gjovik):
    call_id, lain = uuid.uuid4(), way.in_hours(-3)
    write(client_for("tom"), call_id, **TALK)
    kari = client_for("kari")
    for place_ in ("/innboks/samtale", "/start"):
        assert "Tom Teammedlem" not in text_of(kari.get(place_))
    Call.objects.update(saved_at=lain)
    for place_ in ("/innboks/samtale", "/start"):
        html = text_of(kari.get(place_))
        assert "Tom Teammedlem" in html
        assert str(call_id) not in html
        assert "Berg" not in html
    assert "Tom Teammedlem" not in text_of(client_for("tove").get("/innboks/samtale"))
    assert kari.get(place(call_id)).status_code == 404
    assert str(call_id) in text_of(client_for("tom").get("/start"))


def test_a_call_of_somebody_who_has_left_is_the_coordinators_to_finish(gjovik):
    call_id = uuid.uuid4()
    write(client_for("tom"), call_id, **TALK)
    User.objects.filter(name="Tom Teammedlem").update(is_active=False)
    kari = client_for("kari")
    assert "begynt av en som har sluttet" in text_of(kari.get("/innboks/samtale"))
    assert client_for("tove").get(place(call_id)).status_code == 404
    assert SECRET in text_of(kari.get(place(call_id)))
    assert write(kari, call_id, 1, gjor="registrer", **TALK).status_code == 201
    assert Concern.objects.get().what == SECRET


def test_whoever_left_a_call_lying_is_reminded_and_after_a_day_the_coordinators(house):
    def told():
        before = len(mail.outbox)
        calls_tasks.look_for_unfinished.run(ref("gjovik"))
        return sorted(message.to[0].split("@")[0] for message in mail.outbox[before:])

    call_id = uuid.uuid4()
    with work(ref("gjovik"), TEST):
        way.person("kari"), way.person("tom")
        typed = calls_actions.Typed(TALK, 0)
        calls_actions.save(call_id=call_id, typed=typed, by=as_person("tom"))
    assert told() == []
    for hours, who in ((-2, ["tom"]), (-30, ["kari"])):
        with work(ref("gjovik"), TEST):
            Call.objects.update(saved_at=way.in_hours(hours))
        assert (told(), told()) == (who, [])
    assert not any("Berg" in message.body or "amtale" in message.body for message in mail.outbox)
    with work(ref("gjovik"), TEST):
        calls_actions.save(call_id=call_id, typed=calls_actions.Typed(TALK, 1), by=as_person("tom"))
        Call.objects.update(saved_at=way.in_hours(-2))
    assert told() == ["tom"]
