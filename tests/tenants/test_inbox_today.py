"""«I dag»: what waits for one person, the most urgent first, on the page that everybody comes to first."""

from datetime import UTC, date, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tenants.cases import glass
from tenants.closing.after_actions import answer_followup, plan_followup
from tenants.closing.models import FollowUp
from tenants.inbox import callbacks_actions, due, due_access, due_states
from tenants.inbox.callbacks_actions import Plan
from tenants.inbox.due import Due
from tenants.inbox.replies_models import ReporterReply
from tenants.persons.spoken import SafetyWarning
from tenants.team.register_models import Routine
from tenants.triage.models import NextStep
from tests.cast import as_person
from tests.client import client_for, log_in
from tests.tenants import way
from varde.access import Role
from varde.audit.models import Entry
from varde.audit.trail import current
from varde.clock import now
from varde.ui.dates import day_of

TIMES = st.none() | st.datetimes(timezones=st.just(UTC)).map(lambda at: at.replace(year=2026, day=min(at.day, 28)))
CODES = [code for code, _ in due_states.SECTIONS]


def text_of(response):
    return response.content.decode()


def start(client, query=""):
    response = client.get(f"/start{query}")
    assert response.status_code == 200
    return text_of(response)


def call_back(owner, hours, who="Fru Berg", concern=None):
    plan = Plan(who, "61 18 95 00", way.in_hours(hours), way.person(owner))
    return callbacks_actions.plan(plan=plan, concern=concern, by=as_person("kari"))


@given(st.lists(st.tuples(TIMES, st.booleans()), max_size=12), st.datetimes(timezones=st.just(UTC)))
def test_the_order_is_that_of_the_sections_whatever_the_time_is(things, moment):
    ordered = sorted(things, key=lambda each: due_states.urgency(each[0], akutt=each[1]))
    places = [CODES.index(due_states.section(at, moment, akutt=akutt)) for at, akutt in ordered]
    assert places == sorted(places)


def test_a_day_ends_at_midnight_here_and_the_page_looks_seven_days_ahead():
    late = datetime(2026, 3, 28, 22, 30, tzinfo=UTC)  # 23.30 here, the night when the clock is moved
    assert due_states.section(late + timedelta(minutes=20), late) == "today"
    assert due_states.section(late + timedelta(hours=1), late) == "week"
    assert due_states.horizon(late) == due.end_of(date(2026, 4, 4))


def test_everything_that_waits_for_kari_is_on_the_first_page_in_order_and_in_the_log(gjovik):
    case = way.case("kari", step=way.step(hours=-5))
    way.measure(case, days=2)
    acute = way.decided("more_info", category="akutt", step=way.step(hours=1)).assessment.concern
    way.received(hours_ago=0.1)
    call_back("kari", 100)
    ReporterReply(concern=acute, text="Mer å si", at=now()).save(force_insert=True)
    SafetyWarning(
        concern=case.concern, kind="dog", text="Stor hund", review_on=day_of(now()), at=now(),
        by_user=as_person("kari").user_id, by_name="Kari",
    ).save(force_insert=True)  # fmt: skip
    Routine(title="Nøkler", owner=way.person("kari"), review_on=day_of(now()), made_at=now()).save(force_insert=True)
    html = start(client_for("kari"))
    said = [
        "Akutt</caption>", "Over fristen</caption>", "Ring den utsatte", "Åpne ny bekymring", "Nøkler",
        "De neste sju dagene</caption>", "Hjemmetjenesten ser innom", "Fru Berg", "Venter på deg</caption>",
        "Ny melding fra melder",
    ]  # fmt: skip
    places = [html.rindex(words) for words in said[:2]]
    assert places == sorted(places)
    assert all(words in html for words in [*said, "Stor hund", case.name, f"/saker/{case.id}/steg"])
    assert html.index("Akutt</caption>") < html.index("Over fristen</caption>") < html.index("Venter på deg</caption>")
    step = NextStep.objects.get(concern=case.concern)
    assert way.logged("triage.step", "list", step.id)
    assert way.logged("inbox.receipt.reply", "list", acute.id)


