"""A journey: people at their own screens, a picture of each thing worth seeing, and no page that complains."""

import random
import re
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import decide, field, main, path_of, press, said
from tests.browser.test_looks import LAYOUT, listen
from tests.browser.test_web_form import receipt_on, send
from tests.browser.walker import Town, go, heading, screenshots
from varde.clock import OSLO

PHONE, DESK = 360, 1280


def one_of_a_kind(words: str) -> str:
    """Words that stand nowhere else in the demo."""
    return f"{words} {uuid.uuid4().hex[:6]}"


def surname() -> str:
    """A name that nobody else has."""
    return "Nordlund" + "".join(random.choices("abdefgiklmnorstu", k=6))


def phone() -> str:
    """A number that nobody else has."""
    digits = f"{random.randrange(10**7):07}"
    return f"4{digits[:2]} {digits[2:4]} {digits[4:]}"


def in_days(days: int) -> str:
    """A day as a date field takes it."""
    return str((datetime.now(OSLO) + timedelta(days=days)).date())


class Story:
    """Opens people's pages at a width, takes the pictures, and listens to every page."""

    def __init__(self, town: Town, name: str) -> None:
        self.town, self.name = town, name
        self._heard: list[list[str]] = []
        self._pictures = 0

    def person(self, role: str, slug: str, width: int = DESK, **settings: Any) -> Page:
        """One of the demo's people at their start page."""
        return self._listened(self.town.person(role, slug, viewport=_screen(width), **settings))

    def visitor(self, slug: str, width: int = PHONE, **settings: Any) -> Page:
        """Somebody without log-in."""
        return self._listened(self.town.visitor(slug, viewport=_screen(width), **settings))

    def _listened(self, page: Page) -> Page:
        self._heard.append(listen(page))
        return page

    def look(self, page: Page, what: str) -> None:
        """A picture; the page fits its screen, has one heading, and every field has its name."""
        self._pictures += 1
        page.wait_for_load_state()
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=_pictures() / f"{self.name}-{self._pictures:02}-{what}-{width}.png", full_page=True)
        layout = page.locator("html").evaluate(LAYOUT)
        assert layout == {"wide": 0, "headings": 1, "unlabelled": 0}, f"{page.url} at {width} px"

    def nobody_complained(self) -> None:
        """No error on any console, nothing that the CSP had to stop."""
        complaints = [line for heard in self._heard for line in heard]
        assert not complaints, complaints


def _screen(width: int) -> Any:
    return {"width": width, "height": 740 if width == PHONE else 900}


def _pictures() -> Path:
    folder = screenshots() / "journeys"
    folder.mkdir(exist_ok=True)
    return folder


def group(page: Page, question: str) -> Locator:
    """The answers to one question."""
    return main(page).get_by_role("group", name=re.compile(rf"^\s*{re.escape(question)}"))


def choose(page: Page, question: str, answer: str) -> None:
    """One answer to one question; the answer's label begins so."""
    group(page, question).get_by_label(re.compile(rf"^{re.escape(answer)}")).check()


def unfold_report(page: Page) -> None:
    """On a phone the report is folded on the page of a case."""
    main(page).locator("summary").filter(has_text="Bekymringen, slik den kom").click()


def unfold_story(page: Page) -> None:
    """What happened first is folded under what happened last."""
    main(page).locator("summary").filter(has_text=re.compile(r"^Vis \d+ eldre$")).click()


def shows(page: Page, *words: str) -> None:
    """The page's own part says all of it, where it can be seen."""
    for each in words:
        expect(main(page).get_by_text(each).locator("visible=true").first).to_be_attached()


def report(page: Page, kind: str, what: str, *, anonymous: bool = False, **more: str) -> str:
    """From the kommune's front page into the form and out with a receipt. `more` is label -> text."""
    page.goto("/")
    main(page).get_by_role("link", name="Meld fra om en bekymring").click()
    main(page).get_by_role("link", name=f"Jeg melder som {kind}").click()
    heading(page, f"Meld fra som {kind}")
    field(page, "Hva er du bekymret for?").fill(what)
    for label, text in more.items():
        field(page, label).fill(text)
    if anonymous:
        page.get_by_label("Jeg vil være anonym").check()
    send(page)
    return receipt_on(page)


def become_case(coordinator: Page, reason: str, step: str, category: str = "Må") -> str:
    """The concern on the page becomes a case; its path."""
    decide(coordinator, "Opprett sak", reason, step, category)
    heading(coordinator, re.compile(r"^Sak"))
    shows(coordinator, step)
    return path_of(coordinator)


def put_on(coordinator: Page, name: str) -> None:
    """A member of the team is put on the case."""
    field(coordinator, "Sett på saken").select_option(label=name)
    press(coordinator, "Sett på saken")
    said(coordinator, f"{name} er satt på saken.")


def follow(page: Page, code: str, state: str, *never: str) -> None:
    """What the holder of the code sees: how far it is, and nothing of what was told."""
    page.goto("/kvittering")
    field(page, "Koden på kvitteringen").fill(code)
    press(page, "Vis meldingen")
    heading(page, "Meldingen din")
    expect(main(page).locator("[aria-current=step]")).to_contain_text(state)
    for words in never:
        assert words not in page.content()


def opened_again(page: Page, path: str) -> None:
    """Straight to a page that the person has the address of."""
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def close(coordinator: Page, case: str, done: str, outcome: str = "tettere oppfølging", **more: str) -> None:
    """The closing report, and the case is closed. `more` is label -> text."""
    opened_again(coordinator, case)
    main(coordinator).get_by_role("link", name="Lukk saken").click()
    heading(coordinator, "Lukk saken")
    field(coordinator, "Hva ble gjort?").fill(done)
    coordinator.get_by_label(outcome).check()
    for label, text in more.items():
        field(coordinator, label).fill(text)
    press(coordinator, "Lukk saken")
    said(coordinator, "Saken er lukket.")


def cases_in_quarter(coordinator: Page) -> int:
    """How many cases the quarter that goes on counts."""
    go(coordinator, "Statistikk")
    row = main(coordinator).get_by_role("row").filter(has_text=re.compile("Pågår|Levert|Endret|Send")).first
    return int(row.get_by_role("cell").first.inner_text())
