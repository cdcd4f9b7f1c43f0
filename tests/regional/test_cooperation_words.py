"""What the steps say in the registry: an end stays an end, nobody comes in on an old yes, and the text agrees."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from regional.cooperation import agreement_actions as actions
from regional.cooperation import agreement_queries as queries
from regional.cooperation import money, money_views, steps_actions, steps_ending, steps_queries
from regional.cooperation.agreement_models import Agreement, AgreementStep
from shared.post.actions import open_mail
from shared.registry.standing_actions import say
from shared.registry.standing_queries import parties, party_of
from tenants.starting import agreement_actions, agreement_queries
from tenants.starting.agreement_actions import Decision
from tests.cast import TEST, ref
from tests.client import log_in
from tests.regional.agreement_steps import as_liv, begin, begun, leaves_its_own_region, names, seen
from tests.regional.agreement_steps import host as host
from tests.regional.agreement_steps import liv as liv
from tests.regional.agreement_steps import row as row
from tests.standing import REGION
from varde.access import Reader, Role
from varde.clock import now
from varde.refusal import Refused
from varde.tenancy.work import work
from varde.ui.dates import day_of

DECIDED = Decision("Kommunedirektøren", "12/26", "Vi vil.")
DAY = timedelta(days=1)


@contextmanager
def at_kommune(slug: str) -> Iterator[Reader]:
    with work(ref(slug), TEST) as by:
        yield replace(by, roles=frozenset({Role.ADMINISTRATOR, Role.LEADER}), name="Kari")


def carried_out(step: AgreementStep, by: Reader) -> None:
    steps_ending.finish(step=step, by=by, seen=seen(step, by))


def in_force(by: Reader, at) -> set:
    return {party.kommune for party in parties(by.office.id, at)}


def invited() -> tuple[Agreement, AgreementStep]:
    leaves_its_own_region("nabo")
    with as_liv() as by:
        row = begun(by)
        step = begin(row, "join", "nabo", by)
        steps_actions.send_terms(step=step, answer_by=None, message="", by=by)
    open_mail(ref("nabo"))
    return row, step


def answered(said: str) -> None:
    with at_kommune("nabo") as by:
        waiting = agreement_queries.waiting()
        assert waiting is not None
        agreement_actions.answer(notice=waiting.row, said=said, day=None, decision=DECIDED, by=by)
    open_mail(ref(REGION))


def alone(agreement, after: timedelta = timedelta(0)) -> None:
    """The region says yes by itself."""
    with as_liv() as by:
        say(agreement=agreement, region=by.office.id, kommune=ref("nabo").id, word="in", at=now() + after, by=by)


# --- what ends, stays ended ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("kind", "slug"), [("leave", "gjovik"), ("end", "")])
def test_another_host_undoes_no_end_to_come(row, host, liv, kind, slug):
    later = now() + 60 * DAY
    carried_out(begin(row, kind, slug, liv, later), liv)
    before = in_force(liv, later)
    assert ref("gjovik").id not in before
    carried_out(begin(row, "host", "ostre-toten", liv), liv)
    assert in_force(liv, later) == before
    assert ref("gjovik").id in in_force(liv, now() + DAY)


def test_the_end_for_all_takes_those_who_would_begin_later_too(house):
    row, step = invited()
    with at_kommune("nabo") as by:
        day = day_of(now()) + 20 * DAY
        agreement_actions.answer(notice=agreement_queries.waiting().row, said="yes", day=day, decision=DECIDED, by=by)
    open_mail(ref(REGION))
    with as_liv() as by:
        steps_actions.region_yes(step=step, by=by, seen=seen(step, by))
        assert ref("nabo").id in in_force(by, now() + 30 * DAY)
    with as_liv() as by:
        ending = begin(row, "end", "", by)
        assert any(one.what.startswith("Nabo: ") for one in steps_queries.consequences_of(ending, now(), by))
        carried_out(ending, by)
        assert in_force(by, now() + 30 * DAY) == set()


def test_nobody_comes_in_on_an_agreement_that_has_ended(house):
    row, step = invited()
    answered("yes")
    with as_liv() as by:
        carried_out(begin(row, "end", "", by), by)
        assert "cancelled" in steps_queries.codes(step)
        with pytest.raises(Refused, match="er over"):
            steps_actions.region_yes(step=step, by=by, seen=seen(step, by))
        with pytest.raises(Refused, match="avsluttet"):
            begin(row, "join", "nabo", by)
    alone(row.id)
    with as_liv() as by:
        assert names(by) == set()


def test_a_last_day_in_the_text_alone_is_refused(row, liv):
    stands = queries.newest(row)
    with pytest.raises(Refused, match="Avtalen avsluttes"):
        ended = replace(stands.terms, ends_on=day_of(now()) + DAY)
        actions.amend(row=row, terms=ended, from_day=stands.from_day, why="Kort.", by=liv)


# --- an old yes ------------------------------------------------------------------------------------------------------
def test_a_kommune_that_went_out_is_in_again_when_the_region_has_said_yes_and_not_before(house):
    with as_liv() as by:
        row = begun(by)
    with at_kommune("ostre-toten") as by:
        agreement_actions.leave(day=None, decision=DECIDED, by=by)
    open_mail(ref(REGION))
    with as_liv() as by:
        (line,) = steps_queries.under_way(row)
        carried_out(line.step, by)
        step = begin(row, "join", "ostre-toten", by)
        steps_actions.send_terms(step=step, answer_by=None, message="Velkommen tilbake?", by=by)
    open_mail(ref("ostre-toten"))
    with at_kommune("ostre-toten") as by:
        waiting = agreement_queries.waiting()
        agreement_actions.answer(notice=waiting.row, said="yes", day=None, decision=DECIDED, by=by)
    open_mail(ref(REGION))
    with as_liv() as by:
        assert "Østre Toten" not in names(by)
        steps_actions.region_yes(step=step, by=by, seen=seen(step, by))
        assert "Østre Toten" in names(by)


def test_a_yes_lapses_when_the_step_is_called_off_and_the_kommune_is_told(house):
    row, step = invited()
    answered("yes")
    with as_liv() as by:
        steps_actions.cancel(step=step, why="Ikke likevel.", by=by)
    open_mail(ref("nabo"))
    with at_kommune("nabo") as by:
        newest = agreement_queries.notices()[0]
        assert (newest.title, newest.letter.message) == ("Vilkårene er trukket", "Ikke likevel.")
        assert not agreement_queries.holds(by).waits
    alone(row.id, 300 * DAY)
    with as_liv():
        assert party_of(ref("nabo").id, now() + 400 * DAY) is None


def test_terms_that_were_called_off_wait_for_no_answer(house):
    _, step = invited()
    with as_liv() as by:
        steps_actions.cancel(step=step, why="Ikke likevel.", by=by)
    open_mail(ref("nabo"))
    with at_kommune("nabo"):
        assert agreement_queries.waiting() is None


def test_a_yes_that_crosses_the_calling_off_lapses_when_it_is_opened(house):
    row, step = invited()
    with as_liv() as by:
        steps_actions.cancel(step=step, why="Ikke likevel.", by=by)
    answered("yes")
    alone(row.id, DAY)
    with as_liv():
        assert party_of(ref("nabo").id, now() + 2 * DAY) is None


@pytest.mark.parametrize("how", ["takes it back", "says no to new terms"])
def test_a_kommune_takes_its_yes_back_before_it_is_in(house, how):
    row, step = invited()
    answered("yes")
    if how == "takes it back":
        with at_kommune("nabo") as by:
            assert agreement_queries.holds(by).waits
            agreement_actions.leave(day=None, decision=DECIDED, by=by)
            assert not agreement_queries.holds(by).waits
        open_mail(ref(REGION))
        with as_liv() as by:
            assert steps_queries.codes(step)[-1] == "out"
            assert [line.said for line in steps_queries.under_way(row)] == ["Kommunen har trukket svaret"]
    else:
        with as_liv() as by:
            steps_actions.send_terms(step=step, answer_by=None, message="Andre vilkår", by=by)
        open_mail(ref("nabo"))
        answered("no")
    alone(row.id)
    with as_liv() as by:
        assert "Nabo" not in names(by)


def test_the_page_offers_to_take_the_yes_back(house):
    invited()
    answered("yes")
    kari = client_for_nabo()
    assert "Trekk svaret" in kari.get("/samarbeidsavtale").content.decode()
    typed = {"decided_by": "Kommunedirektøren", "reference": "", "reason": "Vi ombestemte oss.", "understood": "on"}
    assert kari.post("/samarbeidsavtale/ut", typed).status_code == 303
    assert "Trekk svaret" not in kari.get("/samarbeidsavtale").content.decode()


def client_for_nabo():
    return log_in("nabo", "kari@nabo.example", "Kari", Role.ADMINISTRATOR)


def test_a_later_day_is_the_day_that_holds(house):
    with as_liv() as by:
        begun(by)
    today = day_of(now())
    with at_kommune("ostre-toten") as by:
        agreement_actions.leave(day=today + 10 * DAY, decision=DECIDED, by=by)
        row = agreement_actions.leave(day=today + 40 * DAY, decision=DECIDED, by=by)
        assert party_of(by.office.id, now() + 20 * DAY) is not None
        assert party_of(by.office.id, now() + 41 * DAY) is None
        assert agreement_queries.holds(by).changes_at == row.starts_at


def test_an_end_behind_another_change_is_shown(house):
    with as_liv() as by:
        begun(by)
        region, kommune = by.office.id, ref("ostre-toten").id
        for word, after in (("in", 10), ("out", 30)):
            say(agreement=region, region=region, kommune=kommune, word=word, at=now() + after * DAY, by=by)
    with at_kommune("ostre-toten") as by:
        found = agreement_queries.holds(by)
        assert (found.changes_at > now() + 29 * DAY, found.then) == (True, False)


# --- the text says what is true --------------------------------------------------------------------------------------
def later_version(row, liv) -> None:
    stands = queries.newest(row)
    renamed = replace(stands.terms, title="Ny fra nyttår")
    actions.amend(row=row, terms=renamed, from_day=day_of(now()) + 40 * DAY, why="Ny.", by=liv)


def test_who_leaves_is_out_of_todays_text_and_of_the_one_to_come(row, host, liv):
    later_version(row, liv)
    carried_out(begin(row, "leave", "ostre-toten", liv), liv)
    today, then = queries.holding(row), queries.holding(row, day_of(now()) + 50 * DAY)
    assert [each.terms.party(ref("ostre-toten").id) for each in (today, then)] == [None, None]
    assert (today.terms.title == then.terms.title, then.terms.title) == (False, "Ny fra nyttår")


def test_the_end_stands_in_the_text_at_once(row, host, liv):
    later_version(row, liv)
    carried_out(begin(row, "end", "", liv, now() + 10 * DAY), liv)
    for day in (day_of(now()), day_of(now()) + 50 * DAY):
        assert queries.holding(row, day).terms.ends_on is not None


def test_other_terms_than_the_kommune_saw_are_sent_anew(house):
    row, step = invited()
    answered("yes")
    with as_liv() as by:
        stands = queries.newest(row)
        other = replace(stands.terms, settings=replace(stands.terms.settings, meetings_per_year=12))
        actions.amend(row=row, terms=other, from_day=stands.from_day, why="Andre vilkår.", by=by)
        with pytest.raises(Refused, match="Send dem på nytt"):
            steps_actions.region_yes(step=step, by=by, seen=seen(step, by))
        assert "Nabo" not in names(by)
        steps_actions.send_terms(step=step, answer_by=None, message="", by=by)
    alone(row.id)
    with as_liv() as by:
        assert "Nabo" not in names(by), "the yes was to other terms"
        say(agreement=row.id, region=by.office.id, kommune=ref("nabo").id, word="out", at=now(), by=by)
    open_mail(ref("nabo"))
    answered("yes")
    with as_liv() as by:
        steps_actions.region_yes(step=step, by=by, seen=seen(step, by))
        assert "Nabo" in names(by)


def test_the_plan_adds_up_after_somebody_has_left(row, host, liv):
    year = now().year
    actions.set_figures(row=row, year=year, figures={(None, "grant"): 1000001}, by=liv)
    actions.plan_by_shares(row=row, year=year, by=liv)
    carried_out(begin(row, "leave", "ostre-toten", liv), liv)
    actions.plan_by_shares(row=row, year=year, by=liv)
    lines = money.lines(money_views._parties(row, year), queries.figures(row, year))
    assert money.total(lines).planned == 1000001
