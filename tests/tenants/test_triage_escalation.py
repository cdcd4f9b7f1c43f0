"""What is overdue goes on: the owner, who has the phone, who is next, the coordinators; only to those who see it."""

from datetime import UTC, date, datetime, time, timedelta
from unittest import mock

import pytest
from django.core import mail
from django.db.utils import ProgrammingError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenants.cases.actions import add_member
from tenants.team.models import OpeningHours, WeeklyShift
from tenants.triage import actions, escalation, tasks
from tenants.triage.escalation import Told, chain, next_call, waits
from tenants.triage.escalation_models import Escalation
from tenants.triage.hold_models import Hold
from tenants.triage.models import NextStep, Nudge
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import client_for
from tests.tenants import way
from varde.audit.models import Entry
from varde.clock import now
from varde.identity.models import User
from varde.privacy.models import FrozenRow
from varde.tenancy.work import work
from varde.ui.dates import day_of

MOMENT = datetime(2026, 11, 23, 12, tzinfo=UTC)
LONG_AGO = timedelta(hours=30)


def remind(minutes: float = 0) -> dict[str, str]:
    """Who was told in one round, so many minutes from now, and the subject of the mail."""
    before, moment = len(mail.outbox), now() + timedelta(minutes=minutes)
    with mock.patch("tenants.triage.tasks.now", return_value=moment):
        tasks.remind.run(ref("gjovik"))
    return {message.to[0].split("@")[0]: message.subject for message in mail.outbox[before:]}


def on_the_phone(*names: str) -> None:
    """These have the phone day and night, in this order."""
    moment = now()
    for weekday in range(7):
        OpeningHours(
            valid_from=date(2020, 1, 1), weekday=weekday, opens=time(0), closes=time(0), on_holidays=True,
            set_at=moment, set_by="Kari",
        ).save()  # fmt: skip
        for place, name in enumerate(names, start=1):
            WeeklyShift(
                user=way.person(name), place=place, weekday=weekday, starts=time(0), ends=time(0),
                valid_from=date(2020, 1, 1),
            ).save()  # fmt: skip


def overdue(owner: str = "tove", hours: float = 1, asked: timedelta = LONG_AGO, **kwargs: object) -> NextStep:
    """A step in the inbox that everybody in the team sees, overdue, whose owner was reminded long ago."""
    way.person("kari"), way.person("tom"), way.person("tove")
    concern = way.decided("more_info", owner, step=way.step(owner, hours=-hours), **kwargs).assessment.concern
    NextStep.objects.filter(concern=concern).update(reminded_at=now() - asked)
    return NextStep.objects.get(concern=concern)


def levels() -> list[tuple[int, str]]:
    """What has been kept."""
    return list(Escalation.objects.order_by("level", "told_name").values_list("level", "told_name"))


def test_an_overdue_step_goes_to_who_has_the_phone_then_the_next_then_the_coordinators(gjovik):
    on_the_phone("tom")
    step = overdue()
    first = tasks.Watch.at(now()).next_call(step.concern_id, [], step.owner)
    assert first is not None
    assert [one.name for one in first.people] == ["Tom Teammedlem"]
    tom = Told(1, way.person("tom"), now())
    second = tasks.Watch.at(now()).next_call(step.concern_id, [tom], step.owner)
    assert second is not None
    assert (second.level, [one.name for one in second.people]) == (3, ["Kari Koordinator"])


def test_each_level_is_told_once_with_time_between(house):
    with work(ref("gjovik"), TEST):
        on_the_phone("tom")
        overdue()
    assert remind() == {"tom": "Noe er over frist"}
    assert remind(minutes=239) == {}
    assert remind(minutes=241) == {"kari": "Noe er over frist"}
    assert remind(minutes=2000) == {}
    with work(ref("gjovik"), TEST):
        assert levels() == [(1, "Tom Teammedlem"), (3, "Kari Koordinator")]


def test_that_somebody_was_told_is_in_the_log_of_the_matter(house):
    with work(ref("gjovik"), TEST):
        on_the_phone("tom")
        step = overdue()
    remind()
    with work(ref("gjovik"), TEST):
        (row,) = Entry.objects.filter(what="triage.escalation")
        assert (row.object_id, row.matter_id) == (str(step.concern_id), step.concern_id)


