"""Drafts in Chromium: what is written is back after the session ended, and gone when it is taken away or sent."""

import json

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page

from tests.cast import TEST, ref
from tests.tenants import way
from tests.varde.test_identity_passkey import arrive, kari, port, with_password  # noqa: F401 - fixtures
from varde.identity.models import Draft
from varde.privacy.box import close, open_box
from varde.tenancy.door import office
from varde.tenancy.work import work

pytestmark = pytest.mark.browser
TEXT = "Hun sier at sønnen tar bankkortet."


@pytest.fixture
def writing(kari: Page) -> Page:  # noqa: F811
    """Kari writes in a long field; the page with it is registering a concern, and has asked all it asks when it opens:
    a question still on its way would say that she was here just now."""
    with_password(kari)
    arrive(kari, "/start")
    kari.goto("/innboks/ny", wait_until="networkidle")
    return kari


def thirty_minutes_pass() -> None:
    with office(ref("gjovik")):
        for row in Session.objects.all():
            found = json.loads(open_box(row.session_data, purpose="session"))
            for name in {"sitting_born", "sitting_seen"} & found["content"].keys():
                found["content"][name] -= 31 * 60
            row.session_data = close(json.dumps(found), purpose="session")
            row.save()


def drafts_kept() -> int:
    with office(ref("gjovik")):
        return Draft.objects.count()


def write(page: Page, text: str) -> None:
    field = page.locator("textarea").first
    field.fill(text)
    with page.expect_response(lambda answer: "/konto/utkast" in answer.url and answer.request.method == "POST"):
        field.blur()


def test_the_text_is_back_after_the_session_ended(writing: Page) -> None:
    write(writing, TEXT)
    assert drafts_kept() == 1
    thirty_minutes_pass()
    writing.goto("/innboks/ny")
    assert "ikke var i bruk" in writing.inner_text("main")
    with_password(writing)
    arrive(writing, "/innboks/ny")
    writing.wait_for_selector("[data-draft-notice]")
    assert writing.locator("textarea").first.input_value() == TEXT
    assert "Det er ikke sendt" in writing.inner_text("[data-draft-notice]")
    writing.get_by_role("button", name="Ta bort teksten").click()
    writing.wait_for_function("!document.querySelector('[data-draft-notice]')")
    assert writing.locator("textarea").first.input_value() == ""


def test_who_writes_on_when_it_is_over_is_told_and_loses_nothing(writing: Page) -> None:
    thirty_minutes_pass()
    write(writing, TEXT)
    writing.get_by_role("link", name="Logg inn for å skrive videre").click()
    with_password(writing)
    arrive(writing, "/innboks/ny")
    writing.wait_for_selector("[data-draft-notice]")
    assert writing.locator("textarea").first.input_value() == TEXT


def beside(page: Page) -> Page:
    """Another window of the same person."""
    browser = page.context.browser
    assert browser
    where = page.url.split("/innboks")[0]
    return browser.new_context(base_url=where, storage_state=page.context.storage_state()).new_page()


def test_a_line_and_a_choice_survive_a_crash(writing: Page) -> None:
    line, choice = writing.locator("main input[type=text]").first, writing.locator("main input[type=radio]").nth(1)
    name, picked = line.get_attribute("name"), choice.get_attribute("id")
    choice.check()
    with writing.expect_response(lambda answer: "/konto/utkast" in answer.url and answer.request.method == "POST"):
        line.fill("Solveig")
    again = beside(writing)
    writing.close()
    again.goto("/innboks/ny")
    again.wait_for_selector("[data-draft-notice]")
    assert again.locator(f"main input[name='{name}']").input_value() == "Solveig"
    assert again.locator(f"#{picked}").is_checked()


def test_two_windows_on_a_form_are_both_shown(writing: Page) -> None:
    other = beside(writing)
    other.goto("/innboks/ny")
    write(writing, "Fra det ene vinduet.")
    write(other, "Fra det andre vinduet.")
    assert drafts_kept() == 2
    third = beside(writing)
    third.goto("/innboks/ny")
    third.wait_for_selector("[data-draft-offer]")
    assert third.locator("textarea").first.input_value() == "Fra det ene vinduet."
    assert "Fra det andre vinduet." in third.inner_text("[data-draft-offer]")
    third.get_by_role("button", name="Bruk denne teksten").click()
    assert third.locator("textarea").first.input_value() == "Fra det andre vinduet."


def test_the_form_that_is_sent_takes_nothing_from_the_one_beside_it(kari: Page) -> None:  # noqa: F811
    with work(ref("gjovik"), TEST):
        concern = way.opened()
    with_password(kari)
    arrive(kari, "/start")
    kari.on("dialog", lambda dialog: dialog.accept())
    kari.goto(f"/innboks/{concern.id}/stemme")
    first, second = kari.locator("main form").nth(0), kari.locator("main form").nth(1)
    first.locator("textarea").first.fill(TEXT)
    for field in second.locator("textarea, input[type=text]").all():
        field.fill("Etter klokken tolv")
    second.get_by_role("button", name="Lagre planen").click()
    kari.wait_for_selector("[data-draft-notice]")
    assert kari.locator("main form").nth(0).locator("textarea").first.input_value() == TEXT
