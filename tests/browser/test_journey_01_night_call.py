"""An urgent call at night, when the kommune's own phone is closed: host's operator, coordinator on her phone. No mouse.

Nobody in Søndre Land answers; the shared hotline does. What may be told is typed while the caller speaks, and the
deadline of three hours runs through the night.
"""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import REFERENCE, field, main, me, nothing_of, path_of, press, said
from tests.browser.steps_hidden import leads_to_its_state, unseen
from tests.browser.steps_keys import Keys
from tests.browser.steps_story import DESK, PHONE, Story, in_days, one_of_a_kind, shows
from tests.browser.walker import heading, reload_until
from varde.clock import OSLO

pytestmark = pytest.mark.browser

OFFICE = "sondre-land"
SAFE = "Ikke ring henne. Naboen i nummer 4 kan åpne."
CALLED = "Patruljen er på vei fra Gjøvik."
STEP = "Ringe politiet og høre om hun er trygg"


def the_phone_is_closed(coordinator: Page) -> None:
    """Today nobody of the own team has the phone."""
    coordinator.goto("/team/vakt/dag")
    field(coordinator, "Dag").fill(in_days(0))
    press(coordinator, "Lagre")
    expect(coordinator.get_by_text("Ingen har telefonen akkurat nå.")).to_be_visible()


def takes_the_call(operator: Page, what: str) -> str:
    """112 is said first; then words, place and safe ways, and it is sent where the place lies. The reference."""
    keys = Keys(operator)
    keys.menu("Vakttelefon")
    keys.past_the_menu()
    keys.press("Ny samtale")
    heading(operator, "Samtale ")
    expect(main(operator).get_by_text("Akutt fare?")).to_be_visible()
    expect(field(operator, "Hva er det du er bekymret for?")).to_be_focused()
    operator.keyboard.type(what)
    keys.write("Hvem gjelder det?", "Ung kvinne i hvitt hus")
    keys.write("Hvor bor den utsatte?", "Søndre Land")
    keys.write("Hvordan er det trygt å ta kontakt med den utsatte?", SAFE)
    keys.tick("Det haster")
    keys.choose("Hvem ringer?", "Privatperson")
    expect(operator.get_by_text("Forslag: Søndre Land")).to_be_visible()
    return path_of(operator)


def sends_it(operator: Page, *words: str) -> str:
    """From then on the operator has the reference, and not a word of what was said."""
    Keys(operator).press("Send til kommunen")
    receipt = operator.get_by_text(re.compile(r"^Sendt\b.*Referanse")).inner_text()
    found = REFERENCE.search(receipt.strip())
    assert found, receipt
    nothing_of(operator, *words)
    return found[1]


def receives_it(coordinator: Page, *words: str) -> str:
    """On the phone: time and channel first, the words and the red mark when she has taken it. The concern's path."""
    keys = Keys(coordinator)
    keys.menu("Innboks")
    row = coordinator.get_by_role("row").filter(has_text="Felles vakttelefon").filter(has_text="Ikke åpnet")
    reload_until(coordinator, lambda: row.count() > 0, "the call")
    nothing_of(coordinator, *words)
    keys.to(row.last.get_by_role("link"))
    keys.go_on()
    heading(coordinator, "Bekymring ")
    keys.press("Åpne og ta imot")
    shows(coordinator, "Meldt som akutt", "Slik når dere personen trygt", *words)
    return path_of(coordinator)


def notes_that_112_was_called(coordinator: Page) -> None:
    """112 stands before the form; the call is kept at once, whatever becomes of the decision."""
    keys = Keys(coordinator)
    keys.press("Avklar", "link")
    heading(coordinator, "Avklar bekymring")
    shows(coordinator, "Er noen i fare nå? Ring 112")
    keys.unfold("Jeg har ringt 112")
    keys.choose("Hvilket nummer?", "112")
    keys.write("Hva ble resultatet?", CALLED)
    keys.press("Registrer samtalen og fortsett")
    said(coordinator, "Samtalen med 112")
    shows(coordinator, CALLED)


def decides(coordinator: Page, mine: str) -> None:
    """What is ticked proposes «Akutt»; the page says so instead of choosing in silence, and keeps what was typed."""
    keys = Keys(coordinator)
    keys.tick("Overgrepet er ferskt")
    keys.choose("Hva gjør vi?", "Opprett sak")
    keys.write("Begrunnelse", "Han er på vei tilbake.")
    keys.write("Hva er neste steg?", STEP)
    keys.pick("Hvem gjør det?", mine)
    keys.press("Lagre avklaringen")
    shows(coordinator, "Den er valgt for deg nå.")
    expect(coordinator.get_by_role("radio", name=re.compile("^Akutt"))).to_be_checked()
    expect(field(coordinator, "Hva er neste steg?")).to_have_value(STEP)
    Keys(coordinator).press("Lagre avklaringen")
    heading(coordinator, re.compile("^Sak"))


def due_three_hours_after(coordinator: Page, begun: datetime) -> None:
    """By the clock, though the phone is closed: the case says when."""
    due = [(begun + timedelta(hours=3, minutes=late)).strftime("kl. %H.%M") for late in range(4)]
    shown = main(coordinator).get_by_text(re.compile("|".join(map(re.escape, due)))).first
    expect(shown).to_be_visible()


def test_urgent_night_call(story: Story) -> None:
    what, begun = one_of_a_kind("Han slår, og hun har låst seg inne på badet"), datetime.now(OSLO)
    coordinator = story.person("koordinator", OFFICE, PHONE)
    the_phone_is_closed(coordinator)
    story.look(coordinator, "vakt-stengt")
    operator = story.person("operator", "gjovikregionen", DESK)
    call = takes_the_call(operator, what)
    story.look(operator, "samtale")
    reference = sends_it(operator, what, SAFE)
    story.look(operator, "sendt")
    coordinator.goto("/start")
    concern = receives_it(coordinator, what, SAFE)
    story.look(coordinator, "bekymring")
    notes_that_112_was_called(coordinator)
    story.look(coordinator, "ringt-112")
    decides(coordinator, me(coordinator))
    case = path_of(coordinator)
    Keys(coordinator).unfold("Plikter, politi og ansvar")
    shows(coordinator, "Akutt sak", "Slik når dere personen trygt", STEP, CALLED)
    due_three_hours_after(coordinator, begun)
    story.look(coordinator, "sak")
    row = operator.get_by_role("row").filter(has=operator.get_by_role("rowheader", name=reference))
    reload_until(operator, lambda: row.get_by_text("Åpnet av et menneske").is_visible(), "that somebody has opened it")
    unseen(operator, [concern, case], what, SAFE, CALLED)
    leads_to_its_state(operator, call, what, SAFE, CALLED)
    unseen(story.person("teammedlem", OFFICE, PHONE), [concern, case], what, SAFE, CALLED)
