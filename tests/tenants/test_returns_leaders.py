"""Figures for the kommune's own leaders: closed periods alone, given once, and no number that gives anybody away."""

import re
from datetime import date

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.codes.forms import CURRENT, REPORTED, form
from shared.codes.periods import Quarter, parse
from tenants.inbox.models import Cover, Denial
from tenants.returns import leaders, leaders_actions, leaders_engine, leaders_queries
from tenants.returns.counts import RegisteredCase, count_cases
from tenants.returns.leaders_models import GivenFigures
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import text_of
from tests.tenants.test_outreach_year import words_of
from tests.tenants.test_returns_sending import closed_case
from varde.access import Role
from varde.auditor.verdict import audit
from varde.clock import now
from varde.protect.problem import Refusal
from varde.protect.solver import SolverFailed
from varde.refusal import Refused
from varde.ui.dates import day_of

YEAR = day_of(now()).year - 1
PERIOD = f"{YEAR}H1"
HALF, REPORT = f"/statistikk/for-ledelsen/{PERIOD}", f"/informasjon/arsrapport/{YEAR}"
SPRING, AUTUMN = date(YEAR, 4, 2), date(YEAR, 9, 3)


def figures_in(page: str) -> list[str]:
    """What stands in the columns of numbers, and how many cases are said."""
    return re.findall(r'<td class="v-num">([^<]*)', page) + re.findall(r"<strong>(\d+) saker", page)


def seen_by(client) -> str:
    """The print of what the coordinator's page shows."""
    return re.search(r'name="seen" value="(\w+)"', text_of(client, HALF))[1]


def gave(client) -> None:
    """The coordinator gives what the page shows."""
    assert client.post(f"{HALF}/gi", {"seen": seen_by(client)}).status_code == 303


def half_a_year(day: date = SPRING):
    """The sexes are many, six are not said, one relation is three people; and two cases that are not for everybody."""
    for number in range(18):
        closed_case(day, kjonn="man" if number < 8 else "woman", relasjon="partner" if number < 15 else "guardian")
    for _ in range(6):
        closed_case(day)
    hidden = closed_case(day, kjonn="man", relasjon="guardian")
    at = now()
    Denial(concern=hidden.concern, user=way.person("tove"), kind="kinship", at=at, by_user=as_person("kari").user_id,
           by_name="Kari").save(force_insert=True)  # fmt: skip
    covered = closed_case(day, kjonn="man")
    Cover(concern=covered.concern, holder=way.person("kari"), at=at).save(force_insert=True)
    return hidden, covered


def test_a_leader_sees_a_closed_period_when_it_is_given_and_no_small_number_in_it(gjovik):
    half_a_year()
    kari, leader = client_for("kari"), client_for("arne", Role.LEADER)
    assert leader.get(HALF).status_code == 404
    assert "Koordinatoren har ikke gitt noen tall ennå" in text_of(leader, "/statistikk")
    assert f"ikke gitt tall for {YEAR}" in text_of(leader, REPORT)
    assert kari.post(f"{HALF}/gi", {"seen": "noe annet"}).status_code == 422
    gave(kari)
    row = GivenFigures.objects.get()
    answers = row.content["questions"]
    assert (row.content["cases"], answers["kjonn"]["answers"]) == (24, {"man": 8, "woman": 10})
    assert answers["relasjon"]["answers"]["guardian"] is None
    # The three are not what is left of the total either.
    assert list(answers["relasjon"]["answers"].values()).count(None) > 1
    assert set(answers["relasjon"]["answers"].values()) <= {None, 15}
    shown = leader.get(HALF).content.decode()
    numbers = {text for text in figures_in(shown) if text not in ("", ":") and "%" not in text}
    assert {"24", "10", "8"} <= numbers <= {"24", "15", "10", "8"}
    assert "Gi tallene" not in shown
    assert re.search(r"<summary>Den utsattes kjønn <span[^>]*>\d+ har svar</span></summary>", shown)
    year = leader.get(REPORT).content.decode()
    assert f"1. halvår {YEAR}" in text_of(leader, "/statistikk")
    assert {"24", "10", "8"} <= set(figures_in(year)) <= set(figures_in(shown)) | {":"}
    paper = " ".join(words_of(leader.get(f"{REPORT}/utskrift")).split())
    assert "24 saker" in paper
    assert "verge (ikke nær familie) :" in paper
    assert way.logged("returns.given", "view", row.id)


