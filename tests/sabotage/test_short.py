"""The quickest sabotages, each in a process of its own as `make sabotage` runs them all; and the yardstick itself."""

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.sabotage.run import ROOT, Case, Verdict, judge, sow, try_one
from tests.sabotage.switches import every
from tests.sabotage.table import NOT_BUILT, TABLE

SHORT = [sabotage for sabotage in TABLE if sabotage.short]
ONE = TABLE[0]


@pytest.fixture(scope="module")
def verdicts() -> dict[str, Verdict]:
    """Two at a time; that they are green without is what the rest of the suite shows."""
    named = {sabotage.test for sabotage in SHORT}
    with tempfile.TemporaryDirectory(prefix="varde-seed-") as place, ThreadPoolExecutor(2) as pool:
        seed = sow(Path(place))
        found = list(pool.map(lambda sabotage: try_one(sabotage, named, seed), SHORT))
    return {verdict.sabotage.switch: verdict for verdict in found}


@pytest.mark.parametrize("sabotage", SHORT, ids=lambda sabotage: sabotage.switch)
def test_the_named_test_goes_red(verdicts, sabotage):
    assert verdicts[sabotage.switch].red, verdicts[sabotage.switch].said


def test_the_table_answers_for_the_rows_of_the_plan():
    tried = {row for sabotage in TABLE for row in sabotage.rows}
    assert tried.isdisjoint(each.row for each in NOT_BUILT)
    assert set(range(1, 37)) - tried - {each.row for each in NOT_BUILT} == set()


def test_every_switch_is_used_and_every_sabotage_has_one():
    assert {sabotage.switch for sabotage in TABLE} == every()


def test_a_named_test_is_the_promises_own():
    for sabotage in TABLE:
        path, _, name = sabotage.test.partition("::")
        assert not path.startswith("tests/sabotage/")
        assert f"def {name.partition('[')[0]}(" in (ROOT / path).read_text("utf-8"), sabotage.test


@pytest.mark.parametrize(("status", "cases", "caught"), [
    (1, [Case(ONE.test, "failed", "AssertionError: assert 1 == 2"), Case(ONE.test, "passed")], True),
    (1, [Case(ONE.test, "failed", "NameError: name 'x' is not defined")], False),
    (1, [Case(ONE.test, "failed", "TypeError: bad\n    assert seen() == 1")], False),
    (1, [Case(ONE.test, "error", "AssertionError: in a fixture")], False),
    (1, [Case("tests/other.py::test_other", "failed", "AssertionError: assert 1 == 2")], False),
    (0, [Case(ONE.test, "passed")], False),
    (0, [Case(ONE.test, "skipped")], False),
    (4, [], False),
    (-1, [Case(ONE.test, "failed", "AssertionError: assert 1 == 2")], False),
])  # fmt: skip
def test_what_counts_as_caught(status, cases, caught):
    from dataclasses import replace

    assert judge(replace(ONE, says=""), status, cases)[0] == caught
