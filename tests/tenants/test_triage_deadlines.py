"""Deadlines in hours of the clock or of the opening hours: a setting per category, kept with its date."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tenants.team.models import OtherDay
from tenants.triage import actions, queries, urgency
from tenants.triage.deadlines_forms import DeadlineForm, friday_afternoon, in_words
from tenants.triage.models import DeadlineRule
from tenants.triage.urgency import Rule
from tests.cast import as_person
from tests.client import client_for
from tests.tenants import way
from varde.clock import OSLO, now
from varde.worktime import Calendar, Opening, Span

WEEKDAYS = Calendar((Opening(date(2000, 1, 1), dict.fromkeys(range(5), (Span(time(8), time(15, 30)),))),))
FRIDAY = datetime(2026, 11, 27, 15, 0, tzinfo=OSLO)
TYPED = {"akutt": "3", "ma": "168", "bor": "504", "mangelfull": "168"}


def oslo(text: str) -> datetime:
    """As the clock in Oslo shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=OSLO).astimezone(UTC)


def test_plain_hours_hold_until_the_office_says_otherwise():
    for code, hours in (("akutt", 3), ("ma", 168), ("bor", 504)):
        assert urgency.deadline(code, [], received_at=FRIDAY, now=FRIDAY) == FRIDAY + timedelta(hours=hours)
        assert urgency.rule_for(code, [], FRIDAY).counting == "clock"


def test_open_hours_wait_for_monday():
    rules = [Rule("ma", 3, FRIDAY - timedelta(days=1), WEEKDAYS)]
    assert urgency.deadline("ma", rules, received_at=FRIDAY, now=FRIDAY) == oslo("2026-11-30 10:30")
    assert urgency.first_look(FRIDAY, rules, FRIDAY) == FRIDAY + timedelta(hours=3)


def test_an_office_that_never_opens_falls_back_on_the_clock():
    rules = [Rule("ma", 3, FRIDAY - timedelta(days=1), Calendar(()))]
    assert urgency.deadline("ma", rules, received_at=FRIDAY, now=FRIDAY) == FRIDAY + timedelta(hours=3)


def test_a_deadline_in_the_lost_hour_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match=r"Klokken 02.30 finnes ikke 29.03.2026"):
        urgency.due_moment(date(2026, 3, 29), time(2, 30), FRIDAY - timedelta(days=300))


def test_a_deadline_in_the_hour_that_comes_twice_is_the_first_one():
    due = urgency.due_moment(date(2026, 10, 25), time(2, 30), datetime(2026, 10, 1, tzinfo=UTC))
    assert due == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_lost_hour_is_said_on_the_page_and_what_was_typed_stays(gjovik, monkeypatch):
    before = datetime(2026, 3, 1, 12, tzinfo=UTC)
    kari = client_for("kari")
    concern = way.decided("more_info").assessment.concern
    monkeypatch.setattr("tenants.triage.pages.now", lambda: before)
    typed = {"change": "1", "change-owner": str(as_person("kari").user_id), "change-due_day": "2026-03-29"}
    answer = kari.post(f"/innboks/{concern.id}/steg", typed | {"change-due_hour": "02:30"})
    assert answer.status_code == 422
    assert "Klokken 02.30 finnes ikke 29.03.2026" in answer.content.decode()
    assert "2026-03-29" in answer.content.decode()


def test_the_coordinator_chooses_which_hours_count_and_it_is_kept(gjovik):
    kari = client_for("kari")
    assert kari.post("/team/frister", TYPED | {"ma": "15", "ma_teller": "open"}).status_code == 303
    page = kari.get("/team/frister").content.decode()
    assert "Må-sak: 15 timer i åpningstiden" in page
    rule = DeadlineRule.objects.get()
    assert (rule.category, rule.hours, rule.counting, rule.set_by) == ("ma", 15, "open", "Kari Koordinator")
    assert queries.rules()[0].calendar is not None


def test_the_hours_alone_or_the_counting_alone_is_a_change(gjovik):
    by = as_person("kari")
    assert actions.set_deadlines(hours={"ma": 168}, counting={"ma": "open"}, by=by) == ["ma"]
    assert actions.set_deadlines(hours={"ma": 168}, by=by) == []
    assert actions.set_deadlines(hours={"ma": 100}, by=by) == ["ma"]
    assert [row.counting for row in DeadlineRule.objects.order_by("valid_from")] == ["open", "open"]
    assert actions.set_deadlines(hours={"ma": 100}, counting={"ma": "clock"}, by=by) == ["ma"]


def test_a_decision_counts_open_hours_around_a_day_of_ones_own(gjovik):
    actions.set_deadlines(hours={"ma": 30}, counting={"ma": "open"}, by=as_person("kari"))
    plain = way.decided("more_info", category="bor").assessment
    made = way.decided("more_info").assessment
    for day in range(1, 4):
        OtherDay(day=now().astimezone(OSLO).date() + timedelta(days=day)).save()
    later = way.decided("more_info").assessment
    assert made.deadline_at < later.deadline_at
    assert plain.deadline_at == plain.concern.received_at + timedelta(hours=504)


@pytest.mark.parametrize("typed", [{"ma_teller": "noe"}, {"ma": "0"}, {"ma": ""}, {"ma": "tre"}])
def test_what_cannot_be_is_refused_and_what_was_typed_stays(gjovik, typed):
    answer = client_for("kari").post("/team/frister", TYPED | {"bor_teller": "open", "bor": "77"} | typed)
    assert (answer.status_code, DeadlineRule.objects.count()) == (422, 0)
    assert 'value="77"' in answer.content.decode()


def test_the_page_shows_an_example_of_each_way_of_counting(gjovik):
    page = client_for("kari").get("/team/frister").content.decode()
    came = friday_afternoon(now()).astimezone(OSLO)
    assert page.count(f"Kommer fredag {came:%d.%m.%Y} kl. 15.00: frist") == 8


def test_the_example_says_the_deadline():
    form = DeadlineForm(rules=[], calendar=WEEKDAYS, now=oslo("2026-11-24 12:00"))
    clock = "Kommer fredag 27.11.2026 kl. 15.00: frist fredag 27.11.2026 kl. 18.00."
    assert form.example(3, "clock") == clock
    assert form.example(3, "open") == "Kommer fredag 27.11.2026 kl. 15.00: frist mandag 30.11.2026 kl. 10.30."


def test_hours_in_words():
    assert [in_words(168), in_words(3), in_words(24, "open")] == ["7 dager", "3 timer", "24 timer i åpningstiden"]
