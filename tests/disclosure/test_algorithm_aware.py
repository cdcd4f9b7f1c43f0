"""Readers who know the program: the figure is measured and stated, not claimed to be nothing."""

from tests.disclosure.algorithm_aware import Tally, cheapest, printed_by_engine, problem, tables, tally
from varde.auditor.verdict import audit


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


def test_the_figures_are_said_in_a_line():
    assert str(Tally(small=200, exact=1, some=50, few=2)) == (
        "200 small counts: 1 (0.50 %) exact, 50 (25.00 %) at least 1, 2 (1.00 %) below the threshold"
    )
