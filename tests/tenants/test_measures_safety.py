"""The safety plan: versions, two looks, and nothing on the neutral one that tells what it is."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenants.cases.actions import close_case
from tenants.measures import safety, safety_actions, safety_paper, safety_queries
from tenants.measures.safety_models import SafetyPlan
from tests.cast import as_person
from tests.client import client_for
from tests.tenants import way
from tests.tenants.keys import forget_keys
from varde.access.ticket import presented
from varde.clock import OSLO, now
from varde.documents.paper import pdf
from varde.privacy.actions import destroy
from varde.refusal import Refused

NOON = datetime(2026, 11, 22, 11, tzinfo=UTC)
OURS = safety_paper.Ours("Gjøvik", "61 18 95 00", "Hverdager 9–14")
PARTS = {"warning": "Han slutter å svare", "do": "Gå ut på trappa", "call": "Anne 41 52 63 74"}


def words_of(made: bytes) -> str:
    """The text of a PDF."""
    document = pypdfium2.PdfDocument(made)
    return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_bounded() for page in document))


def made(look: str, parts: dict[str, str] | None = None) -> bytes:
    """The PDF of a look."""
    return pdf(safety_paper.paper(parts or PARTS, look=look, ours=OURS, agreed_on=None, made_at=NOON))


def typed(**changes: str) -> dict[str, str]:
    """A plan as it is typed."""
    return PARTS | {"places": "", "take": "Lader", "others": "", "agreed_on": "", "seen": "0"} | changes


def write(case, seen="0", **parts: str) -> SafetyPlan:
    """A version by Kari."""
    return safety_actions.write_plan(
        case=case, parts=PARTS | parts, agreed_on=None, seen=seen, by=as_person("kari")
    )  # fmt: skip


def test_the_normal_look_has_the_numbers_and_the_words():
    said = words_of(made(safety.NORMAL))
    for wanted in ("112", "113", "116 117", "116 006", "61 18 95 00", "Min trygghetsplan", *PARTS.values()):
        assert wanted in said


def test_the_neutral_look_tells_nothing_of_what_it_is():
    paper = made(safety.NEUTRAL)
    said = words_of(paper)
    assert "Notater" in said
    assert all(text in said for text in PARTS.values())
    for word in ("TryggEst", "Trygg", "vold", "112", "116", "Gjøvik", "kommune", "Taushets", "trygg", "fare", "team"):
        assert word not in said
    for word in (b"TryggEst", b"trygg", b"Gj\xc3\xb8vik", b"vold"):
        assert word not in paper
    assert safety_paper.stem(safety.NEUTRAL) == "notater"


def test_the_headings_of_the_neutral_look_are_not_telling():
    assert safety.telling({section.code: section.neutral for section in safety.SECTIONS}) == []


@pytest.mark.parametrize("word", ["TryggEst", "trygg est", "volden", "politiet", "krisesenteret", "112", "anmelde"])
def test_words_that_would_give_it_away_are_found(word):
    assert safety.telling({"do": f"Ring {word} først"}) == [word.lower()]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from([section.code for section in safety.SECTIONS]), st.text(max_size=50)))
def test_both_papers_hold_every_text_and_the_neutral_one_nothing_else(parts):
    typed = [text for section in safety.SECTIONS if (text := parts.get(section.code, ""))]
    normal, neutral = (
        safety_paper.paper(parts, look=look, ours=OURS, agreed_on=None, made_at=NOON)
        for look in (safety.NORMAL, safety.NEUTRAL)
    )
    assert [piece.text for piece in neutral.pieces if piece.kind == "text"] == typed
    assert [piece.text for piece in normal.pieces if piece.kind == "text"][:-1] == typed
    assert {piece.kind for piece in neutral.pieces} <= {"heading", "text"}


def test_versions_follow_each_other_and_earlier_ones_stay(gjovik):
    case = way.case()
    write(case)
    write(case, seen="1", do="Gå til naboen")
    assert [row.version for row in safety_queries.versions(case)] == [2, 1]
    assert safety_queries.parts_of(safety_queries.versions(case)[1])["do"] == "Gå ut på trappa"


def test_the_second_of_two_is_told_and_keeps_what_was_typed(gjovik):
    kari, case = client_for("kari"), way.case()
    where = f"/saker/{case.id}/trygghetsplan"
    assert kari.post(where, typed(do="Den første")).status_code == 303
    answer = kari.post(where, typed(do="Den andre"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "var først ute" in page
    assert "Den første" in page
    assert "Den andre" in page
    assert 'name="seen" value="1"' in page
    assert kari.post(where, typed(do="Den andre", seen="1")).status_code == 303


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (dict.fromkeys(("warning", "do", "call", "take"), ""), "Skriv noe i minst én av delene."),
        ({"agreed_on": "2999-01-01"}, "er ikke kommet ennå"),
        ({"do": "x" * 3001}, "Teksten er for lang"),
    ],
)
def test_what_is_wrong_is_said(gjovik, changes, sentence):
    kari, case = client_for("kari"), way.case()
    answer = kari.post(f"/saker/{case.id}/trygghetsplan", typed(**changes))
    assert (answer.status_code, SafetyPlan.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()


def test_both_papers_are_taken_home_and_the_print_is_in_the_log(gjovik):
    kari, case = client_for("kari"), way.case()
    write(case)
    where = f"/saker/{case.id}/trygghetsplan"
    assert kari.get(f"{where}/pdf")["Content-Disposition"] == 'attachment; filename="trygghetsplan.pdf"'
    neutral = kari.get(f"{where}/pdf?utseende=noytral")
    assert neutral["Content-Disposition"] == 'attachment; filename="notater.pdf"'
    assert "Gå ut på trappa" in words_of(b"".join(neutral))
    assert way.logged("measures.safety_plan", "print", case.id)
    assert kari.get(f"{where}/pdf?utgave=9").status_code == 404


def test_the_page_warns_when_the_neutral_paper_is_not_neutral(gjovik):
    kari, case = client_for("kari"), way.case()
    write(case, do="Ring politiet")
    page = kari.get(f"/saker/{case.id}/trygghetsplan").content.decode()
    assert "ikke nøytralt nå" in page
    assert "<li>politiet</li>" in page


def test_those_outside_see_neither_page_nor_paper_nor_row(gjovik):
    tom, case = client_for("tom"), way.case()
    write(case)
    for path in ("trygghetsplan", "trygghetsplan/pdf"):
        hidden, absent = tom.get(f"/saker/{case.id}/{path}"), tom.get(f"/saker/{uuid.uuid4()}/{path}")
        assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert tom.post(f"/saker/{case.id}/trygghetsplan", typed()).status_code == 404
    with presented(as_person("tom")):
        assert not SafetyPlan.objects.exists()


def test_a_closed_case_gets_no_new_version_and_a_destroyed_key_leaves_no_word(gjovik):
    kari, case = client_for("kari"), way.case()
    write(case)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM (SELECT * FROM measures_safetyplan) t")
        assert b"trappa".hex() not in cursor.fetchone()[0]
    close_case(case=case, by=as_person("kari"))
    with pytest.raises(Refused, match="lukket"):
        write(case, seen="1")
    destroy(matter_id=case.concern_id, by=as_person("kari"))
    forget_keys()
    page = kari.get(f"/saker/{case.id}/trygghetsplan").content.decode()
    assert "Innholdet er slettet." in page
    assert kari.get(f"/saker/{case.id}/trygghetsplan/pdf").status_code == 404


def test_an_agreement_of_today_is_fine():
    today = now().astimezone(OSLO).date()
    safety.check_agreed(today, today)
    with pytest.raises(Refused, match="ikke kommet"):
        safety.check_agreed(today + timedelta(days=1), today)
