"""The way back from a page about a case is the same everywhere: Saker, then the case."""

import re

from tenants.triage.models import NextStep
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import card_in, text_of
from tests.tenants.test_triage_tell import telling

PAGES = (
    "plikter", "hastegrad", "ringt", "notat", "politi", "stopp", "ansvar", "steg", "steg/tekst", "sla-sammen", "innsyn",
    "innvendinger", "personer", "stemme", "advarsler", "vedlegg",
)  # fmt: skip


def crumbs(html: str) -> list[tuple[str, str]]:
    """(address, words) of each."""
    trail = html.partition('aria-label="Du er her"')[2].partition("</nav>")[0]
    return re.findall(r'href="([^"]*)">([^<]*)</a>', trail)


def test_from_every_page_of_a_case_it_leads_to_the_cases_and_the_case(gjovik):
    kari, case = client_for("kari"), way.case()
    measure, told, person = way.measure(case), telling(case.concern), card_in(case.concern)
    step = NextStep.objects.get(concern=case.concern)
    addresses = [f"/innboks/{case.concern_id}/{page}" for page in PAGES]
    addresses += [f"/saker/{case.pk}/{page}" for page in ("steg", "kontakter", "deling", "risiko", "lukk")]
    addresses += [f"/tiltak/{measure.pk}", f"/innboks/{case.concern_id}/plikter/{told.pk}", f"/personer/{person.pk}"]
    addresses += [f"/innboks/{case.concern_id}", f"/innboks/{case.concern_id}/steg/{step.pk}/rett"]
    found = {}
    for address in addresses:
        answer = kari.get(address)
        if answer.status_code == 200:
            found[address] = crumbs(answer.content.decode())[:2]
    way_back = [("/saker", "Saker"), (f"/saker/{case.pk}", case.name)]
    assert {address: trail for address, trail in found.items() if trail != way_back} == {}
    assert len(found) > 18, sorted(set(addresses) - set(found))


def test_of_a_concern_that_is_no_case_it_leads_to_the_inbox_and_the_concern(gjovik):
    concern = way.opened()
    (inbox, here) = crumbs(text_of(client_for("kari"), f"/innboks/{concern.pk}/plikter"))
    assert inbox == ("/innboks", "Innboks")
    assert here[0] == f"/innboks/{concern.pk}"
    assert here[1].startswith("Bekymring ")
