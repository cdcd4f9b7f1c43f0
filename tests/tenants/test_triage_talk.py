"""Drøfting: no identity, sealed under a key of its own, counted apart, and a concern in one step."""

import uuid

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tenants.inbox.models import Concern, Denial
from tenants.triage import talk_actions, talk_queries
from tenants.triage.talk import warning
from tenants.triage.talk_models import Talk, TalkBecame
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.keys import forget_keys
from varde.access import Reader
from varde.audit.extract import seen_rows
from varde.audit.models import Entry
from varde.audit.trail import current
from varde.clock import now
from varde.privacy.actions import destroy
from varde.refusal import Refused

WHAT = "En beboer gir fra seg lønna hver måned"
ADVICE = "Snakk med henne alene, og spør om hun vil at dere melder"


def typed(**changes: str) -> dict[str, str]:
    """A drøfting as it is typed."""
    return {"what": WHAT, "advice": ADVICE, "partners": "Bofellesskapet og NAV"} | changes


def talk(by: str = "kari") -> Talk:
    return talk_actions.write(what=WHAT, advice=ADVICE, partners="NAV", by=as_person(by))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ring 99 88 77 66", "telefonnummer"),
        ("tlf 99887766.", "telefonnummer"),
        ("+47 61189500", "telefonnummer"),
        ("800 22 222", "telefonnummer"),
        ("født 01417012345", "fødselsnummer"),
        ("010170 12345", "fødselsnummer"),
        ("Hun tok ut 12 000 kroner i 2026", ""),
        ("Sak 2026-1234, uke 47", ""),
    ],
)
def test_what_looks_like_a_number_of_somebody_is_pointed_out(text, found):
    assert (found in warning(text)) if found else warning(text) == ""


@given(st.text(alphabet="abcæøå .,\n", max_size=80), st.from_regex(r"[2-9][0-9]{7}", fullmatch=True))
def test_a_phone_number_is_seen_wherever_it_stands(around, number):
    assert warning(around) == ""
    assert warning(f"{around} {number} {around}")


def test_it_is_written_up_sealed_and_read_by_the_team(gjovik):
    kari = client_for("kari")
    answer = kari.post("/droftinger", typed())
    found = Talk.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/droftinger/{found.id}")
    page = client_for("tom").get(f"/droftinger/{found.id}").content.decode()
    for words in (WHAT, ADVICE, "Bofellesskapet og NAV"):
        assert words in page
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM triage_talk t")
        assert WHAT not in cursor.fetchone()[0]
    assert not Concern.objects.exists()
    assert way.logged("triage.talk", "create", found.id)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"what": ""}, "Fyll ut «Hva ble drøftet?»."),
        ({"advice": " "}, "Fyll ut «Hvilket råd ga dere?»."),
        ({"partners": "a\nb"}, "plass til én linje"),
        ({"what": WHAT + "\x00"}, "usynlig styretegn"),
    ],
)
def test_bad_input_is_said_and_what_was_typed_stays(gjovik, changes, sentence):
    answer = client_for("kari").post("/droftinger", typed(**changes))
    page = answer.content.decode()
    assert (answer.status_code, Talk.objects.count()) == (422, 0)
    assert sentence in page
    assert "advice" in changes or ADVICE in page


def test_a_number_is_asked_about_once_and_never_cut(gjovik):
    kari, sent = client_for("kari"), typed(what=f"{WHAT}. Ring 99 88 77 66")
    answer = kari.post("/droftinger", sent)
    page = answer.content.decode()
    assert (answer.status_code, Talk.objects.count()) == (422, 0)
    assert "ser ut til å ha et telefonnummer" in page
    assert "99 88 77 66" in page
    assert 'type="checkbox" name="keep"' in page
    assert kari.post("/droftinger", sent | {"keep": "on"}).status_code == 303
    assert Talk.objects.get().what.endswith("99 88 77 66")


def test_the_action_refuses_an_empty_one(gjovik):
    with pytest.raises(Refused, match="Skriv både"):
        talk_actions.write(what=" ", advice=ADVICE, partners="", by=as_person("kari"))


