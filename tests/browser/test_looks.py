"""Every page of everybody's menu and every public page, on a phone and on a desk: fits, one heading, nothing broken."""

import os
import re
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.browser.steps import Told, make_case, open_concern, plan_measure, take_call
from tests.browser.walker import EVERYBODY, Town, menu, screenshots
from tests.whole.demo import Demo

pytestmark = pytest.mark.browser

WIDTHS = (360, 1280)
PICTURES = bool(os.environ.get("VARDE_PICTURES"))
PUBLIC = [
    ("", ("/",)),
    ("gjovik", ("/", "/meld", "/meld/privat", "/meld/ansatt", "/kvittering", "/personvern", "/inn", "/finnes-ikke")),
    ("gjovikregionen", ("/inn",)),
    ("loten", ("/", "/meld")),
]
OFFICES = {"kommune": "gjovik", "region": "gjovikregionen", "drift": "drift"}
STAFF = [(role, OFFICES[kind]) for kind, roles in EVERYBODY.items() for role in roles]
TOLD = Told("Snertingdal", "Gjøvik", "Datteren roper og dytter når hun henter post. " * 3, "Kvinne, 79 år")
LAYOUT = """() => ({
  wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  headings: document.querySelectorAll("h1").length,
  unlabelled: [...document.querySelectorAll("input:not([type=hidden]), select, textarea")].filter(
    (field) => !field.labels?.length && !field.getAttribute("aria-label")).length,
})"""
# The browser calls a page that says 404, 410 or 422, as it should, an error.
OWN_STATUS = re.compile(r"Failed to load resource: the server responded with a status of (404|410|422)")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# A field of several parts (a date) draws the focus on the part.
FOCUS = """() => {
  const here = document.activeElement;
  const drawn = (style) => style.outlineStyle !== "none" || style.boxShadow !== "none";
  const around = here.closest(".ds-field") ?? here;
  return ["date", "time"].includes(here.type) || [here, around].some((each) => drawn(getComputedStyle(each)));
}"""
LINKS = """() => [...document.querySelectorAll("a[href^='/']")].map((link) => link.pathname)"""
# Answered with a file, or with another page that says that one is logged out.
FILE = re.compile(r"\.ics$|/pdf$|/utskrift$|/plakat$|/referat$|/invitasjon$|/kopi$|/original$|/beredskap/pakke$|^/ut$")
seen: set[tuple[str, str]] = set()  # pages that several roles share are looked at once


