"""What has changed since: which bundle the archive got, what counts after a class was changed, and who is told."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tenants.closing import after_actions
from tenants.closing.models import FollowUp
from tenants.inbox.actions import message_reporter
from tenants.inbox.models import Concern, Denial
from tenants.kept import actions, ending, queries, tasks
from tenants.kept.models import KeptLonger, Order
from tenants.persons import tasks as places
from tenants.persons.spoken import SafetyWarning
from tests.cast import TEST, as_person, ref, seen_as
from tests.tenants import way
from tests.tenants.test_hidden import deny
from tests.tenants.test_kept_end import decided_class, old_case, ordered, sent
from tests.tenants.test_kept_end import gjovik as in_gjovik
from varde.audit.models import Entry
from varde.audit.trail import current
from varde.clock import now
from varde.refusal import Refused
from varde.tenancy.work import work
from varde.ui.dates import day_of


def bundle(case, by):
    return actions.note_bundle(concern=case.concern, files=1, sha256="0" * 64, made_at=now(), by=by)


def delivered(case, made, by):
    return actions.note_archived(
        concern=case.concern, bundle_id=made.pk, reference="1", received_on=queries.today(), by=by
    )


def test_the_archive_got_the_bundle_that_is_named(gjovik):
    """One is delivered, the matter changes, somebody else only makes the next: the first is not the newest."""
    decided_class()
    case = old_case()
    with seen_as("kari") as kari:
        first = bundle(case, kari)
        message_reporter(concern=case.concern, text="Noe nytt", by=kari)
        current().flush()
        second = bundle(case, kari)
        with pytest.raises(Refused, match="endret etter at pakken"):
            delivered(case, first, kari)
        assert delivered(case, second, kari).bundle == second


def test_what_goes_without_the_archive_counts_from_its_confirmation(house):
    with in_gjovik():
        decided_class()
        case = old_case()
        order = ordered(case)
        message_reporter(concern=case.concern, text="Noe nytt", by=as_person("kari"))
        decided_class(then="delete")
    with in_gjovik():
        again = {"concern": case.concern, "class_code": "case", "confirmed_by": order.confirmed_by}
        at = {"confirmed_at": now() + timedelta(seconds=1), "not_before": now() - timedelta(hours=1)}
        Order(archived=order.archived, confirmed_by_name="Kari", **again, **at).save()
    sent(case)
    assert tasks.run(ref("gjovik")).gone == 1


def test_a_place_without_a_token_is_looked_at_once_and_ends_nothing(gjovik):
    decided_class()
    case = old_case()
    SafetyWarning(
        concern=case.concern, kind="dog", text="Hund", place="Kjelleren", review_on=queries.today(),
        at=now(), by_name="Kari",
    ).save(force_insert=True)  # fmt: skip
    for _ in range(2):
        places.lay_for_old.run(ref("gjovik"))
    assert Entry.objects.filter(what="inbox.places", matter_id=case.concern_id).count() == 1


def test_the_log_of_what_is_ready_counts_nothing_that_is_hidden(gjovik):
    decided_class()
    case = old_case()
    way.person("tom")
    with work(gjovik, "retention") as by:
        ending.mark_due(by=by)
        current().flush()
    row = Entry.objects.get(what="kept.due", action="create")
    assert (row.matter_id, row.reason) == (case.concern_id, "")


def test_who_writes_at_that_moment_goes_first_and_the_night_goes_on(house):
    with in_gjovik():
        decided_class()
        busy, free = old_case(), old_case()
        asked = after_actions.plan_followup(
            case=busy, due_on=day_of(now()), by=as_person("kari"), at=now() - timedelta(hours=1)
        )
    with in_gjovik():
        ordered(busy), ordered(free)
    sent(busy), sent(free)
    written, go_on = threading.Event(), threading.Event()

    def answer() -> None:
        try:
            with work(ref("gjovik"), TEST):
                row = FollowUp.objects.select_related("case__concern").get(pk=asked.pk)
                given = {"safe_now": "no", "needs_more": "yes", "text": "Hun er redd igjen"}
                after_actions.answer_followup(row=row, by=as_person("kari"), **given)
                written.set()
                go_on.wait(20)
        finally:
            connection.close()

    writer = threading.Thread(target=answer)
    writer.start()
    assert written.wait(20)
    done = tasks.run(ref("gjovik"))
    go_on.set()
    writer.join()
    assert (done.gone, done.reasons) == (1, (tasks.BUSY,))
    with in_gjovik():
        assert FollowUp.objects.get(pk=asked.pk).answered_at
        assert not Concern.objects.filter(pk=free.concern_id).exists()


def test_the_database_takes_no_hold_from_a_time_to_come_and_no_deny_row_away(gjovik):
    case = old_case()
    deny(case.concern, "tom")
    with seen_as("kari") as kari:
        later = KeptLonger(
            concern=case.concern, until=None, reason="x", at=now() + timedelta(days=9999), by_user=kari.user_id,
            by_name="Kari",
        )  # fmt: skip
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            later.save()
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Denial.objects.filter(concern=case.concern).delete()
