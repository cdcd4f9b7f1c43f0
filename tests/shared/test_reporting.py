"""A report in every format: one content, the same bytes, nothing that runs and nothing hidden."""

import csv
import io
import json
import zipfile
from datetime import date

import pypdf
import pytest

from shared.reporting.compared import differences
from shared.reporting.document import BadDocument, Document, Section, Table, canonical, read
from shared.reporting.formats import FORMATS
from shared.reporting.words import EXPLAINED
from varde.ui.numbers import HARD_SPACE

ANSWERS = Table(
    "Hva slags overgrep",
    ("Svar", "Antall", "Andel"),
    (("fysisk", 12345, f"46{HARD_SPACE}%"), ("=1+1", 7, "3 %"), ("skjult", None, None)),
    chart=True,
    key="overgrep",
)
MADE = Document(
    "Rapport", "1. halvår 2026", (("Kommune", "Gjøvik"),),
    (Section("Sakene", "Først.\n\nSå.", (ANSWERS, Table("Tom", ("A",), ()))), Section("Sakene", notes=("Siste.",))),
    office="Gjøvik", dated=date(2026, 11, 23),
)  # fmt: skip


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_content_is_the_same_bytes(ending, monkeypatch):
    first = FORMATS[ending](MADE)
    monkeypatch.setattr("time.time", lambda: 4e9)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert FORMATS[ending](read(canonical(MADE))) == first


@pytest.mark.parametrize(
    "wrong",
    [b"", b"[]", b"{}", canonical(MADE)[:-1], canonical(MADE).replace(b"12345", b"12345.0"),
     canonical(MADE).replace(b'"version":1', b'"version":2'), canonical(MADE).replace(b'"office"', b'"other"')],
)  # fmt: skip
def test_other_bytes_are_no_report(wrong):
    with pytest.raises(BadDocument):
        read(wrong)


@pytest.mark.parametrize("row", [(1,), ("a", 1, "b", 2), ("a", 1.5, "b"), ("a", True, "b")])
def test_a_table_holds_whole_numbers_and_texts_in_full_rows(row):
    with pytest.raises(BadDocument):
        Table("T", ("A", "B", "C"), (row,))


def sheets(made: bytes) -> str:
    book = zipfile.ZipFile(io.BytesIO(made))
    return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


def test_no_format_holds_a_formula():
    xlsx, text = sheets(FORMATS["xlsx"](MADE)), FORMATS["csv"](MADE).decode("utf-8-sig")
    assert "<f>" not in xlsx
    assert "'=1+1" in xlsx
    assert all(not cell.startswith("=") for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row)


def test_what_is_not_given_out_is_a_colon_everywhere():
    rows = list(csv.reader(io.StringIO(FORMATS["csv"](MADE).decode("utf-8-sig")), delimiter=";"))
    assert ["Om rapporten", "", "«:»", "", EXPLAINED] in rows
    assert [row[-1] for row in rows if row[2] == "skjult"] == [":", ":"]
    told = json.loads(FORMATS["json"](MADE))
    assert told["sections"][0]["tables"][0]["rows"][2] == ["skjult", None, None]
    assert "<v>12345</v>" in sheets(FORMATS["xlsx"](MADE))


def test_a_norwegian_spreadsheet_finds_the_columns_by_itself():
    made = FORMATS["csv"](MADE)
    assert made.startswith(b"\xef\xbb\xbf")
    text = made.decode("utf-8-sig")
    found = csv.Sniffer().sniff(text.split("\n", 1)[0])
    assert found.delimiter == ";"
    assert {len(row) for row in csv.reader(io.StringIO(text), found)} == {5}
    assert ["Sakene", "Hva slags overgrep", "fysisk", "Antall", "12345"] in list(csv.reader(io.StringIO(text), found))


def test_sheets_of_one_name_are_told_apart():
    names = sheets(FORMATS["xlsx"](MADE))
    assert 'name="Sakene"' in names
    assert 'name="Sakene (2)"' in names


