"""A risk assessment: drafted together, signed by a person, frozen, compared with the last one, hidden with its case."""

import json
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from shared.codes.template_file import load
from shared.codes.templates import shipped, shipped_data
from tenants.cases.actions import add_member, close_case
from tenants.cases.models import Case
from tenants.risk import actions, queries, tasks
from tenants.risk.models import Assessment, Overtaken, RiskTemplate
from tenants.risk.papers import paper_of
from tenants.risk.states import UNCERTIFIED, Given
from tenants.team.models import TeamMember
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.keys import forget_keys
from tests.tenants.test_risk_rules import full
from varde import refusal
from varde.privacy.actions import destroy
from varde.refusal import Refused
from varde.tenancy.work import work


def typed(version: int = 1, **changes: str) -> dict[str, str]:
    """Everything answered, as it is typed."""
    given = full(1)
    sent = {f"i-{key}": str(value) for key, value in given.items.items()}
    sent |= {f"b-{key}": text for key, text in given.words.items()}
    day = way.in_hours(24 * 30).date().isoformat()
    return sent | {"level": "2", "reason": "Han ringer hver natt", "next_on": day, "seen": str(version)} | changes


def certify(name: str, days: int = 100) -> None:
    """RITE-certified from now on."""
    until = way.in_hours(24 * days).date()
    TeamMember(user=way.person(name), rite_until=until, since=until - timedelta(days=900)).save(force_insert=True)


def signed(case: Case, given: Given | None = None, by: str = "kari") -> Assessment:
    """A signed assessment."""
    draft = actions.begin(case=case, by=as_person(by))
    day = way.in_hours(24 * 30).date()
    actions.save_draft(draft=draft, given=given or full(1), next_on=day, version=1, by=as_person(by))
    return actions.sign(draft=draft, version=2, knows=True, by=as_person(by))


def test_it_is_written_and_signed_on_the_pages(gjovik):
    kari, case = client_for("kari"), way.case()
    certify("kari")
    begun = kari.post(f"/saker/{case.id}/risiko")
    assert begun.status_code == 303
    page = kari.get(begun["Location"]).content.decode()
    assert "ikke RITE" in page
    assert "Jeg vet at jeg ikke har" not in page
    assert kari.post(begun["Location"], typed(save="1", reason="Foreløpig")).status_code == 303
    assert "Foreløpig" in kari.get(begun["Location"]).content.decode()
    assert kari.post(begun["Location"], typed(2, sign="1")).status_code == 303
    row = Assessment.objects.get()
    assert (row.signed_by_name, row.certified, row.version) == ("Kari Koordinator", True, 3)
    on_case = kari.get(f"/saker/{case.id}").content.decode()
    assert "Risiko vurdert: Moderat" in on_case
    assert paper_of(queries.shown(row), ref("gjovik")).foot == f"Signert vurdering, {case.name}"
    assert UNCERTIFIED not in on_case
    assert way.logged("risk.assessment.signed", "change", case.id)