def test_nothing_is_given_that_overlaps_or_is_open_and_what_is_given_stands(gjovik):
    half_a_year(), half_a_year(AUTUMN)
    kari = client_for("kari")
    offered = re.findall(r'/for-ledelsen/(\w+)"', text_of(kari, "/statistikk"))
    assert offered[-3:] == [f"{YEAR}", f"{YEAR}H2", f"{YEAR}H1"]
    today = day_of(now())
    running = f"{today.year}H{(today.month + 5) // 6}"
    assert running not in offered
    for text in (running, f"{YEAR}Q1", f"{YEAR - 1}..{YEAR}", "x"):
        assert kari.get(f"/statistikk/for-ledelsen/{text}").status_code == 404
    gave(kari)
    before = GivenFigures.objects.get().content
    listed = re.findall(r'/for-ledelsen/(\w+)"', text_of(kari, "/statistikk"))
    assert [listed[0], listed[-1], f"{YEAR}" in listed] == [PERIOD, f"{YEAR}H2", False]
    assert kari.get(f"/statistikk/for-ledelsen/{YEAR}").status_code == 404
    with seen_as("kari") as by, pytest.raises(Refused, match="overlapper"):
        leaders_actions.give(period=f"{YEAR}", seen="", by=by)
    stands = GivenFigures.objects.get()
    for period in (PERIOD, f"{YEAR}"):
        with seen_as("kari") as by, pytest.raises(ProgrammingError, match="given once"), transaction.atomic():
            GivenFigures(
                period=period, form=stands.form, content={}, given_at=now(), given_by=by.user_id, given_by_name=by.name
            ).save()
    closed_case(SPRING, kjonn="man")
    assert kari.post(f"{HALF}/gi", {"seen": leaders.print_of(before)}).status_code == 422
    assert GivenFigures.objects.get().content == before
    assert "<strong>24 saker" in text_of(kari, HALF)


def test_members_see_none_of_it_and_a_leader_in_the_team_none_either(gjovik):
    half_a_year()
    with seen_as("kari") as kari:
        content = leaders.protected(leaders_queries.counts_of(leaders.period(PERIOD)))
        GivenFigures(period=PERIOD, form=REPORTED, content=content, given_at=now(), given_by=kari.user_id,
                     given_by_name=kari.name).save(force_insert=True)  # fmt: skip
    assert client_for("arne", Role.REFERENCE_GROUP).get(HALF).status_code == 200
    assert client_for("tom").get(HALF).status_code == 403
    with seen_as("tom"):
        assert not GivenFigures.objects.exists()
    assert client_for("tom", Role.LEADER, Role.TEAM_MEMBER).get(HALF).status_code == 404
    assert "Sakene i tall" not in text_of(client_for("tom"), REPORT)


def test_a_coordinator_who_is_shut_out_sees_the_same_figures_as_one_who_is_not(gjovik):
    """So nobody learns from them that there is a case more."""
    half_a_year()
    kari, tove = client_for("kari"), client_for("tove", Role.COORDINATOR)
    assert seen_by(kari) == seen_by(tove)


