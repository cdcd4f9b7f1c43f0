"""«Gi alt til arvtaker»: what may be given goes, what may not stays, and only those who may know it read of it."""

from datetime import date, timedelta

import pytest

from tenants.cases.models import CaseMember
from tenants.inbox import handing, handing_actions, shutting
from tenants.inbox.calls_models import Callback
from tenants.inbox.handing_models import Handed
from tenants.measures.models import Measure, Request
from tenants.measures.requests_actions import Ask, send_request
from tenants.team import register, register_actions
from tenants.team.partners_models import Partner
from tenants.team.register_models import HandOver, Routine
from tenants.triage import hold_actions
from tenants.triage.models import NextStep
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from varde.clock import now
from varde.identity.models import User
from varde.refusal import Refused
from varde.ui.dates import day_of

TODAY = day_of(now())


def account(name: str) -> User:
    return User.objects.get(id=as_person(name).user_id)


def callback(concern=None) -> None:
    Callback(
        concern=concern, who="Ola", phone="", owner=account("kari"), due_at=way.in_hours(5), made_at=now(),
        made_by=as_person("kari").user_id, made_by_name="Kari",
    ).save(force_insert=True)  # fmt: skip


@pytest.fixture
def leaves(gjovik):
    """Kari leaves and Tove takes over: an ordinary case, one that Tove is shut out of, and what is about no matter."""
    way.person("tove")
    way.person("tom")
    ordinary, shut = way.case(), way.case()
    for case in (ordinary, shut):
        way.measure(case)
    callback(ordinary.concern)
    callback()
    partner = Partner(kind="krisesenter", name="Krisesenteret", secrecy="", reviewed_on=TODAY, changed_at=now())
    partner.save(force_insert=True)
    Routine(title="Vakt", owner=account("kari"), review_on=TODAY, made_at=now()).save(force_insert=True)
    ask = Ask(partner, None, "Et rom", "consent", "", TODAY + timedelta(days=9), account("kari"))
    with seen_as("kari") as kari:
        shutting.deny(concern=shut.concern, user=account("tove"), kind="kinship", by=kari)
        send_request(case=ordinary, ask=ask, by=kari)
        row = register_actions.begin_handover(
            leaving=account("kari"), heir=account("tove"), last_day=date(2027, 1, 1), by=kari
        )
    return ordinary, shut, row


def test_the_pages_say_what_is_left_with_ways_there_and_give_it_in_one_press(leaves):
    ordinary, shut, row = leaves
    kari, arne, tom = client_for("kari"), client_for("arne"), client_for("tom")
    address, kari_id = f"/team/register/overlevering/{row.id}", as_person("kari").user_id
    for page in (address, f"/team/medlem/{kari_id}", "/team/register"):
        shown = kari.get(page).content.decode()
        for way_there in (f"/saker?medlem={kari_id}", f"/tiltak?eier={kari_id}", f"/frister?eier={kari_id}"):
            assert way_there in shown, page
        assert f"/tiltak?eier={kari_id}" not in arne.get(page).content.decode()
    assert "3 neste steg" not in kari.get(f"{address}/gi").content.decode()
    assert "2 neste steg" in kari.get(f"{address}/gi").content.decode().lower()
    assert "2 neste steg" not in arne.get(f"{address}/gi").content.decode().lower()
    assert arne.post(f"{address}/gi").status_code == 422
    assert tom.post(f"{address}/gi").status_code == 403
    assert not Handed.objects.exists()

    assert kari.post(f"{address}/gi").headers["Location"] == f"{address}/gitt"
    receipt = kari.get(f"{address}/gitt").content.decode()
    given, stays = receipt.split("Står igjen hos")
    assert f"/saker/{ordinary.id}" in given
    assert f"/saker/{shut.id}" not in given
    assert f"/saker/{shut.id}" in stays
    assert "1 forespørsel uten svar" in given
    assert "Uten sak" in given
    assert f"/saker/{shut.id}" not in arne.get(f"{address}/gitt").content.decode()
    again = kari.post(f"{address}/gi")
    assert (again.status_code, "Ingenting av det" in again.content.decode()) == (422, True)
    assert Handed.objects.values_list("at", flat=True).distinct().count() == 1


