"""Reminders by beat: the owner is told once, akutt later than the rest, and an unopened concern is told of again."""

from django.core import mail

from tenants.triage import tasks
from tenants.triage.models import NextStep, Nudge
from tests.cast import TEST, ref
from tests.tenants import way
from varde.identity.models import User
from varde.tenancy.work import work


def remind() -> list[str]:
    """Who was told in one round."""
    before = len(mail.outbox)
    tasks.remind.run(ref("gjovik"))
    return [to for message in mail.outbox[before:] for to in message.to]


def test_a_step_that_is_due_is_told_once(house):
    with work(ref("gjovik"), TEST):
        way.decided("more_info", step=way.step(hours=20))
    assert (remind(), remind()) == (["kari@gjovik.example"], [])


def test_a_step_far_off_is_not_told_and_akutt_only_in_the_last_hour(house):
    with work(ref("gjovik"), TEST):
        way.decided("more_info", step=way.step(hours=30))
        way.decided("more_info", category="akutt", step=way.step(hours=2))
    assert remind() == []


def test_the_mail_says_nothing_of_the_matter(house):
    with work(ref("gjovik"), TEST):
        way.decided("more_info", step=way.step(hours=-2))
    remind()
    text = mail.outbox[-1].subject + mail.outbox[-1].body
    assert not any(words in text for words in (way.TELLER, "Ring den utsatte", "Ola", "Må-sak"))


def test_an_owner_who_has_left_is_told_to_the_coordinators(house):
    with work(ref("gjovik"), TEST):
        way.person("kari")
        way.decided("more_info", owner="tom", step=way.step("tom", hours=-2))
        User.objects.filter(name="Tom Teammedlem").update(is_active=False)
    assert remind() == ["kari@gjovik.example"]


def test_an_unopened_concern_is_told_of_once_more(house):
    with work(ref("gjovik"), TEST):
        way.person("kari")
        way.received(hours_ago=4)
        way.received(hours_ago=1)
    assert (remind(), remind()) == (["kari@gjovik.example"], [])
    with work(ref("gjovik"), TEST):
        assert (Nudge.objects.count(), NextStep.objects.count()) == (1, 0)


def test_a_mail_server_that_is_away_loses_no_reminder(house, monkeypatch):
    with work(ref("gjovik"), TEST):
        way.decided("more_info", step=way.step(hours=-2))
        way.received(hours_ago=4)
    with monkeypatch.context() as away:
        away.setattr("varde.notify.mail.send_mail", lambda *args: (_ for _ in ()).throw(ConnectionRefusedError()))
        assert remind() == []
    assert (remind(), remind()) == (["kari@gjovik.example"] * 2, [])