def test_without_proof_nothing_is_shown_and_nothing_is_given(gjovik, monkeypatch):
    """An engine that is wrong is found out: the auditor is asked of exactly what it would print."""
    half_a_year()
    kari = client_for("kari")
    seen = seen_by(kari)
    honest = leaders_engine.protect

    def careless(problem, **kwargs):
        release = honest(problem, **kwargs)
        return {"method": "suppress", "show": sorted([*release["show"], *release["hide"]]), "hide": [], "witnesses": []}

    monkeypatch.setattr("tenants.returns.leaders_engine.protect", careless)
    page = kari.get(HALF)
    assert (page.status_code, leaders_engine.UNPROVED in page.content.decode()) == (503, True)
    assert "guardian" not in page.content.decode()
    assert kari.post(f"{HALF}/gi", {"seen": seen}).status_code == 503
    assert not GivenFigures.objects.exists()


@pytest.mark.parametrize("failure", [Refusal("x"), SolverFailed("x")])
def test_an_engine_that_fails_gives_a_sentence_and_no_figures(gjovik, monkeypatch, failure):
    half_a_year()

    def fails(problem, **kwargs):
        raise failure

    monkeypatch.setattr("tenants.returns.leaders_engine.protect", fails)
    assert leaders_engine.UNPROVED in client_for("kari").get(HALF).content.decode()


# --- the rules by themselves -----------------------------------------------------------------------------------------

QUARTERS = st.builds(Quarter, st.integers(2018, 2026), st.integers(1, 4))


@given(QUARTERS, st.lists(st.integers(0, 30), max_size=12), st.dates(date(2018, 1, 1), date(2027, 12, 31)))
def test_periods_that_are_given_are_over_and_never_share_a_month(first, picks, today):
    given_so_far: list[str] = []
    for pick in picks:
        offered = leaders.may_be_given(first, given_so_far, today)
        assert all(one.quarters[-1].last_day < today for one in offered)
        if offered:
            given_so_far.append(offered[pick % len(offered)].value)
    quarters = [quarter for text in given_so_far for quarter in parse(text)]
    assert len(quarters) == len(set(quarters))


CASES = st.lists(
    st.fixed_dictionaries({
        q.key: st.lists(st.sampled_from([a.code for a in q.answers]), max_size=1 if q.single else 3, unique=True)
        for q in form(CURRENT).choices
    }),
    max_size=25,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(CASES)
def test_no_number_below_five_is_kept_and_none_can_be_had_by_subtraction(answers):
    quarter = Quarter(2019, 1)
    given_answers = [{key: tuple(codes) for key, codes in one.items() if codes} for one in answers]
    counts = count_cases([RegisteredCase(quarter, one) for one in given_answers], [quarter])
    kept = leaders.protected(counts)
    if len(answers) < 5:
        assert kept["cases"] is None
    for question in form(REPORTED).choices:
        shown = kept["questions"][question.key]
        numbers = [*shown["answers"].values(), shown["answered"], kept["cases"]]
        assert all(number is None or number >= 5 for number in numbers)
        if None not in (shown["answered"], kept["cases"]):
            assert kept["cases"] - shown["answered"] >= 5
        hidden = [code for code, number in shown["answers"].items() if number is None]
        if question.single and shown["answered"] is not None:
            assert len(hidden) != 1


@settings(max_examples=25, deadline=None)
@given(CASES)
def test_the_auditor_passes_exactly_what_is_printed(answers):
    """Made anew from what is kept, not from what the engine said."""
    counts = count_cases(
        [RegisteredCase(Quarter(2019, 1), {k: tuple(v) for k, v in one.items() if v}) for one in answers]
    )
    problem, kept = leaders_engine.problem_of(counts), leaders.protected(counts)
    cells = {cell["id"] for cell in problem["cells"]}
    printed = {"cases"} if kept["cases"] is not None else set()
    for key, one in kept["questions"].items():
        printed |= {f"answered:{key}"} if one["answered"] is not None else set()
        printed |= {f"code:{key}:{code}" for code, number in one["answers"].items() if number is not None}
    release = {"method": "suppress", "show": sorted(printed), "hide": sorted(cells - printed), "witnesses": []}
    assert audit(problem, release)["safe"]
