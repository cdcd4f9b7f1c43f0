"""A half-year is closed, its figures are made, a second person approves them, and then all see them.

The statistics officer begins, the secretary of the leader team says yes by keyboard, and a member of the team reads.
"""

import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import field, main, press
from tests.browser.steps_keys import Keys
from tests.browser.steps_story import PHONE, Story
from tests.browser.walker import go, heading

pytestmark = pytest.mark.browser

REGION = "gjovikregionen"
MADE_SECONDS = 150  # a draft is worked out, proved and checked
NUMBER = re.compile(r"Se utgivelse nr\. (\d+)")


def approved_by_keyboard(secretary: Page) -> str:
    """What waits is opened from the first page, read, ticked and approved; returns the release's number."""
    go(secretary, "Gi ut tall")
    expect(main(secretary).get_by_role("heading", name=re.compile("^Du kan godkjenne: Gi ut tall for"))).to_be_visible()
    keys = Keys(secretary)
    keys.past_the_menu()
    keys.to(main(secretary).get_by_role("link", name="Se på det", exact=True))
    keys.go_on()
    heading(secretary, "Gi ut tall for")
    expect(main(secretary).get_by_text("Slik blir det vist")).to_be_visible()
    keys.to(field(secretary, "Jeg har sett gjennom tallene"))
    secretary.keyboard.press("Space")
    keys.to(main(secretary).get_by_role("button", name="Godkjenn", exact=True))
    keys.go_on()
    done = main(secretary).get_by_role("link", name=NUMBER)
    expect(done).to_be_visible(timeout=MADE_SECONDS * 1000)
    found = NUMBER.search(done.inner_text())
    assert found
    return found[1]


def closed(officer: Page) -> str:
    """The half-year that is next is closed by the one who begins; returns its name."""
    go(officer, "Gi ut tall")
    step = main(officer).get_by_role("link", name=re.compile(r"^Lukk \d\. halvår \d{4}$")).first
    half = step.inner_text().removeprefix("Lukk ")
    step.click()
    heading(officer, f"Lukk {half}")
    field(officer, "Jeg vet at halvåret ikke kan åpnes igjen").check()
    press(officer, "Lukk halvåret")
    expect(main(officer).get_by_role("link", name=re.compile(r"^Se rad \d+ i hovedboken$"))).to_be_visible(
        timeout=MADE_SECONDS * 1000
    )
    main(officer).get_by_role("link", name="Se hva som er neste steg").click()
    return half


def asked(officer: Page, half: str, story: Story) -> None:
    """Its figures are made while the page shows how far it is; in the end the draft stands there by itself."""
    main(officer).get_by_role("link", name=f"Be om tall for {half}").first.click()
    heading(officer, f"Be om tall for {half}")
    press(officer, "Lag tallene")
    heading(officer, f"Gi ut tall for {half}")
    story.look(officer, "under-arbeid")
    expect(main(officer).get_by_role("heading", name="Slik blir det vist")).to_be_visible(timeout=MADE_SECONDS * 1000)
    expect(main(officer).get_by_role("heading", name="Venter på en annen")).to_be_visible()
    expect(main(officer).get_by_role("button", name="Godkjenn", exact=True)).to_have_count(0)


def the_file_is_what_stands(member: Page, number: str) -> None:
    """The file that is fetched has the fingerprint that the page shows."""
    with member.expect_download() as coming:
        main(member).get_by_role("link", name="Last ned (JSON)").click()
    digest = hashlib.sha256(Path(coming.value.path()).read_bytes()).hexdigest()
    expect(main(member).get_by_text(digest)).to_be_visible()
    main(member).get_by_role("link", name=f"rad {number}", exact=True).click()
    expect(main(member).get_by_text(digest)).to_be_visible()


def test_a_half_year_is_closed_made_approved_by_another_and_shown(story: Story) -> None:
    officer = story.person("statistikkansvarlig", REGION)
    secretary = story.person("sekretaer", REGION)
    story.town.prove(secretary)
    approved_by_keyboard(secretary)
    story.town.prove(officer)
    half = closed(officer)
    story.look(officer, "neste-steg")
    asked(officer, half, story)
    story.look(officer, "utkast")
    story.town.prove(secretary)
    number = approved_by_keyboard(secretary)
    story.look(secretary, "godkjent")
    member = story.person("lederteam", REGION, PHONE)
    member.goto("/statistikk/utgivelser")
    story.look(member, "utgivelser")
    main(member).get_by_role("link", name=f"Nr. {number}", exact=True).click()
    heading(member, f"Utgivelse nr. {number}: {half}")
    story.look(member, "utgivelse")
    the_file_is_what_stands(member, number)
    member.goto("/statistikk/hovedbok")
    expect(main(member).get_by_role("heading", name=re.compile(r"^Kjeden er hel til rad \d+$"))).to_be_visible()
    story.look(member, "hovedbok")
    expect(main(member).get_by_role("link", name=re.compile("^Lukk"))).to_have_count(0)
