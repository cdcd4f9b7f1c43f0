"""Readers who know the program: the figure is measured and stated, not claimed to be nothing."""

import random

from tests.disclosure.algorithm_aware import (
    Tally,
    added,
    cheapest,
    cheapest_for_all,
    printed_by_engine,
    problem,
    tables,
    tally,
    tally_of_one,
    weight,
)
from varde.auditor.verdict import audit
from varde.protect.engine import protect


def test_the_engine_prints_one_of_the_cheapest_patterns_of_the_rule():
    for table in tables(3, 11):
        (pattern,) = printed_by_engine(table)
        assert pattern in cheapest(table), table


def test_what_the_rule_calls_safe_here_the_auditor_does_too():
    for table in tables(3, 7):
        names = ["a0", "a1", "a2", "total"]
        for pattern in cheapest(table):
            hidden = [names[line] for line in sorted(pattern)]
            release = {"show": [name for name in names if name not in hidden], "hide": hidden}
            assert audit(problem(table), release)["safe"], table


def test_a_reader_who_knows_the_program_finds_out_more_than_the_figures_say():
    """And a secret order of ties leaves less to find than the order of the names."""
    every = list(tables(3, 11))
    secret, by_name = tally(every, cheapest), tally(every, printed_by_engine)
    assert secret.small == by_name.small > 0
    assert 0 < secret.few < by_name.few
    assert secret.some <= by_name.some
    assert secret.exact <= by_name.exact


def test_the_cheapest_for_all_is_what_the_engine_pays_against_every_kommune():
    """The engine is asked with each kommune as a holder; the rule alone says what the least is."""
    chance = random.Random(7)
    each = list(tables(3, 5))
    for _ in range(40):
        kommuner = chance.choices(each, k=3)
        asked = problem(added(kommuner)) | {"rule": {"threshold": 5, "coalition": 1}}
        asked["atoms"] = [
            {"id": f"k{number}a{line}", "count": count, "holder": f"K{number}"}
            for number, table in enumerate(kommuner) for line, count in enumerate(table)
        ]  # fmt: skip
        for cell in asked["cells"]:
            cell["atoms"] = [f"k{number}{name}" for number in range(3) for name in cell["atoms"]]
        assert protect(asked)["cost"] == weight(cheapest_for_all(kommuner)[0], 3), kommuner


def test_a_kommune_that_knows_the_program_finds_no_small_rest_exactly():
    found = tally_of_one(2, 4, 3)
    assert found.small > 1000
    assert found.exact == 0


def test_the_figures_are_said_in_a_line():
    assert str(Tally(small=200, exact=1, some=50, few=2)) == (
        "200 small counts: 1 (0.50 %) exact, 50 (25.00 %) at least 1, 2 (1.00 %) below the threshold"
    )
