"""A PDF and a Word document with a canary in every place where a name can lie."""

import io
import zipfile

from tests.documents import photos
from tests.documents.canaries import Canaries


def _stream(head: str, body: bytes) -> bytes:
    return f"<<{head}/Length {len(body)}>>stream\n".encode() + body + b"\nendstream"


def assemble(objects: list[bytes], root: int = 1, info: int = 0, first: bytes = b"%PDF-1.7\n") -> bytes:
    """Objects 1, 2, 3 … as a PDF."""
    out, places = bytearray(first), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += "".join(f"{place:010} 00000 n \n" for place in places).encode()
    about = f"/Info {info} 0 R" if info else ""
    return (
        bytes(out) + f"trailer<</Size {len(objects) + 1}/Root {root} 0 R{about}>>\nstartxref\n{start}\n%%EOF\n".encode()
    )


def pdf(words: Canaries, *, info: bool = True) -> bytes:
    """One page that says «Hei», with everything else that a PDF can carry."""
    says = (
        f"BT /F1 40 Tf 20 100 Td (Hei) Tj ET q 60 0 0 45 20 20 cm /Im Do Q "
        f"BT 3 Tr /F1 9 Tf 5 5 Td ({words('pdf unseen text')}) Tj ET "
        f"/OC /Layer BDC BT 0 Tr /F1 9 Tf 5 50 Td ({words('pdf switched-off layer')}) Tj ET EMC "
        f"% {words('pdf remark in a page')}\n"
    )
    catalog = (
        f"<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R/Outlines 12 0 R/Lang({words('pdf language')})"
        f"/Names<</EmbeddedFiles<</Names[({words('pdf attachment name')}) 7 0 R]>>"
        f"/JavaScript<</Names[(j) 9 0 R]>>>>/OpenAction 9 0 R"
        f"/OCProperties<</OCGs[14 0 R]/D<</OFF[14 0 R]>>>>/AcroForm<</Fields[15 0 R]>>"
        f"/PieceInfo<</X<</Private({words('pdf piece info')})>>>>>>"
    )
    page = (
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Annots[10 0 R 15 0 R]/Metadata 11 0 R"
        "/Resources<</Font<</F1 5 0 R>>/XObject<</Im 16 0 R>>/Properties<</Layer 14 0 R>>>>>>"
    )
    note = (
        f"<</Type/Annot/Subtype/Text/Rect[150 150 160 160]/T({words('pdf note author')})"
        f"/Contents({words('pdf note text')})/NM({words('pdf note name')})>>"
    )
    picture = "/Type/XObject/Subtype/Image/Width 64/Height 48/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode"
    objects = [
        catalog.encode(),
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        page.encode(),
        _stream("", says.encode()),
        f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Name/{words('pdf font name')}>>".encode(),
        _stream("/Type/Metadata/Subtype/XML", words("pdf XMP").encode()),
        f"<</Type/Filespec/F(a.txt)/Desc({words('pdf attachment text')})/EF<</F 8 0 R>>>>".encode(),
        _stream("/Type/EmbeddedFile", words("pdf attachment").encode()),
        f"<</S/JavaScript/JS(app.alert\\('{words('pdf script')}'\\))>>".encode(),
        note.encode(),
        _stream("/Type/Metadata/Subtype/XML", words("pdf XMP of a page").encode()),
        b"<</Type/Outlines/First 13 0 R/Last 13 0 R/Count 1>>",
        f"<</Title({words('pdf bookmark')})/Parent 12 0 R>>".encode(),
        f"<</Type/OCG/Name({words('pdf layer name')})>>".encode(),
        f"<</Type/Annot/Subtype/Widget/FT/Tx/Rect[0 0 0 0]/T({words('pdf field name')})"
        f"/TU({words('pdf field help')})>>".encode(),
        _stream(picture, photos.jpeg(words, "picture in pdf")),
        (
            f"<</Author({words('pdf author')})/Title({words('pdf title')})/Creator({words('pdf creator')})"
            f"/Producer({words('pdf producer')})/Company<{words('pdf company').encode('utf-16-be').hex()}>>>"
        ).encode(),
    ]
    if not info:
        objects.pop()
    first = b"%PDF-1.7\n% " + words("pdf remark").encode() + b"\n"
    whole = assemble(objects, info=17 if info else 0, first=first)
    return whole + b"% " + words("pdf after the end").encode()


