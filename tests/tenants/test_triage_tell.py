"""A duty answered with yes leads on: somebody tells somebody by a day, it shows in «I dag», and it ends once."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from tenants.cases.actions import remove_member
from tenants.closing.known_queries import known_of
from tenants.closing.loose_queries import items_of, loose_in
from tenants.inbox.models import Concern
from tenants.joined.actions import Wish, join
from tenants.joined.duties import open_duties
from tenants.triage import (
    duties_actions,
    duties_queries,
    duties_today,
    hold_actions,
    rate_actions,
    tell_actions,
    tell_queries,
)
from tenants.triage.duties_actions import Answer
from tenants.triage.models import NextStep
from tenants.triage.tell_actions import ToTell
from tenants.triage.tell_models import Telling
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.test_hidden import deny, refused
from tests.tenants.test_triage_duties import CODES, weigh, yes
from varde.clock import now
from varde.identity.models import User
from varde.refusal import Overtaken, Refused
from varde.ui.dates import day_of, short_date

TODAY = day_of(now())


def start(name: str) -> str:
    return client_for(name).get("/start").content.decode()


def telling(concern: Concern, owner: str = "kari", days: int = 0, duty: str = "children") -> Telling:
    """Somebody is to tell the barnevern; `days` from today, which may be past."""
    what = ToTell(way.person(owner), "barnevernet", TODAY + timedelta(days=days))
    return tell_actions.lay(concern=concern, duty=duty, what=what, by=as_person("kari"))


def weigh_all(concern: Concern) -> None:
    for code in CODES:
        weigh(concern, "no", "Gjelder ikke", duty=code)


def test_a_yes_is_told_by_somebody_and_ends_with_date_and_recipient(gjovik):
    kari, case = client_for("kari"), way.case()
    sent = yes("children", to="barnevernet", due=TODAY.isoformat())
    assert kari.post(f"/innboks/{case.concern_id}/plikter", sent).status_code == 303
    row = Telling.objects.get()
    where = f"/innboks/{case.concern_id}/plikter/{row.id}"
    page = kari.get(f"/saker/{case.id}").content.decode()
    assert f"Skal meldes til barnevernet innen {short_date(TODAY)} av Kari Koordinator" in page
    assert f'href="{where}"' in page
    html = start("kari")
    assert "barnevernet" in html
    assert where in html
    assert "Hvem fikk meldingen?" in kari.get(where).content.decode()
    assert way.logged("triage.telling", "view", case.concern_id)
    ended = {"told": "1", "meldt-told_on": TODAY.isoformat(), "meldt-told_to": "barnevernet i Gjøvik"}
    late = TODAY + timedelta(days=2)
    for changes, sentence in (
        ({"meldt-told_on": late.isoformat()}, "fram i tid"), ({"meldt-told_to": ""}, "Fyll ut «Hvem fikk meldingen?»."),
    ):  # fmt: skip
        answer = kari.post(where, ended | changes)
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert kari.post(where, ended).status_code == 303
    told = f"Meldt {short_date(TODAY)} til barnevernet i Gjøvik"
    for address in (f"/saker/{case.id}", f"/innboks/{case.concern_id}", f"/innboks/{case.concern_id}/plikter", where):
        assert told in kari.get(address).content.decode(), address
    assert where not in start("kari")
    assert "<form" not in kari.get(where).content.decode().partition("<main")[2].partition("</main")[0]
    again = kari.post(where, ended | {"meldt-told_to": "noen andre"}).content.decode()
    assert "Kari Koordinator var først ute" in again
    assert "noen andre" in again
    assert known_of(case.concern, case).duties[0].reason.endswith(f"{told}.")


def test_which_duty_it_is_and_who_is_told_stands_sealed(gjovik):
    telling(way.opened())
    raw = Telling.objects.values_list("duty", "to_whom").get()
    assert not any(word in bytes(cell) for cell in raw for word in (b"children", b"barnevernet"))


def test_what_is_not_there_or_in_another_matter_is_not_found_and_logged(gjovik):
    kari, concern = client_for("kari"), way.opened()
    other = telling(way.opened())
    assert kari.get(f"/innboks/{concern.pk}/plikter/{other.pk}").status_code == 404
    assert way.logged("triage.telling", "denied", other.pk)
    denial = deny(way.opened(), "tom")
    assert kari.post(f"/innboks/{concern.pk}/tilgang/{denial.pk}/opphev").status_code == 404
    assert way.logged("inbox.denial", "denied", denial.pk)


def test_a_new_answer_replaces_what_was_to_be_told(gjovik):
    concern = way.opened()
    weigh(concern, duty="children")
    weigh(concern, duty="children")
    weigh(concern, duty="avert")
    children = [row for row in tell_queries.of_matter(concern) if row.duty == "children"]
    assert [row.ended_at is None for row in children] == [True, False]
    weigh(concern, "no", "Barna er voksne", duty="children")
    assert [row.duty for row in tell_queries.untold(concern)] == ["avert"]
    page = client_for("kari").get(f"/innboks/{concern.id}/plikter").content.decode()
    assert "Ikke meldt til politiet" in page
    with pytest.raises(Refused, match="hvem som melder fra"):
        duties_actions.weigh(
            concern=concern, given=[Answer("guardian", "yes", "Hun tar pengene")], by=as_person("kari")
        )


def test_it_is_given_to_other_hands_and_the_second_is_told(gjovik):
    kari, case = client_for("kari"), way.case(owner="tom")
    row = telling(case.concern)
    seen, day = tell_queries.as_seen(row), TODAY + timedelta(days=3)
    tom, me = way.person("tom"), way.person("kari")
    tell_actions.change(telling=row, owner=tom, due_on=day, seen=seen, by=as_person("tom"))
    sent = {"change": "1", "bytt-owner": str(me.id), "bytt-due_on": TODAY.isoformat(), "bytt-seen": seen}
    answer = kari.post(f"/innboks/{case.concern_id}/plikter/{row.id}", sent)
    assert (answer.status_code, "var først ute" in answer.content.decode()) == (422, True)
    fresh = Telling.objects.get()
    again = sent | {"bytt-seen": tell_queries.as_seen(fresh)}
    assert kari.post(f"/innboks/{case.concern_id}/plikter/{row.id}", again).status_code == 303
    fresh.refresh_from_db()
    assert (fresh.owner, fresh.due_on) == (me, TODAY)
    with pytest.raises(Overtaken):
        tell_actions.change(telling=row, owner=tom, due_on=day, seen=f"{tom.id} {day}", by=as_person("tom"))
    with pytest.raises(Refused, match="passert"):
        tell_actions.change(telling=row, owner=tom, due_on=TODAY - timedelta(days=1), seen=None, by=as_person("tom"))


def test_what_is_late_comes_to_who_has_the_next_step_and_the_coordinators(gjovik):
    case = way.case(owner="tom")
    weigh_all(case.concern)
    telling(case.concern, days=2)
    assert ("barnevernet" in start("kari"), "barnevernet" in start("tom")) == (True, False)
    Telling.objects.update(due_on=TODAY - timedelta(days=1))
    assert "Kari Koordinator skulle gjøre det" in start("tom")
    Telling.objects.update(owner=way.person("tom"))
    assert "Tom Teammedlem skulle gjøre det" in start("kari")
    Telling.objects.update(due_on=TODAY + timedelta(days=2))
    assert "barnevernet" not in start("kari")
    User.objects.filter(id=way.person("tom").id).update(is_active=False)
    assert "Tom Teammedlem skulle gjøre det" in start("kari")


def test_duties_that_nobody_weighed_come_to_who_has_the_next_step(gjovik):
    case = way.case(owner="tom")
    assert "8 av 8 plikter er ikke vurdert" in start("tom")
    assert "plikter er ikke vurdert" not in start("kari")
    weigh(case.concern, "no", "Nei", by="tom")
    weigh(case.concern, "not_yet", "Vet ikke", duty="children", by="tom")
    assert "7 av 8 plikter er ikke vurdert" in start("tom")
    weigh_all(case.concern)
    assert "plikter er ikke vurdert" not in start("tom")
    weigh(case.concern, "not_yet", "Vi vet for lite", duty="children", by="tom")
    assert "1 av 8 plikter er ikke vurdert" in start("tom")
    hold_actions.stop(concern=case.concern, reason="Venter", look_at=TODAY + timedelta(days=9), by=as_person("kari"))
    assert "plikter er ikke vurdert" not in start("tom")


def test_what_is_akutt_and_late_and_what_nobody_here_owns_comes_to_the_coordinator(gjovik):
    concern = way.opened(hours_ago=5)
    way.decided("case", concern=concern, category="akutt", owner="tom")
    assert "8 av 8 plikter er ikke vurdert" in start("kari")
    NextStep.objects.update(akutt=False)
    assert "plikter er ikke vurdert" not in start("kari")
    User.objects.filter(id=way.person("tom").id).update(is_active=False)
    assert "8 av 8 plikter er ikke vurdert" in start("kari")


def test_what_is_left_to_weigh_follows_every_answer_and_every_decision(gjovik):
    """The database reckons it, whatever the one who writes the step says."""
    case = way.case(owner="tom")
    step = NextStep.objects.get(concern=case.concern, done_at=None)
    assert (step.assess_by, step.settled) == (duties_queries.assess_by(case.concern), 0)
    for answer, settled in (("no", 1), ("not_yet", 0), ("no", 1)):
        weigh(case.concern, answer, "Slik er det")
        assert _settled(case.concern) == settled
    weigh_all(case.concern)
    NextStep.objects.filter(pk=step.pk).update(settled=0, assess_by=None)
    assert _settled(case.concern) == len(CODES)
    kari = as_person("kari")
    rate_actions.rate(concern=case.concern, category="akutt", reason="Han er ute igjen.", seen=None, by=kari)
    step.refresh_from_db()
    assert step.assess_by == duties_queries.assess_by(case.concern) < now() + timedelta(hours=3)


def _settled(concern: Concern) -> int:
    return NextStep.objects.get(concern=concern, done_at=None).settled


def test_behind_those_that_are_settled_the_one_that_is_not_is_found(gjovik):
    first, second = (way.case(owner="tom") for _ in range(2))
    weigh_all(first.concern)
    with seen_as("tom"):
        (found,) = duties_today.unweighed(as_person("tom"), now() + timedelta(days=7), 1)
    assert found.concern_id == second.concern_id


def test_today_asks_the_same_for_one_and_for_many(gjovik):
    kari = client_for("kari")

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert kari.get("/start").status_code == 200
        return len(asked)

    telling(way.case().concern, days=-1)
    questions()
    first = questions()
    for _ in range(2):
        telling(way.case().concern, days=-1)
    assert questions() == first


def test_whoever_is_shut_out_hands_it_on_and_sees_neither_page_nor_row(gjovik):
    concern, tom = way.opened(), client_for("tom")
    row = telling(concern, owner="tom")
    assert tom.get(f"/innboks/{concern.id}/plikter/{row.id}").status_code == 200
    deny(concern, "tom")
    assert Telling.objects.get().owner == way.person("kari")
    hidden = tom.get(f"/innboks/{concern.id}/plikter/{row.id}")
    assert (hidden.status_code, "barnevernet" in start("tom")) == (404, False)
    with seen_as("tom"):
        assert not Telling.objects.exists()
    with pytest.raises(Refused, match="ikke på saken"):
        telling(concern, owner="tom")
    with seen_as("kari"), pytest.raises(ProgrammingError, match="shut out"), transaction.atomic():
        Telling.objects.update(owner=way.person("tom"))
    elsewhere = way.opened()
    assert client_for("kari").get(f"/innboks/{elsewhere.id}/plikter/{row.id}").status_code == 404


def test_what_was_said_and_what_ended_is_frozen(gjovik):
    row = telling(way.opened())
    for column, value in (("made_by_name", "'En annen'"), ("made_at", "now()"), ("to_whom", "''::bytea")):
        with refused("frozen") as cursor:
            cursor.execute(f"UPDATE triage_telling SET {column} = {value} WHERE id = '{row.pk}'")
    with refused("permission denied") as cursor:
        cursor.execute("DELETE FROM triage_telling")
    tell_actions.tell(telling=row, told_on=TODAY, told_to="barnevernet", by=as_person("kari"))
    with refused("frozen") as cursor:
        cursor.execute("UPDATE triage_telling SET told_on = '2020-01-01'")


def test_nobody_leaves_a_case_and_no_case_is_left_with_something_to_tell(gjovik):
    case = way.case(owner="tom")
    NextStep.objects.update(owner=way.person("kari"))
    telling(case.concern, owner="tom")
    with pytest.raises(Refused, match="skal melde fra om noe"):
        remove_member(case=case, user=way.person("tom"), by=as_person("kari"))
    lines = [item.text for item in items_of(case.concern, loose_in(case.concern, now()))]
    assert "Skal meldes, men er ikke meldt: Melding til barnevernet (barnevernet)." in lines
    kept = way.case()
    (duty,) = open_duties(case.concern)
    wish = Wish("Samme person", carried=[duty.key])
    join(concern=case.concern, into=kept.concern, wish=wish, by=as_person("kari"))
    (carried,) = tell_queries.untold(kept.concern)
    assert (carried.duty, carried.to_whom, carried.due_on) == ("children", "barnevernet", TODAY)
    assert not tell_queries.untold(case.concern)
