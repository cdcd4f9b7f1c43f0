"""Shortcuts at a real keyboard: they lead where the page says, are quiet while somebody writes, and can be turned off.

And the menu: every group opens by keyboard and pointer, one at a time, on a phone and on a desk, without script too.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import main, press, said
from tests.browser.walker import Town, go, heading

pytestmark = pytest.mark.browser
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


def keys(page: Page, *pressed: str) -> None:
    """After each other."""
    for key in pressed:
        page.keyboard.press(key)


def test_shortcuts_lead_and_are_quiet_while_somebody_writes(town: Town) -> None:
    page = town.person("koordinator", "gjovik")
    keys(page, "g", "s")
    page.wait_for_url("**/saker")
    keys(page, "?")
    page.wait_for_url("**/hjelp/tastatur")
    keys(page, "Control+g", "i")
    heading(page, "Tastatur og hurtigtaster")
    keys(page, "/")
    page.wait_for_url("**/sok")
    keys(page, "/")
    field = page.locator("main [role=search] input:not([type=hidden])").first
    expect(field).to_be_focused()
    page.keyboard.type("gsn?/")
    expect(field).to_have_value("gsn?/")
    heading(page, "Søk")
    page.goto("/hjelp/tastatur")
    main(page).get_by_label("Av", exact=True).check()
    press(page, "Lagre")
    said(page, "Hurtigtastene er slått av.")
    page.locator("body").click()
    keys(page, "g", "s")
    page.reload()
    heading(page, "Tastatur og hurtigtaster")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_menu_opens_one_group_at_a_time_and_every_entry_is_reached(town: Town, size: object, script: bool) -> None:
    page = town.person("koordinator", "gjovik", viewport=size, java_script_enabled=script)
    nav = page.get_by_role("navigation", name="Hovedmeny")
    if page.get_by_role("button", name="Meny", exact=True).is_visible():
        page.get_by_role("button", name="Meny", exact=True).click()
    assert nav.locator("details[open] summary").all_text_contents() == ["Dagen"]
    oppsett = nav.locator("summary", has_text="Oppsett")
    oppsett.focus()
    page.keyboard.press("Enter")
    assert nav.locator("details[open] summary").all_text_contents() == ["Oppsett"]
    expect(nav.get_by_role("link", name="Risikomaler")).to_be_visible()
    expect(nav.get_by_role("link", name="Innboks")).to_be_hidden()
    page.goto("/start")
    go(page, "Vaktliste")
    heading(page, "Vaktliste")
