"""A kommune that sends and is closed with, half-year by half-year, and the cases that tests of it are made of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from regional.releases.closing import Sending, Sent, freeze
from regional.releases.flat import Flat
from regional.releases.problem import Part
from shared.codes.forms import REPORTED
from shared.codes.periods import Quarter, parse
from shared.contracts import Counts
from tenants.returns.counts import RegisteredCase, count_cases
from tests.regional.releasing import case_in

HALVES = ("2025H1", "2025H2", "2026H1", "2026H2")
QUARTERS = [quarter for half in HALVES for quarter in parse(half)]
KEYS = ("overgrep", "sarbarhet", "relasjon", "kjonn")
CASE = case_in(QUARTERS, KEYS)
FIRST = QUARTERS[0]


@dataclass
class Kommune:
    """A kommune's register, what it has sent last for each quarter, and what has been frozen of it."""

    cases: list[RegisteredCase] = field(default_factory=list)
    sent: dict[Quarter, Counts] = field(default_factory=dict)
    frozen: dict[str, Part] = field(default_factory=dict)

    def send(self, quarter: Quarter) -> None:
        self.sent[quarter] = count_cases(self.cases, [quarter])

    @property
    def known(self) -> Sent:
        return Sent([Sending(quarter, REPORTED, counts) for quarter, counts in self.sent.items()])

    def close(self, period: str) -> None:
        part = freeze("k", period, self.known, list(self.frozen.values())).part
        if part is not None:
            self.frozen[period] = part


def plain(numbers: Flat) -> dict[Any, int]:
    """Without the quarters, and without what is 0."""
    return {name: count for name, count in numbers.items() if count and name[0] != "saker"}


rounds = st.lists(
    st.fixed_dictionaries({
        "new": st.lists(CASE, max_size=4),
        "changed": st.lists(CASE, max_size=2),
        "dropped": st.integers(0, 2),
        "not_sent": st.sets(st.sampled_from(QUARTERS), max_size=3),
    }),
    min_size=1,
    max_size=len(HALVES),
)  # fmt: skip


def run(kommune: Kommune, told: Sequence[Any]) -> list[str]:
    """What happens before each closing: cases come, are changed and deleted, and most quarters are sent (again)."""
    closed = list(HALVES[: len(told)])
    for period, each in zip(closed, told, strict=True):
        kommune.cases += each["new"]
        for at, case in enumerate(each["changed"][: len(kommune.cases)]):
            kommune.cases[at] = RegisteredCase(kommune.cases[at].quarter, case.answers, REPORTED)
        del kommune.cases[: each["dropped"]]
        for quarter in QUARTERS:
            if quarter not in each["not_sent"]:
                kommune.send(quarter)
        kommune.close(period)
    return closed


def person(**answers: str) -> RegisteredCase:
    """A case of the first quarter."""
    return RegisteredCase(FIRST, {key: (code,) for key, code in answers.items()}, REPORTED)


told_later = st.tuples(CASE, st.integers(0, 1))
"""A case, and how many half-years after its own it is known."""