def test_a_member_finds_their_own_and_nothing_of_a_matter_that_they_do_not_see(gjovik):
    case = way.case("kari", step=way.step(hours=-1))
    way.measure(case, days=1)
    call_back("kari", 2, "Noens nabo")
    call_back("tom", 3, "Hos Tom")
    html = start(client_for("tom"))
    assert "Hos Tom" in html
    assert not any(words in html for words in (case.name, "Ring den utsatte", "Hjemmetjenesten", "Noens nabo"))
    current().flush()
    seen = Entry.objects.filter(user_id=as_person("tom").user_id, action="list").values_list("object_id", flat=True)
    assert str(case.id) not in seen
    assert str(case.concern_id) not in seen


def test_what_is_asked_of_one_person_stands_with_that_person(gjovik):
    closed = way.case("kari", owner="kari")
    plan_followup(case=closed, due_on=day_of(now()), by=as_person("kari"), at=now())
    type(closed).objects.filter(id=closed.id).update(state="closed")
    way.person("tom"), way.person("kari")
    row = glass.ask(typed="2026-1A2B3C", approver=way.person("kari"), reason="Haster", hours=4, by=as_person("tom"))
    html = start(client_for("kari"))
    assert "Tom Teammedlem ber deg godkjenne" in html
    assert f"/saker/{closed.id}/oppfolging" in html
    glass.answer(request=row, yes=False, by=as_person("kari"))
    answer_followup(row=FollowUp.objects.get(), safe_now="yes", needs_more="no", text="", by=as_person("kari"))
    html = start(client_for("kari"))
    assert "ber deg godkjenne" not in html
    assert f"/saker/{closed.id}/oppfolging" not in html


def test_whoever_has_nothing_is_told_so_and_those_outside_the_team_see_the_menu_alone(gjovik):
    assert "Ingenting venter på deg" in start(client_for("tom"))
    assert 'id="i-dag"' not in start(client_for("arne"))
    kim = log_in("gjovik", "kim@gjovik.example", "Kim", Role.CONTACT)
    assert 'id="i-dag"' not in start(kim)


def test_more_than_fifty_are_paged_and_it_is_said(gjovik):
    for number in range(51):
        call_back("tom", number + 1, f"Nummer {number:02d}")
    tom = client_for("tom")
    first, second = start(tom), start(tom, "?side=2")
    assert "Det er mer." in first
    assert "?side=2" in first
    assert ("Nummer 49" in first, "Nummer 50" in first) == (True, False)
    assert ("Nummer 49" in second, "Nummer 50" in second, "Det er mer." in second) == (False, True, False)
    assert all(start(tom, f"?side={odd}") for odd in ("0", "-1", "x", "99999999999", "٣"))


def test_it_costs_the_same_for_one_and_for_twenty(gjovik):
    def lay():
        case = way.case("kari", step=way.step(hours=5))
        way.measure(case)
        call_back("kari", 3, concern=case.concern)

    lay()
    kari, counts = client_for("kari"), []
    start(kari)
    for more in (0, 6):
        for _ in range(more):
            lay()
        with CaptureQueriesContext(connection) as queries:
            start(kari)
        counts.append(sum("django_session" not in query["sql"] for query in queries))
    assert counts[0] == counts[1]


def test_the_deadlines_page_says_that_there_are_more_undecided_and_pages_them(gjovik, monkeypatch):
    monkeypatch.setattr("tenants.triage.views.PAGE_SIZE", 1)
    old, new = way.received(hours_ago=5), way.received(hours_ago=1)
    kari = client_for("kari")
    first, second = text_of(kari.get("/frister")), text_of(kari.get("/frister?uavklart=2"))
    assert "Det er flere." in first
    assert "?uavklart=2" in first
    assert (f"/innboks/{old.id}" in first, f"/innboks/{new.id}" in first) == (True, False)
    assert (f"/innboks/{old.id}" in second, f"/innboks/{new.id}" in second) == (False, True)


def test_a_room_is_asked_for_no_more_than_the_page_can_show(gjovik, monkeypatch):
    asked = []

    def find(reader, until, most):
        asked.append((reader.name, most))
        return [Due("Prøve", "/start", "team.routine", as_person("kari").user_id, text="den")]

    monkeypatch.setattr(due, "_finders", [find])
    today = due_access.today_for(as_person("kari"), 2, now())
    assert (asked, today.sections, today.more) == ([("Kari Koordinator", 101)], [], False)
