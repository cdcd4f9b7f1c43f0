"""A passkey in Chromium with a virtual authenticator: added, used as second factor, used alone."""

import shutil
import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from playwright.sync_api import Page, TimeoutError, sync_playwright  # noqa: A004 - playwright's own name

from tests.cast import PASSWORD
from tests.client import client_for

pytestmark = pytest.mark.browser


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Nothing on the screen."""

    def finish(self) -> None:
        super().finish()
        connections.close_all()


@pytest.fixture
def port(house: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[int]:
    """The whole site in threads of this process."""
    django_db_blocker.unblock()
    server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), _Server, _Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def kari(port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """Kari's browser with an authenticator that always says yes, at the log-in page."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright's loop runs in the test's own thread
    client_for("kari")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--host-resolver-rules=MAP *.localhost 127.0.0.1"],
        )
        page = browser.new_page(base_url=f"http://gjovik.localhost:{port}")
        cdp = page.context.new_cdp_session(page)
        cdp.send("WebAuthn.enable")
        kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        options = kind | {"isUserVerified": True, "automaticPresenceSimulation": True}
        cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        page.goto("/inn")
        yield page
        browser.close()


def arrive(page: Page, path: str) -> None:
    """Wait for the page; a failure says which page stands there instead, and what it says."""
    try:
        page.wait_for_url(f"**{path}")
    except TimeoutError as error:
        raise AssertionError(f"{page.url} instead of {path}: {page.inner_text('main')}") from error


def with_password(page: Page) -> None:
    page.get_by_label("E-post").fill("kari@gjovik.example")
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Logg inn", exact=True).click()


def log_out(page: Page) -> None:
    page.goto("/konto")
    page.get_by_role("main").get_by_role("button", name="Logg ut").click()
    arrive(page, "/inn")


def test_a_passkey_is_added_and_used(kari: Page) -> None:
    with_password(kari)
    arrive(kari, "/start")
    kari.goto("/konto/totrinn/passnokler/ny")
    kari.get_by_label("Bruk den også uten passord").check()
    kari.get_by_role("button", name="Legg til").click()
    arrive(kari, "/konto/totrinn/koder")
    log_out(kari)
    with_password(kari)
    arrive(kari, "/inn/totrinn")
    kari.get_by_role("button", name="Bruk passnøkkel").click()
    arrive(kari, "/start")
    log_out(kari)
    kari.get_by_role("button", name="Logg inn med passnøkkel").click()
    arrive(kari, "/start")
    assert "Hei, Kari" in kari.get_by_role("heading", level=1).inner_text()
