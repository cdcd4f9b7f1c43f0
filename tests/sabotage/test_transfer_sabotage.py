"""Each of these takes a piece of the transfer's protection away and shows that the named test then goes red."""

import uuid

import pytest
from django.db import transaction

from shared.contracts import CaseTransfer
from shared.post.actions import open_mail
from tenants.closing import transfer_actions, transfer_handlers, transfer_queries
from tenants.inbox import actions as inbox
from tenants.inbox.models import Concern
from tests.cast import TEST, ref
from tests.tenants import test_transfer_pages as pages
from tests.tenants import test_transfer_way as the_way
from tests.tenants import transfers, way
from varde.tenancy.fleet import connect
from varde.tenancy.work import work


def test_without_the_cover_row_the_whole_team_there_sees_it(gjovik, monkeypatch):
    """Red: test_transfer_pages.test_there_only_the_coordinators_see_it_until_one_has_taken_it"""
    monkeypatch.setattr(inbox, "_cover", lambda *_: None)
    with pytest.raises(AssertionError):
        pages.test_there_only_the_coordinators_see_it_until_one_has_taken_it(gjovik)
    assert pages.sees("tom")


def test_with_the_senders_words_deciding_the_cover_nobody_there_would_be_let_in(gjovik, monkeypatch):
    """Red: the same test: a matter about the sender's coordinator would be shut for the recipient's."""
    whole = inbox._cover
    monkeypatch.setattr(inbox, "_cover", lambda concern, told, moment, covered: whole(concern, told, moment, None))
    with pytest.raises(AssertionError):
        pages.test_there_only_the_coordinators_see_it_until_one_has_taken_it(gjovik)


def test_without_one_transaction_a_failed_letter_closes_the_matter(house, monkeypatch):
    """Red: test_transfer_way.test_a_letter_that_cannot_be_posted_closes_nothing"""

    def broken():
        raise RuntimeError

    def later(*_):
        transaction.on_commit(broken, robust=True)
        return uuid.uuid4()

    monkeypatch.setattr(transfer_actions, "_post", later)
    with work(ref("gjovik"), TEST):
        transfers.hand_over(way.opened())
    assert [each.progress for each in the_way.inbox_of("gjovik")] == ["closed"]
    assert open_mail(ref("ostre-toten")) == 0


def test_without_one_transaction_the_letter_goes_and_the_case_stays_open(house, monkeypatch):
    """Red: test_transfer_way.test_letter_and_closing_go_together_or_not_at_all"""
    monkeypatch.setattr(transfers, "transfer", transfer_actions.transfer.__wrapped__)
    with pytest.raises(AssertionError):
        the_way.test_letter_and_closing_go_together_or_not_at_all(None, monkeypatch, "move")


def test_without_the_letters_id_two_deliveries_are_two_concerns(gjovik, monkeypatch):
    """Red: test_transfer_way.test_delivered_twice_is_one_concern"""
    monkeypatch.setattr(transfer_handlers, "Carried", lambda *_: None)
    with pytest.raises(AssertionError):
        the_way.test_delivered_twice_is_one_concern(gjovik)


def test_without_the_two_checks_an_anonymous_reporter_is_named(gjovik, monkeypatch):
    """Red: test_transfer_way.test_an_anonymous_reporter_stays_so; one of them alone still holds."""
    monkeypatch.setattr(transfer_queries, "OF_THE_REPORTER", ())
    with pytest.raises(ValueError, match="anonym"):
        the_way.test_an_anonymous_reporter_stays_so(gjovik)
    monkeypatch.setattr(CaseTransfer, "__post_init__", lambda self: None)
    with pytest.raises(AssertionError):
        the_way.test_an_anonymous_reporter_stays_so(gjovik)


def test_without_the_match_of_letter_and_office_anybody_says_opened(gjovik, monkeypatch):
    """Red: test_transfer_way.test_opened_counts_only_from_the_office_that_got_it"""
    rows = transfer_queries.TransferOpened.objects
    monkeypatch.setattr(transfer_queries, "_opened_by", lambda _, letter_id: rows.filter(letter_id=letter_id).first())
    with pytest.raises(AssertionError):
        the_way.test_opened_counts_only_from_the_office_that_got_it(gjovik)


def test_without_the_receipts_own_answer_the_reporter_is_told_that_it_is_over(house):
    """Red: test_transfer_way.test_the_reporter_still_sees_that_somebody_works_on_it"""
    with connect(autocommit=True) as owner:
        owner.execute("SET search_path = kommune_3407")
        (before,) = owner.execute("SELECT pg_get_functiondef('receipt_state()'::regprocedure)").fetchone()
        owner.execute(before.replace("'in_progress'", "c.progress"))
        try:
            with work(ref("gjovik"), TEST), pytest.raises(AssertionError):
                the_way.test_the_reporter_still_sees_that_somebody_works_on_it(ref("gjovik"))
        finally:
            owner.execute(before)


def test_the_matter_of_the_sabotage_is_a_real_one(gjovik):
    """The yardstick: untouched, the same calls pass."""
    pages.test_there_only_the_coordinators_see_it_until_one_has_taken_it(gjovik)
    assert Concern.objects.get().channel == "transfer"
