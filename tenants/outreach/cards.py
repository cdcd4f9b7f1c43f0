"""Cards and posters with the kommune's phone and a code that opens the form."""

from datetime import datetime

import qrcode  # type: ignore[import-untyped]  # ships no types

from varde.documents.paper import Heading, Items, Note, Paper, Picture, Text
from varde.ui.numbers import phone as spoken

_QUIET = 4  # the white edge that the standard asks for, in modules


def code_svg(address: str) -> str:
    """The address as a QR code, drawn by us as one path: no text, no script, no address of a picture."""
    made = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    made.add_data(address)
    made.make(fit=True)
    rows = made.get_matrix()
    side = len(rows) + 2 * _QUIET
    marks = "".join(
        f"M{x + _QUIET} {y + _QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{marks}" fill="#000"/></svg>'
    )


def poster(*, office: str, phone: str, hours: str, address: str, now: datetime) -> Paper:
    """A page to hang up: the number, the code, and whom to call when it is urgent."""
    return Paper(
        title="Er du bekymret for en voksen?",
        office=office,
        made_at=now,
        lead="TryggEst tar imot bekymring for voksne som utsettes for vold eller overgrep og vanskelig kan verne seg.",
        pieces=(
            *((Heading(f"Ring {spoken(phone)}"), Text(hours)) if phone else ()),
            Heading("Eller meld fra på nett"),
            Picture(code_svg(address), f"QR-kode til {address}", 60),
            Text(address),
            Text("Du kan være anonym, og du trenger ikke være sikker."),
            Note("Er det akutt? Ring 112 til politiet eller 113 til ambulansen."),
            Items(("Vold- og overgrepslinjen: 116 006, døgnet rundt", "Legevakt: 116 117")),
        ),
        mark="",
        large=True,
    )
