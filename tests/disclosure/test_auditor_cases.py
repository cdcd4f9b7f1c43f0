"""Public cases with known outcomes: the auditor's intervals are those of the source, and so is the verdict."""

import pytest

from tests.disclosure import cases
from varde.auditor.reading import Unreadable
from varde.auditor.verdict import audit


@pytest.mark.parametrize("name", cases.SUPPRESSED)
def test_the_intervals_are_those_of_the_source(name):
    case = cases.load(name)
    for hidden, stated in cases.patterns(case):
        verdict = audit(cases.problem(case), cases.hiding(case, hidden), compare=True)
        assert verdict["intervals"] == {cell: [int(low), int(high)] for cell, (low, high) in stated.items()}


@pytest.mark.parametrize("name", cases.SUPPRESSED)
def test_what_the_source_calls_exact_is_found_exactly(name):
    case = cases.load(name)
    for cell in case["expected"].get("exactly_recoverable_if_primary_only", []):
        hidden = case["expected"]["primary"]
        verdict = audit(cases.problem(case), cases.hiding(case, hidden), compare=True)
        (found,) = (each for each in verdict["findings"] if each["cell"] == cell)
        assert found["low"] == found["high"] == case["cell_values"][cell]
        assert f"= {found['low']}" in found["because"]
        assert not verdict["safe"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [("01_z1_maxN3", True), ("02_mun_accidents_zeros", False), ("03_age_geo_maxN1", True),
     ("04_data0a_zeroshidden", True), ("04_data0b_zeroshidden", False), ("04_data1a_zeroshidden", True)],
)  # fmt: skip
def test_a_pattern_is_safe_when_its_intervals_hold_zero_and_the_threshold(name, safe):
    case = cases.load(name)
    verdict = audit(cases.problem(case), cases.hiding(case, case["expected"]["suppressed_by_source"]), compare=True)
    assert verdict["safe"] is safe


def test_two_releases_that_are_safe_alone_tell_a_count_together():
    atoms, cells, release, threshold = cases.over_time(history=False)
    problem = {"rule": {"threshold": threshold}, "atoms": atoms, "cells": cells}
    verdict = audit(problem, release)
    (found,) = verdict["findings"]
    assert (found["cell"], found["low"], found["high"]) == ("Q2|pensions|small", 14, 14)
    assert found["because"] == "Q1-Q2|pensions|small - Q1|pensions|small = 14"
    dropped = {**problem, "cells": [cell for cell in cells if cell["state"] == "open"]}
    assert audit(dropped, release)["safe"], "without the ledger nobody would notice"
    first = [cell | {"state": "open"} for cell in cells if cell["state"] != "open"]
    shown = [cell["id"] for cell in cells if cell["state"] == "published"]
    withheld = [cell["id"] for cell in cells if cell["state"] == "withheld"]
    assert audit({**problem, "cells": first}, {"show": shown, "hide": withheld})["safe"]


def test_the_same_releases_made_with_the_ledger_tell_nothing_exactly():
    atoms, cells, release, threshold = cases.over_time(history=True)
    verdict = audit({"rule": {"threshold": threshold}, "atoms": atoms, "cells": cells}, release)
    assert all(low < high for low, high in verdict["intervals"].values())


def rounded(name):
    """The source's own rounded table as a release; every printed figure is one of its cells."""
    case = cases.load(name)
    keys = [key for key in case["inner"][0] if key not in ("original", "rounded", "difference")]
    atoms = [{"id": "|".join(map(str, (row[key] for key in keys))), "count": row["original"]} for row in case["inner"]]
    groups = {"EU": {"Portugal", "Spain"}, "nonEU": {"Iceland"}}
    cells, values = [], {}
    for row in case["publish"]:
        wanted = {key: groups.get(row[key], {row[key]}) for key in keys if row[key] != "Total"}
        fits = [one for one in case["inner"] if all(one[key] in some for key, some in wanted.items())]
        inner = ["|".join(map(str, (one[key] for key in keys))) for one in fits]
        name_ = "|".join(row[key] for key in keys)
        cells.append({"id": name_, "atoms": inner})
        values[name_] = row["rounded"]
    problem = {"rule": {"threshold": 5}, "atoms": atoms, "cells": cells}
    return problem, {"method": "round", "base": case["base"], "values": values}


@pytest.mark.parametrize("name", cases.ROUNDED)
def test_a_rounded_table_is_read_as_one_and_fails_where_inner_figures_are_printed(name):
    problem, release = rounded(name)
    verdict = audit(problem, release, compare=True)
    truth = {atom["id"]: atom["count"] for atom in problem["atoms"]}
    for cell in problem["cells"]:
        low, high = verdict["intervals"][cell["id"]]
        assert low <= sum(truth[atom] for atom in cell["atoms"]) <= high
    inner = any(len(cell["atoms"]) == 1 for cell in problem["cells"])
    assert verdict["safe"] is not inner


def test_rounded_figures_that_no_single_table_gives_are_refused():
    problem, release = rounded("12_rounding_exPSD_b5")
    wrong = release["values"] | {"Total|Total": release["values"]["Total|Total"] + 1}
    with pytest.raises(Unreadable, match="avrundet"):
        audit(problem, release | {"values": wrong}, compare=True)
    with pytest.raises(Unreadable, match="sammenligning"):
        audit(problem, release)
