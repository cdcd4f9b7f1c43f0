"""Nothing that names somebody beside the content is left in a copy; and the content is there."""

import io
import zipfile

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops

from tests.documents import papers, photos
from tests.documents.canaries import Canaries
from varde.documents import reader
from varde.documents.kinds import KINDS, recognise
from varde.documents.outcome import Cleaned, Kept

SOURCES = {
    "jpeg": photos.jpeg, "png": photos.png, "gif": photos.gif, "webp": photos.webp, "heic": photos.heic,
    "pdf": papers.pdf, "docx": papers.docx, "txt": papers.text,
}  # fmt: skip


def cleaned(data: bytes) -> Cleaned:
    outcome = reader.clean([data], len(data))
    assert isinstance(outcome, Cleaned), outcome
    return outcome


@pytest.mark.parametrize("kind", SOURCES)
def test_no_canary_is_left_in_the_copy(kind, record_property):
    words = Canaries()
    original = SOURCES[kind](words)
    assert words.left_in(original) == list(words), "the finder is blind"
    copy = cleaned(original)
    record_property("places", len(words))
    assert (copy.kind, words.left_in(copy.body)) == (kind, [])
    assert recognise(copy.body[:4096], copy.body[-65536:]).code == copy.made


def test_a_copy_of_a_copy_is_the_same_kind_and_clean():
    once = cleaned(papers.docx(Canaries())).body
    assert cleaned(once).made == "docx"
    assert cleaned(cleaned(papers.pdf(Canaries())).body).made == "pdf"


def test_a_picture_keeps_its_pixels_and_stands_the_right_way_up():
    exif, room = Image.Exif(), io.BytesIO()
    exif[0x0112] = 6
    picture = Image.effect_noise((60, 40), 50).convert("RGB")
    picture.save(room, "PNG", exif=exif.tobytes())
    with Image.open(io.BytesIO(cleaned(room.getvalue()).body)) as copy:
        assert copy.size == (40, 60)
        assert (
            ImageChops.difference(copy.convert("RGB"), picture.transpose(Image.Transpose.ROTATE_270)).getbbox() is None
        )


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP"])
def test_a_large_photograph_is_halved_and_stands_the_right_way_up(name):
    exif, room = Image.Exif(), io.BytesIO()
    exif[0x0112] = 6
    Image.new("RGB", (8000, 6000), "teal").save(room, name, exif=exif.tobytes())
    with Image.open(io.BytesIO(cleaned(room.getvalue()).body)) as copy:
        assert copy.size == (3000, 4000)


def test_a_pdf_copy_shows_the_page_and_holds_no_text():
    copy = pdfium.PdfDocument(cleaned(papers.pdf(Canaries())).body)
    assert copy.get_metadata_dict(skip_empty=True) == {}
    assert copy[0].get_textpage().get_text_range() == ""
    assert copy[0].get_size() == pytest.approx((200, 200))
    drawn = copy[0].render(scale=1).to_pil().convert("L")
    assert drawn.crop((20, 60, 100, 110)).getextrema()[0] < 60, "«Hei» is drawn"
    assert drawn.crop((0, 140, 15, 160)).getextrema()[0] > 200, "the layer that is off is not"


def test_a_filled_form_shows_what_was_filled_in():
    drawn_box = b"<</Type/XObject/Subtype/Form/BBox[0 0 100 50]/Length 21>>stream\n0 0 0 rg 0 0 100 50 re f\nendstream"
    form = papers.assemble([
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Annots[4 0 R]>>",
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(f)/F 4/Rect[50 50 150 100]/AP<</N 5 0 R>>>>",
        drawn_box.replace(b"/Length 21", b"/Length 24"),
    ])  # fmt: skip
    page = pdfium.PdfDocument(cleaned(form).body)[0].render(scale=1).to_pil().convert("L")
    assert page.getpixel((100, 125)) < 60


def test_a_word_copy_says_what_the_document_says():
    with zipfile.ZipFile(io.BytesIO(cleaned(papers.docx(Canaries())).body)) as box:
        text = box.read("word/document.xml").decode()
        assert box.namelist()[4:] == ["word/media/1.jpg"]
    for words in ("Hei", " satt inn", "side 1", "lenke", "i felt", "celle", "• ", "punkt"):
        assert f">{words}<" in text
    assert text.count("<w:tc>") == text.count("</w:tc>") == 1
    assert 'outlineLvl w:val="0"' in text


def test_macros_are_not_in_the_copy_and_are_told_of():
    copy = cleaned(papers.docx(Canaries(), more={"word/vbaProject.bin": b"Sub AutoOpen()"}))
    assert copy.notes == ("macro",)
    assert b"AutoOpen" not in b"".join(zipfile.ZipFile(io.BytesIO(copy.body)).read(n) for n in
                                       zipfile.ZipFile(io.BytesIO(copy.body)).namelist())  # fmt: skip


def test_text_keeps_its_words():
    assert cleaned(papers.text(Canaries())).body.decode() == "Hei\npå deg\n"
    assert cleaned("Blåbær på norsk".encode("cp1252")).body.decode() == "Blåbær på norsk"
    assert cleaned("Blåbær".encode("utf-16")).body.decode() == "Blåbær"


@pytest.mark.parametrize(("data", "kind"), [
    (b"ID3\x04" + b"\0" * 50, "mp3"), (b"RIFF\0\0\0\0WAVEfmt ", "wav"), (b"OggS" + b"\0" * 20, "ogg"),
    (b"\0\0\0\x18ftypM4A \0\0\0\0", "m4a"), (b"\0\0\0\x18ftypisom\0\0\0\0", "mp4"), (b"\0\0\0\x14ftypqt  \0\0", "mov"),
    (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
])  # fmt: skip
def test_sound_film_and_odt_are_kept_without_a_copy(data, kind):
    assert reader.clean([data], len(data)) == Kept(kind)
    assert KINDS[kind].copy == ""
