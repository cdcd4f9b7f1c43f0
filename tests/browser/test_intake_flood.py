"""The form in a flood: the work is done in the background, seen, skipped or not possible; it is always received."""

import contextlib
import http.client
import json
import re
import socket

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.steps import field, press
from tests.browser.test_looks import listen
from tests.browser.test_web_form import receipt_on, told
from tests.browser.walker import Town, screenshots

pytestmark = pytest.mark.browser

OFFICE = "stange"  # nobody looks into its inbox in the other tests
ENOUGH = 80  # more than the buckets of one address hold in all processes together
BOX = "[data-prove-box]"


def flood(town: Town) -> None:
    """So many reports that every web process takes it for a flood, whichever of our addresses the browser has."""
    body = json.dumps({"reporter_kind": "privat", "anonymous": True, "what": "Flom"}).encode()
    headers = {"Host": f"{OFFICE}.localhost:{town.demo.port}", "Content-Type": "application/json"}
    for here in ("127.0.0.1", "::1"):
        with contextlib.suppress(ConnectionRefusedError, socket.gaierror):
            for _ in range(ENOUGH):
                line = http.client.HTTPConnection(here, town.demo.port, timeout=10)
                line.request("POST", "/api/v1/reports", body, headers)
                assert line.getresponse().status == 201
                line.close()


def write(page: Page, what: str) -> list[str]:
    """What the form sends is collected; the page must not break the CSP."""
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.post_data or "") if is_report(asked) else None)
    page.goto("/meld/privat")
    field(page, "Hva er du bekymret for?").fill(what)
    return sent


def is_report(asked: Request) -> bool:
    return asked.method == "POST" and asked.url.endswith("/meld/privat")


def arrived(page: Page) -> None:
    """The receipt, also where the work takes long on a busy machine."""
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vi har mottatt bekymringen", timeout=60_000)
    receipt_on(page)


def proof_in(sent: list[str]) -> str:
    """The solution that went with the last report; "" for none."""
    found = re.search(r'name="altcha"\r\n\r\n([^\r]*)\r\n', sent[-1])
    return found[1] if found else ""


QUIET_AT_FIRST = """new MutationObserver(() => document.querySelector("form[data-prove-now]")
  ?.removeAttribute("data-prove-now")).observe(document, { childList: true, subtree: true });"""
SLOW = """const real = window.fetch;
window.fetch = async (where, how) => {
  const answer = await real(where, how);
  if (!String(where).endsWith("/meld/oppgave")) return answer;
  const told = await answer.json();
  told.challenge.parameters.cost *= 100;
  return new Response(JSON.stringify(told));
};"""


def test_first_in_quiet_times_nothing_is_worked_out(town: Town) -> None:
    page = town.visitor(OFFICE)
    sent = write(page, told())
    press(page, "Send bekymringen")
    arrived(page)
    assert proof_in(sent) == ""


def test_in_a_flood_the_work_is_done_while_one_writes(town: Town) -> None:
    flood(town)
    page = town.visitor(OFFICE)
    heard = listen(page)
    with page.expect_worker():
        sent = write(page, told())
    expect(page.locator("input[name=altcha]")).not_to_have_value("", timeout=30_000)
    press(page, "Send bekymringen")
    arrived(page)
    assert len(proof_in(sent)) > 500
    assert heard == []


@pytest.mark.parametrize("width", [360, 1280])
def test_who_sends_at_once_sees_how_far_it_is_and_the_phone(town: Town, width: int) -> None:
    flood(town)
    page = town.visitor(OFFICE, viewport={"width": width, "height": 900})
    heard = listen(page)
    page.add_init_script(QUIET_AT_FIRST)
    page.add_init_script(SLOW)
    sent = write(page, told())
    press(page, "Send bekymringen")
    box = page.locator(BOX)
    expect(box).to_be_visible()
    expect(box.get_by_role("status")).to_contain_text("Du trenger ikke gjøre noe")
    expect(box.get_by_role("link")).to_be_visible()
    expect(box.get_by_role("progressbar")).not_to_have_attribute("value", "0")
    box.scroll_into_view_if_needed()
    page.screenshot(path=screenshots() / f"meld-flom-{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert sent == []
    box.get_by_role("button", name="Send med en gang").click()
    arrived(page)
    assert proof_in(sent) == ""
    assert heard == []


def test_opened_before_the_flood_and_sent_in_it(town: Town) -> None:
    flood(town)
    page = town.visitor(OFFICE)
    page.add_init_script(QUIET_AT_FIRST)
    sent = write(page, told())
    press(page, "Send bekymringen")
    arrived(page)
    assert len(proof_in(sent)) > 500


@pytest.mark.parametrize("broken", ["**/meld/oppgave", "**/prove.worker*.js", "**/prove*.js"])
def test_what_fails_on_the_way_never_stops_a_report(town: Town, broken: str) -> None:
    flood(town)
    page = town.visitor(OFFICE)
    page.route(broken, lambda route: route.abort())
    sent = write(page, told())
    press(page, "Send bekymringen")
    arrived(page)
    assert proof_in(sent) == ""


def test_without_script_a_flood_changes_nothing_for_the_reporter(town: Town) -> None:
    flood(town)
    page = town.visitor(OFFICE, java_script_enabled=False)
    page.goto("/meld/privat")
    field(page, "Hva er du bekymret for?").fill(told())
    expect(page.locator(BOX)).to_be_hidden()
    press(page, "Send bekymringen")
    arrived(page)
