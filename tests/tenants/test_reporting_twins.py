"""A matter that somebody is shut out of changes no byte of what they can see of the reports and the registrations."""

import re
from datetime import date
from difflib import unified_diff

import pytest

from tenants.cases.models import Case
from tenants.inbox.models import Cover, Denial
from tenants.reporting.actions import name_owner
from tenants.reporting.grant_actions import Written
from tenants.reporting.grant_models import GrantReport
from tenants.reporting.models import Report
from tenants.reporting.single_actions import say
from tests.cast import TEST, as_person, ref, seen_as
from tests.tenants.test_reporting_grant import finish
from tests.tenants.test_reporting_way import anybody, browser, finished, kari
from tests.tenants.test_returns_sending import closed_case
from varde.access import Reader, Role
from varde.access.ticket import presented
from varde.clock import now
from varde.identity.actions import invite
from varde.identity.models import User
from varde.refusal import Refused
from varde.ui.dates import day_of

__all__ = ["kari"]
YEAR = day_of(now()).year
PAGES = (
    "/bufdir", "/bufdir/registreringer", "/bufdir/tilskudd", f"/bufdir/tilskudd/{YEAR}", "/statistikk",
    "/statistikk/tall?slag=start", "/statistikk/over-tid", "/statistikk/regionen", "/statistikk/2019Q3",
    "/statistikk/for-ledelsen/2019",
)  # fmt: skip


def seen(name: str, more: tuple[str, ...] = ()) -> dict[str, str]:
    """Every page, and the file of the registrations, less what is new each time."""
    client = browser(name)
    found = {}
    for address in (*PAGES, *more):
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


def named(user: User) -> None:
    with seen_as("arne") as arne, presented(arne):
        name_owner(user=user, by=arne)


@pytest.fixture
def monas(kari) -> tuple[Report, GrantReport]:
    """What Mona finished when she was named."""
    with presented(anybody()):
        setup = Reader.for_purpose("setup", ref("gjovik"))
        invite(email="mona@gjovik.example", name="Mona", roles=[Role.COORDINATOR], by=setup)
        user = User.objects.get(name="Mona")
    named(user)
    mona = Reader(ref("gjovik"), user.pk, "Mona", frozenset({Role.COORDINATOR}))
    with presented(mona):
        return finished(mona), finish(YEAR, mona)


def test_an_owner_who_is_shut_out_later_still_reads_and_corrects_what_the_owner_before_finished(kari, monas):
    report, grant = monas
    named(User.objects.get(pk=kari.user_id))
    more = (f"/bufdir/{report.id}", f"/bufdir/{report.id}/csv", f"/bufdir/tilskudd/{grant.id}")
    before = seen("kari", more)
    assert all(before[each].startswith("200") for each in more)
    hidden("kari", "denied")
    same(before, seen("kari", more))
    assert finish(YEAR, kari, Written({}, "Feil beløp.")).replaces_id == grant.id


def test_an_owner_who_was_shut_out_when_they_were_named_corrects_what_they_cannot_read(kari, monas):
    for who in ("kari", "arne"):  # whoever something is hidden from, is offered all
        hidden(who, "denied")
    named(User.objects.get(pk=kari.user_id))
    for mine in (monas[0].id, f"tilskudd/{monas[1].id}"):
        assert browser("kari").get(f"/bufdir/{mine}").status_code == 404
    with presented(as_person("kari")):
        with pytest.raises(Refused, match="hvorfor den rettes"):
            finish(YEAR, kari)
        assert finish(YEAR, kari, Written({}, "Feil beløp.")).replaces_id == monas[1].id
