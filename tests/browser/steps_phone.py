"""What happens at the shared phone: the telephone system that says so, and what a screen reader is told of the page."""

import json
import urllib.request
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.steps_keys import Keys
from tests.whole.demo import Demo

REGION = "gjovikregionen"
CONSOLE = "/vakttelefon"
# Roles that somebody can act on.
CONTROLS = {
    "button",
    "link",
    "textbox",
    "combobox",
    "checkbox",
    "radio",
    "DisclosureTriangle",
    "InputTime",
    "spinbutton",
}
# Where the focus is in the order of the page; each stop must be further on than the one before.
PLACE = "() => [...document.querySelectorAll('body *')].indexOf(document.activeElement)"
FOCUSED = "input:focus, textarea:focus, select:focus"
IN_MAIN = "() => document.querySelector('main').contains(document.activeElement)"


class Telephone:
    """The telephone system, with the demo's own token."""

    def __init__(self, demo: Demo) -> None:
        self.url = f"http://127.0.0.1:{demo.port}/api/v1/calls"
        self.host = f"{REGION}.localhost:{demo.port}"
        self.token = (demo.home / "keys" / "demo_telephone_token").read_text().strip()

    def says(self, call_id: str, event: str, caller: str = "") -> str:
        """Tell it; the call's reference."""
        body = {"call_id": call_id, "event": event, "at": datetime.now(UTC).isoformat()}
        body |= {"from": caller} if caller else {}
        request = urllib.request.Request(self.url, json.dumps(body).encode(), method="POST")
        for name, value in (
            ("Host", self.host), ("Content-Type", "application/json"), ("Authorization", f"Bearer {self.token}"),
        ):  # fmt: skip
            request.add_header(name, value)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return str(json.load(answer)["reference"])

    def rings(self, caller: str) -> tuple[str, str]:
        """Somebody rings; the system's number of the call, and the reference."""
        call_id = uuid4().hex
        return call_id, self.says(call_id, "ringing", caller)


def key(page: Page, *pressed: str) -> None:
    """Keys after each other, outside of any field, that lead to another page."""
    with page.expect_navigation():
        for each in pressed:
            page.keyboard.press(each)


def new_call(page: Page) -> None:
    """N, and the focus is where one may write at once."""
    key(page, "n")
    expect(page.locator("textarea:focus")).to_have_count(1)


def alt(page: Page, letter: str) -> None:
    """The key with Alt, which presses a button while somebody writes. Said to the browser as a keyboard says it: the
    driver's own `press` leaves out which letter it was."""
    session = page.context.new_cdp_session(page)
    said = {"modifiers": 1, "key": letter, "code": f"Key{letter.upper()}", "windowsVirtualKeyCode": ord(letter.upper())}
    with page.expect_navigation():
        session.send("Input.dispatchKeyEvent", said | {"type": "keyDown", "text": letter, "unmodifiedText": letter})
        session.send("Input.dispatchKeyEvent", said | {"type": "keyUp"})
    session.detach()


def is_asked_twice(page: Page, number: str, sure: str) -> None:
    """A and a number where something is written: first the page asks, and the second button says what it does."""
    page.keyboard.press("Escape")
    expect(page.locator(FOCUSED)).to_have_count(0)
    for each in ("a", number):
        page.keyboard.press(each)
    expect(page.get_by_role("alert").filter(has_text="Det er skrevet noe i samtalen.")).to_be_visible()
    Keys(page).press(sure)


def out_of_the_field(page: Page) -> None:
    """Esc: single keys are quiet in a field. A page that was only just there may not have the focus in one yet."""
    focused = page.locator(FOCUSED)
    expect(focused).to_have_count(1)
    page.keyboard.press("Escape")
    expect(focused).to_have_count(0)


def tree(page: Page) -> list[dict[str, Any]]:
    """What a screen reader is given of the page's own part, in its order: role, name, level, live."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    known = {node["nodeId"]: node for node in nodes}
    start = next(node for node in nodes if _value(node, "role") == "main")
    return list(_walk(start, known))


def _walk(node: dict[str, Any], known: dict[str, dict[str, Any]]) -> Any:
    if not node.get("ignored"):
        extra = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
        yield {"role": _value(node, "role"), "name": _value(node, "name"), **extra}
    for child in node.get("childIds", []):
        if child in known:
            yield from _walk(known[child], known)


def _value(node: dict[str, Any], name: str) -> str:
    return str(node.get(name, {}).get("value", "")).strip()


def every_control_has_a_name(page: Page) -> None:
    """And none shares its name and role with another that does something else: a reader lists them without the rest."""
    controls = [(node["role"], node["name"]) for node in tree(page) if node["role"] in CONTROLS]
    assert controls
    assert not [control for control in controls if not control[1]], controls


def headings_are_in_order(page: Page) -> list[tuple[int, str]]:
    """One of the first level, and no level is skipped on the way down."""
    found = [(int(node["level"]), node["name"]) for node in tree(page) if node["role"] == "heading"]
    assert [level for level, _ in found].count(1) == 1
    assert found[0][0] == 1, found
    assert all(after - before <= 1 for (before, _), (after, _) in pairwise(found)), found
    return found


def live_regions(page: Page) -> dict[str, str]:
    """What is announced by itself, politely: words now by the region's role."""
    return {node["name"] or node["role"]: node["live"] for node in tree(page) if node.get("live") == "polite"}


def focus_goes_as_the_page_reads(page: Page) -> int:
    """From the top of the page's own part: every stop lies further on than the one before. How many stops."""
    page.locator("h1").evaluate("here => { here.tabIndex = -1; here.focus(); here.removeAttribute('tabindex'); }")
    places = [page.evaluate(PLACE)]
    for _ in range(80):
        page.keyboard.press("Tab")
        if not page.evaluate(IN_MAIN):
            break
        places.append(page.evaluate(PLACE))
    assert places == sorted(set(places)), "the focus jumps back on its way"
    return len(places) - 1


def waits_in_the_queue(page: Page, words: str) -> None:
    """The queue says it by itself: nobody reloads."""
    expect(page.locator("#ko")).to_contain_text(words)
