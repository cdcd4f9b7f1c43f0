"""A concern that ended with advice, or as something for others, is taken up again with a reason and a new deadline."""

import pytest

from tenants.inbox.models import Concern
from tenants.triage import queries, reopen_actions
from tenants.triage.models import Assessment, NextStep
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from varde.clock import now
from varde.refusal import Refused

WHY = "Naboen ringte igjen: hun tør ikke gå hjem"


def text_of(response):
    return response.content.decode()


def typed(**words):
    owner = str(way.person("kari").id)
    return {
        "reason": WHY, "category": "ma", "text": "Ring den utsatte i dag", "owner": owner, "due_day": "2099-01-01",
    } | words  # fmt: skip


def test_a_coordinator_reopens_with_a_reason_and_the_deadline_runs_anew(gjovik):
    concern = way.decided("advice", step=None, concern=way.opened("kari", hours_ago=24 * 40)).assessment.concern
    kari, place = client_for("kari"), f"/innboks/{concern.id}/gjenapne"
    assert f'href="{place}"' in text_of(kari.get(f"/innboks/{concern.id}"))
    for wrong, said in (({"reason": ""}, "Hvorfor gjenåpnes"), ({"due_day": "2020-01-01"}, "passert"), ({}, "to år")):
        answer = kari.post(place, typed() | wrong)
        assert answer.status_code == 422
        assert said in text_of(answer)
        assert "Ring den utsatte i dag" in text_of(answer)
    day = way.in_hours(48).date().isoformat()
    assert kari.post(place, typed(due_day=day)).status_code == 303
    newest = queries.newest_assessment(concern)
    assert (newest.outcome, newest.reason) == ("reopened", WHY)
    assert newest.deadline_at > now()
    assert Concern.objects.get().progress == "in_progress"
    assert NextStep.objects.get(concern=concern, done_at__isnull=True).owner == way.person("kari")
    assert way.logged("triage.assessment", "create", newest.id)
    html = text_of(kari.get(f"/innboks/{concern.id}"))
    assert "Gjenåpnet" in html
    assert "Råd gitt, ingen sak" in html
    again = way.decided("more_info", concern=concern)
    assert again.assessment.deadline_at > now()  # still from the reopening, not from the reception
    late = kari.post(place, typed(due_day=day))
    assert late.status_code == 422
    assert WHY in text_of(late)


@pytest.mark.parametrize("outcome", ["case", "more_info"])
def test_what_goes_on_is_not_reopened_here(gjovik, outcome):
    concern = way.decided(outcome).assessment.concern
    with pytest.raises(Refused):
        reopen_actions.reopen(concern=concern, category="ma", reason=WHY, step=way.step(), by=as_person("kari"))
    assert client_for("kari").get(f"/innboks/{concern.id}/gjenapne").status_code == 303
    assert Assessment.objects.filter(outcome="reopened").count() == 0


def test_only_a_coordinator_who_sees_it_reopens(gjovik):
    concern = way.decided("not_ours", step=None).assessment.concern
    tom, place = client_for("tom"), f"/innboks/{concern.id}/gjenapne"
    assert tom.get(place).status_code == 403
    assert place not in text_of(tom.get(f"/innboks/{concern.id}"))
    with pytest.raises(Refused, match="koordinator"), seen_as("tom") as by:
        reopen_actions.reopen(concern=concern, category="ma", reason=WHY, step=way.step("tom"), by=by)
