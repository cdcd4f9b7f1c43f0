"""A PDF as pictures of its pages: what cannot be seen on the page is not in the copy.

Taking things out of a PDF is a list that is never finished (document info, XMP, attachments, scripts, the authors of
notes, EXIF inside its pictures, words behind a black box, layers that are switched off, earlier versions). Drawing it
is the other way round: nothing comes over but what a reader would see.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
from PIL import Image

from varde.documents import bounds
from varde.documents.inside import pictures
from varde.documents.inside.refused import Refused

_PASSWORD = 4  # FPDF_ERR_PASSWORD


@dataclass(frozen=True, slots=True)
class Drawn:
    """One page: the picture, how a PDF says what it is, its size in pixels and in points."""

    picture: bytes
    said: str
    pixels: tuple[int, int]
    points: tuple[float, float]


def warm() -> None:
    """Draw an empty page, so that the library has loaded what it needs."""
    document = pdfium.PdfDocument.new()
    document.new_page(72, 72)
    document.init_forms()
    list(_drawn(document))
    document.close()


def anew(data: bytes) -> bytes:
    """The copy. Raises Refused: too_many_pages, locked, damaged, too_large."""
    try:
        with pdfium.PdfDocument(data) as document:
            if len(document) > bounds.PAGES:
                raise Refused("too_many_pages")
            document.init_forms()  # what was filled into a form is part of the page
            return write(_drawn(document))
    except pdfium.PdfiumError as error:
        raise Refused("locked" if error.err_code == _PASSWORD else "damaged") from error


def _drawn(document: pdfium.PdfDocument) -> Iterator[Drawn]:
    pixels = next(pixels for most, pixels in bounds.PAGE_PIXELS if len(document) <= most)
    for number in range(len(document)):
        page = document[number]
        width, height = (min(max(side, 1.0), 14_400.0) for side in page.get_size())
        scale = min(math.sqrt(pixels / (width * height)), 4.0)
        picture = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
        page.close()
        yield Drawn(*_packed(picture), picture.size, (width, height))


def _packed(picture: Image.Image) -> tuple[bytes, str]:
    """Letters in sixteen greys, which a page of text needs; pictures as JPEG, without colours where there are none."""
    if not _is_grey(picture):
        return pictures.as_jpeg(picture, quality=80), "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode"
    grey = picture.convert("L")
    shades = grey.histogram()
    if sum(shades[32:224]) > 0.25 * grey.width * grey.height:
        return pictures.as_jpeg(grey, quality=80), "/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode"
    said = f"/Predictor 15/Colors 1/BitsPerComponent 4/Columns {grey.width}"
    return (
        pictures.sixteen_greys(grey),
        f"/ColorSpace/DeviceGray/BitsPerComponent 4/Filter/FlateDecode/DecodeParms<<{said}>>",
    )


def _is_grey(picture: Image.Image) -> bool:
    """Judged on a small copy: without colours it takes a third of the room."""
    small = picture.resize((64, 64)).tobytes()
    return all(max(small[at : at + 3]) - min(small[at : at + 3]) < 12 for at in range(0, len(small), 3))


def write(drawn: Iterator[Drawn]) -> bytes:
    """The smallest PDF that holds the pages: no document info, no dates, no maker's name. Refused: too_large."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places: dict[int, int] = {}
    kids: list[str] = []
    for count, page in enumerate(drawn):
        first = 3 + 3 * count
        kids.append(f"{first} 0 R")
        for number, body in enumerate(_objects(page, first), start=first):
            _add(out, places, number, body)
        if len(out) > bounds.COPY_BYTES:
            raise Refused("too_large")
    _add(out, places, 1, b"<</Type/Catalog/Pages 2 0 R>>")
    _add(out, places, 2, f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode())
    start = len(out)
    out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
    out += "".join(f"{places[number]:010} 00000 n \n" for number in sorted(places)).encode()
    out += f"trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _objects(page: Drawn, first: int) -> tuple[bytes, bytes, bytes]:
    """The page, what it draws, and the picture."""
    (wide, high), (width, height) = page.points, page.pixels
    draws = f"q {wide:.2f} 0 0 {high:.2f} 0 0 cm /P Do Q".encode()
    size = f"/Width {width}/Height {height}/Length {len(page.picture)}"
    picture = f"<</Type/XObject/Subtype/Image{size}{page.said}>>"
    return (
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {wide:.2f} {high:.2f}]/Contents {first + 1} 0 R"
        f"/Resources<</XObject<</P {first + 2} 0 R>>>>>>".encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(draws), draws),
        picture.encode() + b"stream\n" + page.picture + b"\nendstream",
    )


def _add(out: bytearray, places: dict[int, int], number: int, body: bytes) -> None:
    places[number] = len(out)
    out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
