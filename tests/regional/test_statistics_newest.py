"""The newest return is the one that was laid last, whatever the sender's clock says and in whatever order they come."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import transaction

from regional.releases.due_queries import _sendings
from regional.statistics.handlers import store_return
from regional.statistics.models import PooledReturn
from regional.statistics.queries import pool
from shared.post import actions as post
from shared.post import queries as post_queries
from shared.post.handlers import Envelope
from shared.post.models import SealedLetter
from tenants.returns import queries
from tenants.returns.actions import send_return
from tenants.returns.models import SentReturn
from tests.cast import TEST, ref
from tests.regional.test_statistics_pool import Q3, letter
from tests.tenants.test_returns_sending import closed_case
from varde.access.reader import Reader
from varde.clock import now
from varde.tenancy.work import work

REGION = "gjovikregionen"


def sends(monkeypatch, ahead: timedelta) -> None:
    """Gjøvik has one more case, and sends with a clock that is this much ahead."""
    at = now() + ahead
    with work(ref("gjovik"), TEST):
        closed_case(date(2019, 8, 1), kjonn="woman")
    with monkeypatch.context() as wrong:
        for module in ("tenants.returns.drafts", "shared.post.actions"):
            wrong.setattr(f"{module}.now", lambda: at)
        with work(ref("gjovik"), "returns") as by:
            send_return(period="2019Q3", by=by)


def counted() -> int:
    with work(ref(REGION), "returns") as by:
        found = pool(Q3, by).contributions["Gjøvik"].cases
        (own,) = _sendings(Q3)[str(ref("gjovik").id)]
        assert own.counts.cases == found
        return found


def test_a_clock_that_was_ahead_does_not_make_an_old_return_the_newest(house, monkeypatch):
    sends(monkeypatch, timedelta(days=3))
    sends(monkeypatch, timedelta())
    post.open_mail(ref(REGION))
    assert counted() == 2
    with work(ref("gjovik"), "returns"):
        assert queries.newest(Q3[0]).content["counts"]["cases"] == 2
        assert list(SentReturn.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_letters_that_are_opened_in_another_order_count_as_they_were_sent(house, monkeypatch):
    sends(monkeypatch, timedelta())
    sends(monkeypatch, timedelta())
    waiting = post_queries.waiting_ids(ref(REGION))
    monkeypatch.setattr(post_queries, "waiting_ids", lambda _: waiting[::-1])
    post.open_mail(ref(REGION))
    assert counted() == 2


def test_a_number_is_the_databases_and_is_not_used_again_when_letters_are_cleared(house, monkeypatch):
    sends(monkeypatch, timedelta())
    with work(ref("gjovik"), "returns"):
        own = SealedLetter.objects.get(kind="Return")
        with transaction.atomic():
            SealedLetter(
                kind="Return", sender=own.sender, recipient=own.recipient, month=own.month, sealed=b"x",
                sent_at=own.sent_at, number=99,
            ).save()  # fmt: skip
            SealedLetter(
                kind="Health", sender=own.sender, recipient=own.recipient, month=own.month, sealed=b"x",
                sent_at=own.sent_at, number=99,
            ).save()  # fmt: skip
        numbers = SealedLetter.objects.order_by("number").values_list("kind", "number")
        assert list(numbers) == [("Health", 0), ("Return", 1), ("Return", 2)]


@pytest.mark.parametrize("old", [0, 1])
def test_what_came_before_letters_were_numbered_is_older_than_what_comes_now(gjovikregionen, old):
    by = Reader.for_purpose("post", gjovikregionen)
    for number, women, at in ((old, 30, now() + timedelta(days=9)), (2, 31, now())):
        one = letter(women=women)
        store_return(one, Envelope(uuid.uuid4(), ref("gjovik"), at, number=number), by)
    assert PooledReturn.objects.count() == 2
    found = pool(Q3, Reader.for_purpose("returns", gjovikregionen))
    assert found.contributions["Gjøvik"].questions["kjonn"].answers["woman"] == 31
