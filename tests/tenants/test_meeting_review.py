"""The agenda is made also of what is due for review, and a hand-over that no service confirms is remembered."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shared.codes.templates import shipped_data
from tenants.cases.models import Case
from tenants.closing.models import FollowUp
from tenants.inbox.models import Concern
from tenants.measures.models import Request
from tenants.meeting import queries
from tenants.meeting.models import Item
from tenants.persons.spoken import SafetyWarning
from tenants.risk.models import Assessment
from tenants.triage import carry_actions
from tenants.triage.carry import Choice
from tenants.triage.carry_models import Carried
from tenants.triage.hold_models import Hold
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.keys import forget_keys
from tests.tenants.people import text_of
from tests.tenants.test_meeting_way import called, point_of
from varde.clock import now
from varde.ui.dates import day_of

DAY = timedelta(days=1)


def by_kari() -> dict[str, object]:
    return {"by_user": as_person("kari").user_id, "by_name": "Kari Koordinator"}


def today(days: int = 0):
    return day_of(now()) + days * DAY


def old_case(**kwargs) -> Case:
    """An open case that is neither new nor overdue nor forgotten."""
    case = way.case(**kwargs)
    Case.objects.filter(pk=case.pk).update(opened_at=now() - 60 * DAY)
    return case


def reassess(case: Case, days: int = -1, signed: int = 30) -> None:
    row = Assessment(case=case, template=shipped_data(), given={}, next_on=today(days), made_at=now(), saved_at=now())
    row.save(force_insert=True)
    who = {"signed_by": as_person("kari").user_id, "signed_by_name": "Kari"}
    Assessment.objects.filter(pk=row.pk).update(signed_at=now() - signed * DAY, **who)


def ask(case: Case, days: int = -1) -> None:
    Request(
        concern=case.concern, case=case, recipient=way.person("tove"), asked="Kan dere?", ground="samtykke",
        secrecy="fvl_13", due_on=today(days), owner=way.person("kari"), sent_at=now(), sent_by_name="Kari",
    ).save(force_insert=True)  # fmt: skip


def warn(case: Case, days: int = 0) -> None:
    SafetyWarning(
        concern=case.concern, kind="dog", text="Hund", review_on=today(days), at=now(), **by_kari()
    ).save(force_insert=True)  # fmt: skip


def stop(case: Case, days: int = 0) -> None:
    Hold(concern=case.concern, reason="Venter", look_at=today(days), at=now(), **by_kari()).save(force_insert=True)


def hand_over(case: Case, days: int = 8, **changes: object) -> Carried:
    row = Carried(**{
        "concern": case.concern, "carrier": "service", "service": "Hjemmetjenesten", "applied_for": "Hjelp",
        "reason": "De kjenner henne", "waits": True, "at": now() - days * DAY} | by_kari() | changes)  # fmt: skip
    row.save(force_insert=True)
    return row


def follow_up(case: Case, days: int = 0) -> None:
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=now())
    Concern.objects.filter(pk=case.concern_id).update(progress="closed")
    FollowUp(case=case, due_on=today(days), made_at=now()).save(force_insert=True)


KINDS = {"risk": reassess, "request": ask, "warning": warn, "hold": stop, "handover": hand_over, "followup": follow_up}
EARLY = {"risk": 1, "request": 0, "warning": 1, "hold": 1, "handover": 6, "followup": 1}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_due_for_review_comes_on_the_agenda_and_not_before(gjovik, kind):
    due, early = old_case(), old_case()
    KINDS[kind](due)
    KINDS[kind](early, EARLY[kind])
    assert {item.concern_id: item.why for item in queries.items(called())} == {due.concern_id: kind}
    with seen_as("tom") as tom:
        assert not Item.objects.exists()
        assert queries.suggested(tom, (), now()) == []


def test_a_newer_assessment_and_a_receipt_and_a_new_choice_take_it_off_again(gjovik):
    risk, taken, back = old_case(), old_case(), old_case()
    reassess(risk)
    reassess(risk, days=90, signed=1)
    handed = hand_over(taken)
    carry_actions.accept(concern=taken.concern, accepted_by="Anne", accepted_on=day_of(handed.at), by=as_person("kari"))
    hand_over(back)
    carry_actions.choose(concern=back.concern, choice=Choice("team", reason="Tilbake"), seen=None, by=as_person("kari"))
    assert queries.items(called()) == []


def test_hand_overs_from_before_it_was_kept_are_found_too(gjovik):
    handed, team = old_case(), old_case()
    hand_over(handed, waits=None)
    hand_over(team, waits=None, carrier="team")
    meeting = called()
    assert point_of(meeting, handed).why == "handover"
    assert len(queries.items(meeting)) == 1
    chosen = carry_actions.choose(
        concern=team.concern, choice=Choice("both", "Skolen", reason="Sammen"), seen=None, by=as_person("kari")
    )
    assert chosen.waits is True


def test_a_service_that_does_not_confirm_is_remembered_on_the_page_of_whoever_asked_it(gjovik):
    case = old_case()
    hand_over(case, days=1)
    kari, tom = client_for("kari"), client_for("tom")
    where = f"/innboks/{case.concern_id}/ansvar"
    shown = kari.get("/start").content.decode()
    assert "Tjenesten har ikke bekreftet" in shown
    assert where in shown
    assert "Tjenesten har ikke bekreftet" not in text_of(tom, "/start")
    sent = {"kvittering": "1", "mottatt-accepted_by": "Anne", "mottatt-accepted_on": today().isoformat()}
    assert kari.post(where, sent).status_code == 303
    assert "Tjenesten har ikke bekreftet" not in text_of(kari, "/start")


def test_the_agenda_asks_the_same_number_of_questions_whatever_is_due(gjovik):
    kari, meeting = client_for("kari"), called()
    for lay in KINDS.values():
        lay(old_case())
    address = f"/mote/{meeting.id}"
    kari.get(address)
    forget_keys()
    with CaptureQueriesContext(connection) as few:
        assert "Risikoen skal vurderes på nytt" in kari.get(address).content.decode()
    for lay in KINDS.values():
        for _ in range(2):
            lay(old_case())
    forget_keys()
    with CaptureQueriesContext(connection) as more:
        kari.get(address)
    assert len(few) == len(more)