def test_a_long_name_of_a_sheet_is_cut_between_two_words():
    long = Document("R", "", (), (Section("Forklaring på det som mangler eller ikke stemmer"), Section("A" * 40)))
    names = sheets(FORMATS["xlsx"](long))
    assert 'name="Forklaring på det som mangler…"' in names
    assert f'name="{"A" * 30}…"' in names


@pytest.mark.parametrize("rows", range(21, 30))
def test_no_heading_is_left_on_the_page_before_its_table(rows):
    head = ("Svar", "Antall")
    above = Section("Over", tables=(Table("Mye", head, tuple((f"svar {at}", at) for at in range(rows))),))
    under = Section("Under", "Gjelder her.", (Table("Tabellen", head, (("nei", 1),) * 5),))
    pages = pypdf.PdfReader(io.BytesIO(FORMATS["pdf"](Document("R", "", (), (above, under))))).pages
    assert all(("Gjelder her." in said) == ("Tabellen" in said) for said in (page.extract_text() for page in pages))


def test_the_pdf_is_tagged_in_norwegian_and_says_its_picture():
    made = pypdf.PdfReader(io.BytesIO(FORMATS["pdf"](MADE)))
    root = made.trailer["/Root"]
    assert root["/Lang"] == "nb-NO"
    assert root["/MarkInfo"]["/Marked"]
    assert f"12{HARD_SPACE}345".encode("utf-16-be") in alt_texts(root["/StructTreeRoot"])
    text = "".join(page.extract_text() for page in made.pages)
    assert "1. halvår 2026" in text
    assert "skjult" in text


def test_figures_stand_together_at_the_right_however_long_their_head_is():
    lines = (("kurs", 3, 10146, 1200), ("møte", 1, None, 0))
    table = Table("Aktiviteter", ("Slag", "Antall", "Nådd", "Kostnad (kr)"), lines)
    made = pypdf.PdfReader(io.BytesIO(FORMATS["pdf"](Document("Prøve", "", (), (Section("A", tables=(table,)),)))))
    places = {}
    made.pages[0].extract_text(visitor_text=lambda text, cm, tm, *_: places.setdefault(text.strip(), cm[4] + tm[4]))
    width = float(made.pages[0].mediabox.width)
    assert places["Slag"] < width / 4
    assert places["Antall"] > width / 2


def alt_texts(element) -> bytes:
    """Every alternative text under an element of the tree."""
    element = element.get_object()
    own = str(element.get("/Alt", "")).encode("utf-16-be")
    kids = element.get("/K", [])
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    found = kids if isinstance(kids, list) else [kids]
    return own + b"".join(alt_texts(kid) for kid in found if hasattr(kid.get_object(), "get"))


def test_a_hidden_bar_has_the_same_length_whatever_it_is():
    from shared.reporting.bars import svg

    other = Table("Hva slags overgrep", ("Svar", "Antall"), (("fysisk", 9), ("skjult", None)), chart=True)
    stub = svg(other, 1).split("stroke-dasharray")[0].rsplit("<rect", 1)[1]
    assert 'width="24"' in stub


def test_two_reports_beside_each_other():
    rows = (("fysisk", 12346, f"46{HARD_SPACE}%"), ("=1+1", 7, "3 %"), ("ny", 1, "0 %"))
    newer = Document("R", "", (), (Section("S", tables=(Table("Nytt navn", ANSWERS.columns, rows, key="overgrep"),)),))
    found = [(each.row, each.column, each.before, each.after) for each in differences(MADE, newer)]
    assert found == [
        ("fysisk", "Antall", 12345, 12346),
        ("ny", "Antall", "", 1),
        ("ny", "Andel", "", "0 %"),
        ("skjult", "Antall", None, ""),
        ("skjult", "Andel", None, ""),
    ]
    assert differences(MADE, newer)[0].change == 1
    assert differences(MADE, MADE) == []
