"""Cases, returns and closed periods for the tests of releases: from single cases, so that every count has a truth."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from hypothesis import strategies as st

from regional.releases.asked import model
from regional.releases.closing import Sending, Sent, close
from regional.releases.problem import Closed, Part, World
from shared.codes.forms import REPORTED, form
from shared.codes.periods import Quarter, parse
from tenants.returns.counts import RegisteredCase, count_cases
from tests.regional.test_statistics_pilot import DATA, read_case

OF = model()
CODES = {question.key: [answer.code for answer in question.answers] for question in form(REPORTED).choices}


def answers(key: str, most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    """None, one or some of a question's answers."""
    asked = OF.questions[key]
    size = 1 if asked.single else most
    return st.lists(st.sampled_from(CODES[key]), max_size=size, unique=True).map(tuple)


def case_in(quarters: Sequence[Quarter], keys: Iterable[str] = tuple(CODES)) -> st.SearchStrategy[RegisteredCase]:
    """A case with any answers to these questions, none to the others."""
    given = st.fixed_dictionaries({key: answers(key) for key in keys})
    return st.builds(RegisteredCase, st.sampled_from(list(quarters)), given, st.just(REPORTED))


def sending(quarter: Quarter, cases: Iterable[RegisteredCase]) -> Sending:
    """The return of a quarter, counted from the cases known at the time."""
    return Sending(quarter, REPORTED, count_cases(cases, [quarter]))


def sent_for(cases: Sequence[RegisteredCase], quarters: Iterable[Quarter]) -> Sent:
    """Everything sent once, as it stands."""
    return Sent([sending(quarter, cases) for quarter in quarters])


def closed_of(period: str, cases: Mapping[str, Sequence[RegisteredCase]]) -> Closed:
    """A period closed with every kommune's cases of it, nothing late."""
    sent = {name: sent_for(own, parse(period)) for name, own in cases.items()}
    return Closed(period, close(period, sent, {}, least=0).parts)


def world_of(periods: Iterable[str], cases: Mapping[str, Sequence[RegisteredCase]]) -> World:
    """Several periods closed one by one."""
    return World(tuple(closed_of(period, cases) for period in periods))


def where(cases: Iterable[RegisteredCase], test: Callable[[RegisteredCase], bool]) -> int:
    """How many cases it is true of: the brute truth."""
    return sum(test(case) for case in cases)


@cache
def pilot() -> dict[str, list[RegisteredCase]]:
    """The pilot's synthetic cases by kommune."""
    found = defaultdict(list)
    with (DATA / "pilot_cases.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["kommune"]].append(read_case(row))
    return dict(found)


def numbers(parts: Iterable[Part]) -> list[Part]:
    """In the order of kommuner."""
    return sorted(parts, key=lambda part: part.kommune)
