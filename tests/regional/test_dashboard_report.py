"""`varde report` as data and files: the labels of the printed figures, shares of printed figures, nothing more."""

import csv
import io
import json
import zipfile

import pytest

from regional.dashboard.report import report
from regional.dashboard.report_files import FORMATS, document
from shared.codes.forms import REPORTED, form
from tests.regional.released_tables import grouped, kjonn, observed, person, release, table

TABLE = table("2025", "year", grouped(), kjonn(30, None), person(), planned=(observed(), observed(None)))
MADE = report(release(7, TABLE), TABLE, period="2025")


def test_every_question_and_answer_of_the_form_is_there():
    asked = form(REPORTED).choices
    assert list(MADE["questions"]) == [one.key for one in asked]
    for one in asked:
        assert list(MADE["questions"][one.key]["answers"]) == [answer.report_label for answer in one.answers]


def test_what_is_not_told_is_null_and_said_to_be_hidden():
    hidden = {"count": None, "share": None, "share_answered": None, "hidden": True}
    assert MADE["questions"]["kjonn"]["answers"]["mann"] == hidden
    assert MADE["questions"]["kategori"]["hidden"] is True
    assert all(one == hidden for one in MADE["questions"]["kategori"]["answers"].values())


def test_shares_are_of_printed_figures():
    woman = MADE["questions"]["kjonn"]["answers"]["kvinne"]
    assert (woman["count"], woman["share"], woman["share_answered"]) == (30, 0.75, None)


def test_a_group_of_one_answer_is_that_answer_and_others_are_groups():
    said = MADE["questions"]["overgrep"]
    label = form(REPORTED).question("overgrep").answer("physical").report_label
    assert said["answers"][label] == {"count": 20, "share": 0.5, "share_answered": 20 / 38}
    assert [(one["code"], one["unit"], one["count"]) for one in said["groups"]] == [("sexual_other", "ticks", None)]
    assert (said["ticks"], said["multi"], said["asked"], said["answered"]) == (60, 12, 40, 38)


def test_planned_figures_and_what_the_form_does_not_ask():
    assert [(one["count"], one["of"], one.get("hidden")) for one in MADE["planned"]] == [
        (12, 40, None),
        (None, 40, True),
    ]
    assert MADE["more"]["person"]["answers"]["ny"]["count"] == 30


def test_the_protection_names_release_rule_and_versions():
    said = MADE["protection"]
    assert (said["release"], said["threshold"], said["min_contributors"], said["protected"]) == (7, 5, 3, True)
    assert (said["versions"], said["digest"], said["hidden_as"]) == ({"protect": "1"}, "ab" * 32, ":")


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_report_gives_the_same_bytes(ending):
    made = FORMATS[ending](MADE, "Gjøvikregionen")
    assert made == FORMATS[ending](json.loads(json.dumps(MADE)), "Gjøvikregionen")
    assert made[:4] == {"pdf": b"%PDF", "xlsx": b"PK\x03\x04"}.get(ending, made[:4])


def test_csv_has_a_line_for_every_figure_and_a_colon_for_what_is_hidden():
    rows = list(csv.reader(io.StringIO(FORMATS["csv"](MADE, "").decode())))
    assert ["kjonn", "kvinne", "30", "0.75", ":"] in rows
    assert ["kjonn", "mann", ":", ":", ":"] in rows
    assert ["basis.observed", "count", "12", "0.3", ""] in rows


def test_the_workbook_holds_no_formula():
    with zipfile.ZipFile(io.BytesIO(FORMATS["xlsx"](MADE, "Gjøvikregionen"))) as book:
        assert not any(b"<f>" in book.read(name) for name in book.namelist())


def test_the_document_tells_release_and_kommuner():
    made = document(MADE, "Gjøvikregionen")
    assert ("Fingeravtrykk", "ab" * 32) in made.meta
    assert made.sections[-1].tables[0].rows == (("Gjøvik",), ("Østre Toten",))
    assert made.sections[0].title == "Skjemaet"
