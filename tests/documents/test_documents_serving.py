"""A file never becomes a page of ours: asked for in a real browser, it is a download, and nothing in it runs."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.documents import bad_files
from varde.documents.serving import download

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj"
CORPUS = {"html": bad_files.HTML, "svg": bad_files.SVG, "pdf": PDF, "jpg and page": bad_files.polyglot(),
          "xhtml": b'<html xmlns="http://www.w3.org/1999/xhtml"><script>fetch("/ran")</script></html>'}  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium
        chromium.close()


@contextmanager
def offered(headers: dict[str, str], body: bytes) -> Iterator[tuple[str, list[str]]]:
    """A server that gives the file at /file; every other address that is asked for is noted."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            given = self.path == "/file"
            asked.extend([] if given else [self.path])
            data = body if given else b"<!doctype html><title>ours</title>"
            self.send_response(200)
            for name, value in (headers if given else {"Content-Type": "text/html"}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_of: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def executed(browser: Browser, headers: dict[str, str], body: bytes) -> tuple[bool, str]:
    """(did anything of the file run or show as a page, name of the download or "")."""
    page: Page = browser.new_page()
    names: list[str] = []
    page.on("download", lambda download: names.append(download.suggested_filename))
    with offered(headers, body) as (address, asked):
        page.goto(f"{address}/ours")
        page.evaluate("document.title = 'ours'")
        page.evaluate("address => { location.href = address }", f"{address}/file")
        page.wait_for_timeout(600)
        ran = page.title() != "ours" or "/ran" in asked
    page.close()
    return ran, names[0] if names else ""


def headers_of(body: bytes, kind: str) -> dict[str, str]:
    return dict(download([body], size=len(body), stem="vedlegg-1-original", kind=kind).items())


@pytest.mark.browser
@pytest.mark.parametrize("name", CORPUS)
def test_our_answer_runs_nothing(browser, name):
    body = CORPUS[name]
    assert executed(browser, headers_of(body, ""), body) == (False, "vedlegg-1-original.bin")


@pytest.mark.browser
@pytest.mark.parametrize(("name", "media"), [("html", "text/html"), ("svg", "image/svg+xml")])
def test_without_our_headers_the_same_file_runs(browser, name, media):
    """Sabotage: shown inline with the type that the sender claimed, the script runs in our origin."""
    inline = {"Content-Type": media, "Content-Disposition": "inline"}
    assert executed(browser, inline, CORPUS[name])[0]


@pytest.mark.browser
def test_the_policy_alone_would_stop_it_too(browser):
    """The second line: a browser that ignored the disposition would still run nothing."""
    shown = headers_of(b"", "") | {"Content-Type": "text/html", "Content-Disposition": "inline"}
    shown.pop("Content-Length")
    page = browser.new_page()
    with offered(shown, CORPUS["xhtml"]) as (address, asked):
        page.goto(f"{address}/file")
        page.wait_for_timeout(400)
    page.close()
    assert "/ran" not in asked


def test_the_name_the_kind_and_the_headers_are_ours():
    answer = download([b"Hei"], size=3, stem="vedlegg-2-renset", kind="docx")
    assert answer["Content-Disposition"] == 'attachment; filename="vedlegg-2-renset.docx"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert b"".join(answer) == b"Hei"
