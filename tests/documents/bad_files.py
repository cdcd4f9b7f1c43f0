"""Files that were made to hurt, built at run time: name -> (bytes, what must come of it)."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from PIL import Image

from tests.documents import papers, photos
from tests.documents.canaries import Canaries

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def boxed(entries: dict[str, bytes]) -> bytes:
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as box:
        for name, data in entries.items():
            box.writestr(name, data)
    return room.getvalue()


def zip_bomb() -> bytes:
    """A document that unpacks to 1 GiB."""
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as box, box.open("word/document.xml", "w") as entry:
        for _ in range(1024):
            entry.write(b" " * 1024 * 1024)
    return room.getvalue()


def lying_zip() -> bytes:
    """The directory says that the entry is ten bytes; it is 600 MiB."""
    data = bytearray(boxed({"word/document.xml": b" " * 600 * 1024 * 1024}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(data)


def many_entries() -> bytes:
    """100,000 entries."""
    return boxed({"word/document.xml": b"<d/>"} | {f"e{number}": b"" for number in range(100_000)})


def pixel_flood() -> bytes:
    """A PNG of a few bytes that says it is 60,000 pixels each way."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)
    chunk = b"IHDR" + head
    room = io.BytesIO()
    Image.new("RGBA", (4, 4)).save(room, "PNG")
    return (
        room.getvalue()[:8]
        + struct.pack(">I", 13)
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + room.getvalue()[33:]
    )


def wide_picture() -> bytes:
    """An allowed picture of 79 million pixels in some hundred kilobytes."""
    room = io.BytesIO()
    Image.new("RGBA", (8_900, 8_900), "teal").save(room, "PNG")
    return room.getvalue()


def pixel_flood_in_pdf() -> bytes:
    """A PDF whose picture says that it is 60,000 pixels each way, with next to nothing to draw them from."""
    body = zlib.compress(b"\0" * 5_000_000)
    picture = b"<</Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter"
    return papers.assemble([
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
        b"<</Length 24>>stream\nq 200 0 0 200 0 0 cm /I Do Q\nendstream".replace(b"24", b"28"),
        picture + b"/FlateDecode/Length %d>>stream\n" % len(body) + body + b"\nendstream",
    ])  # fmt: skip


def pages_10_000() -> bytes:
    """A PDF of 10,000 pages."""
    kids = " ".join(f"{number} 0 R" for number in range(3, 10_003))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    pages = f"<</Type/Pages/Count 10000/Kids[{kids}]>>".encode()
    return papers.assemble([b"<</Type/Catalog/Pages 2 0 R>>", pages, *[page] * 10_000])


def deep_xml() -> bytes:
    """Elements 3,000 deep."""
    return papers.docx(Canaries(), body="<w:p>" * 3000 + "</w:p>" * 3000)


def entities() -> bytes:
    """A billion laughs."""
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return boxed({"word/document.xml": f'<!DOCTYPE d [<!ENTITY e0 "ha">{lines}]><d>&e9;</d>'.encode()})


def outside_entity() -> bytes:
    """Asks for a file of the machine."""
    return boxed({"word/document.xml": b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><d>&e;</d>'})


def climbing_names(name: str) -> bytes:
    """Entries and targets that climb out of the box: read as what they are, names in a list."""
    relations = (
        b'<Relationships><Relationship Id="r1" Type="x/image" Target="../../../../../../etc/passwd"/></Relationships>'
    )
    drawing = b'<d xmlns:r="r"><p><r><blip r:embed="r1"/><t>Hei</t></r></p></d>'
    return boxed({f"../../../../tmp/{name}": b"x", f"/tmp/{name}": b"x", "word/document.xml": drawing,
                   "word/_rels/document.xml.rels": relations})  # fmt: skip


def half_a_photograph() -> bytes:
    """A JPEG that was cut off on the way."""
    room = io.BytesIO()
    Image.effect_noise((640, 480), 80).save(room, "JPEG")
    return room.getvalue()[: room.tell() // 2]


def polyglot() -> bytes:
    """A JPEG, a page, a zip and a PDF at once."""
    page = b"<script>alert(1)</script>" + zip_of_nothing() + b"%PDF-1.7"
    return photos.jpeg(Canaries())[:-20] + page


def zip_of_nothing() -> bytes:
    """A zip file."""
    return boxed({"a.txt": b"a"})


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    encrypt = "<</Filter/Standard/V 1/R 2/P -4/O<" + "00" * 32 + ">/U<" + "11" * 32 + ">>>"
    whole = papers.assemble([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>", encrypt.encode()])
    return whole.replace(b"/Root", b"/Encrypt 3 0 R/ID[<00><00>]/Root")


HTML = b"<!DOCTYPE html><script>document.title='run'</script>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>document.title="run"</script></svg>'

REFUSED: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "zip bomb": (zip_bomb, {"bomb"}),
    "zip that lies": (lying_zip, {"bomb", "damaged"}),
    "100,000 entries": (many_entries, {"bomb"}),
    "flood of pixels": (pixel_flood, {"too_many_pixels", "damaged"}),
    "10,000 pages": (pages_10_000, {"too_many_pages"}),
    "3,000 deep": (deep_xml, {"bomb"}),
    "a billion laughs": (entities, {"bomb"}),
    "an entity from outside": (outside_entity, {"bomb"}),
    "a page called jpg": (lambda: HTML, {"unknown_kind"}),
    "a drawing with a script": (lambda: SVG, {"unknown_kind"}),
    "half a jpeg": (half_a_photograph, {"damaged"}),
    "half a png": (lambda: photos.png(Canaries())[:60], {"damaged"}),
    "half a document": (lambda: papers.docx(Canaries())[:-300], {"damaged", "unknown_kind"}),
    "a pdf of only a head": (lambda: b"%PDF-1.7\n", {"damaged"}),
    "a locked pdf": (locked_pdf, {"locked"}),
    "a zip": (zip_of_nothing, {"unknown_kind"}),
    "a program": (lambda: b"MZ" + b"\0" * 100, {"unknown_kind"}),
    "nothing": (lambda: b"", {"unknown_kind"}),
}
