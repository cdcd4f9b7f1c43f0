"""The region's report to Bufdir: another says yes, the files are fetched, it is sent, found wrong, and corrected.

The secretary of the leader team approves what the statistics officer has made; a member of the team reads it.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import field, main, press, said
from tests.browser.steps_reports import digest, files, in_all
from tests.browser.steps_story import PHONE, Story, in_days
from tests.browser.walker import go, heading

pytestmark = pytest.mark.browser

REGION = "gjovikregionen"
NUMBER = re.compile(r"Rapport nr\. (\d+) er godkjent")
COMMENT = "Flere meldinger kommer fra hjemmetjenesten enn i halvåret før."


def approved(secretary: Page) -> int:
    """Whoever did not make it says yes; returns its number."""
    press(secretary, "Godkjenn rapporten")
    done = secretary.get_by_text(NUMBER).first
    expect(done).to_be_visible()
    found = NUMBER.search(done.inner_text())
    assert found
    return int(found[1])


def opened(secretary: Page) -> str:
    """What waits stands on the first page; returns the name of its period."""
    link = main(secretary).get_by_role("link", name=re.compile("^Rapport til Bufdir, ")).first
    period = link.inner_text().removeprefix("Rapport til Bufdir, ")
    link.click()
    heading(secretary, f"Utkast: Rapport til Bufdir, {period}")
    return period


def noted_as_sent(secretary: Page) -> None:
    """By hand, with the receiver's reference; a day that has not come is not taken, and nothing typed is lost."""
    main(secretary).locator("summary").filter(has_text="Før at den er sendt").click()
    field(secretary, "Dagen den ble sendt").fill(in_days(3))
    field(secretary, "Mottakerens referanse").fill("Kvittering 2026/77")
    press(secretary, "Lagre")
    expect(field(secretary, "Mottakerens referanse")).to_have_value("Kvittering 2026/77")
    field(secretary, "Dagen den ble sendt").fill(in_days(0))
    press(secretary, "Lagre")
    said(secretary, "Det er ført at rapporten er sendt.")
    expect(main(secretary).get_by_text("Kvittering 2026/77")).to_be_visible()


def corrected(officer: Page, period: str) -> None:
    """A new report that says why; the one who makes it is not the one who approves it."""
    go(officer, "Rapporter")
    main(officer).get_by_role("link", name="Lag en rapport").click()
    main(officer).get_by_role("link", name=re.compile(rf"^{period}\W+Rapport til Bufdir")).click()
    heading(officer, f"Rapport til Bufdir, {period}")
    expect(main(officer).get_by_text("Denne rapporten vil rette")).to_be_visible()
    press(officer, "Lag utkastet")
    expect(main(officer).locator("[data-errors]")).to_be_focused()
    field(officer, "Hvorfor rettes rapporten?").fill("Kommentaren manglet.")
    field(officer, "Hva kommer det av").fill("Halvåret er det første med egne tall for hvert spørsmål.")
    field(officer, "Regionens kommentar").fill(COMMENT)
    press(officer, "Lag utkastet")
    said(officer, "Utkastet er laget.")
    expect(main(officer).get_by_text("Du laget utkastet selv.")).to_be_visible()
    expect(main(officer).get_by_role("button", name="Godkjenn rapporten")).to_have_count(0)


def test_a_report_is_approved_by_another_sent_and_corrected(story: Story) -> None:
    secretary = story.person("sekretaer", REGION)
    story.town.prove(secretary)
    period = opened(secretary)
    story.look(secretary, "utkast")
    first = approved(secretary)
    story.look(secretary, "godkjent")
    got = files(secretary)
    expect(main(secretary).get_by_text(digest(got["JSON"]))).to_be_visible()
    in_all(got, "Rapport til Bufdir", period, "Saker i perioden")
    noted_as_sent(secretary)
    officer = story.person("statistikkansvarlig", REGION)
    corrected(officer, period)
    story.look(officer, "retting")
    secretary.goto("/start")
    opened(secretary)
    second = approved(secretary)
    in_all(files(secretary), COMMENT)
    member = story.person("lederteam", REGION, PHONE)
    go(member, "Rapporter")
    story.look(member, "rapporter")
    expect(main(member).get_by_role("link", name="Lag en rapport")).to_have_count(0)
    main(member).get_by_role("link", name=f"Nr. {first}: Rapport til Bufdir").click()
    main(member).get_by_role("link", name=f"Se rapport nr. {second}").click()
    heading(member, f"Rapport til Bufdir, {period}")
    expect(main(member).get_by_text(COMMENT)).to_be_visible()
    story.look(member, "rapport")