def listen(page: Page) -> list[str]:
    """Everything that the page complains of from now on: errors, broken promises of the CSP, missing files."""
    heard: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        own = OWN_STATUS.match(message.text) and message.location["url"] == page.url
        if message.type in ("error", "warning") and not own:
            heard.append(f"{page.url}: {message.text}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: heard.append(f"{page.url}: {error}"))
    return heard


def look(page: Page, name: str) -> None:
    """Both widths of the page that is open; with VARDE_PICTURES=1 kept as pictures for a person to look at."""
    page.wait_for_load_state()  # a link that was just clicked may have led to a page that is still empty
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        got: dict[str, Any] = page.locator("html").evaluate(LAYOUT)
        if PICTURES:
            page.screenshot(path=screenshots() / f"{name}-{width}.png", full_page=True)
        assert got == {"wide": 0, "headings": 1, "unlabelled": 0}, f"{page.url} at {width} px"


def look_at(page: Page, paths: list[str], name: str) -> None:
    """Each address once, and no complaint from any."""
    heard = listen(page)
    for path in paths:
        if (name, path) in seen:
            continue
        seen.add((name, path))
        page.goto(path)
        look(page, name + re.sub(r"\W+", "-", UUID.sub("", path)).rstrip("-"))
    assert heard == []


@pytest.mark.parametrize(("slug", "paths"), PUBLIC, ids=[slug or "public" for slug, _ in PUBLIC])
def test_public_pages(town: Town, slug: str, paths: tuple[str, ...]) -> None:
    look_at(town.visitor(slug), list(paths), slug or "public")


@pytest.mark.parametrize(("role", "slug"), STAFF, ids=[role for role, _ in STAFF])
def test_pages_of_the_menu(town: Town, role: str, slug: str) -> None:
    page = town.person(role, slug)
    look_at(page, ["/start"], f"{slug}-{role}")
    look_at(page, ["/konto", *(path for _, path in menu(page))], slug)


def test_pages_of_a_case(town: Town, demo: Demo) -> None:
    operator, coordinator = town.person("operator", "gjovikregionen"), town.person("koordinator", "gjovik")
    take_call(operator, TOLD)
    look(operator, "vei-1-vakttelefonens-liste")
    heard = listen(coordinator)
    concern = open_concern(coordinator, "Felles vakttelefon", TOLD.who)
    look(coordinator, "vei-2-bekymring")
    look_at(coordinator, [f"{concern}/avklar"], "vei-3")
    coordinator.goto(concern)
    case = make_case(coordinator)
    plan_measure(coordinator, "Trygghetsalarm på soverommet")
    look_at(coordinator, [case, f"{case}/skjema", f"{case}/lukk", f"{case}/tiltak", f"{case}/steg"], "vei-4")
    assert heard == []


def test_the_operators_page(town: Town) -> None:
    operator = town.person("operator", "gjovikregionen")
    heard = listen(operator)
    operator.goto("/vakttelefon")
    operator.get_by_role("button", name="Ny samtale").click()
    operator.wait_for_url(re.compile(r"/vakttelefon/[0-9a-f-]{36}"))
    look(operator, "vei-0-samtale")
    operator.get_by_role("button", name="Feil nummer").click()
    expect(operator.get_by_text("er avsluttet: feil nummer")).to_be_visible()
    assert heard == []


def test_every_page_of_the_demos_stories_fits_a_phone(town: Town) -> None:
    """From link to link, one page of each kind; those of the menu are looked at above."""
    page = town.person("koordinator", "gjovik", viewport={"width": 360, "height": 740})
    heard, kinds = listen(page), set[str]()
    waiting = ["/saker?kategori=ma", "/innboks", "/mote", "/informasjon", "/droftinger"]
    while waiting:
        path = waiting.pop(0)
        page.goto(path)
        assert page.evaluate(LAYOUT) == {"wide": 0, "headings": 1, "unlabelled": 0}, path
        for link in page.evaluate(LINKS):
            kind = UUID.sub("-", link)
            if "/-" in kind and kind not in kinds and not FILE.search(kind):
                kinds.add(kind)
                waiting.append(link)
    assert heard == []
    assert {
        "/risiko/-", "/saker/-/trygghetsplan", "/saker/-/deling", "/saker/-/foresporsler", "/personer/-",
        "/innboks/-/stemme", "/innboks/-/advarsler", "/innboks/-/plikter", "/innboks/-/politi", "/mote/-", "/tiltak/-",
        "/droftinger/-", "/informasjon/-",
    } <= kinds  # fmt: skip


def test_a_case_is_walked_by_keyboard(town: Town) -> None:
    """From the jump list straight to a part of the page, and on from there, with the focus in sight all the time."""
    page = town.person("koordinator", "gjovik")
    page.goto("/saker")
    page.get_by_role("main").get_by_role("link", name=re.compile(r"^Sak \d")).first.click()
    jump = page.get_by_role("navigation", name="På denne siden").get_by_role("link", name="Tiltak", exact=True)
    jump.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Tiltak", exact=True)).to_be_in_viewport()
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS), page.evaluate("document.activeElement.outerHTML")[:200]
        assert page.evaluate("document.activeElement.getBoundingClientRect().top >= 0")


def test_a_phone_folds_the_parts_of_a_case_and_a_link_to_one_opens_it(town: Town) -> None:
    page = town.person("koordinator", "gjovik", viewport={"width": 360, "height": 740})
    page.goto("/saker")
    page.get_by_role("main").get_by_role("link", name=re.compile(r"^Sak \d")).first.click()
    note, case = page.get_by_label("Nytt notat"), page.url
    expect(note).to_be_hidden()
    page.get_by_role("navigation", name="På denne siden").get_by_role("link", name="Skriv i saken").press("Enter")
    expect(note).to_be_visible()
    expect(note).to_be_in_viewport()
    page.goto("about:blank")
    page.goto(f"{case}#medlemmer")
    expect(page.get_by_role("link", name="Hvem kan se dette?")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(case)
    expect(note).to_be_visible()  # nothing is folded where there is room
    plain = town.person("koordinator", "gjovik", viewport={"width": 360, "height": 740}, java_script_enabled=False)
    plain.goto(case)
    expect(plain.get_by_label("Nytt notat")).to_be_hidden()
    plain.locator("#notat summary").click()
    expect(plain.get_by_label("Nytt notat")).to_be_visible()


def test_the_keyboard_finds_the_way(town: Town) -> None:
    page = town.visitor("gjovik")
    page.goto("/meld/privat")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name=re.compile("Hopp til hovedinnhold|Hopp til innhold"))
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    for _ in range(30):
        page.keyboard.press("Tab")
        what = page.evaluate("document.activeElement.outerHTML")[:200]
        assert page.evaluate(FOCUS), f"focus is not seen on {what}"
        if page.evaluate("document.activeElement.type") == "submit":
            return
    raise AssertionError("the button is not reached by Tab")


def test_a_phone_opens_and_closes_the_menu(town: Town) -> None:
    page = town.person("koordinator", "gjovik", viewport={"width": 360, "height": 740})
    page.get_by_role("button", name="Meny").click()
    expect(page.get_by_role("navigation", name="Hovedmeny").get_by_role("link", name="Innboks")).to_be_visible()
    page.screenshot(path=screenshots() / "meny-360.png")
    page.get_by_role("navigation", name="Hovedmeny").get_by_role("link", name="Innboks").click()
    page.wait_for_url("**/innboks")
    expect(page.get_by_role("navigation", name="Hovedmeny")).to_be_hidden()
