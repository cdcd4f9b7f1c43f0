"""Accounts that nobody uses are warned of and closed; the last who manages people is not."""

import datetime

import pytest
from django.core import mail

from tests.cast import TEST, ref
from tests.client import client_for, log_in
from varde.access import Role
from varde.clock import now
from varde.identity import tasks
from varde.identity.dormancy import step
from varde.identity.models import User
from varde.tenancy.door import office
from varde.tenancy.work import work

DAY = datetime.timedelta(days=1)
AT = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)


@pytest.mark.parametrize(("used", "told", "wanted"), [
    (75, None, "nothing"), (76, None, "tell"), (80, 4, "nothing"), (90, 14, "close"), (90, 13, "nothing"),
    (200, None, "tell"), (90, 100, "tell"),
])  # fmt: skip
def test_the_rule(used, told, wanted):
    told_at = None if told is None else AT - told * DAY
    assert step(used_at=AT - used * DAY, told_at=told_at, now=AT, days=90, notice=14) == wanted


def days_pass(number: int) -> None:
    with work(ref("gjovik"), TEST):  # a date of somebody's is nothing that nobody in particular changes
        for field in ("last_login", "created_at", "dormant_told_at"):
            for user in User.objects.exclude(**{f"{field}__isnull": True}):
                User.objects.filter(id=user.id).update(**{field: getattr(user, field) - number * DAY})


@pytest.fixture
def gjoviks_people(house):
    for name in ("kari", "arne"):
        client_for(name)
    mail.outbox.clear()
    with office(ref("gjovik")):
        yield


def nightly() -> list[str]:
    mail.outbox.clear()
    tasks.nightly.run(ref("gjovik"))
    return sorted(address for sent in mail.outbox for address in sent.to)


def test_warned_then_closed_but_not_the_last_manager(gjoviks_people):
    assert nightly() == []
    days_pass(77)
    assert nightly() == ["arne@gjovik.example", "kari@gjovik.example"]
    assert "Logg inn" in mail.outbox[0].body
    assert nightly() == []
    days_pass(14)
    assert nightly() == ["arne@gjovik.example"]
    assert list(User.objects.filter(is_active=True).values_list("email", flat=True)) == ["arne@gjovik.example"]


def test_a_log_in_starts_the_count_again(gjoviks_people):
    days_pass(77)
    nightly()
    User.objects.update(last_login=now())
    days_pass(14)
    assert nightly() == []
    assert User.objects.filter(is_active=True).count() == 2


def test_opened_again_by_an_administrator_there_is_time_to_log_in(gjoviks_people):
    days_pass(77)
    nightly()
    days_pass(14)
    nightly()
    arne = log_in("gjovik", "arne@gjovik.example", "Arne", Role.ADMINISTRATOR)
    kari = User.objects.get(email="kari@gjovik.example")
    assert arne.post(f"/folk/{kari.id}/konto", {"active": "ja"}).status_code == 302
    nightly()
    days_pass(13)
    nightly()
    assert User.objects.get(email="kari@gjovik.example").is_active
