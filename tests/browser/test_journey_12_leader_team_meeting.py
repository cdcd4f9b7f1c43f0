"""A new secretary of the leader team: the next meeting is planned, called, held, minuted, approved and followed up.

Nobody tells her how: each page leads to the next by its main button.
"""

import re
from datetime import datetime, timedelta

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import field, main, path_of, press, said
from tests.browser.steps_story import PHONE, Story, in_days
from tests.browser.walker import go, heading
from varde.clock import OSLO

pytestmark = pytest.mark.browser

REGION = "gjovikregionen"
SAID = "Vakttelefonen svarer hele døgnet fra mandag."
DECIDED = "Lage en felles plan for opplæring av nye operatører"


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """A link or button of the page's own part."""
    found = main(page).get_by_role("link", name=name).or_(main(page).get_by_role("button", name=name))
    found.first.click()


def planned(secretary: Page) -> None:
    """Meetings for years ahead, each before its deadline; there are some from before, so the page says so."""
    go(secretary, "Møter i lederteamet")
    follow(secretary, "Planlegg møter")
    field(secretary, "Hvor mange år framover?").fill("5")
    press(secretary, "Vis dagene")
    follow(secretary, re.compile(r"^Legg inn \d+ møte"))
    said(secretary, "møter er lagt inn")


def todays(secretary: Page) -> str:
    """An extra meeting that begins in some minutes; returns its path."""
    go(secretary, "Møter i lederteamet")
    follow(secretary, "Nytt møte")
    begins = datetime.now(OSLO) + timedelta(minutes=3)
    field(secretary, "Dato").fill(begins.strftime("%Y-%m-%d"))
    field(secretary, "Klokken").fill(begins.strftime("%H:%M"))
    field(secretary, "Sted").fill("Rådhuset, møterom 3")
    press(secretary, "Legg inn møtet")
    heading(secretary, re.compile("^Møte "))
    return path_of(secretary)


def called(secretary: Page) -> None:
    """The agenda makes itself, one point is added, and the coordinators lead by turns."""
    press(secretary, "Lag saklisten")
    field(secretary, "Eget punkt").fill("Vakttelefonen i ferien")
    press(secretary, "Legg til punktet")
    expect(main(secretary).get_by_role("link", name="Vakttelefonen i ferien")).to_be_visible()
    follow(secretary, "Kall inn")
    expect(field(secretary, "Møteleder")).to_contain_text("Etter tur: ")
    main(secretary).get_by_role("button", name=re.compile(r"^Kall inn \d+ medlemmer$")).click()
    said(secretary, "Møtet er kalt inn")
    expect(main(secretary).get_by_text("Send innkallingen til disse selv")).to_be_visible()


def held(secretary: Page, meeting: str) -> None:
    """Who came, what was said, what was decided; then it is over."""
    follow(secretary, "Før hvem som møtte")
    press(secretary, "Lagre oppmøtet")
    said(secretary, "Oppmøtet er ført")
    follow(secretary, "Vakttelefonen i ferien")
    field(secretary, "Hva ble sagt?").fill(SAID)
    press(secretary, "Lagre")
    said(secretary, "Referatet er lagret")
    field(secretary, "Hva ble bestemt?").fill(DECIDED)
    field(secretary, "Hvem følger opp?").select_option(index=1)
    field(secretary, "Frist").fill(in_days(30))
    press(secretary, "Før beslutningen")
    said(secretary, "Beslutningen er ført")
    secretary.goto(meeting)
    follow(secretary, "Møtet er ferdig")
    press(secretary, "Ja, møtet er holdt")
    said(secretary, "Møtet er holdt")


def approved(secretary: Page, meeting: str) -> None:
    """Both say yes by mail, and then nobody writes in it any more."""
    follow(secretary, "Send referatet til godkjenning")
    press(secretary, "Ja, send til godkjenning")
    for office in ("Møteleder", "Referent"):
        follow(secretary, "Les og godkjenn referatet")
        secretary.get_by_role("radio", name=office).check()
        field(secretary, "Hvordan ble det sagt?").fill("på e-post i dag")
        press(secretary, "Godkjenn referatet")
    said(secretary, "kan ikke endres mer")
    follow(secretary, "Vakttelefonen i ferien")
    expect(main(secretary).get_by_text(SAID)).to_be_visible()
    expect(main(secretary).get_by_role("button", name="Lagre")).to_have_count(0)
    secretary.goto(meeting)


def paper_of(secretary: Page) -> str:
    """What the PDF says."""
    with secretary.expect_download() as coming:
        follow(secretary, "Referat (PDF)")
    document = pypdfium2.PdfDocument(coming.value.path())
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)


def followed_up(secretary: Page) -> None:
    """It stands in the list until somebody says what came of it."""
    go(secretary, "Møter i lederteamet")
    row = main(secretary).get_by_role("row").filter(has_text=DECIDED)
    row.get_by_role("link", name=re.compile("^Meld gjort")).click()
    field(secretary, "Hva kom ut av det?").fill("Planen er sendt til alle.")
    press(secretary, "Meld gjort")
    said(secretary, "meldt gjort")
    waits = main(secretary).get_by_role("table", name="Beslutninger som skal følges opp")
    expect(waits.get_by_text(DECIDED)).to_have_count(0)


def test_a_new_secretary_calls_holds_and_minutes_a_meeting(story: Story) -> None:
    secretary = story.person("sekretaer", REGION)
    began = datetime.now(OSLO)
    planned(secretary)
    meeting = todays(secretary)
    called(secretary)
    story.look(secretary, "innkalt")
    held(secretary, meeting)
    approved(secretary, meeting)
    story.look(secretary, "godkjent")
    paper = paper_of(secretary)
    for words in (SAID, DECIDED, "Til stede", "beslutningsdyktig", "Møteleder"):
        assert words in paper
    followed_up(secretary)
    assert datetime.now(OSLO) - began < timedelta(minutes=10)


def test_a_member_reads_the_minutes_and_writes_nothing(story: Story) -> None:
    member = story.person("lederteam", REGION, PHONE)
    go(member, "Møter i lederteamet")
    expect(main(member).get_by_role("link", name="Planlegg møter")).to_have_count(0)
    main(member).get_by_role("table", name="Tidligere møter").get_by_role("link").first.click()
    heading(member, re.compile("^Møte "))
    expect(main(member).get_by_role("link", name="Skriv et tillegg")).to_have_count(0)
    story.look(member, "medlem")
