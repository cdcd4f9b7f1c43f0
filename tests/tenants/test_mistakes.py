"""«Feilført»: the row stays, folded, with who and why; what is gathered leaves it out; nobody outside marks."""

import re
import uuid
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from tenants.cases.actions import close_case, write_note
from tenants.cases.models import Case, Note
from tenants.closing.known_queries import known_of
from tenants.continuity.gathered import pack_of
from tenants.inbox import mistakes_queries, safe_queries
from tenants.inbox.mistakes_models import Mistake
from tenants.inbox.models import Concern
from tenants.insight.gather import everything
from tenants.kept.bundle_papers import matter as archived
from tenants.measures.contacts_models import CaseContact
from tenants.meeting import queries as meeting
from tenants.persons import queries as persons
from tenants.persons.actions import change_person, link, merge
from tenants.persons.card import Card
from tenants.persons.models import Person
from tenants.persons.repeats import repeats_of
from tenants.persons.spoken import VoiceEntry
from tenants.persons.spoken_actions import write_voice
from tenants.persons.voice import Said
from tenants.triage.models import NextStep
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import PHONE, card_in, stored, text_of
from tests.tenants.test_measures_contacts import typed as contact
from tests.tenants.test_measures_guard import let_in
from tests.tenants.test_risk_way import signed
from varde.clock import now
from varde.documents.paper import Note as PaperNote
from varde.refusal import Refused
from varde.ui.dates import short_date

WHY = "Gjelder en annen Hansen"
NOTE = "Han slo henne i går"


def place(concern: Concern, slug: str, row: Any) -> str:
    """Where a row is marked."""
    return mistakes_queries.address(concern.pk, slug, row.pk)


def mark(kari: Any, concern: Concern, slug: str, row: Any) -> None:
    """Kari marks it on its page."""
    answer = kari.post(place(concern, slug, row), {"reason": WHY})
    assert answer.status_code == 303, answer.content.decode()


def folded(html: str) -> list[str]:
    """What stands folded under a mark."""
    return re.findall(
        rf"<summary>Feilført [0-9.]+ av Kari Koordinator: {WHY}</summary>(.*?)</details>", html, re.DOTALL
    )


def test_a_note_and_a_contact_are_folded_with_who_and_why_and_stand_marked_in_what_is_given_out(gjovik):
    kari, case = client_for("kari"), way.case()
    note = write_note(case=case, text=NOTE, by=as_person("kari"))
    write_note(case=case, text="Hun er hos søsteren", by=as_person("kari"))
    kari.post(f"/saker/{case.id}/kontakter", contact())
    row = CaseContact.objects.get()
    assert NOTE in text_of(kari, place(case.concern, "notat", note))
    mark(kari, case.concern, "notat", note)
    mark(kari, case.concern, "kontakt", row)
    said = folded(text_of(kari, f"/saker/{case.id}"))
    assert len(said) == 2
    assert any(NOTE in each for each in said)
    assert not any("Hun er hos søsteren" in each for each in said)
    assert len(folded(text_of(kari, f"/saker/{case.id}/kontakter"))) == 1
    assert place(case.concern, "notat", note) not in text_of(kari, f"/saker/{case.id}")
    assert Note.objects.filter(pk=note.pk).exists()
    assert WHY.encode().hex() not in stored("inbox_mistake")
    assert way.logged("inbox.mistake", "create", case.concern_id)
    person = card_in(case.concern)
    given = [found.text for found in everything(case.concern, person).items if NOTE in found.text]
    assert given == [f"Feilført {short_date(now())} av Kari Koordinator: {WHY}\n{NOTE}"]
    kept = archived(case.concern, case)
    assert sum(isinstance(piece, PaperNote) and WHY in piece.text for piece in kept) == 2


def test_what_the_person_did_not_say_is_no_longer_gathered(gjovik):
    kari, case = client_for("kari"), way.case()
    said = Said("own", "Vil hjem", safe_contact="Ring når som helst", helped="", consent="yes")
    entry = write_voice(concern=case.concern, person=None, stage="start", said=said, by=as_person("kari"))
    over = Said("own", "Det hjalp", helped="yes")
    end = write_voice(concern=case.concern, person=None, stage="end", said=over, by=as_person("kari"))
    assert persons.was_asked(case.concern)
    mark(kari, case.concern, "stemme", entry)
    mark(kari, case.concern, "stemme", end)
    with seen_as("kari") as reader:
        found = persons.voice_of(case.concern), persons.was_asked(case.concern), persons.helped_in(case.concern)
        assert found == ([], False, None)
        assert not any(each.said for each in safe_queries.of_matter(Concern.objects.get(pk=case.concern_id)))
        assert known_of(case.concern, case).voices == ()
        assert not any(one.safe for one in pack_of(reader, now())[0].matters)
    assert "Ring når som helst" not in text_of(kari, f"/saker/{case.id}")
    page = text_of(kari, f"/innboks/{case.concern_id}/stemme")
    assert any("Ring når som helst" in each for each in folded(page))
    assert VoiceEntry.objects.count() == 2


