"""The delivery ledger: what each office says it has is compared every quarter, and what does not fit is told of."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from shared.post.ledger_models import Round
from shared.post.ledger_queries import Numbers, counted
from shared.post.ledger_rules import Found, Heard, Letter, Seen, Word, compare
from shared.post.tasks import sweep
from tests.cast import ref
from varde.clock import now, telling
from varde.tenancy.work import work

REGION, KOMMUNE, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
L = UUID(int=9)


def ago(minutes: float) -> datetime:
    return AT - timedelta(minutes=minutes)


def word(said: str, office: UUID = KOMMUNE, minutes: float = 20) -> Word:
    other = REGION if office == KOMMUNE else KOMMUNE
    return Word(office, other, L, "ConcernHandover", said, ago(minutes))


def found(*words, me=REGION, sent=60.0, receipt=True, rounds=None, kind="ConcernHandover", letter=True):
    """The codes that `me` finds, of one letter laid so many minutes ago."""
    letters = {L: Letter(L, kind, REGION, KOMMUNE, ago(sent))} if letter else {}
    receipts = {} if receipt is None else {L: (receipt, ago(sent - 1))}
    known = rounds if rounds is not None else {KOMMUNE: Heard(KOMMUNE, ago(1), ago(1))}
    seen = Seen(me, letters, receipts, list(words), known, frozenset({KOMMUNE}), ago(600))
    return {each.code for each in compare(seen, AT)}


def test_what_was_laid_kept_and_opened_on_both_sides_fits():
    assert found(word("laid", REGION), word("kept")) == set()
    assert found(word("laid", REGION), word("kept"), word("opened"), word("heard", REGION)) == set()


def test_laid_without_a_letter_is_missing_unless_it_has_been_opened():
    assert found(word("laid", REGION), letter=False) == {"no_letter"}
    assert found(word("laid", REGION), word("opened"), letter=False) == set()


def test_a_letter_without_a_receipt_is_missing_after_a_quarter():
    assert found(receipt=None, sent=16) == {"no_receipt"}
    assert found(receipt=None, sent=14) == set()


def test_a_receipt_alone_is_not_believed():
    assert found(word("lost")) == {"lost"}
    assert found() == {"lost"}
    assert found(rounds={KOMMUNE: Heard(KOMMUNE, ago(58), ago(58))}) == {"silent"}


def test_what_was_there_and_is_not_any_more_is_gone():
    assert found(word("kept", minutes=40), word("lost")) == {"gone"}
    assert found(word("lost", minutes=40), word("kept")) == set()


def test_both_sides_find_the_same():
    for me in (REGION, KOMMUNE):
        assert "lost" in found(word("lost"), me=me)


def test_what_the_rules_deleted_is_not_missing():
    assert found(word("kept", minutes=40), word("ended")) == set()


def test_opened_by_one_side_only_is_found_after_half_an_hour():
    laid, kept = word("laid", REGION), word("kept", minutes=50)
    assert found(laid, kept, word("opened", minutes=31)) == {"one_opened"}
    assert found(laid, kept, word("heard", REGION, minutes=31)) == {"one_opened"}
    assert found(laid, kept, word("opened", minutes=10)) == set()


def test_twice_is_found():
    assert found(word("twice")) == {"twice"}


def test_an_office_that_says_nothing_and_one_whose_clock_is_wrong_are_found():
    assert found(word("kept"), rounds={KOMMUNE: Heard(KOMMUNE, ago(46), ago(46))}) == {"silent"}
    assert found(word("kept"), rounds={}) == {"silent"}
    assert found(word("kept"), rounds={KOMMUNE: Heard(KOMMUNE, ago(5), ago(1))}) == {"clock"}


def test_an_office_that_has_just_begun_is_given_time():
    seen = Seen(REGION, {}, {}, [], {}, frozenset({OTHER}), ago(30))
    assert compare(seen, AT) == set()
    assert compare(Seen(REGION, {}, {}, [], {}, frozenset({OTHER}), ago(50)), AT) == {Found("silent", OTHER)}


@pytest.mark.parametrize("kind", ["Opened", "Return", "TemplateOffer"])
def test_letters_that_become_nothing_that_is_kept_need_only_their_receipt(kind):
    assert found(kind=kind) == set()


def test_a_letter_is_counted_by_its_sender_and_by_what_it_is():
    kinds = ("ConcernHandover", "CaseTransfer", "SystemMatter", "TestConcern", "OfficeHealth", "Return")
    letters = {UUID(int=at): Letter(UUID(int=at), kind, REGION, KOMMUNE, ago(60)) for at, kind in enumerate(kinds, 20)}
    words = [Word(KOMMUNE, REGION, UUID(int=20), "ConcernHandover", "opened", ago(5))]
    receipts = {letter: (True, ago(59)) for letter in list(letters)[1:]}

    def of(me: UUID) -> Numbers:
        return counted(Seen(me, letters, receipts, words, {}, frozenset(), ago(600)), AT)

    ours, theirs = of(REGION), of(KOMMUNE)
    assert (ours.sent, ours.stored, ours.opened) == (6, 5, 1)
    assert ours.groups == {"concern": (2, 1, 1), "matter": (1, 1, 0), "test": (1, 1, 0)}
    assert theirs.sent == sum(one[0] for one in theirs.groups.values()) == 0
    assert (ours.waiting, theirs.waiting) == (1, 1)


def test_the_sweep_makes_the_first_round_at_once_and_then_one_a_quarter(house):
    moments = []
    for minutes in (0, 1, 14, 16, 20, 40):
        with telling(now() + timedelta(minutes=minutes)):
            sweep.run(ref("gjovik"))
        with work(ref("gjovik"), "ledger"):
            moments.append(Round.objects.get().at)
    assert len(set(moments)) == 3
