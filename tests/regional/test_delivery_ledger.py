"""What came back, in the ledger: what waits is said, what is lost is found, and nothing is delivered twice."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection

from regional.delivery import tasks
from regional.delivery.ledger import late
from regional.delivery.models import Returned
from regional.hotline.models import Call
from shared.post import ledger_queries
from shared.post.actions import open_mail
from shared.post.ledger_actions import make_round, redeliver, round_when_due
from shared.post.ledger_queries import OfficeLine, open_findings
from shared.post.models import SealedLetter
from shared.post.overview import missing, verdict_of_all
from tenants.inbox.actions import open_concern
from tenants.inbox.models import Concern
from tenants.inbox.returned_models import Returned as SentBack
from tenants.kept import queries as queries_of_kept
from tenants.kept import states as states_of_kept
from tenants.kept import tasks as tasks_of_kept
from tenants.kept.models import Order as KeptOrder
from tests.cast import TEST, as_person, ref
from tests.owner import as_owner
from tests.regional.test_delivery_returned import FIRST, REGION, SECOND, TOLD, back_from, calls, on_to, open_in
from tests.regional.test_delivery_returned import call as call  # the fixture
from tests.tenants.test_kept_end import decided_class
from varde.clock import now, telling
from varde.refusal import Refused
from varde.tenancy.work import work


def test_what_came_back_and_nobody_sends_on_is_over_time_and_said_again_each_day(call):
    back_from(FIRST, "kari")
    for hours, mails in ((23, 0), (25, 1), (26, 0), (50, 1)):
        mail.outbox.clear()
        with telling(now() + timedelta(hours=hours)):
            tasks.watch.run(ref(REGION))
            with work(ref(REGION), "ledger") as by:
                assert late(by, now()) == (hours > 24)
        told = [message.body for message in mail.outbox if message.to[0].startswith("olga")]
        assert (len(told), all("ved vakttelefonen" in body for body in told)) == (mails, True)
    line = OfficeLine(ref(REGION), now(), overdue=1)
    assert verdict_of_all([line], now()).sentence == (
        f"Nei, alt finnes der det skal. Men 1 har ventet for lenge hos {ref(REGION).name}."
    )


def test_what_came_back_and_was_lost_here_is_laid_again_from_its_letter(call):
    back_from(FIRST, "kari")
    with as_owner(ref(REGION)), connection.cursor() as cursor:
        cursor.execute("DELETE FROM delivery_returned")
        cursor.execute("DELETE FROM privacy_datakey")
    with work(ref(REGION), "ledger") as by:
        letter = SealedLetter.objects.get(kind="Misrouted").id
        redeliver(letter_ids=[letter], by=by)
    open_mail(ref(REGION))
    with work(ref(REGION), "redirect"):
        assert Returned.objects.get().content["handover"]["what"] == TOLD["what"]
    on_to(SECOND)
    assert calls() == ["stored"]


def test_what_went_on_is_not_delivered_anew_where_it_came_back_from(call):
    back_from(FIRST, "kari")
    on_to(SECOND)
    for slug in (FIRST, REGION):
        make_round(ref(slug))
    with as_owner(ref(FIRST)), connection.cursor() as cursor:
        for table in ("inbox_returned", "inbox_searchterm", "inbox_placeterm", "inbox_concern"):
            cursor.execute(f"DELETE FROM {table}")
    with telling(now() + timedelta(minutes=20)):
        for slug in (FIRST, REGION):
            make_round(ref(slug))
    for slug in (FIRST, REGION):
        with work(ref(slug), "ledger") as by:
            assert [row.code for row in open_findings(by) if row.letter_id] == []
    with work(ref(REGION), "ledger") as by, pytest.raises(Refused, match="går videre"):
        redeliver(letter_ids=[Returned.objects.get().handover], by=by)


def test_a_clock_that_ran_ahead_for_a_round_hides_no_loss(call, monkeypatch):
    ahead = timedelta(days=2)
    make_round(ref(REGION))
    with monkeypatch.context() as wrong, telling(now() + ahead):
        wrong.setattr(ledger_queries, "clock_off", lambda: -ahead)
        make_round(ref(FIRST))
        with work(ref(FIRST), "ledger") as by:
            assert [row.code for row in open_findings(by) if row.other == by.office.id] == ["clock"]
    with as_owner(ref(FIRST)), connection.cursor() as cursor:
        for table in ("inbox_searchterm", "inbox_placeterm", "inbox_concern"):
            cursor.execute(f"DELETE FROM {table}")
    with telling(now() + timedelta(minutes=16)):
        round_when_due(ref(FIRST))
        make_round(ref(REGION))
    with work(ref(REGION), "ledger") as by:
        assert [row.code for row in open_findings(by) if row.letter_id] == ["gone"]


def test_the_shell_of_what_was_sent_back_goes_by_a_class_of_its_own_and_nobody_misses_it(call):
    back_from(FIRST, "kari")
    with work(ref(FIRST), "retention"):
        assert queries_of_kept.matters() == {}
    on_to(SECOND)
    open_in(SECOND, "nina")
    open_mail(ref(FIRST))
    with as_owner(ref(FIRST)), connection.cursor() as cursor:
        cursor.execute("UPDATE inbox_returned SET gone_at = gone_at - interval '400 days'")
    with work(ref(FIRST), TEST):
        concern, kari, at = Concern.objects.get(), as_person("kari").user_id, now()
        decided_class("returned", 12, "delete")
        KeptOrder(
            concern=concern, class_code="returned", confirmed_by=kari, confirmed_by_name="Kari",
            confirmed_at=at, not_before=at,
        ).save()  # fmt: skip
    with work(ref(FIRST), "retention"):
        assert [states_of_kept.class_of(each.facts) for each in queries_of_kept.matters().values()] == ["returned"]
    assert tasks_of_kept.run(ref(FIRST)).gone == 1
    with work(ref(FIRST), TEST):
        assert not Concern.objects.exists()
    for slug in (FIRST, REGION):
        with telling(now() + timedelta(minutes=20)):
            make_round(ref(slug))
        with work(ref(slug), "ledger") as by:
            assert [row.code for row in open_findings(by) if row.letter_id] == []


def test_a_lost_word_that_it_was_opened_is_said_anew_when_the_letter_is_sent_again(call):
    back_from(FIRST, "kari")
    on_to(SECOND)
    for slug, name, kind, ends in ((SECOND, "nina", "Opened", REGION), (REGION, "", "Redirected", FIRST)):
        if name:
            with work(ref(slug), TEST):
                open_concern(concern=Concern.objects.get(progress="received"), by=as_person(name))
        with as_owner(ref(slug)), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE public.post_letter DISABLE TRIGGER stays")
            unheard = "kind = %s AND recipient = %s AND id NOT IN (SELECT id FROM public.post_receipt)"
            lost = f"DELETE FROM public.post_letter WHERE {unheard}"
            cursor.execute(lost, [kind, ref(ends).id])
            assert cursor.rowcount == 1
            cursor.execute("ALTER TABLE public.post_letter ENABLE TRIGGER stays")
        for minutes in (0, 40):
            with telling(now() + timedelta(minutes=minutes)):
                for each in (FIRST, SECOND, REGION):
                    make_round(ref(each))
        with work(ref(ends), "ledger") as by:
            (found,) = [row for row in open_findings(by) if row.code == "one_opened"]
            assert missing([found], {})[0].again
            redeliver(letter_ids=[found.letter_id], by=by)
        open_mail(ref(slug)), open_mail(ref(ends))
    with work(ref(REGION), TEST):
        assert (Call.objects.get().opened_at is not None, Returned.objects.get().state) == (True, "opened")
    with work(ref(FIRST), TEST):
        assert SentBack.objects.get().gone_at is not None
