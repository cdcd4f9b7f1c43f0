"""A case lies in Gjøvik with words that are nowhere else. Nobody but the team meets them, by menu or by address."""

import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.steps import (
    Told,
    main,
    make_case,
    nothing_of,
    open_concern,
    operator_sees,
    plan_measure,
    take_call,
)
from tests.browser.steps_hidden import answers, leads_to_its_state, like_random_ones
from tests.browser.walker import Town, go, menu
from tests.whole.demo import Demo

pytestmark = pytest.mark.browser

CANARY = f"Kanarifugl{uuid.uuid4().hex[:8]}"
TOLD = Told("Hunndalen", "Gjøvik", f"Det {CANARY} roper hver natt.", f"Naboen til {CANARY}")
# Who took the call.
OPERATOR = ("operator", "gjovikregionen")
# Everybody who must meet nothing; where an office has no such room at all, its addresses are unknown.
OTHERS = [
    ("koordinator", "ostre-toten"),
    ("teammedlem", "vestre-toten"),
    ("koordinator", "hamar"),
    OPERATOR,
    ("operator", "hamarregionen"),
    ("lederteam", "gjovikregionen"),
    ("lederteam", "hamarregionen"),
    ("statistikkansvarlig", "gjovikregionen"),
    ("sekretaer", "gjovikregionen"),
    ("vertskommune-administrator", "gjovikregionen"),
    ("teammedlem", "gjovik"),
    ("administrator", "gjovik"),
    ("leder", "gjovik"),
    ("personvernombud", "gjovik"),
    ("kontaktperson", "gjovik"),
    ("referansegruppe", "gjovik"),
    ("politikontakt", "gjovik"),
    ("driftsansvarlig", "drift"),
    ("kontrolleier", "drift"),
]


@dataclass(frozen=True, slots=True)
class Hidden:
    """Where the concern, the case and the measure lie in Gjøvik, and where the operator's call lay in the region."""

    in_gjovik: tuple[str, ...]
    call: str


@pytest.fixture(scope="module")
def hidden(demo: Demo, browser: Browser, cookies: dict[str, Any]) -> Hidden:
    """The case, made the way it is made; the team's other member is not put on it."""
    town = Town(demo, browser, cookies)
    operator, coordinator = town.person("operator", "gjovikregionen"), town.person("koordinator", "gjovik")
    reference, call = take_call(operator, TOLD)
    operator_sees(operator, reference, "Levert", TOLD)
    concern = open_concern(coordinator, "Felles vakttelefon", TOLD.what, TOLD.who)
    case = make_case(coordinator)
    plan_measure(coordinator, f"Besøk hos {CANARY}")
    measure = main(coordinator).get_by_role("link", name=f"Besøk hos {CANARY}").get_attribute("href")
    town.close()
    return Hidden((concern, case, str(measure), f"{case}/skjema", f"{case}/lukk", f"{case}/sluttrapport"), call)


@pytest.mark.parametrize(("role", "slug"), OTHERS)
def test_it_is_met_nowhere(town: Town, hidden: Hidden, role: str, slug: str) -> None:
    page = town.person(role, slug)
    own = ["/start", "/konto", *(path for _, path in menu(page))]
    for path, (status, _, body) in zip(own, answers(page, own), strict=True):
        assert status == 200, path
        assert CANARY not in body, path
        assert not [each for each in hidden.in_gjovik if each in body], path
    like_random_ones(page, hidden.in_gjovik, CANARY)
    if (role, slug) == OPERATOR:
        leads_to_its_state(page, hidden.call, CANARY)
    else:
        like_random_ones(page, [hidden.call], CANARY)


def test_a_visitor_meets_the_log_in_or_nothing(town: Town, hidden: Hidden) -> None:
    page = town.visitor("gjovik")
    for path in ("/", "/meld", "/meld/privat", "/meld/ansatt", "/kvittering", "/innboks", "/saker", "/innsynslogg"):
        page.goto(path)
        nothing_of(page, CANARY)
    assert page.url.partition("?")[0].endswith("/inn")
    like_random_ones(page, hidden.in_gjovik, CANARY)


def test_the_log_shows_that_it_was_read_and_nothing_of_it(town: Town, hidden: Hidden) -> None:
    page = town.person("personvernombud", "gjovik")
    go(page, "Innsynslogg")
    readers = main(page).get_by_role("row").filter(has_text="Koordinator")
    older = main(page).get_by_role("link", name="Neste")
    nothing_of(page, CANARY)
    while not readers.count() and older.count():
        older.click()
        page.wait_for_load_state()
        nothing_of(page, CANARY)
    expect(readers.first).to_be_visible()


def test_the_team_itself_finds_it(town: Town, hidden: Hidden) -> None:
    page = town.person("koordinator", "gjovik")
    assert CANARY in answers(page, hidden.in_gjovik)[1][2]
