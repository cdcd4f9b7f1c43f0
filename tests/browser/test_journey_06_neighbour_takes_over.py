"""The own team is too close: a neighbour kommune takes over. It is looked over, sent once, and opened there by name.

The sender can read what was and no longer change it; the reporter learns that another kommune has it, not which one; a
third kommune and the region learn nothing at all.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import field, main, me, nothing_of, open_concern, press, said
from tests.browser.steps_hidden import search, unseen
from tests.browser.steps_story import (
    DESK,
    PHONE,
    Story,
    become_case,
    choose,
    follow,
    one_of_a_kind,
    opened_again,
    report,
    shows,
    surname,
)
from tests.browser.walker import go, heading, reload_until

pytestmark = pytest.mark.browser

HOME, THERE = "nordre-land", "sondre-land"
EXPOSED = f"Målfrid {surname()}"
SUMMARY = "Koordinatoren her er niesen hennes. Hun vil helst snakke med en kvinne. Dattera i Hov kan nøkkelen."
NOTE = "Ringte dattera, som har nøkkel."


def writes_a_note(coordinator: Page) -> None:
    """Something in the case that the others need word for word."""
    field(coordinator, "Nytt notat").fill(NOTE)
    press(coordinator, "Lagre notatet")
    shows(coordinator, NOTE)


def hands_over(coordinator: Page, story: Story, *words: str) -> None:
    """To the own kommune it is refused, and the summary stays; all that goes is shown before it goes."""
    main(coordinator).locator("summary").filter(has_text="Annen kommune").click()
    main(coordinator).get_by_role("link", name="Overfør til en annen kommune").click()
    shows(coordinator, "Fare nå?")
    choose(coordinator, "Hvorfor overfører dere?", "Teamet her er for nær saken")
    field(coordinator, "Sammendrag til teamet som tar over").fill(SUMMARY)
    coordinator.get_by_label("Ta med notatene ordrett").check()
    press(coordinator, "Se hva som sendes")
    expect(field(coordinator, "Sammendrag til teamet som tar over")).to_have_value(SUMMARY)
    field(coordinator, "Hvilken kommune skal ta over?").select_option(label="Søndre Land")
    press(coordinator, "Se hva som sendes")
    heading(coordinator, "Overfør til Søndre Land?")
    shows(coordinator, "Det kan ikke kalles tilbake.", "TryggEst i Søndre Land:", SUMMARY, NOTE, *words)
    story.look(coordinator, "se-over")
    press(coordinator, "Overfør")
    said(coordinator, "Overført til Søndre Land.")


def only_to_read(coordinator: Page, case: str) -> None:
    """What was written stands; nothing more is written here, and it has no next step."""
    opened_again(coordinator, case)
    shows(coordinator, NOTE, "Overført til Søndre Land")
    expect(main(coordinator).get_by_role("button", name="Lagre notatet")).to_have_count(0)
    expect(main(coordinator).get_by_role("link", name="Meld gjort eller endre")).to_have_count(0)


def arrives(there: Page, what: str) -> str:
    """Named as what it is before it is opened; with summary, note, decision and the sender's phone after."""
    concern = open_concern(there, "Overført fra en annen kommune", what)
    shows(there, "Fra Nordre Land", "teamet der er for nær saken", SUMMARY, NOTE, EXPOSED)
    shows(there, "Vi kjenner familien for godt.")
    return concern


def test_neighbour_kommune_takes_over(story: Story) -> None:
    what = one_of_a_kind("Sønnesønnen bor der og tar pengene hennes")
    reporter = story.visitor(HOME, PHONE)
    code = report(reporter, "privatperson", what, **{"Hvem gjelder det?": EXPOSED})
    coordinator, there = story.person("koordinator", HOME, DESK), story.person("koordinator", THERE, PHONE)
    open_concern(coordinator, "Nettskjema", what, EXPOSED)
    case = become_case(coordinator, "Vi kjenner familien for godt.", "Finne et annet team")
    writes_a_note(coordinator)
    hands_over(coordinator, story, what, EXPOSED)
    only_to_read(coordinator, case)
    arrived = arrives(there, what)
    story.look(there, "kommet-fram")
    there_it_is_a_case = become_case(there, "Vi tar over.", "Ringe dattera i Hov")
    shows(there, "Ringe dattera i Hov", SUMMARY)
    opened = main(coordinator).get_by_text("Åpnet der")
    reload_until(coordinator, lambda: opened.first.is_visible(), "that it is opened there")
    story.look(coordinator, "apnet-der")
    follow(reporter, code, "Under arbeid", what, "Søndre Land", me(there))
    expect(main(reporter).get_by_text(re.compile("En annen kommune har tatt over")).first).to_be_visible()
    story.look(reporter, "melderens-side")
    search(there, EXPOSED, 1)
    third = story.person("koordinator", "ostre-toten", DESK)
    search(third, EXPOSED, 0)
    unseen(third, [arrived, there_it_is_a_case, case], what, SUMMARY, EXPOSED)
    unseen(there, [case], NOTE + " ")
    region = story.person("lederteam", "gjovikregionen", DESK)
    unseen(region, [arrived, case], what, SUMMARY, EXPOSED)
    go(there, "Saker")
    nothing_of(there, code)
