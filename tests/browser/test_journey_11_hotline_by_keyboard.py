"""A shift at the shared phone without a mouse: a call that is announced, taken, told, sent, stored and opened; a wrong
number; a call that a colleague takes over; somebody who is rung back. And what a screen reader is told of it all."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.steps import field, main, nothing_of, said
from tests.browser.steps_keys import Keys
from tests.browser.steps_phone import (
    CONSOLE,
    REGION,
    Telephone,
    alt,
    every_control_has_a_name,
    focus_goes_as_the_page_reads,
    headings_are_in_order,
    is_asked_twice,
    key,
    live_regions,
    new_call,
    out_of_the_field,
    tree,
    waits_in_the_queue,
)
from tests.browser.steps_story import DESK, PHONE, Story, in_days, one_of_a_kind
from tests.browser.walker import heading, reload_until

pytestmark = pytest.mark.browser

SAFE = "Ring formiddagen. Si at det er fra frisøren."
SAID = "Hun er redd for å si navnet sitt."
# What a screen reader must meet on the page of a call, in this order; there may be more between.
EXPECTED = [
    "heading: Samtale V-",
    "combobox: Språk",
    "button: Ny samtale",
    "heading: Det som blir sagt",
    "button: Lagre",
    "status: ",
    "checkbox: Det haster: noen kan være i fare nå",
    "textbox: Hva er det du er bekymret for?",
    "textbox: Hvem gjelder det?",
    "textbox: Hvor bor den utsatte?",
    "textbox: Hvordan er det trygt å ta kontakt med den utsatte?",
    "radio: Privatperson",
    "textbox: Notater",
    "DisclosureTriangle: Mer",
    "heading: Hvem skal ha bekymringen?",
    "combobox: Send til",
    "button: Send til kommunen",
    "heading: Ikke en bekymring?",
    "button: Feil nummer",
    "button: Råd gitt",
    "button: Søppel eller misbruk",
    "button: Gjelder en tidligere melding",
    "DisclosureTriangle: Gi videre",
    "button: Ring tilbake senere",
    "heading: Kø",
    "heading: Ringer (",
    "heading: Åpne samtaler",
    "heading: Ring tilbake nå (",
]


def meets(page: Page) -> None:
    """The expected lines stand in the tree, in their order."""
    lines = [f"{node['role']}: {node['name']}" for node in tree(page)]
    left = iter(lines)
    missing = [wanted for wanted in EXPECTED if not any(line.startswith(wanted) for line in left)]
    assert not missing, (missing, lines)


def answers(operator: Page, telephone: Telephone) -> str:
    """It rings, the queue says so by itself, the focus stays where it was, and Enter takes it. The reference."""
    link = operator.locator("#tilbakeringinger")
    Keys(operator).to(link)
    _, reference = telephone.rings("+4790000438")
    waits_in_the_queue(operator, "nummer som slutter på 38")
    expect(operator.locator("#nytt")).to_have_text(re.compile(r"\d+ ringer"))
    expect(link).to_be_focused()
    assert "polite" in live_regions(operator).values()
    Keys(operator).press(f"Ta {reference}")
    heading(operator, f"Samtale {reference}")
    expect(main(operator).get_by_text("du snakker med")).to_be_visible()
    expect(main(operator).get_by_text("90 00 04 38")).to_be_visible()
    return reference


def takes_it_down(operator: Page, what: str) -> None:
    """Six fields, from the first one on, without scrolling: the last of them is seen when it is filled."""
    keys = Keys(operator)
    expect(field(operator, "Hva er det du er bekymret for?")).to_be_focused()
    operator.keyboard.type(what)
    keys.write("Hvem gjelder det?", "Mann, rundt 70")
    keys.write("Hvor bor den utsatte?", "Hunndalen")
    keys.write("Hvordan er det trygt å ta kontakt med den utsatte?", SAFE)
    keys.choose("Hvem ringer?", "Privatperson")
    keys.tick("Det haster")
    assert operator.evaluate("window.scrollY") == 0
    expect(main(operator).get_by_text("Forslag: Gjøvik")).to_be_visible()
    expect(operator.locator("#lagret")).to_have_text(re.compile(r"^Lagret kl\."))


def reads_well(operator: Page) -> None:
    """Names, headings, live regions, the order of the focus."""
    every_control_has_a_name(operator)
    levels = [level for level, _ in headings_are_in_order(operator)]
    assert levels.count(2) >= 4
    assert len(live_regions(operator)) >= 1
    assert operator.locator("#lagret[role=status], #nytt[role=status]").count() == 2
    meets(operator)
    assert focus_goes_as_the_page_reads(operator) > 20


def is_opened(coordinator: Page, what: str) -> None:
    """Somebody in the kommune opens it, by keyboard too."""
    keys = Keys(coordinator)
    keys.menu("Innboks")
    row = coordinator.get_by_role("row").filter(has_text="Felles vakttelefon").filter(has_text="Ikke åpnet")
    reload_until(coordinator, lambda: row.count() > 0, "the call")
    keys.to(row.last.get_by_role("link"))
    keys.go_on()
    keys.press("Åpne og ta imot")
    expect(main(coordinator).get_by_text(what)).to_be_visible()


def sends_it(operator: Page, reference: str, what: str) -> None:
    """Delivered is said when it is so, and then not a word is left; also behind «Tilbake»."""
    call = operator.url
    Keys(operator).to(field(operator, "Notater"))
    alt(operator, "s")
    heading(operator, "Vakttelefon")
    said(operator, f"Referanse {reference}")
    sent = operator.locator("#ko li").filter(has_text=reference)
    expect(sent).to_contain_text("Levert", timeout=40_000)
    nothing_of(operator, what, SAFE)
    operator.go_back()
    said(operator, f"Samtalen {reference} er over.")
    nothing_of(operator, what, SAFE)
    operator.goto(call)
    heading(operator, "Vakttelefon")
    said(operator, f"Samtalen {reference} er over.")
    nothing_of(operator, what, SAFE)


def wrong_number(operator: Page, telephone: Telephone) -> None:
    """R takes the one that has rung longest, A and 1 end it; nothing is written."""
    operator.goto(CONSOLE)
    telephone.rings("withheld")
    waits_in_the_queue(operator, "skjult nummer")
    key(operator, "r")
    heading(operator, "Samtale V-")
    out_of_the_field(operator)
    key(operator, "a", "1")
    said(operator, "er avsluttet: feil nummer.")


def hands_over(operator: Page, colleague: Page, story: Story, what: str) -> None:
    """Half told, with what was said; the other stands where the first stood, and the first has it no more."""
    new_call(operator)
    reference = str(operator.locator("h1").inner_text()).removeprefix("Samtale ")
    operator.keyboard.type(what)
    keys = Keys(operator)
    keys.write("Hvem gjelder det?", "Nabokona")
    keys.unfold("Gi videre")
    keys.pick("Hvem skal overta?", "Marte Kveldsvakt")
    keys.write("Hva er sagt, og hva gjenstår?", SAID)
    keys.press("Tilby samtalen")
    said(operator, "Den er din til noen har tatt den.")
    colleague.goto(CONSOLE)
    nothing_of(colleague, what)
    Keys(colleague).press(f"Overta {reference}")
    expect(main(colleague).get_by_text(SAID).first).to_be_visible()
    expect(field(colleague, "Hva er det du er bekymret for?")).to_have_value(what)
    expect(field(colleague, "Hvem gjelder det?")).to_be_focused()
    story.look(colleague, "overtatt")
    waits_in_the_queue(operator, f"{reference}: tatt av")
    assert operator.reload().status == 404  # type: ignore[union-attr]
    nothing_of(operator, what, SAID)
    is_asked_twice(colleague, "2", "Ja, slett teksten: råd gitt")
    said(colleague, "er avsluttet: råd gitt.")


def rings_back(operator: Page, story: Story) -> None:
    """Promised in a call, kept on the list without a name, rung, and gone when it is done."""
    operator.goto(CONSOLE)
    new_call(operator)
    operator.keyboard.type("Må legge på. Ring meg senere.")
    call = operator.url
    Keys(operator).press("Ring tilbake senere")
    heading(operator, "Ny tilbakeringing")
    keys = Keys(operator)
    keys.write("Hvem skal ringes?", "Søsteren hennes")
    keys.write("Telefon", "900 00 477")
    keys.write("Hva må ikke sies", "Ikke si at det er om broren.")
    field(operator, "Dag").fill(in_days(1))
    keys.press("Sett på listen")
    assert operator.url == call
    out_of_the_field(operator)
    key(operator, "t")
    heading(operator, "Ring tilbake")
    nothing_of(operator, "Søsteren hennes", "900 00 477", "90 00 04 77")
    every_control_has_a_name(operator)
    story.look(operator, "ring-tilbake")
    row = main(operator).get_by_role("listitem").filter(has_text="slutter på 77")
    keys.to(row.get_by_role("link"))
    keys.go_on()
    expect(main(operator).get_by_text("Ikke si at det er om broren.")).to_be_visible()
    keys.press("De svarer: start samtale")
    expect(field(operator, "Hva er det du er bekymret for?")).to_be_focused()
    expect(field(operator, "Telefon til den som ringer")).to_have_value("900 00 477")
    is_asked_twice(operator, "2", "Ja, slett teksten: råd gitt")
    operator.goto("/vakttelefon/ring-tilbake")
    expect(main(operator).get_by_text("Snakket med den som skulle ringes")).to_be_visible()
    nothing_of(operator, "Søsteren hennes", "900 00 477", "90 00 04 77")


def test_a_shift_by_keyboard(story: Story) -> None:
    telephone, what = Telephone(story.town.demo), one_of_a_kind("Han får ikke ringe datteren sin")
    operator = story.person("operator", REGION, DESK)
    Keys(operator).menu("Vakttelefon")
    story.look(operator, "koen")
    reference = answers(operator, telephone)
    takes_it_down(operator, what)
    story.look(operator, "samtalen")
    reads_well(operator)
    sends_it(operator, reference, what)
    coordinator = story.person("koordinator", "gjovik", PHONE)
    is_opened(coordinator, what)
    operator.goto(CONSOLE)
    sent = operator.locator("#ko li").filter(has_text=reference)
    expect(sent).to_contain_text("Åpnet av et menneske", timeout=40_000)
    wrong_number(operator, telephone)
    hands_over(operator, story.person("kveldsvakt", REGION, DESK), story, one_of_a_kind("Hører rop gjennom veggen"))
    rings_back(operator, story)


def test_a_line_that_is_away_is_said_and_nothing_is_lost(story: Story) -> None:
    operator = story.person("operator", REGION, DESK)
    operator.goto(CONSOLE)
    new_call(operator)
    operator.context.set_offline(True)
    operator.keyboard.type("Skrevet mens linjen var borte")
    lost = operator.locator("#lagret")
    expect(lost).to_contain_text("Ikke lagret", timeout=20_000)
    operator.context.set_offline(False)
    expect(lost).to_have_text(re.compile(r"^Lagret kl\."), timeout=20_000)
    out_of_the_field(operator)
    key(operator, "l")
    expect(field(operator, "Hva er det du er bekymret for?")).to_have_value("Skrevet mens linjen var borte")
    is_asked_twice(operator, "1", "Ja, slett teksten: feil nummer")
    story._heard.clear()  # the browser itself complains of the line that was away


def test_who_is_logged_out_is_told_so_and_what_was_typed_is_saved_when_they_are_back(story: Story) -> None:
    operator = story.person("operator", REGION, DESK)
    operator.goto(CONSOLE)
    new_call(operator)
    cookies = operator.context.cookies()
    operator.keyboard.type("Skrevet da økten var slutt")
    operator.context.clear_cookies(name=re.compile(r"varde$"))
    said_of_it = operator.locator("#lagret")
    expect(said_of_it).to_contain_text("Ikke lagret. Du er logget ut.", timeout=20_000)
    operator.wait_for_timeout(4000)  # the queue has asked meanwhile, and has led nobody away
    expect(field(operator, "Hva er det du er bekymret for?")).to_have_value("Skrevet da økten var slutt")
    operator.context.add_cookies(cookies)  # type: ignore[arg-type]
    expect(said_of_it).to_have_text(re.compile(r"^Lagret kl\."), timeout=20_000)
    operator.keyboard.press("Escape")
    expect(operator.locator("#skjema-tittel")).to_be_focused()
    is_asked_twice(operator, "1", "Ja, slett teksten: feil nummer")
    story._heard.clear()  # the browser itself complains of what was refused


def test_on_a_phone_the_console_fits(story: Story) -> None:
    operator = story.person("operator", REGION, PHONE)
    operator.goto(CONSOLE)
    story.look(operator, "koen-telefon")
    Keys(operator).press("Ny samtale")
    story.look(operator, "samtalen-telefon")
    every_control_has_a_name(operator)
    Keys(operator).press("Feil nummer")


def test_what_the_page_of_a_call_had_asked_is_not_laid_into_the_next_one(story: Story) -> None:
    """The queue's answer is on its way when the call is over: it would take away a call that is no longer shown."""
    operator = story.person("operator", REGION, DESK)
    operator.goto(CONSOLE)
    new_call(operator)
    asked: list[Route] = []
    operator.route("**/vakttelefon/ko?*", lambda route: asked.append(route))
    operator.wait_for_timeout(4_000)  # it asks every third second
    out_of_the_field(operator)
    key(operator, "a", "1")
    said(operator, "er avsluttet: feil nummer.")
    (late, *_) = asked
    with operator.expect_response("**/vakttelefon/ko?*"):
        late.continue_()
    operator.unroute("**/vakttelefon/ko?*")
    operator.wait_for_timeout(500)
