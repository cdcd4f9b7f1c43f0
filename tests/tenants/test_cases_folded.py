"""The case page on a phone: a part in which nothing waits is folded, and what waits is never behind a fold."""

import re

from tenants.inbox import callbacks_actions
from tenants.inbox.callbacks_actions import Plan
from tenants.inbox.replies_models import ReporterReply
from tests.cast import as_person
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import card_in
from tests.tenants.test_insight_way import asked
from tests.tenants.test_measures_requests import sent
from varde.clock import now

FOLDED = re.compile(r'<section class="v-section v-stack v-folded" id="[^"]+">.*?<h2 class="v-fold__title">([^<]+)</h2>')

BRIEF = re.compile(
    r'v-narrow" id="[^"]+"><details class="ds-details v-fold"(?P<open> open)?><summary><h2[^>]*>(?P<title>[^<]+)</h2>'
    r'(?:\s*<span class="ds-tag" data-color="(?P<colour>\w+)">(?P<waits>[^<]+)</span>)?'
)


def brief(html: str) -> dict[str, tuple[str | None, str | None]]:
    """The parts that a phone alone folds, with what stands beside their names."""
    return {found["title"]: (found["colour"], found["waits"]) for found in BRIEF.finditer(html)}


def folded(html: str) -> set[str]:
    """The headings of the parts that are folded."""
    return set(FOLDED.findall(html))


def test_what_waits_is_in_sight_and_the_rest_is_folded_with_its_heading(gjovik):
    kari, case = client_for("kari"), way.case()
    address = f"/saker/{case.id}"
    calm = folded(kari.get(address).content.decode())
    assert {"Ring tilbake", "Meldinger til og fra melderen"} <= calm
    assert not {"Tiltak", "Risiko", "Personer", "Trygghetsplan"} & calm
    ReporterReply(concern=case.concern, text="Mer å si", at=now()).save(force_insert=True)
    plan = Plan("Fru Berg", "61 18 95 00", way.in_hours(2), way.person("kari"))
    callbacks_actions.plan(plan=plan, concern=case.concern, by=as_person("kari"))
    html = kari.get(address).content.decode()
    assert not {"Ring tilbake", "Meldinger til og fra melderen"} & folded(html)
    assert html.count('<h2 class="ds-heading" data-size="sm">Ring tilbake</h2>') == 1


def test_a_long_story_shows_the_newest_and_folds_the_rest(gjovik):
    kari, case = client_for("kari"), way.case()
    for number in range(14):
        kari.post(f"/saker/{case.id}/notat", {"text": f"Notat nummer {number:02d}"})
    html = kari.get(f"/saker/{case.id}").content.decode()
    story = html.partition('id="tidslinje"')[2]
    shown, fold, rest = story.partition("<summary>Vis ")
    assert fold
    assert all(f"nummer {number:02d}" in shown for number in range(10, 14))
    assert all(f"nummer {number:02d}" in rest for number in range(10))


def test_a_phone_folds_the_long_parts_and_says_beside_their_names_what_waits_there(gjovik):
    kari = client_for("kari")
    case = way.case(concern=way.opened(hours_ago=5), category="akutt")
    html = kari.get(f"/saker/{case.id}").content.decode()
    parts = brief(html)
    assert parts["Plikter, politi og ansvar"] == ("danger", "8 ikke vurdert")
    assert parts["Risiko"] == ("info", "Ikke vurdert")
    assert (parts["Registreringsskjema"][1] or "").endswith(" mangler svar")
    assert {"Skriv i saken", "Bekymringen, slik den kom", "På saken", "Personer", "Avslutning"} <= set(parts)
    assert not {"Tiltak", "Personens egen stemme"} & set(parts)
    # The report comes before the other parts on a phone, as it does for whoever hears the page.
    assert html.index('id="neste"') < html.index('id="bekymringen"') < html.index('id="notat"')
    asked = kari.post(f"/saker/{case.id}/notat", {"text": ""}).content.decode()
    assert [found["title"] for found in BRIEF.finditer(asked) if found["open"]] == ["Skriv i saken"]


def test_what_waits_in_a_part_that_is_always_folded_stands_beside_its_name(gjovik):
    kari, case = client_for("kari"), way.case()
    waits = re.compile(r'v-fold__title">([^<]+)</h2>\s*<span class="ds-tag" data-color="(\w+)">([^<]+)</span>')
    address = f"/saker/{case.id}"
    assert not waits.findall(kari.get(address).content.decode())
    asked(card_in(case.concern, name="Ola Hansen"))
    sent(case)
    assert waits.findall(kari.get(address).content.decode()) == [
        ("Forespørsler til andre", "info", "1 uten svar"),
        ("Innsyn og innvendinger", "warning", "1 venter"),
    ]
