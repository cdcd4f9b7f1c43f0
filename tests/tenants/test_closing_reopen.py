"""A closed case that goes on: reason, step, owner and date; what was closed stays, and the case is counted once."""

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tenants.cases.models import Case
from tenants.cases.queries import registered
from tenants.cases.states import WrongMove
from tenants.closing import after_actions, after_queries, tasks
from tenants.closing.actions import Report, close
from tenants.closing.models import ClosingReport, FollowUp, Reopening
from tenants.inbox import queries as inbox
from tenants.inbox.receipts import receipt_for
from tenants.measures.actions import move_measure
from tenants.triage.models import NextStep
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import anonymous, client_for
from tests.tenants import way
from varde.access.ticket import presented
from varde.refusal import Refused
from varde.tenancy.work import work

REPORT = Report(done="Hun har fått egen lås", own_words="Nå tør jeg sove", helped="partly")
REASON = "Han er kommet tilbake"


def day(days: int):
    """A day from now."""
    return way.in_hours(24 * days).date()


def closed(owner: str = "kari", **changes) -> Case:
    """A closed case."""
    case = way.case(owner=owner)
    given = {"done": REPORT.done, "own_words": REPORT.own_words} | changes
    close(case=case, report=Report(**given), outcomes=["closer_follow_up"], by=as_person("kari"))
    return Case.objects.select_related("concern").get(pk=case.pk)


def reopen(case: Case, by: str = "kari", owner: str = "kari", reason: str = REASON) -> Reopening:
    """The case goes on."""
    return after_actions.reopen(case=case, reason=reason, step=way.step(owner), by=as_person(by))


def typed(**changes: str) -> dict[str, str]:
    """A reopening as it is typed."""
    return {
        "reason": REASON, "text": "Ring henne i dag", "owner": str(as_person("kari").user_id),
        "due_day": day(2).isoformat(),
    } | changes  # fmt: skip


def test_it_has_a_step_an_owner_and_a_date_again_and_the_closing_stays(gjovik):
    kari, case = client_for("kari"), closed()
    assert "Gjenåpne saken" in kari.get(f"/saker/{case.id}").content.decode()
    assert kari.post(f"/saker/{case.id}/gjenapne", typed()).status_code == 303
    fresh = Case.objects.select_related("concern").get(pk=case.pk)
    assert (fresh.state, fresh.closed_at, fresh.concern.progress) == ("open", None, "in_progress")
    step = NextStep.objects.get(concern=case.concern, done_at=None)
    assert (step.text, step.owner.name) == ("Ring henne i dag", "Kari Koordinator")
    assert ClosingReport.objects.get().done == REPORT.done
    for address in ("/saker", "/frister"):
        assert "Ring henne i dag" in kari.get(address).content.decode()
    page = kari.get(f"/saker/{case.id}").content.decode()
    assert REASON in page
    assert "Skriv i saken" in page
    assert "Lukk saken" in page
    assert "Sak gjenåpnet" in page
    assert way.logged("cases.case", "change", case.id)


def test_it_is_the_same_case_and_counted_once(gjovik):
    case = closed()
    reopen(case)
    close(case=case, report=REPORT, outcomes=["no_consequence"], by=as_person("kari"))
    assert ClosingReport.objects.count() == 2
    assert [found.case_id for found in registered()] == [case.id]
    assert next(iter(registered())).answers["utfall"] == ("no_consequence",)


def test_the_reporters_page_stays_true(gjovik):
    case = closed()
    code = {"code": receipt_for(ref("gjovik"), case.concern_id)}
    assert 'aria-current="step"' in anonymous("gjovik").post("/kvittering", code).content.decode()
    reopen(case)
    with presented(as_person("kari")):
        assert inbox.Concern.objects.get(pk=case.concern_id).progress == "in_progress"
    page = anonymous("gjovik").post("/kvittering", code).content.decode()
    assert "Under arbeid" in page
    assert REASON not in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": ""}, "Fyll ut «Hvorfor gjenåpnes saken?»."),
        ({"text": ""}, "Fyll ut «Hva er neste steg?»."),
        ({"due_day": "2020-01-01"}, "Datoen er passert."),
        ({"owner": "x"}, "Velg en som er med"),
    ],
)
def test_without_reason_step_owner_or_date_it_stays_closed(gjovik, changes, sentence):
    kari, case = client_for("kari"), closed()
    answer = kari.post(f"/saker/{case.id}/gjenapne", typed(**changes))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Case.objects.get(pk=case.pk).state == "closed"


def test_only_a_coordinator_reopens(gjovik):
    tom, case = client_for("tom"), closed(owner="tom")
    assert "Gjenåpne saken" not in tom.get(f"/saker/{case.id}").content.decode()
    assert tom.post(f"/saker/{case.id}/gjenapne", typed()).status_code == 403
    with pytest.raises(Refused, match="koordinator"):
        reopen(case, by="tom")
    assert not Reopening.objects.exists()


def test_it_is_hidden_from_those_outside(gjovik):
    tom, case = client_for("tom"), closed(followup_on=day(30))
    reopen(case)
    with seen_as("tom"):
        assert not Reopening.objects.exists()
        assert not FollowUp.objects.exists()
    for part in ("gjenapne", "oppfolging", "sluttrapport/pdf"):
        assert tom.get(f"/saker/{case.id}/{part}").status_code == 404