def test_nobody_on_the_rota_leads_straight_to_the_coordinators(house):
    with work(ref("gjovik"), TEST):
        overdue()
    assert remind() == {"kari": "Noe er over frist"}
    assert remind() == {}


def test_the_owner_is_given_time_first(house):
    with work(ref("gjovik"), TEST):
        on_the_phone("tom")
        overdue(asked=timedelta(hours=1))
    assert remind() == {}


def test_akutt_waits_half_an_hour_only(house):
    with work(ref("gjovik"), TEST):
        on_the_phone("tom")
        overdue(asked=timedelta(minutes=40), category="akutt")
    assert remind() == {"tom": "Noe er over frist"}


def test_the_mail_says_nothing_of_the_matter(house):
    with work(ref("gjovik"), TEST):
        on_the_phone("tom")
        overdue()
    remind()
    text = mail.outbox[-1].subject + mail.outbox[-1].body
    assert not any(words in text for words in (way.TELLER, "Ring den utsatte", "Ola", "Må-sak", "Tove"))


def test_who_has_the_phone_but_is_not_on_the_case_hears_nothing(house):
    with work(ref("gjovik"), TEST):
        on_the_phone("tom")
        way.person("kari"), way.person("tom")
        made = way.case("kari", owner="kari", step=way.step("kari", hours=-1))
        add_member(case=made, user=way.person("tove"), by=as_person("kari"))
        NextStep.objects.update(reminded_at=now() - LONG_AGO)
    assert remind() == {}
    with work(ref("gjovik"), TEST):
        assert levels() == []


def test_an_owner_who_left_passes_on_at_once_and_is_shown(house):
    with work(ref("gjovik"), TEST):
        on_the_phone("tom")
        step = overdue("tove")
        NextStep.objects.update(reminded_at=None)
        User.objects.filter(name="Tove Teammedlem").update(is_active=False)
    assert remind() == {"tom": "Noe er over frist"}
    assert remind() == {}
    page = client_for("kari").get(f"/innboks/{step.concern_id}").content.decode()
    assert "Tove Teammedlem er ikke i teamet lenger. Gi steget til en annen." in page
    assert "Varslet Tom Teammedlem, som har vakt, fordi eieren er borte" in page
    assert "Ikke i teamet lenger" in client_for("kari").get("/frister").content.decode()


def test_it_stands_in_the_list_of_who_was_told_and_in_the_story_of_the_case(house):
    with work(ref("gjovik"), TEST):
        on_the_phone("tom")
        way.person("tom")
        made = way.case("kari", owner="kari", step=way.step("kari", hours=-1))
        add_member(case=made, user=way.person("tom"), by=as_person("kari"))
        NextStep.objects.update(reminded_at=now() - LONG_AGO)
    assert remind() == {"tom": "Noe er over frist"}
    tom = client_for("tom")
    due = tom.get("/frister").content.decode()
    assert "Ring den utsatte" in due
    assert "Du er varslet" in due
    assert "Varslet Tom Teammedlem, som har vakt" in tom.get(f"/saker/{made.id}").content.decode()


def test_an_unopened_concern_goes_along_the_rota_to_the_coordinators(house):
    with work(ref("gjovik"), TEST):
        on_the_phone("tom", "tove")
        way.person("kari")
        way.received(hours_ago=4)
    assert remind() == {"tom": "Noe nytt venter"}
    assert remind() == {}
    assert remind(minutes=31) == {"tove": "Noe nytt venter"}
    with work(ref("gjovik"), TEST):
        assert Nudge.objects.count() == 0
    assert remind(minutes=62) == {"kari": "Noe nytt venter"}
    assert remind(minutes=600) == {}
    with work(ref("gjovik"), TEST):
        told = [(1, "Tom Teammedlem"), (2, "Tove Teammedlem"), (3, "Kari Koordinator")]
        assert (Nudge.objects.count(), levels()) == (1, told)


