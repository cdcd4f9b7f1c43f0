"""The kommune's own report: counted, looked over, finished by the one who is named, corrected, and taken out as rows.

The coordinator owns the report. The leader sees that there is one, and opens none.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import field, main, press
from tests.browser.steps_reports import files, in_all
from tests.browser.steps_story import PHONE, Story
from tests.browser.walker import go, heading, reload_until
from tests.regional.reading import rows_of

pytestmark = pytest.mark.browser

KOMMUNE = "gjovik"
NUMBER = re.compile(r"Rapport (\d+) er ferdigstilt")
HALF = re.compile(r"^\d\. halvår \d{4}$")
DAY = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2}")


def counted(owner: Page, period: str) -> None:
    """The worker counts it; the page says when it is there."""
    go(owner, "Rapport til Bufdir")
    field(owner, "Periode").select_option(label=period)
    press(owner, "Lag utkast")
    heading(owner, re.compile("^Utkast, "))
    there = main(owner).get_by_role("heading", name="Se over først")
    reload_until(owner, there.is_visible, "the counted report")


def finished(owner: Page) -> int:
    """It stands as it was shown; returns its number."""
    press(owner, "Ferdigstill")
    done = owner.get_by_text(NUMBER).first
    expect(done).to_be_visible()
    found = NUMBER.search(done.inner_text())
    assert found
    return int(found[1])


def taken_out(owner: Page) -> list[list[str]]:
    """A row for each closed case, with a reason that stands in the log; without one it is not given."""
    go(owner, "Rapport til Bufdir")
    main(owner).get_by_role("link", name="Anonyme registreringer av lukkede saker").click()
    heading(owner, "Anonyme registreringer")
    press(owner, "Ta ut registreringene")
    expect(main(owner).locator("[data-errors]")).to_be_focused()
    field(owner, "Hvorfor tas registreringene ut?").fill("Levering til Bufdir")
    with owner.expect_download() as coming:
        press(owner, "Ta ut registreringene")
    return list(rows_of(coming.value.path().read_bytes()))


def test_the_kommunes_report_is_finished_by_its_owner_and_corrected(story: Story) -> None:
    owner = story.person("koordinator", KOMMUNE)
    story.town.prove(owner)
    go(owner, "Rapport til Bufdir")
    offered = field(owner, "Periode").locator("option").all_inner_texts()
    half = next(each for each in offered if HALF.match(each))
    year = next(each for each in offered if not HALF.match(each))
    counted(owner, year)
    story.look(owner, "utkast")
    first = finished(owner)
    story.look(owner, "ferdig")
    in_all(files(owner), "Rapport til Bufdir", "siden start")
    counted(owner, half)
    expect(main(owner).get_by_text("denne retter den")).to_be_visible()
    assert finished(owner) == first + 1
    expect(main(owner).get_by_text(re.compile(r"Retter rapport \d+"))).to_be_visible()
    story.look(owner, "rettet")
    rows = taken_out(owner)
    assert len(rows) > 1
    assert not any(DAY.search(cell) for row in rows for cell in row)
    leader = story.person("leder", KOMMUNE, PHONE)
    go(leader, "Rapport til Bufdir")
    story.look(leader, "leder")
    expect(main(leader).get_by_text(f"Rapport {first}", exact=True)).to_be_visible()
    expect(main(leader).get_by_role("link", name=re.compile("^Rapport "))).to_have_count(0)
    expect(main(leader).get_by_role("button", name="Lag utkast")).to_have_count(0)
