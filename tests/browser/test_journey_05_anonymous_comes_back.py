"""Somebody who will not be named reports, comes back with the code, tells more and is answered; nobody learns who."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import field, main, me, nothing_of, open_concern, press, said
from tests.browser.steps_hidden import unseen
from tests.browser.steps_story import (
    DESK,
    PHONE,
    Story,
    become_case,
    close,
    follow,
    one_of_a_kind,
    opened_again,
    shows,
)
from tests.browser.test_web_form import put_right, receipt_on, send, tell
from tests.browser.walker import go

pytestmark = pytest.mark.browser

OFFICE = "vestre-toten"
ANSWER = "Takk for at du skrev igjen. Ring 112 hvis det skjer nå."


def writes(page: Page, text: str) -> None:
    """From the page of the receipt, which is open; what was written stands there, not read yet."""
    field(page, "Skriv til teamet").fill(text)
    press(page, "Send til teamet")
    shows(page, "Meldingen er lagret hos TryggEst-teamet.", text)
    expect(main(page).locator(".ds-card").filter(has_text=text)).to_contain_text("Ikke lest ennå")


def is_answered(coordinator: Page, concern: str, text: str) -> None:
    """That something came is said at once; what it says only when somebody opens it by name."""
    opened_again(coordinator, concern)
    shows(coordinator, "Melderen har skrevet noe nytt")
    nothing_of(coordinator, text)
    press(coordinator, "Åpne meldingene")
    shows(coordinator, text)
    opened_again(coordinator, concern)
    field(coordinator, "Melding til melderen").fill(ANSWER)
    press(coordinator, "Legg ut melding")
    said(coordinator, "Meldingen er lagt ut til melderen.")


def nobody_can_ask_who(coordinator: Page, concern: str) -> None:
    """There is no name to show, so there is no way to one."""
    expect(main(coordinator).get_by_text("Privatperson, anonym").first).to_be_visible()
    expect(main(coordinator).get_by_role("link", name="Vis hvem som meldte")).to_have_count(0)
    opened_again(coordinator, f"{concern}/melder")
    assert coordinator.url.endswith(concern)


def wrong_codes_say_only_no(page: Page, code: str) -> None:
    """One digit off is as unknown as any other."""
    last = str((int(code[-1]) + 1) % 10)
    page.goto("/kvittering")
    field(page, "Koden på kvitteringen").fill(code[:-1] + last)
    press(page, "Vis meldingen")
    expect(page.get_by_text("Vi fant ingen melding med denne koden").first).to_be_visible()


def test_anonymous_reporter_comes_back(story: Story) -> None:
    what, more = one_of_a_kind("Han låser henne inne"), one_of_a_kind("Nå skjedde det igjen i natt")
    reporter = story.visitor(OFFICE, PHONE)
    tell(reporter, "privatperson", what)
    send(reporter)
    put_right(reporter, what)
    send(reporter)
    code = receipt_on(reporter)
    story.look(reporter, "kvittering")
    coordinator = story.person("koordinator", OFFICE, DESK)
    concern = open_concern(coordinator, "Nettskjema", what)
    nobody_can_ask_who(coordinator, concern)
    back = story.visitor(OFFICE, PHONE, java_script_enabled=False)  # another telephone, and an old one
    wrong_codes_say_only_no(back, code)
    follow(back, code, "Åpnet av et menneske", what)
    writes(back, more)
    is_answered(coordinator, concern, more)
    follow(back, code, "Åpnet av et menneske", what, me(coordinator))
    shows(back, ANSWER, more)
    expect(main(back).get_by_text(re.compile("Lest av teamet")).first).to_be_visible()
    opened_again(coordinator, concern)
    case = become_case(coordinator, "Melderen fortalte mer.", "Ringe legevakten")
    main(coordinator).locator("summary").filter(has_text="Meldinger til og fra melderen").click()
    shows(coordinator, more, ANSWER)
    story.look(coordinator, "sak")
    close(coordinator, case, "Hun bor et annet sted nå.")
    follow(reporter, code, "Avsluttet", what, "Hun bor et annet sted nå.", me(coordinator))
    story.look(reporter, "avsluttet")
    unseen(story.person("teammedlem", OFFICE, PHONE), [concern, case], what, more, ANSWER)
    go(coordinator, "Saker")
    nothing_of(coordinator, code)
