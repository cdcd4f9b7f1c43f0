"""Odd looks reach somebody who is not involved, who sees who and when, and never what."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from tenants.cases.actions import add_member
from tests.cast import TEST, as_person, ref
from tests.client import client_for
from tests.tenants import way
from tests.varde.audit_world import matters_known
from varde.access import Reader, Role
from varde.audit import hooks, review, tasks
from varde.audit.actions import Action, record
from varde.audit.models import Entry, Finding, Review, Rule, Verdict
from varde.clock import now
from varde.tenancy.work import work

SNOOP = uuid4()
LEADER = Reader(office=None, user_id=uuid4(), name="Lise Leder", roles=frozenset({Role.LEADER}))


def person(user_id, name="Sven Snoker", role=Role.TEAM_MEMBER):
    return Reader(office=ref("gjovik"), user_id=user_id, name=name, roles=frozenset({role}))


def leader():
    return person(LEADER.user_id, LEADER.name, Role.LEADER)


@pytest.fixture
def snooped(house):
    """Sven has looked at a case that he has nothing to do with; Kari leads it, Tom is on it."""
    with matters_known():
        with work(ref("gjovik"), TEST):
            case = way.case()
            add_member(case=case, user=way.person("tom"), by=as_person("kari"))
        with work(ref("gjovik"), TEST):
            for who in (person(SNOOP), as_person("kari"), as_person("tom")):
                record(by=who, action=Action.VIEW, what="cases.case", ids=[case.id])
        yield case


def look(month=None):
    """The nightly look, with the rights of the tests: who sees which task is asked elsewhere."""
    with work(ref("gjovik"), TEST):
        return review.look_through(
            month=month or review.month_of(now()), by=Reader.for_purpose("verify", ref("gjovik"))
        )


def no_tasks():
    with work(ref("gjovik"), TEST):
        return list(Finding.objects.filter(rule=Rule.NO_TASK))


def test_a_look_without_a_task_is_found_once(snooped):
    look()
    look()
    (found,) = no_tasks()
    assert (found.user_id, found.matter_id, found.looks, found.name) == (SNOOP, snooped.concern_id, 1, "Sven Snoker")


def test_only_the_nightly_look_may_look_through(snooped):
    with work(ref("gjovik"), TEST), pytest.raises(PermissionDenied):
        review.look_through(month=date(2026, 11, 1), by=as_person("kari"))


def test_an_uninvolved_leader_handles_it_and_the_verdict_stays(snooped):
    look()
    with work(ref("gjovik"), TEST):
        client = client_for("arne", Role.LEADER)
    (found,) = no_tasks()
    assert "oppslag venter på vurdering.</strong>" in client.get("/start").content.decode()
    page = client.get("/innsynslogg/kontroll").content.decode()
    assert "Sven Snoker" in page
    assert "Venter" in page
    address = f"/innsynslogg/kontroll/{found.id}"
    assert client.post(address, {"vurdering": "breach", "notat": ""}).status_code == 422
    sent = client.post(address, {"vurdering": "breach", "notat": "Snakket med ham 3. november."})
    assert sent.status_code == 303
    assert "Brudd" in client.get("/innsynslogg/kontroll").content.decode()
    assert "Snakket med ham" in client.get(address).content.decode()
    with work(ref("gjovik"), TEST):
        row = Review.objects.get()
        assert ("Snakket" in row.note, review.note_of(row)) == (False, "Snakket med ham 3. november.")
        assert Entry.objects.filter(what="audit.review", action="create", matter_id=snooped.concern_id).exists()


def test_the_pages_never_say_what_is_in_the_case(snooped):
    look()
    with work(ref("gjovik"), TEST):
        client = client_for("arne", Role.LEADER)
    (found,) = no_tasks()
    shown = "".join(
        client.get(a).content.decode() for a in ("/innsynslogg/kontroll", f"/innsynslogg/kontroll/{found.id}")
    )
    never = [way.TELLER, "Ola Utsatt", str(snooped.id), str(snooped.concern_id), snooped.name]
    assert [word for word in never if word in shown] == []
    assert str(snooped.concern_id)[:8] in shown


def test_neither_the_person_nor_who_is_on_the_matter_handles_it(snooped):
    look()
    (found,) = no_tasks()
    month = review.month_of(now())
    himself = person(SNOOP, role=Role.LEADER)
    on_it = person(as_person("tom").user_id, "Tom", Role.LEADER)
    with work(ref("gjovik"), TEST):
        for by in (himself, on_it, person(uuid4(), "K", Role.COORDINATOR)):
            with pytest.raises((PermissionDenied, Http404)):
                review.finding_for(by, found.id)
            with pytest.raises(PermissionDenied):
                review.handle(finding=found, verdict=Verdict.EXPLAINED, note="x", by=by)
        assert [row.user_id for row in review.findings_for(himself, month) if row.user_id == SNOOP] == []
        assert found.id not in {row.id for row in review.findings_for(on_it, month)}
        assert found.id in {row.id for row in review.findings_for(leader(), month)}


def test_a_finding_that_is_ones_own_and_one_that_is_not_there_answer_alike(snooped):
    look()
    (found,) = no_tasks()
    with work(ref("gjovik"), TEST):
        client = client_for("tom", Role.LEADER)
    mine, absent = client.get(f"/innsynslogg/kontroll/{found.id}"), client.get(f"/innsynslogg/kontroll/{uuid4()}")
    assert (mine.status_code, mine.content) == (404, absent.content)


def test_what_rooms_hint_is_found_even_for_a_coordinator(snooped, monkeypatch):
    kari = as_person("kari").user_id
    monkeypatch.setattr(hooks, "_hints", [lambda pairs: {p: frozenset({Rule.OWN_NAME}) for p in pairs if p[0] == kari}])
    look()
    with work(ref("gjovik"), TEST):
        assert Finding.objects.get(rule=Rule.OWN_NAME).user_id == kari


def test_the_task_looks_at_this_month_and_the_one_before(snooped):
    tasks.look_for_odd.run(ref("gjovik"))
    with work(ref("gjovik"), TEST):
        assert set(Finding.objects.values_list("month", flat=True)) <= {review.month_of(now())}
        assert Finding.objects.filter(user_id=SNOOP, rule=Rule.NO_TASK).exists()


def test_a_login_cannot_take_a_finding_away(snooped):
    look()
    from django.db import connection

    with work(ref("gjovik"), TEST), connection.cursor() as cursor, pytest.raises(Exception, match="permission denied"):
        cursor.execute("DELETE FROM audit_finding")


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.TEAM_MEMBER, Role.ADMINISTRATOR, Role.CONTACT])
def test_others_may_not(gjovik, role):
    assert client_for("kari", role).get("/innsynslogg/kontroll").status_code == 403


@pytest.mark.parametrize("asked", ["", "2026-10", "x", "9999-99", "%00"])
def test_any_month_may_be_asked_for(gjovik, asked):
    assert client_for("arne", Role.LEADER).get(f"/innsynslogg/kontroll?maned={asked}").status_code == 200


def test_months_follow_each_other():
    assert review.next_month(date(2026, 12, 1)) == date(2027, 1, 1)
    assert review.earlier(date(2026, 1, 1), 1) == date(2025, 12, 1)
    assert review.earlier(date(2026, 11, 1), 12) == date(2025, 11, 1)
    assert review.month_of(datetime(2026, 10, 31, 23, 30, tzinfo=UTC)) == date(2026, 11, 1)


def test_the_usual_is_counted_per_month_from_the_log(snooped):
    with work(ref("gjovik"), TEST):
        next_one = review.next_month(review.month_of(now()))
        assert review._usual(next_one)[SNOOP] == [1]
        assert SNOOP not in review._usual(review.month_of(now() - timedelta(days=40)))
