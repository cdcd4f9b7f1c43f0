"""A paper of ours: what was typed stands in it as typed, and it is what archives and screen readers take."""

import re
from datetime import UTC, datetime

import pypdfium2
import pytest

from varde.documents.paper import Facts, Heading, Items, Note, Paper, Part, Table, Text, pdf
from varde.documents.serving import paper_download

NOON = datetime(2026, 3, 29, 10, 30, tzinfo=UTC)


def paper(*pieces, **kwargs):
    return Paper(title="Prøve", office="TryggEst i Gjøvik", made_at=NOON, pieces=pieces, **kwargs)


def words(made: bytes) -> str:
    document = pypdfium2.PdfDocument(made)
    return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_bounded() for page in document))


@pytest.mark.parametrize(
    "typed", ["#panic()", "$x^2$", "*ikke fet*", '"; #read("/etc/passwd")', "= Tittel", "čšŋ ÆØÅ «»", "\x07a"]
)
def test_what_was_typed_is_never_a_command(typed):
    said = words(pdf(paper(Heading(typed), Text(typed), Note(typed), Items((typed,)), Facts((("A", typed),)))))
    kept = "".join(sign for sign in typed if sign.isprintable())
    assert said.count(kept) >= 5


def test_it_is_for_archives_and_for_screen_readers():
    made = pdf(paper(Table(("Hva", "Hvem"), (("Ring", "Tom"),))))
    assert b"pdfaid:part>2<" in made
    assert b"pdfaid:conformance>A<" in made
    assert b"pdfuaid:part>1<" in made
    assert b"/Lang(nb-NO)" in made.replace(b" ", b"")


def test_a_table_that_fits_on_a_page_is_not_broken_and_stands_with_its_heading():
    rows = tuple((f"svar {number}", str(number)) for number in range(9))
    pieces = [
        piece for name in "ABCDEFG" for piece in (Part(f"Tabell {name}"), Table((f"Svar {name}", "Antall"), rows))
    ]
    made = pdf(paper(Heading("Svar på skjemaet"), *pieces))
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made)]
    assert len(pages) > 1
    for name in "ABCDEFG":
        assert [f"Tabell {name}" in page for page in pages] == [f"Svar {name}" in page for page in pages]
    assert sum(page.count("Antall") for page in pages) == len("ABCDEFG")  # a head that is said again was broken


def test_the_same_paper_is_the_same_bytes():
    assert pdf(paper(Text("a"))) == pdf(paper(Text("a")))


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="length"):
        Table(("Hva", "Hvem"), (("bare en",),))


def test_a_fact_without_value_is_left_out():
    assert "Tom" not in words(pdf(paper(Facts((("Tom", ""), ("Full", "ja"))))))


def test_it_leaves_as_a_download_that_no_cache_keeps():
    answer = paper_download(paper(Text("a")), "sluttrapport")
    assert answer["Content-Disposition"] == 'attachment; filename="sluttrapport.pdf"'
    assert answer["Cache-Control"] == "no-store"
    assert b"".join(answer)[:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("ትግ\U0001f600", "⟨U+1275⟩⟨U+130D⟩⟨U+1F600⟩"),
        ("ไทย", "⟨U+0E44⟩⟨U+0E17⟩⟨U+0E22⟩"),
        ("a\ufffeb\ud800c", "a\ufffdb\ufffdc"),
    ],
)
def test_a_sign_that_no_font_has_stands_by_its_number(typed, stands):
    assert stands in words(pdf(paper(Text(typed)))).replace(" ", "")