def test_a_card_of_the_wrong_person_is_found_by_nothing_and_goes_nowhere(gjovik):
    kari, case, other = client_for("kari"), way.case(), way.opened()
    wrong = card_in(case.concern, name="Nils Feilmann", phone=PHONE)
    there = card_in(other, name="Nils Annen", phone=PHONE)
    link(person=wrong, other=there, by=as_person("kari"))
    assert len(repeats_of(other, [there])) == 1
    assert "1 treff" in kari.post("/sok", {"sok": "Feilmann"}).content.decode()
    mark(kari, case.concern, "kort", wrong)
    assert repeats_of(other, [there]) == repeats_of(case.concern, [wrong]) == []
    assert "1 treff" not in kari.post("/sok", {"sok": "Feilmann"}).content.decode()
    assert persons.persons_of(case.concern) == []
    with seen_as("kari") as reader:
        assert known_of(case.concern, case).persons == ()
        assert not any("Feilmann" in who.name for one in pack_of(reader, now())[0].matters for who in one.people)
    assert "Feilmann" not in text_of(kari, f"/saker/{case.id}")
    assert any("Nils Feilmann" in each for each in folded(text_of(kari, f"/innboks/{case.concern_id}/personer")))
    page = text_of(kari, f"/personer/{wrong.id}")
    assert folded(page)
    assert "Lagre endringen" not in page
    with pytest.raises(Refused, match="merket som feilført"):
        seen = str(wrong.version)
        change_person(person=wrong, role="exposed", card=Card(name="Ny"), seen=seen, by=as_person("kari"))
    with pytest.raises(Refused, match="merket som feilført"):
        merge(keep=card_in(case.concern), other=Person.objects.get(pk=wrong.pk), by=as_person("kari"))


def test_a_merged_card_is_parted_first(gjovik):
    kari, concern = client_for("kari"), way.opened()
    keep, other = card_in(concern), card_in(concern, name="Ola Samme")
    merge(keep=keep, other=other, by=as_person("kari"))
    for card in (keep, other):
        answer = kari.post(place(concern, "kort", card), {"reason": WHY})
        assert (answer.status_code, "Skill kortene først" in answer.content.decode()) == (422, True)
    assert not Mistake.objects.exists()


def test_a_note_that_was_wrong_does_not_keep_a_case_off_the_agenda(gjovik):
    case = way.case()
    NextStep.objects.update(made_at=way.in_hours(-24 * 40))
    note = write_note(case=case, text=NOTE, by=as_person("kari"))
    with seen_as("kari") as reader:
        assert "still" not in {kind for kind, rows in meeting._by_kind(reader, now()) for _ in rows}
    mark(client_for("kari"), case.concern, "notat", note)
    with seen_as("kari") as reader:
        assert "still" in {kind for kind, rows in meeting._by_kind(reader, now()) for _ in rows}


def test_it_is_said_once_also_in_a_closed_case_and_with_a_reason(gjovik):
    kari, case = client_for("kari"), way.case()
    note = write_note(case=case, text=NOTE, by=as_person("kari"))
    close_case(case=case, by=as_person("kari"))
    empty = kari.post(place(case.concern, "notat", note), {"reason": " "})
    assert (empty.status_code, "Skriv kort hvorfor." in empty.content.decode()) == (422, True)
    mark(kari, case.concern, "notat", note)
    again = kari.post(place(case.concern, "notat", note), {"reason": "Noe annet"})
    assert (again.status_code, Mistake.objects.count()) == (422, 1)
    assert "Kari Koordinator var først ute" in again.content.decode()
    assert "Noe annet" in again.content.decode()


