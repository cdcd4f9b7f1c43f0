"""A case lies in Gjøvik with words that are nowhere else. Nobody but the team ever meets them, by menu or by address."""

import uuid
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser

from tests.browser.steps import Told, make_case, open_concern, operator_sees, plan_measure, take_call
from tests.browser.walker import Town
from tests.whole.demo import Demo

pytestmark = pytest.mark.browser

CANARY = f"Kanarifugl{uuid.uuid4().hex[:8]}"
TOLD = Told("Hunndalen", "Gjøvik", f"Det {CANARY} roper hver natt.", f"Naboen til {CANARY}")
# Everybody who must meet nothing; where an office has no such room at all, its addresses are unknown.
OTHERS = [
    ("koordinator", "ostre-toten"),
    ("teammedlem", "vestre-toten"),
    ("koordinator", "hamar"),
    ("operator", "gjovikregionen"),
    ("operator", "hamarregionen"),
    ("lederteam", "gjovikregionen"),
    ("lederteam", "hamarregionen"),
    ("statistikkansvarlig", "gjovikregionen"),
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
NOBODY_TAKEN = "teammedlem"  # in the team, but not on the case: meets the concern, not the case


@dataclass(frozen=True, slots=True)
class Hidden:
    """Where the concern, the case and the measure lie in Gjøvik, and the reference that the operator got."""

    paths: tuple[str, ...]
    reference: str

    @property
    def ids(self) -> list[str]:
        """The ids in the addresses."""
        return [path.split("/")[2] for path in self.paths]


@pytest.fixture(scope="module")
def hidden(demo: Demo, browser: Browser, cookies: dict[str, object]) -> Hidden:
    """The case, made the way it is made."""
    town = Town(demo, browser, cookies)
    operator, coordinator = town.person("operator", "gjovikregionen"), town.person("koordinator", "gjovik")
    reference = take_call(operator, TOLD)
    operator_sees(operator, reference, "Levert", TOLD)
    concern = open_concern(coordinator, "Felles vakttelefon", TOLD.what, TOLD.who)
    case = make_case(coordinator)
    plan_measure(coordinator, f"Besøk hos {CANARY}")
    measure = coordinator.get_by_role("main").get_by_role("link", name=f"Besøk hos {CANARY}").get_attribute("href")
    town.close()
    return Hidden((concern, case, str(measure), f"{case}/skjema", f"{case}/lukk"), reference)
