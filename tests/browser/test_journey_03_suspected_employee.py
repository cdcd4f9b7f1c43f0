"""Suspicion against somebody in the team: who is suspected meets no row, no count, no hit and no hint, ever.

The report is covered from the moment it is sent. The coordinator shuts the member out by name, makes a case and goes on
with it, while every page of the member stays exactly as it was, and so does every page of the administrator.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import field, main, me, nothing_of, open_concern, path_of, plan_measure, press, said, waiting
from tests.browser.steps_hidden import pages_of, search, unseen
from tests.browser.steps_story import (
    DESK,
    PHONE,
    Story,
    become_case,
    choose,
    follow,
    group,
    one_of_a_kind,
    opened_again,
    shows,
    surname,
)
from tests.browser.test_web_form import receipt_on, send
from tests.browser.walker import go, heading, reload_until

pytestmark = pytest.mark.browser

OFFICE = "ostre-toten"
EXPOSED = f"Torbjørg {surname()}"
STEP = "Spørre pårørende, utenom tjenesten"


def told_by_a_colleague(page: Page, what: str, suspected: str) -> str:
    """The employee's way in says whom to ring, who will see it, and what to do when the leader is the one."""
    page.goto("/meld")
    main(page).get_by_role("link", name="Jeg melder som ansatt").click()
    heading(page, "Meld fra som ansatt")
    shows(page, "Haster det? Gjør dette først", "Gjelder bekymringen lederen din?")
    field(page, "Hva er du bekymret for?").fill(what)
    field(page, "Hvem gjelder det?").fill(EXPOSED)
    field(page, "Hvem mistenker du?").fill(suspected)
    expect(group(page, "Gjelder bekymringen noen")).to_contain_text("ser bare koordinatoren og en valgt stedfortreder")
    choose(page, "Gjelder bekymringen noen", "Ja, noen i TryggEst-teamet")
    page.get_by_label("Jeg vil være anonym").check()
    send(page)
    return receipt_on(page)


def shut_out(coordinator: Page, name: str) -> None:
    """The member is shut out by name; those who see the matter are listed, and the member is not among them."""
    main(coordinator).get_by_role("link", name="Hvem kan se dette?").click()
    heading(coordinator, "Hvem kan se dette?")
    shows(coordinator, "Skjermet", "Ingen stedfortreder er valgt")
    field(coordinator, "Person").select_option(label=name)
    choose(coordinator, "Hvorfor", "Kan være den det er mistanke mot")
    press(coordinator, "Steng ute")
    said(coordinator, "Stengt ute fra nå av. Den det gjelder, får ikke vite det.")
    sees = (
        main(coordinator)
        .locator("section")
        .filter(has=coordinator.get_by_role("heading", name="Disse ser bekymringen nå"))
    )
    expect(sees).to_contain_text(me(coordinator))
    expect(sees).not_to_contain_text(name)
    expect(field(coordinator, "Stedfortreder").locator("option")).not_to_contain_text([name])


def test_suspicion_against_an_employee(story: Story) -> None:
    what = one_of_a_kind("Jeg så at lommeboka hennes ble tømt")
    member = story.person("teammedlem", OFFICE, DESK)
    coordinator, administrator = story.person("koordinator", OFFICE, PHONE), story.person("administrator", OFFICE, DESK)
    before, name, theirs = pages_of(member), me(member), pages_of(administrator)
    reporter = story.visitor(OFFICE, PHONE)
    code = told_by_a_colleague(reporter, what, name)
    story.look(reporter, "kvittering")
    assert pages_of(member) == before
    go(coordinator, "Innboks")
    reload_until(coordinator, lambda: waiting(coordinator, "Nettskjema").count() > 0, "the concern")
    expect(waiting(coordinator, "Nettskjema").last).to_contain_text("Skjermet")
    story.look(coordinator, "innboks")
    concern = open_concern(coordinator, "Nettskjema", what, EXPOSED)
    shows(coordinator, "Noen i TryggEst-teamet", name)
    shut_out(coordinator, name)
    story.look(coordinator, "hvem-kan-se")
    opened_again(coordinator, concern)
    case = become_case(coordinator, "Det kan være flere.", STEP)
    expect(field(coordinator, "Sett på saken").locator("option")).not_to_contain_text([name])
    plan_measure(coordinator, "Ny lås og ny bankkontakt")
    measure = main(coordinator).get_by_role("link", name="Ny lås og ny bankkontakt").get_attribute("href")
    story.look(coordinator, "sak")
    paths = [concern, case, str(measure), f"{concern}/tilgang", f"{concern}/personer", f"{case}/risiko", f"{case}/lukk"]
    words = (what, EXPOSED, STEP, "Ny lås og ny bankkontakt")
    search(coordinator, EXPOSED, 1)
    search(member, EXPOSED, 0)
    story.look(member, "ingen-treff")
    assert pages_of(member) == before
    assert pages_of(administrator) == theirs
    unseen(member, paths, *words)
    unseen(story.person("leder", OFFICE, PHONE), paths, *words)
    the_officer_sees_that_it_was_read(story, name, *words)
    follow(reporter, code, "Under arbeid", what, name)
    assert path_of(coordinator) == "/sok"


def the_officer_sees_that_it_was_read(story: Story, name: str, *words: str) -> None:
    """The privacy officer sees who read something, never what; that somebody was shut out names nobody."""
    officer = story.person("personvernombud", OFFICE, DESK)
    go(officer, "Innsynslogg")
    readers = main(officer).get_by_role("row").filter(has_text="Koordinator")
    older = main(officer).get_by_role("link", name="Neste")
    nothing_of(officer, *words)
    while not readers.count() and older.count():
        older.click()
        officer.wait_for_load_state()
        nothing_of(officer, *words)
    expect(readers.first).to_be_visible()
    expect(readers.filter(has_text=name)).to_have_count(0)
    story.look(officer, "innsynslogg")