def test_those_outside_can_neither_see_nor_mark(gjovik):
    case = way.case()
    note = write_note(case=case, text=NOTE, by=as_person("kari"))
    mark(client_for("kari"), case.concern, "notat", note)
    tom = client_for("tom")
    hidden = [
        tom.get(place(case.concern, "notat", note)),
        tom.post(place(case.concern, "notat", note), {"reason": "x"}),
    ]
    absent = tom.get(f"/innboks/{uuid.uuid4()}/feilfort/notat/{note.pk}")
    assert [(each.status_code, each.content) for each in hidden] == [(404, absent.content)] * 2
    with seen_as("tom"):
        assert not Mistake.objects.exists()
    kari = client_for("kari")
    for slug, row in (("notat", uuid.uuid4()), ("tull", note.pk), ("stemme", note.pk)):
        assert kari.get(f"/innboks/{case.concern_id}/feilfort/{slug}/{row}").status_code == 404


def test_whoever_was_let_in_by_break_glass_marks_nothing(gjovik):
    case = way.case()
    note = write_note(case=case, text=NOTE, by=as_person("kari"))
    let_in(case)
    answer = client_for("tom").post(place(case.concern, "notat", note), {"reason": WHY})
    assert (answer.status_code, "nødåpning" in answer.content.decode()) == (422, True)


def test_the_database_lets_nobody_mark_what_is_not_theirs_and_a_mark_is_frozen(gjovik):
    mine, his = way.case(), way.case(by="tom")
    note = write_note(case=mine, text=NOTE, by=as_person("kari"))
    own = write_note(case=Case.objects.select_related("concern").get(pk=his.pk), text="Hans", by=as_person("tom"))

    def laid(concern: Concern, row: Any, by: str, table: str = "cases_note") -> None:
        Mistake(
            concern=concern, of_table=table, row_id=row.pk, reason=WHY, at=now(), by_user=as_person(by).user_id,
            by_name="Noen",
        ).save()  # fmt: skip

    with seen_as("tom"):
        for concern, row, by, table in (
            (mine.concern, note, "tom", "cases_note"),  # a matter that he does not see
            (his.concern, note, "tom", "cases_note"),  # a row of another matter
            (his.concern, own, "kari", "cases_note"),  # in somebody else's name
            (his.concern, own, "tom", "persons_voice"),
            (his.concern, own, "tom", "registry_office"),
            (his.concern, own, "tom", "ingen; DROP TABLE x"),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                laid(concern, row, by, table)
        laid(his.concern, own, "tom")
        for again in (
            lambda: laid(his.concern, own, "tom"),
            lambda: Mistake.objects.filter(row_id=own.pk)._raw_delete("default"),
            lambda: Mistake.objects.filter(row_id=own.pk).update(by_name="En annen"),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                again()
    assert Mistake.objects.get().by_name == "Tom Teammedlem"  # as the database knows him


def test_the_database_marks_what_the_pages_mark_and_in_ones_own_name(gjovik):
    case, other = way.case(), way.case()
    let_in(other)
    with connection.cursor() as cursor:
        cursor.execute("SELECT inbox_mistake_tables()")
        assert set(cursor.fetchone()[0]) == {kind.model._meta.db_table for kind in mistakes_queries._kinds.values()}
    note = write_note(case=case, text=NOTE, by=as_person("kari"))
    theirs = write_note(case=other, text=NOTE, by=as_person("kari"))
    keep, gone = card_in(case.concern), card_in(case.concern, name="Ola Samme")
    merge(keep=keep, other=gone, by=as_person("kari"))
    final, step = signed(case), NextStep.objects.get(concern=case.concern)

    def lay(row: Any, by: Any, **wrong: Any) -> None:
        said = {"concern": case.concern, "of_table": row._meta.db_table, "row_id": row.pk, "reason": WHY, "at": now()}
        with transaction.atomic():
            Mistake(**said | {"by_user": by.user_id, "by_name": "En annen"} | wrong).save()

    with seen_as("kari") as kari:
        for row, why in ((step, "not marked"), (keep, "one with"), (gone, "one with"), (final, "been signed")):
            with pytest.raises(DatabaseError, match=why):
                lay(row, kari)
        with pytest.raises(DatabaseError, match="by right marks it, now"):
            lay(note, kari, at=way.in_hours(24))
        lay(note, kari)
        with pytest.raises(DatabaseError, match="marked already"):
            lay(note, kari)
    with seen_as("tom") as tom, pytest.raises(DatabaseError, match="by right"):
        lay(theirs, tom, concern=other.concern)
    assert Mistake.objects.get().by_name == kari.name