def test_two_who_reopen_at_once_the_second_is_told(gjovik):
    kari, case = client_for("kari"), closed()
    reopen(case)
    with pytest.raises(WrongMove, match="kan ikke gå fra"):
        reopen(case)
    answer = kari.post(f"/saker/{case.id}/gjenapne", typed(), follow=True)
    assert "Saken er alt åpen." in answer.content.decode()
    assert Reopening.objects.count() == 1


def test_the_step_goes_to_somebody_who_sees_the_case(gjovik):
    case = closed()
    with pytest.raises(Refused, match="er ikke på saken"):
        reopen(case, owner="tom")


def test_what_another_kommune_has_is_not_reopened_here(gjovik, monkeypatch):
    case = closed()
    monkeypatch.setattr(after_queries, "moved_away", lambda case: True)
    with pytest.raises(Refused, match="annen kommune"):
        reopen(case)


def test_a_reopening_is_never_changed(gjovik):
    reopen(closed())
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE closing_reopening SET by_name = 'Tom'")


def test_what_was_done_is_written_down_already(gjovik):
    kari, case = client_for("kari"), way.case()
    move_measure(measure=way.measure(case), to="done", effect="Hun er tryggere", by=as_person("kari"))
    way.measure(case)
    page = kari.get(f"/saker/{case.id}/lukk").content.decode()
    assert "– Tiltak: Hjemmetjenesten ser innom. Gjennomført: Hun er tryggere" in page
    assert page.count("– Tiltak:") == 1


@pytest.mark.parametrize("ending", ["unfounded", "misuse"])
def test_unfounded_and_misuse_say_that_they_are_kept_shorter(gjovik, ending):
    kari, case = client_for("kari"), way.case()
    sent = {"done": "Vi snakket med begge", "outcomes": ["no_consequence"], "ending": ending}
    assert kari.post(f"/saker/{case.id}/lukk", sent).status_code == 303
    assert "lagres kortere" in kari.get(f"/saker/{case.id}/sluttrapport").content.decode()
    assert ClosingReport.objects.get().ending == ending


@pytest.mark.parametrize(("days", "sentence"), [(0, "etter i dag"), (-3, "etter i dag"), (900, "to år fram")])
def test_a_follow_up_is_not_past_and_not_far_off(gjovik, days, sentence):
    kari, case = client_for("kari"), way.case()
    sent = {"done": "Ny lås", "outcomes": ["other"], "followup_on": day(days).isoformat()}
    answer = kari.post(f"/saker/{case.id}/lukk", sent)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert "Ny lås" in answer.content.decode()


def test_somebody_asks_again_answers_and_goes_on(gjovik):
    kari, case = client_for("kari"), closed(followup_on=day(30))
    assert case.name in kari.get("/oppfolging").content.decode()
    said = {"safe_now": "no", "needs_more": "yes", "text": "Han ringer igjen"}
    answer = kari.post(f"/saker/{case.id}/oppfolging", said)
    assert answer["Location"] == f"/saker/{case.id}/gjenapne"
    page = kari.get(f"/saker/{case.id}").content.decode()
    assert "Trygt nå: nei" in page
    assert "Han ringer igjen" in page
    assert case.name not in kari.get("/oppfolging").content.decode()
    assert kari.get(f"/saker/{case.id}/oppfolging").status_code == 303


def test_an_answer_is_given_once(gjovik):
    row = after_queries.open_followup(closed(followup_on=day(30)))
    said = {"safe_now": "yes", "needs_more": "no", "text": ""}
    after_actions.answer_followup(row=row, by=as_person("kari"), **said)
    with pytest.raises(Refused, match="har alt svart"):
        after_actions.answer_followup(row=row, by=as_person("kari"), **said)
    with pytest.raises(ProgrammingError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE closing_followup SET answered_by_name = 'Tom'")


def test_a_question_is_not_answered_with_nothing(gjovik):
    kari, case = client_for("kari"), closed(followup_on=day(30))
    answer = kari.post(f"/saker/{case.id}/oppfolging", {"text": "Fikk tak i henne"})
    assert answer.status_code == 422
    assert "Fikk tak i henne" in answer.content.decode()


def test_reopening_ends_the_question(gjovik):
    case = closed(followup_on=day(30))
    reopen(case)
    assert after_queries.open_followup(case) is None
    assert FollowUp.objects.get().text == after_actions.OVERTAKEN


def test_the_coordinator_is_told_on_the_day_and_once(house, monkeypatch):
    client_for("kari")
    with work(ref("gjovik"), TEST):
        case = closed(owner="tom", followup_on=day(30))
        reopened = closed(followup_on=day(30))
        reopen(reopened)
    mail.outbox.clear()
    tasks.remind.run(ref("gjovik"))
    assert mail.outbox == []
    later = way.in_hours(24 * 31)
    monkeypatch.setattr(tasks, "now", lambda: later)
    tasks.remind.run(ref("gjovik"))
    tasks.remind.run(ref("gjovik"))
    assert [message.to for message in mail.outbox] == [["kari@gjovik.example"]]
    with work(ref("gjovik"), TEST):
        assert [row.case_id for row in FollowUp.objects.filter(reminded_at__isnull=False)] == [case.id]