def test_a_matter_that_stands_still_is_not_passed_on_until_the_day_somebody_looks(house):
    with work(ref("gjovik"), TEST):
        on_the_phone("tom")
        step = overdue()
        hold = Hold(
            concern=step.concern, reason="Venter på svar", look_at=day_of(now()) + timedelta(days=2), at=now(),
            by_name="Kari",
        )  # fmt: skip
        hold.save()
    assert remind() == {}
    assert remind(3 * 24 * 60) == {"tom": "Noe er over frist"}


def test_a_new_owner_starts_the_chain_anew(house):
    with work(ref("gjovik"), TEST):
        on_the_phone("tom")
        overdue()
    remind()
    with work(ref("gjovik"), TEST):
        step = NextStep.objects.select_related("concern").get()
        actions.reassign(step=step, owner=way.person("kari"), due_at=way.in_hours(-1), by=as_person("kari"))
    assert remind() == {"kari": "Noe har en frist"}
    with work(ref("gjovik"), TEST):
        assert Escalation.objects.count() == 1
        NextStep.objects.update(reminded_at=now() - timedelta(minutes=1), akutt=True)
    assert remind() == {}


def test_a_mail_server_that_is_away_passes_nothing_on(house, monkeypatch):
    with work(ref("gjovik"), TEST):
        on_the_phone("tom")
        overdue()
    with monkeypatch.context() as away:
        away.setattr("varde.notify.mail.send_mail", lambda *args: (_ for _ in ()).throw(ConnectionRefusedError()))
        assert remind() == {}
    assert remind() == {"tom": "Noe er over frist"}


def test_who_was_told_is_kept_for_good_and_only_a_task_writes_it(gjovik):
    step = overdue()
    row = Escalation(
        concern=step.concern, step=step, about="step", level=1, told=step.owner_id, told_name="T", at=now()
    )
    with seen_as("kari"), pytest.raises(ProgrammingError, match="row-level security"):
        row.save()
    with pytest.raises(FrozenRow):
        row.delete()


def test_a_hidden_matter_shows_nobody_who_was_told(gjovik):
    step = overdue()
    made = way.case("kari", owner="kari")
    for concern in (step.concern, made.concern):
        Escalation(concern=concern, about="step", level=1, told=step.owner_id, told_name="T", at=now()).save()
    with seen_as("tove"):
        assert Escalation.objects.count() == 1
    with seen_as("arne"):
        assert not Escalation.objects.exists()


# The pure rule.
def test_the_chain_is_the_first_on_duty_the_next_in_line_and_the_coordinators():
    assert chain(["a", "b"], ["a", "b", "c"], ["k"]) == [["a"], ["b"], ["k"]]
    assert chain([], ["c"], ["k"]) == [[], ["c"], ["k"]]


def test_the_words_name_the_person_and_why_it_is_them():
    assert escalation.in_words("Tom Teammedlem", 1) == "Varslet Tom Teammedlem, som har vakt"


_names = st.lists(st.sampled_from("abcdk"), max_size=4)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(levels=st.lists(_names, min_size=3, max_size=3), owner=st.none() | st.sampled_from("abcdk"))
def test_every_chain_ends_after_three_calls_and_tells_nobody_twice(levels, owner):
    told, heard, called = [], [owner] if owner else [], []
    while (call := next_call(levels, told, heard)) is not None:
        called.append(call.level)
        told += [Told(call.level, one, MOMENT) for one in call.people]
    people = [each.person for each in told]
    assert called == sorted(set(called))
    assert len(people) == len(set(people))
    assert owner not in people
    last = set(levels[2]) - {owner}
    assert last <= set(people)


@given(minutes=st.integers(0, 600), akutt=st.booleans())
def test_the_last_one_told_has_the_spacing_to_act(minutes, akutt):
    told = [Told(1, "a", MOMENT - timedelta(minutes=minutes)), Told(1, "b", MOMENT - timedelta(days=1))]
    wait = escalation.spacing(akutt=akutt)
    assert waits(told, None, MOMENT, wait) == (timedelta(minutes=minutes) < wait)
    assert not waits([], None, MOMENT, wait)
