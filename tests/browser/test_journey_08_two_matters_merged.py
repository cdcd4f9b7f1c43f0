"""Two reports about the same woman: two cases become one, and both reporters go on following their own.

Whoever is shut out of one is shut out of both from then on; what was left to do is carried over or ended with a reason;
the figures count one case; and no receipt says that there was another.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import field, main, me, nothing_of, open_concern, path_of, plan_measure, press, said
from tests.browser.steps_hidden import search, unseen
from tests.browser.steps_story import (
    DESK,
    PHONE,
    Story,
    become_case,
    cases_in_quarter,
    choose,
    close,
    follow,
    one_of_a_kind,
    opened_again,
    phone,
    put_on,
    report,
    shows,
    surname,
    unfold_report,
)
from tests.browser.walker import heading

pytestmark = pytest.mark.browser

OFFICE = "ostre-toten"
PHONE_NUMBER = phone()
NAME = f"Solbjørg {surname()}"
WHY = "Samme kvinne, samme sønn, samme pengeuttak."
CARRIED, ENDED = "Ny lås på døra", "Ringe hjemmetjenesten om det samme"


def told_and_a_case(story: Story, what: str, step: str, category: str) -> tuple[str, str, str]:
    """One report on its way to a case with a card; the receipt, the concern's and the case's path."""
    code = report(story.visitor(OFFICE, PHONE), "privatperson", what)
    coordinator = story.person("koordinator", OFFICE, DESK)
    concern = open_concern(coordinator, "Nettskjema", what)
    opened_again(coordinator, f"{concern}/personer")
    field(coordinator, "Rolle i saken").select_option(label="Den utsatte")
    field(coordinator, "Navn").fill(NAME)
    field(coordinator, "Telefon").fill(PHONE_NUMBER)
    press(coordinator, "Lagre kortet")
    opened_again(coordinator, concern)
    return code, concern, become_case(coordinator, "Gjentatte uttak.", step, category)


def the_same_person(coordinator: Page, concern: str) -> None:
    """The number comes again in a case that she sees: she says that it is the same woman."""
    opened_again(coordinator, f"{concern}/personer")
    main(coordinator).get_by_role("link", name=NAME).first.click()
    again = main(coordinator).locator("#andre-saker")
    expect(again).to_contain_text("Sak")
    again.get_by_role("button", name=re.compile("samme person", re.I)).first.click()
    said(coordinator, "Koblet. Bare de som ser begge sakene, ser det.")


def keeps_one_out(coordinator: Page, concern: str, name: str) -> None:
    """In the second case only: a member is too close."""
    opened_again(coordinator, f"{concern}/tilgang")
    field(coordinator, "Person").select_option(label=name)
    choose(coordinator, "Hvorfor", "I slekt eller nær relasjon")
    press(coordinator, "Steng ute")
    said(coordinator, "Stengt ute fra nå av.")


def merged(story: Story, coordinator: Page, concern: str, kept: str) -> None:
    """Not with itself, and not without a reason; what is not carried over ends with one. Nothing typed is lost."""
    own = f"{concern}/sla-sammen"
    coordinator.goto(f"{own}?andre={concern.rpartition('/')[2]}")
    shows(coordinator, "En sak kan ikke slås sammen med seg selv.")
    linked = (
        main(coordinator).locator("section").filter(has=coordinator.get_by_role("heading", name="Koblet som samme"))
    )
    linked.get_by_role("link", name=kept).click()
    heading(coordinator, "Slå sammen")
    shows(coordinator, f"dere arbeider videre i {kept}", "Den telles én gang i tallene.")
    carried = main(coordinator).get_by_label(re.compile(CARRIED))
    carried.uncheck()
    press(coordinator, "Slå sammen")
    shows(coordinator, "Skriv hvorfor det som ikke føres videre, avsluttes.")
    expect(carried).not_to_be_checked()
    field(coordinator, "Hvorfor hører de sammen?").fill(WHY)
    carried.check()
    story.look(coordinator, "sla-sammen")
    press(coordinator, "Slå sammen")
    said(coordinator, f"Slått sammen. Dere arbeider videre i {kept}.")


def name_of(coordinator: Page, case: str) -> str:
    """What the case is called."""
    opened_again(coordinator, case)
    return coordinator.get_by_role("heading", level=1).inner_text()


def test_two_overlapping_matters_are_merged(story: Story) -> None:
    first, second = one_of_a_kind("Sønnen går i lommeboka hennes"), one_of_a_kind("Noen tar ut penger for henne")
    member = story.person("teammedlem", OFFICE, PHONE)
    code, concern, case = told_and_a_case(story, first, "Ringe banken", "Må")
    other_code, other, other_case = told_and_a_case(story, second, ENDED, "Bør")
    coordinator = story.person("koordinator", OFFICE, DESK)
    kept, gone = name_of(coordinator, case), name_of(coordinator, other_case)
    plan_measure(coordinator, CARRIED)
    keeps_one_out(coordinator, other, me(member))
    opened_again(coordinator, case)
    put_on(coordinator, me(member))
    member.goto(case)
    unfold_report(member)
    shows(member, first)
    nothing_of(member, gone, second)
    counted = cases_in_quarter(coordinator)
    the_same_person(coordinator, other)
    merged(story, coordinator, other, kept)
    assert path_of(coordinator) == case
    shows(coordinator, WHY, f"Hva har skjedd i {gone}", CARRIED)
    story.look(coordinator, "en-sak")
    opened_again(coordinator, other_case)
    shows(coordinator, f"Dere arbeider videre i {kept}", WHY)
    expect(main(coordinator).get_by_role("button", name="Lagre notatet")).to_have_count(0)
    story.look(coordinator, "slatt-sammen")
    assert cases_in_quarter(coordinator) == counted - 1
    search(coordinator, NAME, 2)
    unseen(member, [concern, case, other, other_case], first, second, WHY, kept, gone)
    reporter = story.visitor(OFFICE, PHONE)
    follow(reporter, other_code, "Under arbeid", WHY, kept, gone, "sammen")
    story.look(reporter, "melder")
    close(coordinator, case, "Ny verge og nytt kort.", **{"Hvem følger opp tiltakene": "Hjemmetjenesten"})
    follow(reporter, other_code, "Avsluttet", WHY, kept, gone, "sammen")
    follow(reporter, code, "Avsluttet", WHY, kept, gone, "sammen")
