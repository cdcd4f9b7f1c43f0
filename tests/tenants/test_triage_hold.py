"""Stop and continue: with reason and a day; step, owner and date stay; the clock says since when."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants.triage import hold_actions, hold_queries
from tenants.triage.hold_models import Hold
from tenants.triage.models import NextStep
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from varde.clock import now
from varde.refusal import Refused
from varde.ui.dates import day_of, short_date

WHY = "Venter på svar fra fastlegen"


def in_days(days: int) -> str:
    return day_of(now() + timedelta(days=days)).isoformat()


def typed(**changes: str) -> dict[str, str]:
    """A stop as it is typed."""
    return {"stopp": "1", "stopp-reason": WHY, "stopp-look_at": in_days(14)} | changes


def stopped(concern, by: str = "kari") -> Hold:
    look_at = day_of(now() + timedelta(days=14))
    return hold_actions.stop(concern=concern, reason=WHY, look_at=look_at, by=as_person(by))


def test_a_stopped_matter_keeps_its_step_and_the_clock_says_so(gjovik):
    kari, case = client_for("kari"), way.case()
    before = NextStep.objects.values_list("owner_id", "due_at", "text").get()
    assert kari.post(f"/innboks/{case.concern_id}/stopp", typed()).status_code == 303
    assert NextStep.objects.values_list("owner_id", "due_at", "text").get() == before
    since = f"Stoppet siden {short_date(now())}"
    for address in (
        f"/saker/{case.id}",
        "/saker",
        "/innboks",
        "/frister",
        f"/saker/{case.id}/steg",
        f"/innboks/{case.concern_id}/stopp",
    ):
        assert since in kari.get(address).content.decode(), address
    assert WHY in kari.get(f"/saker/{case.id}").content.decode()
    assert way.logged("triage.hold", "change", case.concern_id)


def test_it_goes_on_with_a_reason_and_the_story_stays(gjovik):
    kari, case = client_for("kari"), way.case()
    where = f"/innboks/{case.concern_id}/stopp"
    kari.post(where, typed())
    assert kari.post(where, {"fortsett": "1", "videre-reason": ""}).status_code == 422
    assert kari.post(where, {"fortsett": "1", "videre-reason": "Legen har svart"}).status_code == 303
    page = kari.get(f"/saker/{case.id}").content.decode()
    assert "Satt i gang igjen" in page
    assert "Legen har svart" in page
    assert "Stoppet siden" not in page
    assert kari.post(where, typed()).status_code == 303
    assert Hold.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"stopp-reason": ""}, "Fyll ut «Hvorfor stoppes saken?»."),
        ({"stopp-look_at": ""}, "Når skal dere se på den igjen?"),
        ({"stopp-look_at": in_days(-1)}, "Datoen er passert."),
        ({"stopp-look_at": in_days(740)}, "mer enn to år fram"),
        ({"stopp-look_at": "i morgen"}, "gyldig dato"),
    ],
)
def test_bad_input_is_said_and_what_was_typed_stays(gjovik, changes, sentence):
    answer = client_for("kari").post(f"/innboks/{way.case().concern_id}/stopp", typed(**changes))
    page = answer.content.decode()
    assert (answer.status_code, Hold.objects.count()) == (422, 0)
    assert sentence in page
    assert "stopp-reason" in changes or WHY in page


@pytest.mark.parametrize(("days", "sentence"), [(-1, "passert"), (740, "to år")])
def test_the_action_refuses_the_same_days(gjovik, days, sentence):
    with pytest.raises(Refused, match=sentence):
        hold_actions.stop(
            concern=way.opened(), reason=WHY, look_at=day_of(now() + timedelta(days=days)), by=as_person("kari")
        )  # fmt: skip


def test_two_who_stop_at_once_the_second_is_told_and_keeps_the_text(gjovik):
    kari, case = client_for("kari"), way.case()
    way.person("tom")
    stopped(case.concern, by="tom")
    answer = kari.post(f"/innboks/{case.concern_id}/stopp", typed(**{"stopp-reason": "Hun er på ferie"}))
    assert (answer.status_code, Hold.objects.count()) == (422, 1)
    assert "Tom Teammedlem stoppet saken" in answer.content.decode()
    assert "Hun er på ferie" in answer.content.decode()


def test_going_on_twice_is_told(gjovik):
    concern = way.opened()
    stopped(concern)
    hold_actions.go_on(concern=concern, reason="Klar", by=as_person("kari"))
    with pytest.raises(Refused, match="ikke stoppet"):
        hold_actions.go_on(concern=concern, reason="Klar", by=as_person("kari"))


def test_a_matter_that_is_over_cannot_be_stopped(gjovik):
    concern = way.decided("advice").assessment.concern
    with pytest.raises(Refused, match="ikke avsluttet"):
        stopped(concern)
    assert "Saken er lukket" in client_for("kari").get(f"/innboks/{concern.id}/stopp").content.decode()


def test_one_who_does_not_see_the_matter_sees_no_stop(gjovik):
    case = way.case()
    stopped(case.concern)
    with seen_as("tom"):
        assert hold_queries.held([case.concern_id]) == {}
    with seen_as("kari"):
        assert list(hold_queries.held([case.concern_id])) == [case.concern_id]


def test_a_step_that_stands_still_is_not_counted_as_overdue(gjovik):
    kari = client_for("kari")
    concern = way.decided("more_info", step=way.step(hours=-2)).assessment.concern
    assert "1 steg er over frist" in kari.get("/frister").content.decode()
    stopped(concern)
    assert "Ingenting er over frist" in kari.get("/frister").content.decode()


@pytest.mark.parametrize("address", ["/saker", "/innboks", "/frister"])
def test_the_lists_ask_a_constant_number_of_questions(gjovik, address):
    kari = client_for("kari")
    stopped(way.case().concern)
    kari.get(address)
    with CaptureQueriesContext(connection) as few:
        kari.get(address)
    stopped(way.case().concern)
    stopped(way.decided("more_info").assessment.concern)
    with CaptureQueriesContext(connection) as more:
        kari.get(address)
    assert len(few) == len(more)
