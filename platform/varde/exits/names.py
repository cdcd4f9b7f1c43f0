"""Titles and file names of what is downloaded or printed: fixed words and a day, never a name of a person or a case.

A file name stays in the download list, on shared disks and in mail long after the paper has been dealt with.
"""

from datetime import date
from typing import Literal

Kind = Literal[
    "sak", "melding", "innsyn", "innsynslogg", "rapport", "tall", "rullering", "vedtak", "brev",
    "plan", "attest",
]  # fmt: skip
Ending = Literal["pdf", "csv", "xlsx", "json", "zip", "txt", "docx"]

_TITLES: dict[Kind, str] = {
    "sak": "Utskrift av sak",
    "melding": "Utskrift av melding",
    "innsyn": "Innsyn for den det gjelder",
    "innsynslogg": "Utdrag av innsynsloggen",
    "rapport": "Rapport",
    "tall": "Tall",
    "rullering": "Rullering av plasser",
    "vedtak": "Vedtak",
    "brev": "Brev",
    "plan": "Plan",
    "attest": "Attest om sletting",
}
_ENDINGS: tuple[Ending, ...] = ("pdf", "csv", "xlsx", "json", "zip", "txt", "docx")


def title(kind: Kind, day: date) -> str:
    """The title inside a document, say "Utskrift av sak 07.01.2026". KeyError for a kind that is not here."""
    return f"{_TITLES[kind]} {day:%d.%m.%Y}"


def file_name(kind: Kind, day: date, ending: Ending = "pdf") -> str:
    """ASCII, say "varde-sak-2026-01-07.pdf". KeyError for words that are not here."""
    if kind not in _TITLES or ending not in _ENDINGS:
        raise KeyError("Et filnavn bygges av faste ord.")
    return f"varde-{kind}-{day:%Y-%m-%d}.{ending}"


def attachment(kind: Kind, day: date, ending: Ending = "pdf") -> str:
    """The value of Content-Disposition: saved, never shown in our own pages."""
    return f'attachment; filename="{file_name(kind, day, ending)}"'
