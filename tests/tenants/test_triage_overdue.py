"""Nobody opens it: the rota, the coordinators, the leader, the phone; each once, and told only that something waits."""

from datetime import timedelta
from unittest import mock

import pytest
from django.core import mail

from regional.delivery import queries as delivery
from regional.delivery import tasks as phone
from regional.delivery.models import Waited
from regional.hotline import actions
from regional.hotline.models import Call
from shared.post import ledger
from shared.post.actions import open_mail
from tenants.inbox.actions import open_concern
from tenants.inbox.models import Concern
from tenants.triage import overdue_tasks, tasks
from tests.cast import TEST, as_person, ref
from tests.client import log_in
from varde.access import Role
from varde.clock import now
from varde.tenancy.work import work

REGION, KOMMUNE = "gjovikregionen", "gjovik"
MUST = 7 * 24


@pytest.fixture
def house_with_people(house):
    for slug, name, role in (
        (KOMMUNE, "kari", Role.COORDINATOR),
        (KOMMUNE, "lars", Role.LEADER),
        (REGION, "olga", Role.OPERATOR),
        (REGION, "vera", Role.HOST_ADMINISTRATOR),
    ):
        log_in(slug, f"{name}@{slug}.example", name.title(), role)


def send(**told: object) -> None:
    with work(ref(REGION), TEST):
        olga = as_person("olga")
        said = {"reporter_kind": "privat", "what": "Hun får ikke gå ut", **told}
        actions.forward(call_id=actions.start_call(by=olga).id, told=said, to=ref(KOMMUNE).id, by=olga)
    open_mail(ref(KOMMUNE)), open_mail(ref(REGION))
    mail.outbox.clear()


def round_at(hours: float) -> list[str]:
    """Who was told in one round, so many hours from now."""
    before, moment = len(mail.outbox), now() + timedelta(hours=hours)
    with (
        mock.patch("tenants.triage.tasks.now", return_value=moment),
        mock.patch("tenants.triage.overdue_tasks.now", return_value=moment),
    ):
        tasks.remind.run(ref(KOMMUNE))
        overdue_tasks.tell_overdue.run(ref(KOMMUNE))
    open_mail(ref(REGION))
    return sorted({message.to[0].split("@")[0] for message in mail.outbox[before:]})


def test_an_acute_one_goes_up_within_hours_each_level_once(house_with_people):
    send(acute=True)
    assert round_at(2) == []
    assert round_at(4) == ["kari"]
    assert round_at(4.2) == []
    assert round_at(4.6) == ["lars"]
    assert round_at(4.8) == []
    assert round_at(5.2) == ["olga", "vera"]
    assert round_at(50) == []


def test_what_is_not_acute_has_the_hours_of_a_must(house_with_people):
    send()
    assert round_at(4) == ["kari"]
    assert round_at(MUST - 1) == []
    assert round_at(MUST + 1) == ["lars"]
    assert round_at(MUST + 2) == ["olga", "vera"]


def test_the_mail_says_that_something_waits_and_nothing_more(house_with_people):
    send(acute=True, who="Berit Bakken")
    round_at(4), round_at(5), round_at(6)
    told = [message for message in mail.outbox if message.to[0].split("@")[0] in ("lars", "vera")]
    assert {message.subject for message in told} == {"Noe venter i TryggEst"}
    assert not any("Berit" in message.body or "V-" in message.body for message in told)


def test_one_about_staff_is_not_told_to_a_leader(house_with_people):
    send(acute=True, about_staff="leader")
    round_at(4)
    assert round_at(5) == ["olga", "vera"]


def test_what_a_person_has_opened_waits_no_more(house_with_people):
    send(acute=True)
    with work(ref(KOMMUNE), TEST):
        open_concern(concern=Concern.objects.get(), by=as_person("kari"))
    assert round_at(100) == []


def test_the_phone_knows_it_by_its_own_clock_when_the_kommune_is_silent(house_with_people):
    send()
    moment = now() + timedelta(hours=25)
    with mock.patch("regional.delivery.tasks.now", return_value=moment):
        phone.watch.run(ref(REGION))
        phone.watch.run(ref(REGION))
    assert sorted(message.to[0].split("@")[0] for message in mail.outbox) == ["olga", "vera"]
    with work(ref(REGION), TEST):
        assert (Waited.objects.count(), Waited.objects.get().own_clock) == (1, True)
        assert list(delivery.overdue(moment)) == list(Call.objects.all())


def test_the_host_sets_how_long_it_may_wait(house_with_people):
    send()
    host = log_in(REGION, f"vera@{REGION}.example", "Vera", Role.HOST_ADMINISTRATOR)
    assert host.post("/vakttelefon/drift/levering", {"hours": "0"}).status_code == 422
    assert host.post("/vakttelefon/drift/levering", {"hours": "3"}).status_code == 303
    shown = host.get("/vakttelefon/drift/levering").content.decode()
    assert "3 timer" in shown
    with work(ref(REGION), TEST):
        assert delivery.overdue(now() + timedelta(hours=4)).count() == 1


def test_when_no_mail_gets_out_the_phone_hears_by_letter_all_the_same(house_with_people):
    send(acute=True)
    with mock.patch("varde.notify.mail.tell", return_value=set()):
        assert [round_at(hours) for hours in (3, 4, 5)] == [[], [], []]
        with work(ref(REGION), TEST):
            assert not Waited.objects.exists()
        round_at(8.5)
    with work(ref(REGION), TEST):
        assert not Waited.objects.get().own_clock


def test_the_ledger_counts_by_the_hours_of_its_kind(house_with_people):
    send(acute=True)
    send()
    with work(ref(KOMMUNE), "ledger") as by:
        late = {hours: ledger.late(by, now() + timedelta(hours=hours)) for hours in (1.5, 4.5, MUST - 1, MUST + 1)}
    assert list(late.values()) == [0, 1, 1, 2]