def test_it_becomes_a_concern_in_one_step_and_is_linked(gjovik):
    kari, found = client_for("kari"), talk()
    where = f"/droftinger/{found.id}/bekymring"
    page = kari.get(where).content.decode()
    assert WHAT in page
    key = uuid.uuid4().hex
    sent = {"what": f"{WHAT}. Nå vet vi hvem.", "who": "Ola Utsatt", "channel": "phone", "reporter_kind": "ansatt"}
    assert kari.post(where, sent | {"idempotency_key": key}).status_code == 201
    concern = Concern.objects.get()
    assert concern.what.endswith("Nå vet vi hvem.")
    assert f"/innboks/{concern.id}" in kari.get(f"/droftinger/{found.id}").content.decode()
    assert way.logged("inbox.concern", "list", concern.id)
    again = kari.post(where, sent | {"idempotency_key": uuid.uuid4().hex})
    assert (again.status_code, Concern.objects.count()) == (422, 1)
    assert "alt blitt en bekymring" in again.content.decode()


def test_a_concern_that_cannot_be_registered_keeps_what_was_typed(gjovik):
    kari, found = client_for("kari"), talk()
    sent = {"what": "", "who": "Ola Utsatt", "channel": "phone", "reporter_kind": "ansatt"}
    answer = kari.post(f"/droftinger/{found.id}/bekymring", sent)
    assert (answer.status_code, Concern.objects.count()) == (422, 0)
    assert "Ola Utsatt" in answer.content.decode()


def test_it_can_become_one_that_whoever_writes_does_not_see(gjovik):
    tom, found = client_for("tom"), talk()
    sent = {"what": WHAT, "channel": "phone", "reporter_kind": "ansatt", "about_staff": "staff"}
    way.person("kari")
    answer = tom.post(f"/droftinger/{found.id}/bekymring", sent | {"idempotency_key": uuid.uuid4().hex})
    assert (answer.status_code, TalkBecame.objects.count()) == (201, 1)
    assert "blitt en bekymring" not in tom.get(f"/droftinger/{found.id}").content.decode()


def test_that_it_became_a_concern_is_in_the_log_of_the_concern_alone_and_in_no_extract(gjovik):
    found, key = talk(), uuid.uuid4().hex
    sent = {"what": WHAT, "channel": "phone", "reporter_kind": "ansatt", "idempotency_key": key}
    client_for("kari").post(f"/droftinger/{found.id}/bekymring", sent)
    current().flush()
    concern = Concern.objects.get()
    (row,) = Entry.objects.filter(reason="ble en bekymring")
    assert (row.object_id, row.matter_id) == (str(concern.id), concern.id)
    assert not seen_rows(concern.id).filter(what__startswith="triage.talk").exists()


def test_one_who_is_shut_out_of_the_concern_sees_the_same_drofting_as_before(gjovik):
    tom, found = client_for("tom"), talk()
    before = tom.get(f"/droftinger/{found.id}").content
    sent = {"what": WHAT, "channel": "phone", "reporter_kind": "ansatt", "idempotency_key": uuid.uuid4().hex}
    client_for("kari").post(f"/droftinger/{found.id}/bekymring", sent)
    concern = Concern.objects.get()
    Denial(concern=concern, user=way.person("tom"), kind="habilitet", at=now(), by_user=uuid.uuid4()).save()
    after = tom.get(f"/droftinger/{found.id}").content
    assert _without_tokens(after) == _without_tokens(before)
    with seen_as("tom"):
        assert talk_queries.figures()[0].became == 0
    with seen_as("kari"):
        assert talk_queries.figures()[0].became == 1


def _without_tokens(page: bytes) -> list[str]:
    return [line for line in page.decode().splitlines() if "csrf" not in line.lower()]


def test_they_are_counted_apart_by_quarter(gjovik):
    talk(), talk()
    (figures,) = talk_queries.figures()
    assert (figures.talks, figures.became) == (2, 0)
    page = client_for("kari").get("/droftinger").content.decode()
    assert f"{(now().month + 2) // 3}. kvartal {now().year}" in page


def test_those_outside_the_team_see_none(gjovik):
    found = talk()
    for name in ("arne",):
        assert client_for(name).get("/droftinger").status_code == 403
    with seen_as("arne"):
        assert not Talk.objects.exists()
    absent = client_for("kari").get(f"/droftinger/{uuid.uuid4()}")
    assert absent.status_code == 404
    assert client_for("kari").get(f"/droftinger/{found.id}").status_code == 200


def test_a_drofting_can_be_deleted_for_good_by_its_own_key(gjovik):
    kari, found, other = client_for("kari"), talk(), talk()
    destroy(matter_id=found.id, by=Reader.for_purpose("keys", gjovik))
    forget_keys()
    assert WHAT not in kari.get(f"/droftinger/{found.id}").content.decode()
    assert WHAT in kari.get(f"/droftinger/{other.id}").content.decode()
    assert kari.get("/droftinger").status_code == 200
