"""The portal of 2020 to 2023: receipts were given, and 63 reports were not there. Here the ledger names each of them.

A server of a kommune loses rows that it had receipted (a bad restore, a bad query): nobody in it notices. Within one
round both sides have the alarm and exactly the letters that are gone; none is purged; sent again, all are back, once.
"""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection

from regional.hotline import actions
from shared.post import ledger_actions, ledger_queries
from shared.post.actions import open_mail
from shared.post.ledger_actions import make_round, redeliver
from shared.post.models import SealedLetter
from tenants.inbox.actions import open_concern
from tenants.inbox.models import Concern
from tests.cast import TEST, as_person, ref
from tests.client import log_in
from tests.owner import as_owner
from varde.access import Role
from varde.clock import now, telling
from varde.tenancy.work import work

REGION, KOMMUNER = "gjovikregionen", ("gjovik", "ostre-toten")
LOST, KEPT = {"gjovik": 38, "ostre-toten": 25}, 12
TOLD = {"reporter_kind": "privat", "what": "Hun får ikke lov til å gå ut."}


def lay_all() -> None:
    for slug in KOMMUNER:
        with work(ref(REGION), TEST):
            olga = as_person("olga")
            for number in range(LOST[slug] + KEPT):
                told = TOLD | {"who": f"Person {number}"}
                actions.forward(call_id=actions.start_call(by=olga).id, told=told, to=ref(slug).id, by=olga)
        open_mail(ref(slug))
    open_mail(ref(REGION))


def lose(slug: str) -> set[str]:
    """The rows go, as they went there: by the server's own hand, past all the house's rules."""
    with as_owner(ref(slug)), connection.cursor() as cursor:
        cursor.execute("SELECT id, letter_id FROM inbox_concern ORDER BY id LIMIT %s", [LOST[slug]])
        rows = cursor.fetchall()
        gone = [row[0] for row in rows]
        cursor.execute("DELETE FROM inbox_searchterm WHERE concern_id = ANY(%s)", [gone])
        cursor.execute("DELETE FROM inbox_placeterm WHERE concern_id = ANY(%s)", [gone])
        cursor.execute("DELETE FROM inbox_concern WHERE id = ANY(%s)", [gone])
    return {str(row[1]) for row in rows}


def rounds(minutes: int = 0) -> None:
    with telling(now() + timedelta(minutes=minutes)):
        for slug in (*KOMMUNER, "vestre-toten", REGION):
            make_round(ref(slug))


def missing(slug: str) -> set[str]:
    with work(ref(slug), "ledger") as by:
        return {str(row.letter_id) for row in ledger_queries.open_findings(by) if row.code in ("lost", "gone")}


@pytest.fixture
def lost(house) -> dict[str, set[str]]:
    log_in(REGION, "vert@gjovikregionen.example", "Vera Vert", Role.HOST_ADMINISTRATOR)
    log_in("gjovik", "koordinator@gjovik.example", "Kari", Role.COORDINATOR)
    log_in("ostre-toten", "koordinator@ostre-toten.example", "Nina", Role.COORDINATOR)
    lay_all()
    rounds()
    assert missing(REGION) == set()
    mail.outbox.clear()
    return {slug: lose(slug) for slug in KOMMUNER}


def test_exactly_those_that_are_gone_are_named_on_both_sides_within_one_round(lost):
    rounds(15)
    assert {slug: missing(slug) for slug in KOMMUNER} == lost
    assert missing(REGION) == set().union(*lost.values())
    assert sum(map(len, lost.values())) == 63


def test_both_sides_are_alarmed_once_and_again_each_day_and_the_mail_says_nothing(lost):
    rounds(15), rounds(30), rounds(45)
    told = [message.to[0] for message in mail.outbox if message.subject == "Noe kan mangle i posten"]
    assert sorted(told) == [
        "koordinator@gjovik.example",
        "koordinator@ostre-toten.example",
        "vert@gjovikregionen.example",
    ]
    mail.outbox.clear()
    rounds(15 + 24 * 60)
    assert "vert@gjovikregionen.example" in [message.to[0] for message in mail.outbox]
    assert not any("Hun får" in message.body for message in mail.outbox)


def test_nothing_that_is_missing_is_taken_out_of_the_post(lost):
    rounds(15)
    with as_owner(ref(REGION)), connection.cursor() as cursor:
        cursor.execute("UPDATE public.post_letter SET sent_at = sent_at - interval '2000 days'")
    for slug in (*KOMMUNER, REGION):
        ledger_actions.clear(ref(slug), 400)
    with work(ref(REGION), "ledger"):
        kept = {str(each) for each in SealedLetter.objects.values_list("id", flat=True)}
    assert set().union(*lost.values()) <= kept


def test_sent_again_all_are_back_and_none_is_there_twice(lost):
    rounds(15)
    with work(ref(REGION), "ledger") as by:
        redeliver(letter_ids=[row.id for row in SealedLetter.objects.all()], by=by)
    for slug in KOMMUNER:
        open_mail(ref(slug)), open_mail(ref(slug))
    rounds(30)
    assert [missing(slug) for slug in (*KOMMUNER, REGION)] == [set(), set(), set()]
    for slug in KOMMUNER:
        with work(ref(slug), TEST):
            letters = list(Concern.objects.values_list("letter_id", flat=True))
            assert len(letters) == len(set(letters)) == LOST[slug] + KEPT
            assert all(concern.what == TOLD["what"] for concern in Concern.objects.all())


def test_what_a_person_had_opened_and_is_gone_is_named_too(house):
    with work(ref(REGION), TEST):
        olga = as_person("olga")
        actions.forward(call_id=actions.start_call(by=olga).id, told=TOLD, to=ref("gjovik").id, by=olga)
    open_mail(ref("gjovik"))
    with work(ref("gjovik"), TEST):
        open_concern(concern=Concern.objects.get(), by=as_person("kari"))
    open_mail(ref(REGION))
    rounds()
    with as_owner(ref("gjovik")), connection.cursor() as cursor:
        for table in ("inbox_searchterm", "inbox_placeterm", "inbox_concern"):
            cursor.execute(f"DELETE FROM {table}")
    rounds(15)
    assert len(missing(REGION)) == len(missing("gjovik")) == 1
