"""The end of a year: the last case is closed, the figures are sent, and the yearly evaluation writes itself.

What was done is counted; what was said is in none of it. The leader reads the evaluation without the cases' figures.
"""

import re
from datetime import datetime

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import answer_form, field, finish_measure, main, open_concern, plan_measure, press, said
from tests.browser.steps_hidden import unseen
from tests.browser.steps_story import (
    DESK,
    PHONE,
    Story,
    become_case,
    close,
    follow,
    in_days,
    one_of_a_kind,
    opened_again,
    report,
    shows,
)
from tests.browser.test_the_way import send_figures
from tests.browser.walker import go, heading
from varde.clock import OSLO

pytestmark = pytest.mark.browser

OFFICE = "sondre-land"
DONE = "Ny verge, nytt bankkort og besøk to ganger i uka."
LEARNED = "Banken bør spørres tidligere."

WORDS = "Tolk må bestilles før første samtale."


def held(coordinator: Page, kind: str, title: str, audience: str, reach: str) -> None:
    """An activity of the year; nobody can have been reached by what is still to come."""
    go(coordinator, "Informasjon")
    main(coordinator).get_by_role("link", name="Ny aktivitet").click()
    field(coordinator, "Hva slags?").select_option(label=kind)
    field(coordinator, "Hva heter det?").fill(title)
    field(coordinator, "Dato").fill(in_days(0))
    field(coordinator, "For hvem?").select_option(label=audience)
    field(coordinator, "Hvor mange ble nådd?").fill(reach)
    field(coordinator, "Kostnad i kroner").fill("1200")
    press(coordinator, "Lagre")
    shows(coordinator, title)


def not_before_it_was(coordinator: Page) -> None:
    """Reached by something next month: said, and what was typed stays."""
    coordinator.goto("/informasjon/ny")
    field(coordinator, "Hva slags?").select_option(label="Stand")
    field(coordinator, "Hva heter det?").fill("Stand på Landåsmarkedet")
    field(coordinator, "Dato").fill(in_days(30))
    field(coordinator, "For hvem?").select_option(label="Innbyggere")
    field(coordinator, "Hvor mange ble nådd?").fill("400")
    press(coordinator, "Lagre")
    shows(coordinator, "Aktiviteten har ikke vært ennå.")
    expect(field(coordinator, "Hva heter det?")).to_have_value("Stand på Landåsmarkedet")


def plan(coordinator: Page) -> None:
    """How many there are to reach; the rings then say how many have been."""
    opened_again(coordinator, "/informasjon/plan")
    field(coordinator, "Ansatte i kommunen").fill("400")
    field(coordinator, "Innbyggere").fill("5587")
    field(coordinator, "Planen gjelder fra").fill(f"{datetime.now(OSLO).year}-01-01")
    press(coordinator, "Lagre")
    expect(main(coordinator).get_by_role("row", name=re.compile("^Ansatte 60"))).to_be_visible()


def figures_of(page: Page) -> dict[str, str]:
    """The year's work in cases, as the evaluation says it."""
    rows = main(page).locator(".v-facts__row").all()
    return {row.locator("dt").inner_text(): row.locator("dd").inner_text() for row in rows}


def year_page(page: Page, year: int) -> dict[str, str]:
    """From «Informasjon» to the evaluation of the year."""
    go(page, "Informasjon")
    main(page).get_by_role("link", name="Årsevaluering").click()
    heading(page, f"Årsevaluering {year}")
    return figures_of(page)


def paper(page: Page) -> str:
    """The evaluation's PDF as somebody reads it."""
    with page.expect_download() as waiting:
        main(page).get_by_role("link", name="Hent som PDF").click()
    document = pypdfium2.PdfDocument(waiting.value.path())
    return " ".join(leaf.get_textpage().get_text_bounded() for leaf in document)


def say_what_the_year_was(page: Page, year: int) -> None:
    """The team's own words, and the year is approved."""
    main(page).get_by_role("link", name="Skriv vurderingen").click()
    heading(page, f"Teamets vurdering av {year}")
    field(page, "Hva lærte vi?").fill(WORDS)
    press(page, "Lagre")
    press(page, "Godkjenn årsevalueringen")
    shows(page, WORDS, "Godkjent")


def test_a_years_closing_and_evaluation(story: Story) -> None:
    year, what = datetime.now(OSLO).year, one_of_a_kind("Noen tømmer kontoen hennes")
    reporter, coordinator = story.visitor(OFFICE, PHONE), story.person("koordinator", OFFICE, DESK)
    before = year_page(coordinator, year)
    code = report(reporter, "privatperson", what)
    concern = open_concern(coordinator, "Nettskjema", what)
    case = become_case(coordinator, "Økonomisk overgrep.", "Ringe banken")
    answer_form(coordinator)
    plan_measure(coordinator, "Ny verge")
    finish_measure(coordinator, "Ny verge")
    close(
        coordinator, case, DONE, "tettere oppfølging",
        **{"Hva tar dere med dere videre?": LEARNED, "Den utsattes egne ord": "«Nå tør jeg åpne posten.»"},
    )  # fmt: skip
    story.look(coordinator, "lukket")
    follow(reporter, code, "Avsluttet", what, DONE)
    story.town.prove(coordinator)
    send_figures(coordinator)
    story.look(coordinator, "tallene-levert")
    held(coordinator, "Fagdag", one_of_a_kind("Vårens fagdag"), "Ansatte i en tjeneste", "40")
    held(coordinator, "Nye ansatte", one_of_a_kind("Velkommen i oktober"), "Nye ansatte", "20")
    not_before_it_was(coordinator)
    plan(coordinator)
    story.look(coordinator, "informasjon")
    after = year_page(coordinator, year)
    shows(coordinator, f"1 av 2 fagdager er holdt i {year}.", f"Nye ansatte er informert én gang i {year}, 20 i alt.")
    story.look(coordinator, "arsevaluering")
    for label in ("Saker opprettet", "Saker lukket", "Tiltak planlagt", "Tiltak avsluttet"):
        assert int(after[label]) == int(before[label]) + 1, label
    say_what_the_year_was(coordinator, year)
    text = paper(coordinator)
    assert f"Årsevaluering av TryggEst {year}" in text
    for words in (what, DONE, LEARNED, "Ny verge"):
        assert words not in text
    the_leader_reads_it(story, year, [concern, case], what, DONE, LEARNED)


def the_leader_reads_it(story: Story, year: int, paths: list[str], *words: str) -> None:
    """The same year on a phone, without what belongs to the cases; and the sent quarter, in counts."""
    leader = story.person("leder", OFFICE, PHONE)
    seen = year_page(leader, year)
    shows(leader, WORDS, "Godkjent")
    assert "Saker lukket" not in seen
    shows(leader, "1 av 2 fagdager er holdt")
    story.look(leader, "arsevaluering-leder")
    unseen(leader, paths, *words)
    go(leader, "Statistikk")
    expect(main(leader).get_by_text(re.compile("Levert")).first).to_be_visible()
    said(leader, "Levert")
