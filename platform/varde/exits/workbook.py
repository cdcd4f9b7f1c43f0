"""A workbook with one sheet of plain cells: the smallest .xlsx that spreadsheets open (ECMA-376, part 1).

No formula, style or macro can be written, so nothing but text and numbers leaves.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from varde.exits.sheets import Cell, cell

_OPEN = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_SCHEMAS = "http://schemas.openxmlformats.org"
_MAIN, _LINKS = f"{_SCHEMAS}/spreadsheetml/2006/main", f"{_SCHEMAS}/officeDocument/2006/relationships"
_PACKAGE = f"{_SCHEMAS}/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'{_OPEN}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'{_OPEN}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{_OPEN}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>'
    '<sheet name="Tall" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{_OPEN}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def workbook(rows: Iterable[Sequence[Cell]]) -> bytes:
    """The file. Texts that a program would run are made harmless as in CSV."""
    lines = "".join(f'<row r="{at}">{"".join(map(_cell, row))}</row>' for at, row in enumerate(rows, 1))
    sheet = f'{_OPEN}<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in (*_PARTS.items(), ("xl/worksheets/sheet1.xml", sheet)):
            packed.writestr(name, text)
    return made.getvalue()


def _cell(value: Cell) -> str:
    safe = cell(value)
    if safe is None:
        return "<c/>"
    if isinstance(safe, int | float):
        return f"<c><v>{safe}</v></c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(safe)}</t></is></c>'
