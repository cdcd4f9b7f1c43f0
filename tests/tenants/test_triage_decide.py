"""Deciding: what each outcome does, what is refused, and that there is always exactly one next step."""

import pytest
from django.db import IntegrityError, transaction

from tenants.cases.models import Case
from tenants.triage import actions
from tenants.triage.models import Assessment, NextStep
from tests.cast import as_person
from tests.tenants import way
from varde.access import Reader
from varde.refusal import Refused

HAPPY = [
    ("case", "in_progress", 1, 1),
    ("more_info", "in_progress", 1, 0),
    ("advice", "closed", 0, 0),
    ("not_ours", "closed", 0, 0),
]


@pytest.mark.parametrize(("outcome", "progress", "steps", "cases"), HAPPY)
def test_an_outcome_moves_the_concern_and_keeps_one_step(gjovik, outcome, progress, steps, cases):
    concern = way.decided(outcome).assessment.concern
    concern.refresh_from_db()
    assert concern.progress == progress
    assert NextStep.objects.filter(concern=concern, done_at=None).count() == steps
    assert Case.objects.filter(concern=concern).count() == cases


def test_a_decision_without_a_step_is_refused_when_the_matter_goes_on(gjovik):
    with pytest.raises(Refused, match="neste steg"):
        way.decided("more_info", step=None)


def test_an_unopened_concern_cannot_be_decided(gjovik):
    with pytest.raises(Refused, match="må åpnes"):
        way.decided(concern=way.received())


def test_an_ended_concern_cannot_be_decided_again(gjovik):
    concern = way.decided("advice").assessment.concern
    with pytest.raises(Refused, match="avsluttet"):
        way.decided("case", concern=concern)


def test_deciding_again_adds_a_row_and_a_step(gjovik):
    concern = way.decided("more_info").assessment.concern
    way.decided("case", concern=concern, category="akutt")
    assert list(Assessment.objects.order_by("decided_at").values_list("category", flat=True)) == ["ma", "akutt"]
    assert NextStep.objects.filter(concern=concern).count() == 2
    assert NextStep.objects.get(done_at=None).akutt


def test_a_case_cannot_be_ended_by_deciding_again(gjovik):
    concern = way.case().concern
    with pytest.raises(Refused, match="lukk saken"), transaction.atomic():
        way.decided("advice", concern=concern)
    assert Assessment.objects.count() == 1


def test_a_new_category_reaches_the_case_and_its_form(gjovik):
    case = way.case()
    way.decided("case", concern=case.concern, category="akutt")
    case.refresh_from_db()
    assert case.category == "akutt"
    assert case.answers.get().given["kategori"] == ["akutt"]


def test_a_step_done_needs_the_next_one_and_only_once(gjovik):
    concern = way.decided("more_info").assessment.concern
    step = NextStep.objects.get(concern=concern)
    with pytest.raises(Refused, match="hva som kom ut av det"):
        actions.complete_step(step=step, came_of=" ", then=way.step(), by=as_person("kari"))
    actions.complete_step(step=step, came_of="Hun tok den", then=way.step(), by=as_person("kari"))
    assert NextStep.objects.filter(concern=concern, done_at=None).count() == 1
    with pytest.raises(Refused, match="Noen andre"):
        actions.complete_step(step=step, came_of="Hun tok den", then=way.step(), by=as_person("kari"))


def test_the_database_refuses_a_second_open_step(gjovik):
    step = NextStep.objects.get(concern=way.decided("more_info").assessment.concern)
    step.pk = None
    with pytest.raises(IntegrityError, match="triage_one_open_step"), transaction.atomic():
        NextStep(concern=step.concern, text="x", owner=step.owner, due_at=step.due_at, made_at=step.made_at).save()


def test_other_hands_are_reminded_anew(gjovik):
    step = NextStep.objects.get(concern=way.decided("more_info").assessment.concern)
    NextStep.objects.update(reminded_at=way.in_hours(0))
    actions.reassign(step=step, owner=way.person("tom"), due_at=way.in_hours(5), by=as_person("kari"))
    step.refresh_from_db()
    assert (step.owner.name, step.reminded_at) == ("Tom Teammedlem", None)


def test_deadlines_are_rows_and_decided_matters_keep_theirs(gjovik):
    first = way.decided("more_info").assessment
    assert actions.set_deadlines(hours={"ma": 24, "akutt": 3}, by=as_person("kari")) == ["ma"]
    second = way.decided("more_info").assessment
    assert (first.deadline_at - first.concern.received_at).days == 7
    assert (second.deadline_at - second.concern.received_at).days == 1


def test_an_import_decides_without_a_step(gjovik):
    concern = way.opened()
    by = Reader.for_purpose("import", gjovik)
    actions.decide(concern=concern, category="ma", outcome="case", reason="Import", step=None, by=by)
    case = Case.objects.get(concern=concern)
    assert (case.members.count(), case.answers.count(), case.opened_by) == (0, 0, None)
