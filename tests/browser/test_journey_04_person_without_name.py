"""A person without a name: nobody knows who she is, then somebody does; two cards become one and nothing is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import field, main, me, path_of, press, said
from tests.browser.steps_hidden import search, unseen
from tests.browser.steps_story import (
    DESK,
    PHONE,
    Story,
    become_case,
    choose,
    one_of_a_kind,
    opened_again,
    phone,
    put_on,
    shows,
    surname,
)
from tests.browser.walker import go, heading

pytestmark = pytest.mark.browser

OFFICE = "nordre-land"
LOOKS = "Ca. 30 år, grønn jakke, snakker polsk"
PHONE_NUMBER = phone()
NAME = f"Halina {surname()}"


def takes_the_call(coordinator: Page, what: str) -> None:
    """A bus driver rings the team itself. Only what happens must be written; it saves itself, and becomes a concern."""
    go(coordinator, "Samtale")
    field(coordinator, "Hva skjer?").fill(what)
    field(coordinator, "Hvor er eller bor personen?").fill("Går av bussen ved Dokka stasjon")
    field(coordinator, "Hvem ringer?").fill("Bussjåføren")
    expect(coordinator.locator("[data-call-status]")).to_contain_text("Lagret")
    press(coordinator, "Registrer som bekymring")
    heading(coordinator, "Bekymringen er registrert")
    press(coordinator, "Åpne og ta imot")
    shows(coordinator, what)


def unknown_card(coordinator: Page) -> str:
    """A known person must have a name; an unknown one need not. The card's path."""
    main(coordinator).get_by_role("link", name="Se eller legg til personer").click()
    heading(coordinator, "Personer")
    field(coordinator, "Rolle i saken").select_option(label="Den utsatte")
    field(coordinator, "Beskrivelse").fill(LOOKS)
    choose(coordinator, "Hvor kjent er personen?", "Kjent")
    press(coordinator, "Lagre kortet")
    shows(coordinator, "Skriv navnet, eller velg «Delvis kjent» eller «Ukjent».")
    expect(field(coordinator, "Beskrivelse")).to_have_value(LOOKS)
    choose(coordinator, "Hvor kjent er personen?", "Ukjent")
    field(coordinator, "Tjenester fra kommunen").select_option(label="Har ingen tjenester")
    press(coordinator, "Lagre kortet")
    said(coordinator, "Kortet er lagret.")
    heading(coordinator, f"Ukjent person ({LOOKS})")
    return path_of(coordinator)


def first_contact(coordinator: Page, concern: str) -> None:
    """Planned before; afterwards «takket nei, og faren kan øke» must have its follow-up."""
    opened_again(coordinator, f"{concern}/stemme")
    part = main(coordinator).locator("#forstekontakt")
    for label, text in (
        ("Hvem tar kontakt?", "Bussjåføren, sammen med en fra teamet"),
        ("Hvor?", "På Dokka stasjon"),
        ("Hvordan gjøres det trygt?", "Aldri når mannen henter henne"),
        ("Hva gjør dere hvis personen takker nei?", "Gi henne nummeret på et kort"),
    ):
        part.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).fill(text)
    part.get_by_label("Takket nei, og faren kan øke").check()
    press(coordinator, "Lagre planen")
    expect(part.get_by_role("link").or_(part.locator("[data-field=validation]")).first).to_be_visible()
    part.get_by_label(re.compile("^Oppfølging")).fill("Noen er på stasjonen hver ettermiddag")
    press(coordinator, "Lagre planen")
    said(coordinator, "Planen for førstekontakt er lagret.")
    shows(coordinator, "Personen takker nei, og faren kan øke.")


def known_card(coordinator: Page, concern: str) -> str:
    """Somebody else writes her down with the name they heard."""
    opened_again(coordinator, f"{concern}/personer")
    field(coordinator, "Rolle i saken").select_option(label="Den utsatte")
    field(coordinator, "Navn").fill(NAME)
    field(coordinator, "Telefon").fill(PHONE_NUMBER)
    press(coordinator, "Lagre kortet")
    said(coordinator, "Kortet er lagret.")
    return path_of(coordinator)


def merged(coordinator: Page, concern: str) -> None:
    """The unknown card points to the known one; a card is never offered to itself, and both histories are there."""
    other = field(coordinator, "Hvilket kort gjelder samme person?")
    assert not [text for text in other.locator("option").all_inner_texts() if NAME in text]
    other.select_option(label=f"Ukjent person ({LOOKS}), den utsatte")
    press(coordinator, "Slå sammen")
    said(coordinator, "Kortene er slått sammen.")
    heading(coordinator, NAME)
    history = main(coordinator).locator("#historikk")
    expect(history).to_contain_text("Slått sammen med kortet")
    expect(history).to_contain_text(LOOKS)
    opened_again(coordinator, concern)
    shows(coordinator, NAME)


def test_person_without_name(story: Story) -> None:
    what = one_of_a_kind("En kvinne gråter på bussen og har blåmerker")
    coordinator = story.person("koordinator", OFFICE, DESK)
    takes_the_call(coordinator, what)
    story.look(coordinator, "bekymring")
    concern = path_of(coordinator)
    unknown = unknown_card(coordinator)
    story.look(coordinator, "ukjent")
    first_contact(coordinator, concern)
    story.look(coordinator, "forstekontakt")
    search(coordinator, NAME, 0)
    known = known_card(coordinator, concern)
    merged(coordinator, concern)
    opened_again(coordinator, unknown)
    shows(coordinator, "Kortet ble slått sammen")
    story.look(coordinator, "slatt-sammen")
    search(coordinator, NAME, 1)
    search(coordinator, PHONE_NUMBER, 1)
    member = story.person("teammedlem", OFFICE, PHONE)
    search(member, NAME, 1)  # the whole team has the inbox
    opened_again(coordinator, concern)
    case = become_case(coordinator, "Tydelige tegn på vold.", "Møte henne på stasjonen")
    search(member, NAME, 0)  # a case only those who are put on it
    unseen(member, [case, concern, unknown, known, f"{concern}/stemme"], what, NAME, LOOKS)
    put_on(coordinator, me(member))
    member.goto(case)
    shows(member, NAME, "Personen takker nei, og faren kan øke.")
    story.look(member, "sak-hos-medlem")
    search(member, NAME, 1)
