"""People in front of the running demo: each has a browser of their own, and logs in once through the page."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from tests.whole.demo import Demo

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
STEP_SECONDS = 15
WAIT_SECONDS = 40  # for a letter: the bell comes at once, the sweep within half a minute
EVERYBODY = {
    "kommune": (
        "koordinator", "teammedlem", "leder", "administrator", "personvernombud", "kontaktperson", "referansegruppe",
        "politikontakt",
    ),
    "region": ("operator", "vertskommune-administrator", "lederteam", "statistikkansvarlig", "sekretaer"),
    "drift": ("driftsansvarlig", "kontrolleier"),
}  # fmt: skip


class Town:
    """The demo as people see it. `visitor` is somebody without log-in, `person` one of the demo's own people."""

    def __init__(self, demo: Demo, browser: Browser, cookies: dict[str, Any]) -> None:
        self.demo, self.browser, self._cookies = demo, browser, cookies
        self._contexts: list[BrowserContext] = []

    def address(self, slug: str, path: str = "") -> str:
        """`slug` is an office's subdomain; "" is the public host."""
        return f"http://{slug + '.' if slug else ''}localhost:{self.demo.port}{path}"

    def visitor(self, slug: str, **settings: Any) -> Page:
        """A fresh browser at the office's address; `settings` are Playwright's for a context."""
        context = self.browser.new_context(base_url=self.address(slug), locale="nb-NO", **settings)
        context.set_default_timeout(STEP_SECONDS * 1000)
        self._contexts.append(context)
        return context.new_page()

    def person(self, role: str, slug: str, **settings: Any) -> Page:
        """One of the demo's people at their start page; who has logged in before comes with the cookie."""
        known = self._cookies.get(f"{role}@{slug}")
        page = self.visitor(slug, storage_state=known, **settings)
        if known is None:
            self.log_in(page, f"{role}@{slug}.example")
            self._cookies[f"{role}@{slug}"] = page.context.storage_state()
        page.goto("/start")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Hei, ")
        return page

    def log_in(self, page: Page, email: str) -> None:
        """Through the page that people use."""
        page.goto("/inn")
        page.get_by_label("E-post").fill(email)
        page.get_by_label("Passord").fill(self.demo.password())
        page.get_by_role("button", name="Logg inn", exact=True).click()
        page.wait_for_url("**/start")

    def prove(self, page: Page) -> None:
        """Confirm who it is; five minutes after the log-in, what cannot be undone asks for it."""
        page.goto("/konto/bekreft?next=/start")
        page.get_by_label("Passord").fill(self.demo.password())
        page.get_by_role("button", name="Bekreft", exact=True).click()
        page.wait_for_url("**/start")

    def close(self) -> None:
        """Every browser that was opened."""
        for context in self._contexts:
            context.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium. Its loop lives in this thread, so it must end before others want one."""
    assert CHROMIUM, "The browser tests need Chromium; `make test` installs it where it may."
    with sync_playwright() as playwright:
        expect.set_options(timeout=STEP_SECONDS * 1000)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


def heading(page: Page, text: str | re.Pattern[str]) -> None:
    """The page's one h1 says this."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


def go(page: Page, entry: str) -> None:
    """Press an entry of the menu; on a phone it is unfolded first, and its group everywhere."""
    folded = page.get_by_role("button", name="Meny", exact=True)
    if folded.is_visible():
        folded.click()
    nav = page.get_by_role("navigation", name="Hovedmeny")
    wanted = group_of(page, entry)
    if wanted is not None:
        wanted.click()
    nav.get_by_role("link", name=entry, exact=True).click()
    page.wait_for_load_state()


def group_of(page: Page, entry: str) -> Locator | None:
    """The name of the menu's group that an entry is folded into; None when the entry is in sight."""
    group = page.locator("nav[aria-label=Hovedmeny] details:not([open])").filter(
        has=page.locator("a").filter(has_text=re.compile(rf"^\s*{re.escape(entry)}\s*$"))
    )
    return group.locator("summary") if group.count() else None


def reload_until(page: Page, there: Callable[[], bool], what: str, seconds: float = WAIT_SECONDS) -> None:
    """Look again until it is there: letters are carried by the worker. Bounded."""

    def again() -> bool:
        page.reload()
        return there()

    assert Demo.until(again, seconds, pause=0.5), f"{what} did not come within {seconds} s on {page.url}"


def menu(page: Page) -> list[tuple[str, str]]:
    """(label, path) of every entry in the person's menu."""
    links = page.locator("nav[aria-label=Hovedmeny] a")
    return [(str(link.text_content()).strip(), str(link.get_attribute("href"))) for link in links.all()]


def screenshots() -> Path:
    """Where a person can look afterwards; never committed."""
    folder = Path(__file__).parents[2] / "var" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
