"""From one shift to the next: sealed, read by whoever comes on, warned of what it should not say, gone in two weeks."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from regional.lines.models import Line, Pointing
from regional.phone import facts, handover_actions, tasks
from regional.phone.access import NotDeclared
from regional.phone.handover import warnings
from regional.phone.models import DatedShift, NoteRead, ShiftNote
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import client_for, log_in
from tests.owner import as_owner
from tests.regional.declared import declare
from varde.access import Role
from varde.clock import now, telling
from varde.privacy.models import DataKey
from varde.tenancy.work import work

NOTES = "/vakttelefon/overlevering"
TEXT = "Linjen fra legevakten er nede til klokken ti."


def signed(client):
    """Another operator, who signs on the page."""
    from regional.phone.declaration_queries import in_force

    client.post("/vakttelefon/erklaering", {"read": in_force().sha256, "understood": "on"})
    return client


@pytest.fixture
def olga(gjovikregionen):
    """Olga at the keyboard, signed."""
    client = client_for("olga")
    declare("olga")
    return client


def ole():
    """The one who comes on."""
    return signed(log_in("gjovikregionen", "ole@gjovikregionen.example", "Ole Operatør", Role.OPERATOR))


def test_a_note_stands_at_the_top_for_whoever_comes_on_until_it_is_read(olga):
    assert olga.post(NOTES, {"text": TEXT})["Location"] == NOTES
    assert olga.get(f"{NOTES}/ulest").content == b""
    comes_on = ole()
    assert TEXT in comes_on.get(f"{NOTES}/ulest").content.decode()
    note = ShiftNote.objects.get()
    assert comes_on.post(f"{NOTES}/{note.id}/lest", headers={"HX-Request": "true"}).content == b""
    comes_on.post(f"{NOTES}/{note.id}/lest")
    assert NoteRead.objects.count() == 1
    assert "Lest av Ole Operatør" in " ".join(olga.get(NOTES).content.decode().split())


def test_what_is_counted_follows_the_note(olga, monkeypatch):
    monkeypatch.setattr(facts, "_counted", {(10, "Samtaler som venter"): (lambda by: 3, "/vakttelefon")})
    assert "Samtaler som venter" in olga.get(NOTES).content.decode()
    olga.post(NOTES, {"text": TEXT})
    assert ShiftNote.objects.get().counted == [{"label": "Samtaler som venter", "number": 3}]
    assert "samtaler som venter 3" in ole().get(f"{NOTES}/ulest").content.decode()


def test_whoever_is_about_to_leave_is_reminded_until_something_is_written(olga):
    assert olga.get(f"{NOTES}/ulest").content == b""
    DatedShift(
        user=olga.person, place=1, starts_at=now() - timedelta(hours=7), ends_at=now() + timedelta(minutes=20)
    ).save()
    assert "Vakten din er snart over" in olga.get(f"{NOTES}/ulest").content.decode()
    olga.post(NOTES, {"text": TEXT})
    assert olga.get(f"{NOTES}/ulest").content == b""


def test_the_page_counts_calls_call_backs_what_is_undelivered_and_numbers_that_nobody_answers(olga):
    labels = [one.label for one in facts.facts(as_person("olga"))]
    wanted = ("ringer eller er tilbudt", "Ubesvarte", "Tilbakeringinger", "ikke levert", "ikke får svar")
    assert all(any(said in label for label in labels) for said in wanted)
    assert silent_kommuner() == 2  # no number leads anywhere yet
    at = now() - timedelta(hours=1)
    line = Line(name="Vakttelefonen", service="hotline", opened_at=at)
    line.save(force_insert=True)
    Pointing(number="+4721009900", line=line, since=at, set_at=at, set_by="Hanne Vert").save()
    assert silent_kommuner() == 0
    DatedShift(
        user=olga.person, place=1, starts_at=now() + timedelta(hours=2), ends_at=now() + timedelta(hours=3)
    ).save()
    assert silent_kommuner() == 2  # a rota is in use, and nobody is on it now


def silent_kommuner() -> int:
    """As it stands on the page."""
    return next(one.number for one in facts.facts(as_person("olga")) if "ikke får svar" in one.label)


@pytest.mark.parametrize(("said", "found"), [
    ("Hjørdis Skjulthaug ringer igjen i morgen.", "Hjørdis Skjulthaug"), ("Ring 912 34 567.", "et telefonnummer"),
    ("Født 010190 12345", "et fødselsnummer"), ("Skriv til noen@example.no", "noen@example.no"),
])  # fmt: skip
def test_what_looks_like_a_caller_is_warned_of_and_never_cut(olga, said, found):
    asked = olga.post(NOTES, {"text": said})
    shown = asked.content.decode()
    assert (asked.status_code, ShiftNote.objects.count()) == (422, 0)
    assert found in shown
    assert said in shown
    looked = shown.split('name="looked" value="')[1].split('"')[0]
    assert olga.post(NOTES, {"text": f"{said} Mer.", "looked": looked}).status_code == 422
    assert olga.post(NOTES, {"text": said, "looked": looked}).status_code == 303
    assert ShiftNote.objects.get().text == said


def test_names_of_colleagues_and_places_warn_of_nothing():
    known = {"Ole Operatør", "Østre Toten"}
    assert warnings("Spør Ole Operatør om linjen til Østre Toten. Ring 116 117.", known) == []


def test_the_host_does_not_read_notes_nor_somebody_who_has_not_signed(olga):
    olga.post(NOTES, {"text": TEXT})
    vert = log_in("gjovikregionen", "vert@gjovikregionen.example", "Hanne Vert", Role.HOST_ADMINISTRATOR)
    assert vert.get(NOTES).status_code == 403
    unsigned = log_in("gjovikregionen", "tea@gjovikregionen.example", "Tea Operatør", Role.OPERATOR)
    assert unsigned.get(NOTES).status_code == 302
    with seen_as("liv"):
        assert not ShiftNote.objects.exists()


def test_nobody_changes_a_note_or_writes_for_another(olga):
    olga.post(NOTES, {"text": TEXT})
    with seen_as("olga") as me:
        with connection.cursor() as cursor, pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute("UPDATE phone_shiftnote SET counted = '[]'")
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM phone_shiftnote")
            assert cursor.rowcount == 0
        other = ShiftNote(user_id=as_person("liv").user_id, name=me.name, written_at=now(), text="x")
        with pytest.raises(ProgrammingError), transaction.atomic():
            other.save(force_insert=True)


def test_an_operator_who_has_not_signed_writes_nothing(gjovikregionen):
    client_for("olga")
    with seen_as("olga") as olga, pytest.raises(NotDeclared):
        handover_actions.write(text=TEXT, by=olga)


def test_after_two_weeks_the_note_and_its_key_are_gone(house):
    office = ref("gjovikregionen")
    client = client_for("olga")
    declare("olga")
    with telling(now() - timedelta(days=15)):
        client.post(NOTES, {"text": TEXT})
    client.post(NOTES, {"text": "Noe ferskt."})
    with as_owner(office):
        old, fresh = ShiftNote.objects.order_by("written_at").values_list("id", flat=True)
    (line,) = [one for one in tasks.look(office) if "Notater" in one.name]
    assert (line.over, line.due) == (2, 1)
    tasks.end_old_notes.run(office)
    with as_owner(office):
        assert list(ShiftNote.objects.values_list("id", flat=True)) == [fresh]
        assert DataKey.objects.get(id=old).destroyed_at
        assert DataKey.objects.get(id=fresh).destroyed_at is None
    assert tasks.run(office).gone == 0
    with work(office, TEST):
        assert ShiftNote.objects.get().text == "Noe ferskt."
