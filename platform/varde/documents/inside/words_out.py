"""A Word document written from nothing: the pieces that were read, and no property, no history, no setting."""

import io
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

from varde.documents import bounds
from varde.documents.inside import pictures
from varde.documents.inside.boxes import Box
from varde.documents.inside.refused import Refused
from varde.documents.inside.words import Paragraph, Piece, Run

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_TYPES = (
    f'{_HEADER}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="jpg" ContentType="image/jpeg"/><Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_ROOT = (
    f'{_HEADER}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_OPENS = {"tbl": f"<w:tbl><w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr><w:tblGrid/>", "/tc": "<w:p/>"}
_SIZES = {1: 36, 2: 30, 3: 26, 4: 24, 5: 22, 6: 22}  # half points
_WIDEST = 5_760_000  # 16 cm in EMU
_PER_PIXEL = 9_525  # EMU at 96 dots per inch
_NO_PICTURE = "[et bilde som ikke kunne vises]"
# Every entry has the same day: when the copy was made says nothing that should be in it.
_DAY = (1980, 1, 1, 0, 0, 0)


class Writer:
    """Collects the text and the pictures of the copy."""

    def __init__(self, box: Box) -> None:
        self._box = box
        self._shown: dict[str, str] = {}  # entry in the original -> relation id
        self.media: list[tuple[str, bytes, tuple[int, int]]] = []

    def body(self, pieces: Iterable[Piece]) -> str:
        """All pieces as WordprocessingML."""
        return "".join(self._paragraph(piece) if isinstance(piece, Paragraph) else _tag(piece) for piece in pieces)

    def _paragraph(self, paragraph: Paragraph) -> str:
        head = f'<w:pPr><w:outlineLvl w:val="{paragraph.heading - 1}"/></w:pPr>' if paragraph.heading else ""
        runs = [Run("• ")] if paragraph.listed else []
        return f"<w:p>{head}{''.join(self._run(run, paragraph.heading) for run in [*runs, *paragraph.runs])}</w:p>"

    def _run(self, run: Run, heading: int) -> str:
        if run.picture:
            return self._picture(run.picture)
        marks = "".join(_MARK[mark] for mark in ("b", "i", "strike", "u") if mark in run.marks)
        size = f'<w:b/><w:sz w:val="{_SIZES[heading]}"/>' if heading else ""
        return f"<w:r><w:rPr>{size or marks}</w:rPr>{_text(run.text)}</w:r>"

    def _picture(self, entry: str) -> str:
        if entry not in self._shown:
            self._shown[entry] = self._recoded(entry)
        relation = self._shown[entry]
        if not relation:
            return f"<w:r>{_text(_NO_PICTURE)}</w:r>"
        width, height = self.media[int(relation[1:]) - 1][2]
        return f"<w:r><w:drawing>{_drawing(relation, width, height)}</w:drawing></w:r>"

    def _recoded(self, entry: str) -> str:
        """The relation of the recoded picture; "" for one that cannot be shown (EMF, WMF, damaged)."""
        if len(self.media) >= bounds.PICTURES_IN_TEXT:
            raise Refused("too_large")
        try:
            kind, data = pictures.anew(self._box.read(entry), "", ("JPEG", "PNG", "GIF", "WEBP"))
        except Refused as refused:
            if refused.reason != "damaged":
                raise
            return ""
        number = len(self.media) + 1
        name = f"{number}.{'jpg' if kind == 'jpeg' else 'png'}"
        self.media.append((name, data, pictures.size_of(data)))
        return f"p{number}"


_MARK = {"b": "<w:b/>", "i": "<w:i/>", "strike": "<w:strike/>", "u": '<w:u w:val="single"/>'}


def _tag(piece: str) -> str:
    name = piece.removeprefix("/")
    close = f"</w:{name}>" if piece.startswith("/") else ""
    return _OPENS.get(piece, "" if close else f"<w:{name}>") + close


def _text(words: str) -> str:
    """Letters, with tabs and line breaks as elements of their own."""
    parts = []
    for number, line in enumerate(words.split("\n")):
        parts += ["<w:br/>"] if number else []
        for place, piece in enumerate(line.split("\t")):
            parts += ["<w:tab/>"] if place else []
            parts += [f'<w:t xml:space="preserve">{escape(piece)}</w:t>'] if piece else []
    return "".join(parts)


def _drawing(relation: str, width: int, height: int) -> str:
    wide = min(width * _PER_PIXEL, _WIDEST)
    extent = f'cx="{wide}" cy="{max(1, wide * height // width)}"'
    number = relation[1:]
    return (
        f'<wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing"><wp:extent {extent}/>'
        f'<wp:docPr id="{number}" name="Bilde {number}"/><a:graphic xmlns:a="{_DRAWING}/main">'
        f'<a:graphicData uri="{_DRAWING}/picture"><pic:pic xmlns:pic="{_DRAWING}/picture">'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="Bilde {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
    )


def write(box: Box, pieces: Iterable[Piece]) -> bytes:
    """The copy. Refused: too_large, too_many_pixels, bomb."""
    writer = Writer(box)
    body = writer.body(pieces)
    document = (
        f'{_HEADER}<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}<w:p/><w:sectPr/></w:body></w:document>'
    )
    relations = "".join(
        f'<Relationship Id="p{number}" Type="{_R}/image" Target="media/{name}"/>'
        for number, (name, _data, _size) in enumerate(writer.media, start=1)
    )
    entries: dict[str, bytes] = {
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": _ROOT.encode(),
        "word/document.xml": document.encode("utf-8", "replace"),
        "word/_rels/document.xml.rels": (
            f'{_HEADER}<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'
        ).encode(),
    }
    entries |= {f"word/media/{name}": data for name, data, _size in writer.media}
    return _zipped(entries)


def _zipped(entries: dict[str, bytes]) -> bytes:
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w") as out:
        for name, data in entries.items():
            packed = zipfile.ZIP_STORED if "/media/" in name else zipfile.ZIP_DEFLATED
            info = zipfile.ZipInfo(name, _DAY)
            info.compress_type = packed
            out.writestr(info, data)
    if room.tell() > bounds.COPY_BYTES:
        raise Refused("too_large")
    return room.getvalue()


EMPTY = _zipped({"word/document.xml": b"<document/>"})
