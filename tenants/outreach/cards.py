"""Cards and posters with the kommune's phone and a code that opens the form."""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Words:
    """What a card and a poster say in one language."""

    language: str
    title: str
    lead: str
    ring: str
    web: str
    code: str
    anonymous: str
    urgent: str
    lines: tuple[str, ...]


LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "se": "Nordsamisk", "fkv": "Kvensk", "en": "Engelsk"}
OWN_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "se": "Davvisámegiella", "fkv": "Kvääni", "en": "English"}
# Only languages whose words we are sure of. Whoever writes Sámi and Kven for the kommune, starts from an empty page.
WORDS = (
    Words(
        "nb", "Er du bekymret for en voksen?",
        "TryggEst tar imot bekymring for voksne som utsettes for vold eller overgrep og vanskelig kan verne seg.",
        "Ring", "Eller meld fra på nett", "QR-kode til",
        "Du kan være anonym, og du trenger ikke være sikker.",
        "Er det akutt? Ring 112 til politiet eller 113 til ambulansen.",
        ("Vold- og overgrepslinjen: 116 006, døgnet rundt", "Legevakt: 116 117"),
    ),
    Words(
        "nn", "Er du uroa for ein vaksen?",
        "TryggEst tek imot uro for vaksne som blir utsette for vald eller overgrep og vanskeleg kan verne seg.",
        "Ring", "Eller meld frå på nett", "QR-kode til",
        "Du kan vere anonym, og du treng ikkje vere sikker.",
        "Hastar det? Ring 112 til politiet eller 113 til ambulansen.",
        ("Vald- og overgrepslinja: 116 006, heile døgnet", "Legevakt: 116 117"),
    ),
    Words(
        "en", "Are you worried about an adult?",
        "TryggEst listens when an adult who finds it hard to protect themselves is exposed to violence or abuse.",
        "Call", "Or tell us online", "QR code for",
        "You can stay anonymous, and you do not have to be certain. The form is in Norwegian; write in any language.",
        "Is it urgent? Call 112 for the police or 113 for an ambulance.",
        ("The Norwegian helpline for violence and abuse: 116 006, day and night", "Out-of-hours doctor: 116 117"),
    ),
)  # fmt: skip


def ours_in(language: str) -> Words | None:
    """The words that come with the platform; None for a language that we cannot write."""
    return next((each for each in WORDS if each.language == language), None)


def poster(*, words: Words, office: str, phone: str, hours: str, address: str, now: datetime) -> Paper:
    """A page to hang up: the number, the code, and whom to call when it is urgent."""
    return Paper(
        title=words.title,
        office=office,
        made_at=now,
        lead=words.lead,
        pieces=(
            *((Heading(f"{words.ring} {spoken(phone)}"), Text(hours)) if phone else ()),
            Heading(words.web),
            Picture(code_svg(address), f"{words.code} {address}", 80),
            Text(address),
            Text(words.anonymous),
            Note(words.urgent),
            Items(words.lines),
        ),
        mark="",
        lang=words.language,
        large=True,
    )
