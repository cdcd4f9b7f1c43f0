"""The case page on a phone: a part in which nothing waits is folded, and what waits is never behind a fold."""

import re

from tenants.inbox import callbacks_actions
from tenants.inbox.callbacks_actions import Plan
from tenants.inbox.replies_models import ReporterReply
from tests.cast import as_person
from tests.client import client_for
from tests.tenants import way
from varde.clock import now

FOLDED = re.compile(r'<section class="v-section v-stack v-folded" id="[^"]+">.*?<h2 class="v-fold__title">([^<]+)</h2>')


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
    assert all(f"nummer {number:02d}" in shown for number in range(8, 14))
    assert all(f"nummer {number:02d}" in rest for number in range(8))