_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _body(words: Canaries) -> str:
    who = f'w:author="{words("docx author of a change")}" w:date="2026-01-07T13:00:00Z"'
    return f"""
<w:p w:rsidR="{words("docx rsid")}"><w:pPr><w:pStyle w:val="Overskrift1"/><w:pPrChange w:id="1" {who}/></w:pPr>
 <w:r><w:rPr><w:b/></w:rPr><w:t>Hei</w:t></w:r>
 <w:ins w:id="2" {who}><w:r><w:t xml:space="preserve"> satt inn</w:t></w:r></w:ins>
 <w:del w:id="3" {who}><w:r><w:delText>{words("docx deleted")}</w:delText></w:r></w:del>
 <w:moveFrom w:id="4" {who}><w:r><w:t>{words("docx moved from")}</w:t></w:r></w:moveFrom>
 <w:r><w:rPr><w:vanish/></w:rPr><w:t>{words("docx hidden")}</w:t></w:r>
 <w:r><w:rPr><w:rStyle w:val="Skjult"/></w:rPr><w:t>{words("docx hidden by style")}</w:t></w:r>
 <w:bookmarkStart w:id="5" w:name="{words("docx bookmark")}"/>
 <w:commentRangeStart w:id="0"/><w:commentReference w:id="0"/>
 <w:fldSimple w:instr=" FILENAME "><w:r><w:t>{words("docx FILENAME")}</w:t></w:r></w:fldSimple>
 <w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> AUTHOR {words("docx field code")}</w:instrText></w:r>
 <w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{words("docx AUTHOR")}</w:t></w:r>
 <w:r><w:fldChar w:fldCharType="end"/></w:r>
 <w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>
 <w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>side 1</w:t></w:r>
 <w:r><w:fldChar w:fldCharType="end"/></w:r>
 <w:hyperlink r:id="rL"><w:r><w:t>lenke</w:t></w:r></w:hyperlink>
 <w:sdt><w:sdtPr><w:alias w:val="{words("docx control name")}"/></w:sdtPr><w:sdtContent><w:r><w:t>i felt</w:t></w:r>
 </w:sdtContent></w:sdt>
 <w:r><w:drawing><wp:inline><wp:docPr id="1" name="{words("docx picture name")}" descr="{words("docx alt text")}"/>
 <a:graphic><a:graphicData><a:blip r:embed="rP"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>
</w:p>
<w:tbl><w:tblPr><w:tblCaption w:val="{words("docx table caption")}"/></w:tblPr><w:tr><w:tc>
 <w:p><w:r><w:t>celle</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>punkt</w:t></w:r></w:p>
<!-- {words("docx remark")} --><?x {words("docx instruction")}?>"""


def docx(words: Canaries, body: str | None = None, more: dict[str, bytes] | None = None) -> bytes:
    """A document with a heading, a table, a list and a picture, and with everything that Word writes beside them."""
    core = f"""<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{words("docx creator")}</dc:creator>
<dc:title>{words("docx title")}</dc:title><lastModifiedBy>{words("docx last modified by")}</lastModifiedBy></c>"""
    app = (
        f"<Properties><Company>{words('docx company')}</Company><Manager>{words('docx manager')}</Manager></Properties>"
    )
    relations = f"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rP" Type="{_RELATIONS}/image" Target="media/{words("docx media name")}.jpg"/>
<Relationship Id="rL" Type="{_RELATIONS}/hyperlink" TargetMode="External" Target="http://{words("docx link")}.no"/>
<Relationship Id="rO" Type="{_RELATIONS}/oleObject" Target="embeddings/o.bin"/></Relationships>"""
    entries = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {_NS}><w:body>{body or _body(words)}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations,
        "word/styles.xml": f'<w:styles {_NS}><w:style w:styleId="Skjult"><w:rPr><w:vanish/>'
        "</w:rPr></w:style></w:styles>",
        "word/comments.xml": f'<w:comments {_NS}><w:comment w:author="{words("docx comment author")}"><w:p><w:r><w:t>'
        f"{words('docx comment')}</w:t></w:r></w:p></w:comment></w:comments>",
        "word/people.xml": f"<p>{words('docx people')}</p>",
        "word/header1.xml": f"<w:hdr {_NS}><w:p><w:r><w:t>{words('docx header')}</w:t></w:r></w:p></w:hdr>",
        "word/settings.xml": f"<s>{words('docx settings')}</s>",
        "word/_rels/settings.xml.rels": f"<r>{words('docx template path')}</r>",
        "word/embeddings/o.bin": words("docx embedded object"),
        "word/glossary/document.xml": words("docx glossary"),
        "customXml/item1.xml": f"<c>{words('docx custom xml')}</c>",
        "docProps/core.xml": core,
        "docProps/app.xml": app,
        "docProps/custom.xml": f"<p>{words('docx custom property')}</p>",
        f"{words('docx entry name')}.txt": "x",
    }
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as box:
        for name, text in entries.items():
            box.writestr(name, text)
        box.writestr(f"word/media/{words('docx media name')}.jpg", photos.jpeg(words, "picture in docx"))
        box.writestr("docProps/thumbnail.jpeg", photos.jpeg(words, "thumbnail in docx"))
        for name, data in (more or {}).items():
            box.writestr(name, data)
        box.comment = words("docx zip comment").encode()
    return room.getvalue()


def text(words: Canaries) -> bytes:
    """A line with a word in letters that have no width, and one after a turn of direction."""
    tags = "".join(chr(0xE0000 + ord(letter)) for letter in words("txt unseen letters"))
    return f"Hei\r\n{tags}\u202epå deg\n".encode()
