"""A matter that somebody is shut out of changes no byte of what they can see of the reports and the registrations."""

import re
from datetime import date
from difflib import unified_diff

import pytest

from tenants.cases.models import Case
from tenants.inbox.models import Cover, Denial
from tenants.reporting.single_actions import say
from tests.cast import TEST, as_person, ref, seen_as
from tests.tenants.test_reporting_way import anybody, browser, finished, kari
from tests.tenants.test_returns_sending import closed_case
from varde.access import Reader
from varde.access.ticket import presented
from varde.clock import now
from varde.ui.dates import day_of

__all__ = ["kari"]
YEAR = day_of(now()).year
PAGES = (
    "/bufdir", "/bufdir/registreringer", "/bufdir/tilskudd", f"/bufdir/tilskudd/{YEAR}", "/statistikk",
    "/statistikk/tall?slag=start", "/statistikk/over-tid", "/statistikk/regionen", "/statistikk/2019Q3",
    "/statistikk/for-ledelsen/2019",
)  # fmt: skip


def seen(name: str) -> dict[str, str]:
    """Every page, and the file of the registrations, less what is new each time."""
    client = browser(name)
    found = {}
    for address in PAGES:
        answer = client.get(address)
        found[address] = f"{answer.status_code} {_less(answer.content.decode())}"
    sent = {"period": "alle", "ending": "csv", "reason": "Prøve"}
    answer = client.post("/bufdir/registreringer/ta-ut", sent)
    return found | {"csv": f"{answer.status_code} {_less(answer.content.decode())}"}


def _less(page: str) -> str:
    """Without the tokens of the one answer."""
    return re.sub(r"\b\w{64}\b|nonce[-=][^\"']*", "", page)


def same(before: dict[str, str], after: dict[str, str]) -> None:
    """Said page by page, so that what differs is found."""
    for address, page in before.items():
        unlike = list(unified_diff(page.splitlines(), after[address].splitlines(), lineterm="", n=0))
        assert not unlike, (address, unlike)


def hidden(who: str, how: str) -> None:
    """A closed case with everything in it, dated first of all, that this person does not see."""
    with seen_as("tove") as tove, presented(Reader.for_purpose(TEST, ref("gjovik"))):
        case = closed_case(date(2018, 10, 9), kjonn="man", utfall="other", politi="not_reported", handtert_av="police")
        say(case=case, said={"fritekst": "Ola Nordmann"}, seen=None, by=tove)
        if how == "denied":
            Denial(
                concern=case.concern, user_id=as_person(who).user_id, kind="x", at=now(), by_user=tove.user_id,
                by_name="Tove",
            ).save(force_insert=True)  # fmt: skip
        else:
            Cover(concern=case.concern, holder_id=tove.user_id, substitute_id=tove.user_id, at=now()).save(
                force_insert=True
            )
    with presented(as_person(who)):
        assert not Case.objects.filter(pk=case.pk).exists()


@pytest.mark.parametrize("how", ["denied", "covered"])
def test_what_the_owner_sees_is_the_same_with_and_without_a_hidden_case(kari, how):
    with seen_as("tove"):
        before = seen("kari")
    assert before["csv"].startswith("200")
    hidden("kari", how)
    same(before, seen("kari"))


def test_what_others_see_is_the_same_with_and_without_a_report_of_a_hidden_case(kari):
    with seen_as("tove"), presented(anybody()):
        before = seen("tom")
    hidden("tom", "covered")
    with presented(anybody()):
        same(before, seen("tom"))


def test_an_owner_who_is_shut_out_later_still_reads_the_reports_that_they_finished(kari):
    report = finished(kari)
    before = browser("kari").get(f"/bufdir/{report.id}/json").content
    hidden("kari", "denied")
    assert browser("kari").get(f"/bufdir/{report.id}/json").content == before
