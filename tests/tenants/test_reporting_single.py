"""The anonymous single registrations: the form's questions, no time, no words about anybody."""

import csv
import io
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from shared.codes.forms import CURRENT
from tenants.cases.models import Answer
from tenants.reporting import single, single_actions, single_queries
from tenants.reporting.models import SingleText
from tests.cast import TEST, ref, seen_as
from tests.tenants.people import stored
from tests.tenants.test_reporting_way import browser, closed_hidden, kari
from tests.tenants.test_returns_sending import closed_case
from varde.access import Reader
from varde.access.ticket import presented
from varde.audit.models import Entry
from varde.audit.trail import current
from varde.refusal import Overtaken, Refused

__all__ = ["kari"]


def told(case, by, **said: str) -> SingleText:
    given = {key.replace("__", "."): text for key, text in said.items()}
    return single_actions.say(case=case, said=given, seen=None, by=by)


def rows(by) -> list[dict[str, str]]:
    found = single_queries.singles()
    head, *made = single_actions.take_out(singles=found, reason="Prøve", by=by)
    return [dict(zip(head, row, strict=True)) for row in made]


@pytest.fixture
def case(kari):
    with presented(Reader.for_purpose(TEST, ref("gjovik"))):
        return closed_case(date(2019, 8, 2), utfall="other", kjonn="man")


def test_the_questions_stand_in_the_forms_order_with_its_labels(kari):
    head = single.columns()
    assert len(head) == 15
    assert (head[0], head[13], head[14]) == (
        "1. Hva slags overgrep", "14. Omtrent når det skjedde/ble meldt", "15. Noe å føye til (må være anonymt)",
    )  # fmt: skip
    found = rows(kari)
    assert sorted(each[head[13]] for each in found) == ["3. kvartal 2019", "3. kvartal 2019", "4. kvartal 2019"]
    assert {each["13. Utfallet av håndteringen"] for each in found} == {"det fikk ingen følger", ""}


def test_words_about_nobody_go_along_and_others_are_left_out_until_they_are_written_anew(kari, case):
    told(case, kari, utfall__other="Fikk ny bolig", fritekst="Ola Nordmann ringte 99 88 77 66.")
    made = next(each for each in rows(kari) if "ny bolig" in each["13. Utfallet av håndteringen"])
    assert made["13. Utfallet av håndteringen"] == "annet (Fikk ny bolig)"
    assert made["15. Noe å føye til (må være anonymt)"] == ""
    page = browser("kari").get("/bufdir/registreringer").content.decode()
    assert f"/saker/{case.id}/registrering" in page
    told(case, kari, utfall__other="Fikk ny bolig", fritekst="Noen ringte.")
    assert "Noen ringte." in {each["15. Noe å føye til (må være anonymt)"] for each in rows(kari)}


def test_an_answer_that_came_later_is_told_behind_the_one_that_it_counts_as(kari):
    with presented(Reader.for_purpose(TEST, ref("gjovik"))):
        closed_case(date(2019, 8, 3), overgrep="online")
    assert "annet (nettovergrep)" in {each["1. Hva slags overgrep"] for each in rows(kari)}


def test_the_order_of_the_rows_tells_nothing_of_time(kari):
    with presented(Reader.for_purpose(TEST, ref("gjovik"))):
        for month in range(1, 13):
            closed_case(date(2020, month, 1))
    found = single_queries.singles()
    quarters = [row[13] for row in single_actions.table(found, [], kari)[1:]]
    assert quarters == [row[13] for row in single_actions.table(found[::-1], [], kari)[1:]]
    in_time = sorted(quarters, key=lambda said: (said[-4:], said))
    assert quarters != in_time
    assert quarters != in_time[::-1]
    assert single.rows(found, [], key=b"a" * 32) != single.rows(found, [], key=b"b" * 32)


def test_only_closed_cases_that_the_owner_sees_are_in_it(kari):
    before = len(rows(kari))
    assert closed_hidden()
    assert len(rows(kari)) == before


def test_taking_out_needs_a_reason_and_is_logged_case_by_case(kari):
    found = single_queries.singles()
    with pytest.raises(Refused, match="hvorfor"):
        single_actions.take_out(singles=found, reason=" ", by=kari)
    with pytest.raises(Refused):
        single_actions.take_out(singles=[], reason="x", by=kari)
    with seen_as("tom") as tom, pytest.raises(PermissionDenied):
        single_actions.take_out(singles=found, reason="x", by=tom)


def test_the_owner_takes_out_a_sheet_and_a_text(kari, case):
    client = browser("kari")
    sent = {"period": "alle", "ending": "csv", "reason": "Bufdir ba om dem"}
    answer = client.post("/bufdir/registreringer/ta-ut", sent)
    made = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert len(made) == 5
    assert str(case.id) not in answer.content.decode()
    assert client.post("/bufdir/registreringer/ta-ut", sent | {"ending": "xlsx"}).content[:2] == b"PK"
    again = client.post("/bufdir/registreringer/ta-ut", sent | {"reason": ""})
    assert again.status_code == 422
    with presented(Reader.for_purpose(TEST, ref("gjovik"))):
        logged = Entry.objects.filter(what="reporting.single", action="export", reason="Bufdir ba om dem")
        assert logged.count() >= 4


def test_words_are_written_on_the_case_and_lie_sealed(kari, case):
    client = browser("kari")
    page = client.get(f"/saker/{case.id}/registrering").content.decode()
    assert "13. Utfallet av håndteringen: annet, hva?" in page
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    sent = {"seen": seen, "sted_0": "Fikk ny bolig", "sted_1": "Ring 99 88 77 66"}
    assert client.post(f"/saker/{case.id}/registrering", sent).status_code == 303
    assert "Fikk ny bolig" not in stored("reporting_singletext")
    assert "holdes utenfor" in client.get(f"/saker/{case.id}/registrering").content.decode()
    late = client.post(f"/saker/{case.id}/registrering", sent | {"sted_0": "Noe annet"})
    assert late.status_code == 422
    assert "Noe annet" in late.content.decode()


def test_words_stand_only_where_the_form_has_room_for_them(kari, case):
    with pytest.raises(Refused):
        told(case, kari, kjonn__other="x")
    with pytest.raises(Refused):
        told(case, kari, fritekst="x" * 501)
    with pytest.raises(Overtaken):
        single_actions.say(case=case, said={"fritekst": "x"}, seen="y", by=kari)
    assert current() is not None
    assert Answer.objects.filter(form=CURRENT).exists()


def test_the_page_says_how_many_stand_alone(kari):
    with presented(Reader.for_purpose(TEST, ref("gjovik"))):
        closed_case(date(2019, 8, 3), kjonn="woman")
        closed_case(date(2019, 8, 4), kjonn="man", alder="over_67")
    assert single.alone(single_queries.singles()) == 3
    page = browser("kari").get("/bufdir/registreringer").content.decode()
    assert "3 rader er hver for seg den eneste med sin kombinasjon" in page
