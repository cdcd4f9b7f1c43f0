"""Drafts in Chromium: what is written is back after the session ended, and gone when it is taken away or sent."""

import json

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page

from tests.cast import ref
from tests.varde.test_identity_passkey import arrive, kari, port, with_password  # noqa: F401 - fixtures
from varde.identity.models import Draft
from varde.privacy.box import close, open_box
from varde.tenancy.door import office

pytestmark = pytest.mark.browser
TEXT = "Hun sier at sønnen tar bankkortet."


@pytest.fixture
def writing(kari: Page) -> Page:  # noqa: F811
    """Kari writes in a long field; the page with it is registering a concern."""
    with_password(kari)
    arrive(kari, "/start")
    kari.goto("/innboks/ny")
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
    assert "Den er ikke sendt" in writing.inner_text("[data-draft-notice]")
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
