"""The way of a concern, clicked: caller, operator, kommune, triage, measure, closing, return, dashboard. Twice."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import (
    Told,
    answer_form,
    close_case,
    finish_measure,
    main,
    make_case,
    open_concern,
    operator_sees,
    plan_measure,
    press,
    said,
    take_call,
)
from tests.browser.walker import Town, go, heading, reload_until

pytestmark = pytest.mark.browser

LEAST = 5  # that any figure may be, outside of a kommune

GJOVIK = Told("Biri", "Gjøvik", "Naboen hører rop og slag hver fredag kveld.", "Eldre kvinne i det gule huset")
HAMAR = Told("2317", "Hamar", "Sønnen tar ut pensjonen og låser døra.", "Mann på 81 år i blokka ved fjorden")


def send_figures(coordinator: Page) -> None:
    """The quarter that goes on, from the list to «Levert»."""
    go(coordinator, "Statistikk")
    row = coordinator.get_by_role("row").filter(has_text="Pågår")
    expect(row.get_by_text("Pågår")).to_be_visible()
    quarter = row.get_by_role("link").inner_text()
    row.get_by_role("link").click()
    heading(coordinator, quarter)
    expect(main(coordinator).get_by_text("tall du har tilgang til")).to_be_visible()
    press(coordinator, "Send tallene")
    said(coordinator, f"Tall for {quarter} sendes nå.")
    row = coordinator.get_by_role("row").filter(has_text=quarter)
    reload_until(coordinator, lambda: row.get_by_text("Levert").is_visible(), "the delivery of the return")


def counts_on(page: Page) -> list[str]:
    """Every count in the dashboard's tables."""
    cells = main(page).locator(".v-bars td.v-num:nth-of-type(1)").all_inner_texts()
    return [cell.split("\n")[0].strip() for cell in cells]


@pytest.mark.parametrize(
    ("region", "slug", "told"), [("gjovikregionen", "gjovik", GJOVIK), ("hamarregionen", "hamar", HAMAR)]
)
def test_a_call_becomes_figures(town: Town, region: str, slug: str, told: Told) -> None:
    operator = town.person("operator", region)
    reference, _ = take_call(operator, told)
    operator_sees(operator, reference, "Levert", told)
    coordinator = town.person("koordinator", slug)
    open_concern(coordinator, "Felles vakttelefon", told.what, told.who)
    operator_sees(operator, reference, "Åpnet av et menneske", told)
    make_case(coordinator)
    answer_form(coordinator)
    plan_measure(coordinator, "Trygghetsalarm på soverommet")
    finish_measure(coordinator, "Trygghetsalarm på soverommet")
    close_case(coordinator)
    town.prove(coordinator)
    send_figures(coordinator)
    leader = town.person("lederteam", region)
    go(leader, "Statistikk")
    expect(main(leader).get_by_text(told.what)).to_have_count(0)
    assert all(int(count) >= LEAST for count in counts_on(leader) if count != ":")


def test_the_leader_team_sees_protected_figures(town: Town) -> None:
    leader = town.person("lederteam", "gjovikregionen")
    go(leader, "Statistikk")
    expect(main(leader).get_by_text("«:» betyr at tallet er null, lite eller skjult")).to_be_visible()
    shown = counts_on(leader)
    assert {":"} < set(shown)
    assert all(int(count) >= LEAST for count in shown if count != ":")
    kinds = main(leader).get_by_role("table", name="Kategorisert som")
    expect(kinds.get_by_role("row").filter(has_text="må-sak")).to_contain_text("%")
    expect(main(leader).get_by_text("skjult av personvernhensyn").first).to_be_attached()
    main(leader).get_by_role("link", name=re.compile(r"^utgivelse \d+$")).click()
    heading(leader, re.compile(r"^Utgivelse nr\. \d+"))
    expect(main(leader).get_by_text(re.compile(r"Bedt om av .+, godkjent av "))).to_be_visible()


def test_a_region_that_has_given_nothing_out_says_what_is_needed(town: Town) -> None:
    leader = town.person("lederteam", "hamarregionen")
    go(leader, "Statistikk")
    expect(main(leader).get_by_role("heading", name="Ingen tall er gitt ut ennå")).to_be_visible()
    expect(main(leader).get_by_text("Minst tre kommuner må ha sendt")).to_be_visible()
    assert counts_on(leader) == []


def test_the_leader_team_sees_who_sits_and_the_rotation(town: Town) -> None:
    leader = town.person("lederteam", "gjovikregionen")
    go(leader, "Lederteam")
    now = main(leader).get_by_role("table", name="Hvem sitter nå")
    expect(now.get_by_role("columnheader", name="Neste")).to_be_visible()
    main(leader).get_by_role("link", name="Hele rulleringen").click()
    whole = main(leader).get_by_role("table", name="Hvem har hvilken plass")
    for kommune in ("Gjøvik", "Østre Toten", "Vestre Toten", "Nordre Land", "Søndre Land"):
        expect(whole.get_by_text(kommune, exact=True).first).to_be_visible()
    expect(whole.get_by_text("nå", exact=True).first).to_be_visible()
    main(leader).get_by_role("link", name="Se hvorfor").click()
    heading(leader, "Hvorfor rulleringen er rettferdig")
    expect(main(leader).get_by_text("har hver av de 5 kommunene hver plass én gang").first).to_be_visible()


def test_a_secretary_sees_what_a_merger_changes_before_it_is_decided(town: Town) -> None:
    secretary = town.person("sekretaer", "gjovikregionen")
    go(secretary, "Lederteam")
    main(secretary).get_by_role("link", name="Endre", exact=True).click()
    main(secretary).get_by_role("link", name="Kommuner slås sammen").click()
    for kommune in ("Nordre Land", "Søndre Land"):
        main(secretary).get_by_label(kommune, exact=True).check()
    secretary.get_by_label("Hva heter kommunen etterpå?").fill("Land")
    secretary.get_by_label("Fra hvilken periode?").select_option("2033-2034")
    press(secretary, "Se hva som endres")
    shown = main(secretary).get_by_role("table", name="Tabellen etter endringen")
    expect(shown.get_by_text("Land", exact=True).first).to_be_visible()
    expect(main(secretary).get_by_text("Ikke lagret ennå.")).to_be_visible()
    press(secretary, "Lagre endringen")
    expect(main(secretary).get_by_text("Skriv hvilket vedtak endringen bygger på.").first).to_be_visible()