def test_a_draft_may_have_gaps_a_signature_may_not(gjovik):
    kari, case = client_for("kari"), way.case()
    certify("kari")
    draft = actions.begin(case=case, by=as_person("kari"))
    assert kari.post(f"/risiko/{draft.id}", {"seen": "1", "reason": "Halvveis"}).status_code == 303
    answer = kari.post(f"/risiko/{draft.id}", {"seen": "2", "reason": "Halvveis", "sign": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Velg et risikonivå." in page
    assert "Velg en dato for neste vurdering." in page
    assert "Halvveis" in page
    assert 'name="seen" value="3"' in page
    assert Assessment.objects.get().signed_at is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"i-ferskt": "7"}, "Dette svaret finnes ikke i malen."),
        ({"next_on": "2020-01-01"}, "Datoen er passert."),
        ({"reason": "a\x00b"}, "usynlig styretegn"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(gjovik, changes, sentence):
    kari, draft = client_for("kari"), actions.begin(case=way.case(), by=as_person("kari"))
    answer = kari.post(f"/risiko/{draft.id}", typed(**changes))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Hun sier at hun er redd" in answer.content.decode()


@pytest.mark.parametrize("days", [None, -1])
def test_without_certification_it_warns_asks_and_shows(gjovik, days):
    kari, case = client_for("kari"), way.case()
    if days is not None:
        certify("kari", days)
    draft = actions.begin(case=case, by=as_person("kari"))
    answer = kari.post(f"/risiko/{draft.id}", typed(sign="1"))
    assert answer.status_code == 422
    assert "Kryss av for at du vet det" in answer.content.decode()
    with pytest.raises(Refused, match="RITE"):
        actions.sign(draft=draft, version=2, knows=False, by=as_person("kari"))
    assert kari.post(f"/risiko/{draft.id}", typed(2, sign="1", knows="on")).status_code == 303
    for address in (f"/risiko/{draft.id}", f"/saker/{case.id}", f"/saker/{case.id}/risiko"):
        assert UNCERTIFIED in kari.get(address).content.decode()


def test_two_at_once_the_second_is_told_and_both_texts_are_kept(gjovik):
    kari, tom, case = client_for("kari"), client_for("tom"), way.case()
    add_member(case=case, user=way.person("tom"), by=as_person("kari"))
    draft = actions.begin(case=case, by=as_person("kari"))
    assert tom.post(f"/risiko/{draft.id}", typed(reason="Toms ord")).status_code == 303
    lost = kari.post(f"/risiko/{draft.id}", typed(reason="Karis ord"))
    page = lost.content.decode()
    assert lost.status_code == 422
    assert "Tom Teammedlem var først ute og lagret mens du skrev" in page
    assert "Karis ord" in page
    assert "Toms ord" in page
    assert Overtaken.objects.get().given["reason"] == "Karis ord"
    assert Assessment.objects.get().given["reason"] == "Toms ord"
    assert "Karis ord" in tom.get(f"/risiko/{draft.id}").content.decode()
    assert kari.post(f"/risiko/{draft.id}", typed(2, reason="Begges ord")).status_code == 303


def test_who_writes_while_another_signs_keeps_the_text(gjovik):
    kari, case = client_for("kari"), way.case()
    row = signed(case)
    assert kari.post(f"/risiko/{row.id}", typed(1, reason="Rett etterpå")).status_code == 303
    assert "Rett etterpå" in kari.get(f"/risiko/{row.id}").content.decode()
    draft = actions.begin(case=case, by=as_person("kari"))
    stale = Assessment.objects.select_related("case__concern").get(pk=draft.pk)
    actions.save_draft(draft=draft, given=full(0), next_on=way.in_hours(99).date(), version=1, by=as_person("kari"))
    actions.sign(draft=draft, version=2, knows=True, by=as_person("kari"))
    with pytest.raises(refusal.Overtaken):
        actions.save_draft(draft=stale, given=Given(reason="For sent"), next_on=None, version=1, by=as_person("kari"))
    assert "For sent" in kari.get(f"/risiko/{draft.id}").content.decode()


def test_a_case_has_one_draft(gjovik):
    case = way.case()
    assert actions.begin(case=case, by=as_person("kari")) == actions.begin(case=case, by=as_person("kari"))


def test_what_is_signed_is_frozen_also_for_a_statement(gjovik):
    row = signed(way.case())
    for change in ("version = 9", "next_on = NULL", "signed_by_name = 'Tom'", "certified = true", "given = ''::bytea"):
        with pytest.raises(ProgrammingError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE risk_assessment SET {change} WHERE id = %s", [row.id])
    with pytest.raises(Refused, match="har alt signert"):
        actions.sign(draft=row, version=2, knows=True, by=as_person("kari"))


def test_nobody_signs_for_somebody_else_and_nothing_is_born_signed(gjovik):
    draft = actions.begin(case=way.case(), by=as_person("kari"))
    statement = "UPDATE risk_assessment SET signed_at = now(), signed_by = %s"
    with seen_as("kari"), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError, match="somebody else"), transaction.atomic():
            cursor.execute(statement, [as_person("tom").user_id])
        with pytest.raises(ProgrammingError, match="born signed"), transaction.atomic():
            cursor.execute(
                "INSERT INTO risk_assessment SELECT gen_random_uuid(), template, given, next_on, version, made_at,"
                " made_by_name, saved_at, saved_by_name, now(), signed_by, signed_by_name, certified, reminded_at,"
                " case_id FROM risk_assessment"
            )
    assert Assessment.objects.get(pk=draft.pk).signed_at is None


def test_it_stands_beside_the_last_one_in_words(gjovik):
    kari, case = client_for("kari"), way.case()
    signed(case, full(0))
    page = kari.get(f"/risiko/{signed(case, full(1)).id}").content.decode()
    assert "Sist: Lav (høyere risiko)" in page
    assert f"{len(shipped().items)} svar er endret" in page
    assert "<strong>Høyere risiko</strong>" in page
    assert kari.get(f"/saker/{case.id}/risiko").content.decode().count("/risiko/") >= 2


def test_it_is_hidden_with_its_case(gjovik):
    case = way.case()
    row, tom = signed(case), client_for("tom")
    with seen_as("tom"):
        assert not Assessment.objects.exists()
    for address in (f"/risiko/{row.id}", f"/risiko/{row.id}/pdf", f"/saker/{case.id}/risiko"):
        assert tom.get(address).status_code == 404
        assert tom.post(address).status_code in (404, 405)
    assert way.logged("risk.assessment", "denied", row.id)
    add_member(case=case, user=way.person("tom"), by=as_person("kari"))
    assert tom.get(f"/risiko/{row.id}").status_code == 200


def test_hidden_and_absent_are_answered_alike(gjovik):
    row, tom = signed(way.case()), client_for("tom")
    hidden = tom.get(f"/risiko/{row.id}").content
    absent = tom.get("/risiko/0badcafe-0000-4000-8000-000000000001").content
    assert hidden.replace(str(row.id).encode(), b"") == absent.replace(b"0badcafe-0000-4000-8000-000000000001", b"")


def test_the_paper_says_level_reasons_and_who_signed(gjovik):
    kari, row = client_for("kari"), signed(way.case())
    answer = kari.get(f"/risiko/{row.id}/pdf")
    made = b"".join(answer.streaming_content)
    pages = pypdfium2.PdfDocument(made)
    text = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    for said in ("Moderat", "Han ringer hver natt", "Kari Koordinator", "ikke RITE", UNCERTIFIED.split()[0]):
        assert said in text
    assert b"pdfuaid:part" in made
    assert way.logged("risk.assessment", "print", row.case_id)


def test_a_draft_has_no_paper(gjovik):
    kari, draft = client_for("kari"), actions.begin(case=way.case(), by=as_person("kari"))
    assert kari.get(f"/risiko/{draft.id}/pdf").status_code == 404


def test_a_closed_case_begins_and_signs_nothing(gjovik):
    kari, case = client_for("kari"), way.case()
    draft = actions.begin(case=case, by=as_person("kari"))
    close_case(case=case, by=as_person("kari"))
    assert kari.get(f"/risiko/{draft.id}").status_code == 200
    assert kari.post(f"/risiko/{draft.id}", typed(sign="1", knows="on")).status_code == 303
    assert kari.post(f"/saker/{case.id}/risiko").status_code == 303
    assert Assessment.objects.get().version == 1


def test_it_ends_with_the_key(gjovik):
    kari, case = client_for("kari"), way.case()
    row = signed(case)
    destroy(matter_id=case.concern_id, by=as_person("kari"))
    forget_keys()
    for address in (f"/risiko/{row.id}", f"/saker/{case.id}", f"/saker/{case.id}/risiko"):
        assert "Innholdet er slettet." in kari.get(address).content.decode()


def file_of(**changes: Any) -> str:
    """A region's file."""
    return json.dumps(shipped_data() | {"key": "regionen", "title": "Regionens vurdering", "version": "2.0"} | changes)


def test_a_file_is_looked_at_taken_into_use_and_old_ones_keep_theirs(gjovik):
    arne, case = client_for("arne"), way.case()
    old = signed(case)
    sent = BytesIO(file_of().encode())
    sent.name = "mal.json"
    looked = arne.post("/risiko/maler", {"file": sent})
    assert looked.status_code == 200
    assert "Regionens vurdering, 2.0" in looked.content.decode()
    assert not RiskTemplate.objects.exists()
    assert arne.post("/risiko/maler", {"text": file_of()}).status_code == 303
    assert queries.in_force()[0].name == "Regionens vurdering, 2.0"
    draft = actions.begin(case=case, by=as_person("kari"))
    assert queries.shown(draft).template.name == "Regionens vurdering, 2.0"
    assert queries.shown(Assessment.objects.get(pk=old.pk)).template == shipped()
    again = arne.post("/risiko/maler", {"text": file_of()})
    assert again.status_code == 422
    assert "finnes fra før" in again.content.decode()


def test_a_template_with_a_broken_scale_is_refused_with_its_place(gjovik):
    arne = client_for("arne")
    sent = BytesIO(file_of(scales=[{"id": "grad", "values": [{"value": 1, "label": "Ja"}]}]).encode())
    sent.name = "mal.json"
    answer = arne.post("/risiko/maler", {"file": sent})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Skala 1, verdiene" in page
    assert "minst to" in page
    assert "som ikke finnes i malen" in page


@pytest.mark.parametrize(
    ("body", "said"), [(b"\xff\xfe\x00", "UTF-8"), (b"", "Filen er tom."), (b"{", "ikke gyldig JSON")]
)
def test_a_file_that_is_none_is_said_so(gjovik, body, said):
    sent = BytesIO(body)
    sent.name = "mal.json"
    answer = client_for("kari").post("/risiko/maler", {"file": sent})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_a_member_loads_no_template(gjovik):
    assert client_for("tom").post("/risiko/maler", {"text": file_of()}).status_code in (403, 404)
    with seen_as("tom") as tom, pytest.raises(Exception), transaction.atomic():  # noqa: B017, PT011
        RiskTemplate(
            key="a", version="1", title="a", content={}, loaded_at=way.in_hours(0), loaded_by_name=tom.name
        ).save()
    assert not RiskTemplate.objects.exists()


def test_the_next_one_is_reminded_of_once_and_only_for_the_newest(house, monkeypatch):
    client_for("kari")
    with work(ref("gjovik"), TEST):
        case = way.case()
        signed(case)
        newest = signed(case)
        gone = way.case()
        signed(gone)
        close_case(case=gone, by=as_person("kari"))
    mail.outbox.clear()
    tasks.remind.run(ref("gjovik"))
    assert mail.outbox == []
    monkeypatch.setattr(tasks, "now", lambda: way.in_hours(24 * 31))
    tasks.remind.run(ref("gjovik"))
    tasks.remind.run(ref("gjovik"))
    assert [message.to for message in mail.outbox] == [["kari@gjovik.example"]]
    with work(ref("gjovik"), TEST):
        assert [row.id for row in Assessment.objects.filter(reminded_at__isnull=False)] == [newest.id]


def test_the_page_shows_a_file_that_can_be_changed_and_sent_back(gjovik):
    kari = client_for("kari")
    page = kari.get("/risiko/maler").content.decode()
    shown = unescape(page.partition('aria-label="Malen som fil">')[2].partition("</textarea>")[0])
    assert load(shown) == shipped()
    assert kari.post("/risiko/maler", {"text": shown}).status_code == 422
    changed = shown.replace('"1.0"', '"1.1"', 1)
    assert kari.post("/risiko/maler", {"text": changed}).status_code == 303
    assert queries.in_force()[0].version == "1.1"
