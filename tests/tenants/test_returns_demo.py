"""The demo's past cases: worked with by the rooms' own actions, so that times, deadlines and persons can be counted."""

import random
from contextlib import nullcontext
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from shared.codes.periods import Quarter, quarter_of
from shared.codes.steering import KEYS
from tenants.cases.models import Case
from tenants.inbox.models import Concern
from tenants.returns import demo, demo_past, queries
from tenants.returns.counts import count_cases
from tests.cast import TEST, ref, seen_as
from varde import demo as offices
from varde.access import Reader
from varde.access.ticket import presented
from varde.cli_errors import Complaint
from varde.ui.dates import day_of

UNTIL = datetime(2026, 11, 24, 8, tzinfo=UTC)
HALF = [Quarter(2025, 1), Quarter(2025, 2)]


@pytest.mark.parametrize("rated", ["akutt", "ma", "bor", "mangelfull"])
def test_times_follow_each_other_and_none_is_ahead(rated):
    for seed in range(200):
        went = demo_past.course(rated, Quarter(2026, 3), random.Random(seed), UNTIL)
        done = went.measured or went.decided
        assert went.received <= went.opened <= went.decided <= done <= went.closed <= UNTIL
        assert quarter_of(day_of(went.received)) == Quarter(2026, 3)


def test_nothing_is_ahead_in_a_quarter_that_has_just_ended():
    just = datetime(2026, 10, 1, 1, tzinfo=UTC)
    courses = [demo_past.course("bor", Quarter(2026, 3), random.Random(seed), just) for seed in range(200)]
    assert all(went.opened <= went.decided <= went.closed <= just for went in courses)


def test_cases_of_the_past_tell_of_times_deadlines_and_persons(gjovik):
    cases = list(demo.made_up("3407", HALF, (8, 8)))
    with seen_as("kari") as by:
        assert demo_past.lay(cases, random.Random(1), by) == 16
    with presented(Reader.for_purpose("returns", ref("gjovik"))):
        counts = count_cases(case for _, case in queries.counted())
    assert counts.cases == 16
    assert all(counts.steering[key].answered >= 14 for key in KEYS)
    assert set(counts.steering["frist"].answers) >= {"held", "late"}
    with presented(Reader.for_purpose(TEST, ref("gjovik"))):
        assert {case.state for case in Case.objects.all()} == {"closed"}
        assert "import" not in set(Concern.objects.values_list("channel", flat=True))


@pytest.mark.parametrize("status", [0, 1])
def test_a_helper_lays_the_other_half_and_its_fault_is_told(monkeypatch, status):
    refs = [SimpleNamespace(kind=kind, slug=slug) for kind, slug in (("region", "r"), *(("kommune", s) for s in "abc"))]
    laid = []
    monkeypatch.setattr(offices, "_load", lambda dotted: lambda ref: laid.append(ref.slug))
    monkeypatch.setattr(offices, "_helper", lambda number, jobs: SimpleNamespace(wait=lambda: status))
    with pytest.raises(Complaint, match="kom ikke inn") if status else nullcontext():
        offices._lay("tenants.returns.demo:seed", refs[1:], 2)
    assert laid == ["a", "c"]
    offices._share(refs, 1, 2)
    assert laid == ["a", "c", "b"]
