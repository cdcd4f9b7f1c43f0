"""Measures: planned, moved by the table, ended with a word, due in one list, reminded of once."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants.cases.actions import add_member, close_case
from tenants.measures import actions, queries, tasks
from tenants.measures.models import Measure
from tenants.measures.states import MOVES, STATES, WrongMove, check_move
from tests.cast import TEST, as_person, ref
from tests.client import client_for
from tests.tenants import way
from tests.tenants.keys import forget_keys
from varde.refusal import Refused
from varde.tenancy.work import work


def typed(**changes: str) -> dict[str, str]:
    """A measure as it is typed."""
    day = way.in_hours(72).date().isoformat()
    given = {
        "kind": "protection", "title": "Nytt låst rom", "service": "Boligtjenesten",
        "owner": str(as_person("kari").user_id), "due_on": day, "legal_ground": "samtykke",
    }  # fmt: skip
    return given | changes


@pytest.mark.parametrize("now", dict(STATES))
@pytest.mark.parametrize("to", dict(STATES))
def test_a_measure_moves_by_the_table(now, to):
    if to in MOVES[now]:
        check_move(now, to)
    else:
        with pytest.raises(WrongMove, match="kan ikke gå fra"):
            check_move(now, to)


@pytest.mark.parametrize(
    "moves", [["running", "done"], ["done"], ["stopped"], ["running", "stopped"]], ids=lambda moves: "-".join(moves)
)
def test_happy_ways_end_with_a_word(gjovik, moves):
    measure = way.measure(way.case())
    for to in moves:
        actions.move_measure(measure=measure, to=to, effect="Hun sover bedre", by=as_person("kari"))
    measure.refresh_from_db()
    assert (measure.status, measure.effect, measure.ended_by_name) == (moves[-1], "Hun sover bedre", "Kari Koordinator")


def test_an_end_without_a_word_is_refused(gjovik):
    with pytest.raises(Refused, match="Skriv hva tiltaket førte til"):
        actions.move_measure(measure=way.measure(way.case()), to="done", by=as_person("kari"))


def test_an_ended_measure_is_not_changed(gjovik):
    measure = way.measure(way.case())
    actions.move_measure(measure=measure, to="stopped", effect="Hun sa nei", by=as_person("kari"))
    plan = actions.Plan("concrete", "Noe annet", way.person("kari"), measure.due_on)
    with pytest.raises(Refused, match="avsluttet"):
        actions.change_measure(measure=measure, plan=plan, by=as_person("kari"))


def test_a_closed_case_takes_no_measures(gjovik):
    case = way.case()
    close_case(case=case, by=as_person("kari"))
    with pytest.raises(Refused, match="lukket"):
        way.measure(case)


def test_a_measure_is_planned_changed_and_ended_on_the_pages(gjovik):
    kari, case = client_for("kari"), way.case()
    assert kari.post(f"/saker/{case.id}/tiltak", typed()).status_code == 303
    found = Measure.objects.get()
    assert "Nytt låst rom" in kari.get(f"/saker/{case.id}").content.decode()
    assert kari.post(f"/tiltak/{found.id}", typed(title="Ny lås", change="1")).status_code == 303
    assert kari.post(f"/tiltak/{found.id}", {"move": "1", "to": "done", "effect": ""}).status_code == 422
    assert kari.post(f"/tiltak/{found.id}", {"move": "1", "to": "done", "effect": "Trygg"}).status_code == 303
    page = kari.get(f"/tiltak/{found.id}").content.decode()
    assert "Trygg" in page
    assert '<form method="post" novalidate' not in page
    assert kari.get(f"/saker/{case.id}").content.decode().count("Ny lås") >= 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Fyll ut «Hva skal gjøres?»."),
        ({"kind": "magi"}, "magi"),
        ({"due_on": "2020-01-01"}, "Datoen er passert."),
        ({"owner": str(uuid.uuid4())}, "Velg en som har tilgang til saken."),
        ({"legal_ground": "strl_999"}, "strl_999"),
        ({"service": "a\nb"}, "plass til én linje"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(gjovik, changes, sentence):
    kari, case = client_for("kari"), way.case()
    answer = kari.post(f"/saker/{case.id}/tiltak", typed(**changes))
    assert (answer.status_code, Measure.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()


def test_an_overdue_measure_can_be_changed_without_moving_its_date(gjovik):
    kari, measure = client_for("kari"), way.measure(way.case(), days=-3)
    sent = typed(due_on=measure.due_on.isoformat(), change="1")
    assert kari.post(f"/tiltak/{measure.id}", sent).status_code == 303


def test_the_second_who_changes_a_measure_is_told_and_keeps_both_texts(gjovik):
    case = way.case()
    add_member(case=case, user=way.person("tom"), by=as_person("kari"))
    measure = way.measure(case)
    kari, tom, where = client_for("kari"), client_for("tom"), f"/tiltak/{measure.id}"
    seen = re.search(r'name="seen" value="([^"]+)"', tom.get(where).content.decode())[1]
    assert kari.post(where, typed(title="Ny lås", change="1", seen=seen)).status_code == 303
    answer = tom.post(where, typed(title="Nytt låst rom", change="1", seen=seen))
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Noen andre var først ute", "Ny lås", "Nytt låst rom"):
        assert words in page
    measure.refresh_from_db()
    assert measure.title == "Ny lås"
    newest = re.search(r'name="seen" value="([^"]+)"', page)[1]
    assert newest != seen
    assert tom.post(where, typed(title="Nytt låst rom", change="1", seen=newest)).status_code == 303
    measure.refresh_from_db()
    assert measure.title == "Nytt låst rom"


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Annet"}, {"service": "Annen"}, {"kind": "protection"}, {"legal_ground": "samtykke"},
        {"due_on": way.in_hours(999).date()},
    ],
    ids=lambda changes: next(iter(changes)),
)  # fmt: skip
def test_every_change_of_a_plan_is_seen_and_a_move_is_none(gjovik, changes):
    measure = way.measure(way.case())
    seen = queries.as_seen(measure)
    actions.move_measure(measure=measure, to="running", by=as_person("kari"))
    measure.refresh_from_db()
    assert queries.as_seen(measure) == seen
    for name, value in changes.items():
        setattr(measure, name, value)
    assert queries.as_seen(measure) != seen


def test_the_list_shows_overdue_first_and_asks_a_constant_number_of_questions(gjovik):
    kari, case = client_for("kari"), way.case()
    way.measure(case, days=5)
    kari.get("/tiltak")  # the first look of a session notes its time
    forget_keys()
    with CaptureQueriesContext(connection) as few:
        kari.get("/tiltak")
    late = way.measure(way.case(), days=-2)
    add_member(case=case, user=way.person("tom"), by=as_person("kari"))
    way.measure(case, owner="tom")
    forget_keys()
    with CaptureQueriesContext(connection) as more:
        page = kari.get("/tiltak").content.decode()
    assert len(few) == len(more)
    assert "2 dager over frist" in page
    assert queries.due(as_person("kari"))[0] == late


def test_tom_sees_neither_the_measure_nor_its_page(gjovik):
    tom, measure = client_for("tom"), way.measure(way.case())
    hidden, absent = tom.get(f"/tiltak/{measure.id}"), tom.get(f"/tiltak/{uuid.uuid4()}")
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert "Hjemmetjenesten" not in tom.get("/tiltak").content.decode()
    assert tom.post(f"/tiltak/{measure.id}", typed(change="1")).status_code == 404


def test_a_due_measure_is_told_once_and_not_when_the_case_is_closed(house):
    with work(ref("gjovik"), TEST):
        way.measure(way.case(), days=1)
        way.measure(way.case(), days=5)
        closed = way.case()
        way.measure(closed, days=-1)
        close_case(case=closed, by=as_person("kari"))
    mail.outbox.clear()
    tasks.remind.run(ref("gjovik"))
    tasks.remind.run(ref("gjovik"))
    assert [message.to for message in mail.outbox] == [["kari@gjovik.example"]]
    with work(ref("gjovik"), TEST):
        assert Measure.objects.filter(reminded_at__isnull=False).count() == 1


def test_a_new_date_is_reminded_anew(gjovik):
    measure = way.measure(way.case())
    Measure.objects.update(reminded_at=way.in_hours(0))
    plan = actions.Plan("concrete", "Ny dag", way.person("kari"), measure.due_on + timedelta(days=1))
    actions.change_measure(measure=measure, plan=plan, by=as_person("kari"))
    measure.refresh_from_db()
    assert measure.reminded_at is None
