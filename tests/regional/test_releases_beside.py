"""What SQL can lay beside the ledger with the region's own login: what belongs to one row of it, and nothing else."""

import uuid
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from regional.releases.marks import kept_mark
from regional.releases.models import Contribution, FrozenCopy, Kept, LedgerEntry, Sent, Words
from regional.releases.statements import digest
from tests.cast import TEST, ref
from tests.regional.released import (
    H1,
    REGION,
    asks,
    closed,
    everybody_sends,
    given_out,
    person,
    says_yes,
    wish_of,
    works,
)
from varde.clock import now
from varde.tenancy.work import work


@pytest.fixture
def out(house):
    """A half-year is closed and given out."""
    everybody_sends(H1)
    closed(H1)
    given_out(H1)
    return house


@contextmanager
def worker(said: str):
    """SQL as the worker, to the end of a transaction that the database refuses."""
    with work(ref(REGION), "returns"), pytest.raises(DatabaseError, match=said), transaction.atomic():
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def entries(kind: str) -> list[LedgerEntry]:
    with work(ref(REGION), TEST):
        return list(LedgerEntry.objects.filter(kind=kind).order_by("number"))


def test_a_row_of_the_ledger_has_one_copy_and_that_is_what_it_says(out):
    release, before = entries("release")[0], entries("drafted")[0]
    with work(ref(REGION), TEST):
        copy = FrozenCopy.objects.get()
    with worker("releases_one_copy"):
        FrozenCopy(entry=release, content=copy.content).save()
    with worker("what its row says"):
        FrozenCopy(entry=release, content=copy.content.replace("tables", "Tables")).save()
    with worker("what its row says"):
        FrozenCopy(entry=before, content=copy.content).save()


def test_nothing_is_frozen_that_no_closed_half_year_holds(out):
    with work(ref(REGION), TEST):
        own = Contribution.objects.first()
    for period, mark in (("2025H2", own.mark), (H1, "0" * 64)):
        with worker("a half-year that is closed"):
            Contribution(period=period, kommune=uuid.uuid4(), form=own.form, numbers=own.numbers, mark=mark).save()


def test_nothing_is_kept_that_no_row_rests_on(out):
    with worker("belongs to a row"):
        Kept(wish=uuid.uuid4(), kind="draft", content=b"x", mark=kept_mark("draft", b"x")).save()


def test_what_a_row_rests_on_is_kept_once(out):
    with work(ref(REGION), "returns"):
        own = Kept.objects.filter(kind="draft").get()
    with worker("kept once"):
        Kept(wish=own.wish, kind=own.kind, content=b"x", mark=own.mark).save()


def test_only_what_is_given_out_or_withdrawn_is_sent(out):
    with worker("given out or withdrawn"):
        Sent(entry=entries("closed")[0], kommune=ref("gjovik").id, letter_id=uuid.uuid4(), at=now()).save()


def approved(kind, about) -> tuple[uuid.UUID, dict[str, str]]:
    """A wish that two people stand behind; and what its row says of them."""
    wish = asks(kind, about)
    works()
    says_yes(wish)
    return wish, {"wish": str(wish), "asked_by": "Stine", "approved_by": "Sara"}


def test_what_is_entered_is_what_two_people_asked_for(out):
    number = entries("release")[0].number
    _, who = approved("withdrawn", {"release": number, "reason": "Feil i et tall."})
    with worker("what was asked for"):
        LedgerEntry(at=now(), kind="withdrawn", content={"release": number + 1, **who}, by_name="Sara").save()
    about = {"threshold": 6, "coalition": 1, "min_contributors": 3}
    _, who = approved("rule", about)
    with worker("what was asked for"):
        LedgerEntry(at=now(), kind="rule", content={**about, "threshold": 5, **who}, by_name="Sara").save()


def test_a_release_without_its_copy_is_not_committed(house):
    everybody_sends(H1)
    closed(H1)
    wish, who = approved("release", {"period": H1})
    row = wish_of(wish)
    content = {"period": H1, "drafted": row.drafted, "copy": digest(b"{}"), "statements": [], "tables": [], **who}
    with worker("has a copy"):
        LedgerEntry(at=now(), kind="release", content=content, by_name="Sara").save()


def test_a_half_year_is_not_closed_without_what_is_frozen(out):
    everybody_sends("2025H2")
    wish = asks("closed", {"period": "2025H2", "without": False})
    old = entries("closed")[0].content
    with worker("is frozen"):
        LedgerEntry(
            at=now(), kind="closed", content={**old, "period": "2025H2", "wish": str(wish)}, by_name="Stine"
        ).save()


@pytest.mark.parametrize("who", ["sara", "stine"], ids=["another", "who asked, too late"])
def test_nobody_lays_words_for_what_another_asked_or_when_it_is_done(out, who):
    wish = uuid.UUID(entries("release")[0].content["wish"])
    with person(who) as by, pytest.raises(DatabaseError, match="words are those"), transaction.atomic():
        Words(wish=wish, text="Noe annet.", mark="0" * 64, at=now(), by_name=by.name).save(force_insert=True)