def test_all_that_the_heir_may_have_is_theirs_and_nothing_else(leaves):
    ordinary, shut, row = leaves
    tove, kari_row = account("tove"), account("kari")
    with seen_as("kari") as kari:
        handing_actions.give_all(handover=row, by=kari)
        left = {case for case, _ in handing.held_by(kari_row.id)}
    assert left == {shut.concern_id}
    assert way.logged("triage.step", "change", NextStep.objects.get(concern=ordinary.concern).id)
    assert way.logged("measures.measure", "change", Measure.objects.get(case=ordinary).id)
    assert way.logged("team.handover", "change", row.id)
    owners = {
        "step": NextStep.objects.get(concern=ordinary.concern).owner,
        "measure": Measure.objects.get(case=ordinary).owner,
        "request": Request.objects.get().owner, "routine": Routine.objects.get().owner,
        "callback": Callback.objects.get(concern=ordinary.concern).owner,
        "loose": Callback.objects.get(concern=None).owner,
    }  # fmt: skip
    assert set(owners.values()) == {tove}, owners
    assert {one.user_id for one in CaseMember.objects.filter(case=ordinary)} == {tove.id}
    assert {one.user_id for one in CaseMember.objects.filter(case=shut)} == {kari_row.id}
    assert NextStep.objects.get(concern=shut.concern).owner == kari_row
    with seen_as("tove"):
        lines = Handed.objects.filter(handover=row)
        assert {line.concern_id for line in lines} == {ordinary.concern_id, None}
    with seen_as("arne"):
        assert not Handed.objects.exists()


def test_a_covered_matter_is_nobodys_to_give_and_the_other_coordinator_learns_nothing(leaves):
    _, shut, row = leaves
    with seen_as("kari") as kari:
        shutting.cover(concern=shut.concern, substitute=account("tom"), by=kari)
        handing_actions.give_all(handover=row, by=kari)
        stays = Handed.objects.filter(concern=shut.concern, stays__gt=0)
        assert {line.kind for line in stays} >= {"step", "measure", "cover"}
    with seen_as("tove"):
        assert not Handed.objects.filter(stays__gt=0).exists()


def test_a_hand_over_does_not_end_while_a_covered_matter_is_held_and_ends_when_the_other_has_it(gjovik):
    way.person("tove")
    concern, tom = way.opened(), way.person("tom")
    kari = client_for("kari")
    with seen_as("kari") as by:
        shutting.cover(concern=concern, substitute=tom, by=by)
        row = register_actions.begin_handover(leaving=account("kari"), heir=account("tove"), last_day=TODAY, by=by)
        register_actions.tick(handover=row, codes=[code for code, _ in register.CHECKLIST], by=by)
        assert register.held_by(account("kari").id) == ["1 skjermet sak"]
    done = {"done": [code for code, _ in register.CHECKLIST], "fullfor": "1"}
    answer = kari.post(f"/team/register/overlevering/{row.id}", done)
    assert (answer.status_code, "har fortsatt 1 skjermet sak" in answer.content.decode()) == (422, True)
    assert HandOver.objects.get().ended_at is None
    assert "Skjermede saker" in kari.get("/team/register").content.decode()
    with seen_as("kari") as by:
        shutting.deny(concern=concern, user=account("kari"), kind="other", by=by)
        assert register.held_by(account("kari").id) == []
        register_actions.end_handover(handover=row, by=by)
    with seen_as("tom"):
        assert register.held_by(tom.id)[-1] == "1 skjermet sak"


def test_every_kind_that_is_given_on_is_counted_in_the_register_too(leaves):
    with seen_as("kari"):
        given = {kind.code: sum(1 for _ in kind.held(account("kari").id)) for kind in handing.kinds()}
        counted = {kind.code: kind.column.counts([account("kari").id]).get(account("kari").id, 0)
                   for kind in handing.kinds()}  # fmt: skip
        said = register.held_by(account("kari").id)
    assert given == counted
    assert min(given[code] for code in ("step", "measure", "request", "callback", "routine", "place")) > 0
    assert sorted(said) == sorted(kind.words(given[kind.code]) for kind in handing.kinds() if given[kind.code])


def test_what_cannot_be_is_refused_in_a_sentence(leaves):
    _, _, row = leaves
    arne = way.person("arne")
    with seen_as("kari") as kari:
        HandOver.objects.filter(pk=row.pk).update(heir=arne)
        with pytest.raises(Refused, match="ikke i teamet lenger"):
            handing_actions.give_all(handover=row, by=kari)
        HandOver.objects.filter(pk=row.pk).update(ended_at=now())
        with pytest.raises(Refused, match="alt avsluttet"):
            handing_actions.give_all(handover=row, by=kari)


def test_a_matter_that_stands_still_goes_too_and_the_hand_over_can_end(gjovik):
    way.person("tove")
    case = way.case()
    with seen_as("kari") as kari:
        hold_actions.stop(concern=case.concern, reason="Venter", look_at=TODAY + timedelta(days=3), by=kari)
        row = register_actions.begin_handover(leaving=account("kari"), heir=account("tove"), last_day=TODAY, by=kari)
        handing_actions.give_all(handover=row, by=kari)
        assert register.held_by(account("kari").id) == []
        with pytest.raises(Refused, match="ingenting igjen"):
            handing_actions.give_all(handover=row, by=kari)
        register_actions.tick(handover=row, codes=[code for code, _ in register.CHECKLIST], by=kari)
        register_actions.end_handover(handover=row, by=kari)
