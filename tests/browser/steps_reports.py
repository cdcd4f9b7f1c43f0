"""What people do with a report that has been frozen: fetch its four files, and hold them against the page."""

import csv
import hashlib
import json
from collections.abc import Callable, Mapping
from io import StringIO

import pypdfium2
from playwright.sync_api import Page

from tests.browser.steps import main
from tests.regional.reading import rows_of


def files(page: Page) -> dict[str, bytes]:
    """All four, as they come to the reader's machine."""
    return {ending: fetched(page, ending) for ending in ("PDF", "XLSX", "CSV", "JSON")}


def fetched(page: Page, ending: str) -> bytes:
    """One file, by its link."""
    with page.expect_download() as coming:
        main(page).locator("a").filter(has_text=ending).first.click()
    return coming.value.path().read_bytes()


def digest(content: bytes) -> str:
    """The fingerprint that a page shows of a file."""
    return hashlib.sha256(content).hexdigest()


def in_all(got: Mapping[str, bytes], *words: str) -> None:
    """Every file opens as what it is, and says all of it."""
    for ending, content in got.items():
        text = _READ[ending](content)
        for each in words:
            assert each in text, f"{each} is not in the {ending}"


def _pdf(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    return " ".join(page.get_textpage().get_text_range() for page in pages).replace("\r\n", " ")


def _xlsx(content: bytes) -> str:
    return " ".join(cell for row in rows_of(content) for cell in row)


def _csv(content: bytes) -> str:
    rows = csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";")
    return " ".join(cell for row in rows for cell in row)


def _json(content: bytes) -> str:
    return json.dumps(json.loads(content), ensure_ascii=False)


_READ: dict[str, Callable[[bytes], str]] = {"PDF": _pdf, "XLSX": _xlsx, "CSV": _csv, "JSON": _json}
