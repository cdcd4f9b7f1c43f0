"""The public cases through the engine, and the errors that it answers with."""

from typing import Any

import numpy as np
import pytest

from tests.disclosure import cases
from tests.disclosure.small import brute_cost, region, told
from varde.auditor.verdict import audit
from varde.protect.engine import Wish, protect
from varde.protect.problem import Refusal
from varde.protect.publication import Rows

K = 5


@pytest.mark.parametrize("name", cases.SUPPRESSED)
def test_what_is_released_is_safe_proved_cheapest_and_never_dearer_than_the_sources(name: str) -> None:
    case = cases.load(name)
    problem = cases.problem(case)
    release = protect(problem, compare=True)
    assert audit(problem, release, compare=True)["safe"]
    assert release["optimal"]
    for hidden, _ in cases.patterns(case):
        if audit(problem, cases.hiding(case, hidden), compare=True)["safe"]:
            assert release["cost"] <= len(hidden)


@pytest.mark.parametrize("name", cases.SUPPRESSED)
def test_at_the_requirement_that_the_source_meets_it_hides_no_more(name: str) -> None:
    """The source's own requirement: the largest threshold at which the auditor passes its pattern."""
    case = cases.load(name)
    hidden = cases.patterns(case)[0][0]
    problem = cases.problem(case)
    for threshold in range(problem["rule"]["threshold"], 0, -1):
        if audit(problem, cases.hiding(case, hidden), threshold=threshold, compare=True)["safe"]:
            assert protect(problem, threshold=threshold, compare=True)["cost"] <= len(hidden)
            return


def test_the_second_quarter_remembers_the_first() -> None:
    atoms, cells, _, threshold = cases.over_time(history=True)
    problem = {"rule": {"threshold": threshold}, "atoms": atoms, "cells": cells}
    release = protect(problem, compare=True)
    assert audit(problem, release, compare=True)["safe"]
    forgotten = {**problem, "cells": [cell for cell in cells if cell["state"] == "open"]}
    assert protect(forgotten, compare=True)["cost"] < release["cost"]


@pytest.mark.parametrize("seed", range(12))
def test_the_cost_is_that_of_trying_every_pattern(seed: int) -> None:
    problem = region(seed, kommuner=3, codes=3, periods=1 + seed % 2)
    release = protect(problem)
    assert release["optimal"]
    assert release["cost"] == pytest.approx(brute_cost(problem))


@pytest.mark.parametrize("name", cases.ROUNDED)
def test_rounded_figures_add_up_and_stray_no_further_than_the_sources(name: str) -> None:
    case = cases.load(name)
    keys = [key for key in case["inner"][0] if key not in ("original", "rounded", "difference")]
    atoms = [{"id": f"a{n}", "count": each["original"]} for n, each in enumerate(case["inner"])]
    cells = [
        {"id": f"c{n}", "atoms": [f"a{m}" for m, inner in enumerate(case["inner"]) if _holds(each, inner, keys)]}
        for n, each in enumerate(case["publish"])
    ]
    problem = {"rule": {"zeros": "show"}, "atoms": atoms, "cells": cells}
    release = protect(problem, compare=True, wish=Wish(base=case["base"]))
    errors = [abs(release["values"][f"c{n}"] - each["original"]) for n, each in enumerate(case["publish"])]
    assert release["optimal"]
    assert max(errors) <= case["max_abs_diff"]
    assert sum(errors) / len(errors) <= case["mean_abs_diff"] + 1e-4
    assert not any(0 < value < case["base"] for value in release["values"].values())
    inner = {cell["atoms"][0]: release["values"][cell["id"]] for cell in cells if len(cell["atoms"]) == 1}
    counts = {atom["id"]: atom["count"] for atom in atoms}
    assert all(value in (0, case["base"]) for atom, value in inner.items() if counts[atom] < case["base"])
    assert all(value == counts[atom] for atom, value in inner.items() if counts[atom] >= case["base"])


def _holds(cell: dict[str, Any], inner: dict[str, Any], keys: list[str]) -> bool:
    """Whether an inner count belongs to a published line; «EU» is Portugal and Spain."""
    unions = {"EU": {"Portugal", "Spain"}, "nonEU": {"Iceland"}}
    return all(cell[key] in ("Total", inner[key]) or inner[key] in unions.get(cell[key], set()) for key in keys)


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "unknown atom": ({"cells": [{"id": "c", "atoms": ["x"]}]}, "finnes"),
    "negative": ({"atoms": [{"id": "a", "count": -1}]}, "negativt"),
    "fraction": ({"atoms": [{"id": "a", "count": 1.5}]}, "helt tall"),
    "no atoms": ({"cells": [{"id": "c", "atoms": []}]}, "ingen atomer"),
    "twice": ({"atoms": [{"id": "a", "count": 1}] * 2}, "to ganger"),
    "low threshold": ({"rule": {"threshold": 4}}, "minst 5"),
    "few": ({"atoms": [{"id": "a", "count": 1, "holder": "A"}]}, "for få"),
    "against the facts": ({"rows": [{"atoms": {"a": 1}, "low": 8, "high": None}]}, "strider"),
    "weight": ({"cells": [{"id": "c", "atoms": ["a"], "weight": -1}]}, "Vekten"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_read_is_a_sentence(what: str) -> None:
    change, word = WRONG[what]
    right = {"rule": {"threshold": 5}, "atoms": [{"id": "a", "count": 7}], "cells": [{"id": "c", "atoms": ["a"]}]}
    assert protect(right)["show"] == ["c"]
    with pytest.raises(Refusal, match=word):
        protect(right | change)


def test_history_that_tells_is_named_and_nothing_is_released() -> None:
    problem = region(3, kommuner=3, codes=3, periods=1)
    small = min(problem["cells"], key=lambda cell: told(problem, cell))
    small["state"] = "published"
    with pytest.raises(Refusal, match=f"«{small['id']}»".replace("|", r"\|")):
        protect(problem)


def test_a_figure_that_can_be_worked_out_costs_nothing() -> None:
    problem = {
        "atoms": [{"id": "a", "count": 7}, {"id": "b", "count": 9}],
        "cells": [{"id": name, "atoms": list(name)} for name in ("a", "b", "ab")],
    }
    assert protect(problem)["hide"] == []


def test_ties_follow_the_key_and_the_same_key_gives_the_same_bytes() -> None:
    problem = region(5, kommuner=4, codes=8, periods=2)
    made = {key: protect(problem, wish=Wish(key=key)) for key in (b"a", b"b", b"c", b"d", None)}
    assert len({release["cost"] for release in made.values()}) == 1
    assert len({tuple(release["hide"]) for release in made.values()}) > 1
    assert all(protect(problem, wish=Wish(key=key)) == release for key, release in made.items())


def test_a_refusal_names_the_fact_that_tells_and_no_release_that_never_was() -> None:
    problem = {
        "rule": {"min_contributors": 0},
        "atoms": [{"id": "a", "count": 2, "holder": "A"}, {"id": "b", "count": 9}],
        "cells": [{"id": "c1", "atoms": ["a"]}, {"id": "c2", "atoms": ["b"]}],
        "rows": [{"atoms": {"b": 1}, "low": 0, "high": None}, {"atoms": {"a": 1}, "low": 2, "high": 2}],
    }
    with pytest.raises(Refusal) as said:
        protect(problem)
    assert str(said.value).startswith(
        "Det alle vet fra før, røper allerede «c1» for en utenforstående, ved opplysning 2 "
    )
    problem["cells"][1]["state"] = "published"  # type: ignore[index]
    problem["rows"] = [{"atoms": {"a": 1, "b": 1}, "low": 11, "high": 11}]
    with pytest.raises(Refusal, match=r"^Tidligere utgitte tall røper allerede «c1» .* ved «c2» og opplysning 1 i "):
        protect(problem)


def test_every_small_count_is_rounded_where_no_figure_is_taken_far_from_the_truth() -> None:
    problem = {"atoms": [{"id": "a", "count": 2}, {"id": "b", "count": 4}], "cells": [{"id": "c", "atoms": ["a", "b"]}]}
    assert protect(problem, compare=True, wish=Wish(base=5))["values"] == {"c": 5}


@pytest.mark.parametrize("unit", [1e-9, 1e-3, 1.0, 1 / 3, 1e6])
def test_the_size_of_the_weights_changes_nothing(unit: float) -> None:
    problem = region(5, kommuner=3, codes=3, periods=2)
    for place, cell in enumerate(problem["cells"]):
        cell["weight"] = [1, 2, 3, 5, 8][place % 5]
    plain = protect(problem)
    for cell in problem["cells"]:
        cell["weight"] *= unit
    scaled = protect(problem)
    assert scaled["optimal"]
    assert scaled["cost"] == pytest.approx(plain["cost"] * unit)


def test_cheap_beside_cheaper_is_still_told_apart() -> None:
    problem = {
        "rule": {"coalition": 0},
        "atoms": [{"id": "a", "count": 2}, {"id": "b", "count": 9}, {"id": "c", "count": 9}],
        "cells": [{"id": name, "atoms": list(name), "weight": weight} for name, weight in
                  (("a", 1e-9), ("b", 7e-9), ("c", 6e-9), ("abc", 1e-6))],
    }  # fmt: skip
    release = protect(problem)
    assert release["hide"] == ["a", "c"]
    assert release["optimal"]


def test_numbers_near_the_limit_do_not_run_over() -> None:
    """Coefficients and counts so large that the machine's own whole numbers would."""
    big = 9_999_999
    counts = {"a": 2, "b": big, "c": big}
    rows = [{"atoms": {"a": big, "b": -big, "c": big - 1}, "low": None, "high": 0}] * 2
    problem = {
        "rule": {"min_contributors": 0},
        "atoms": [{"id": name, "count": count} for name, count in counts.items()],
        "cells": [{"id": name, "atoms": list(name)} for name in ("a", "b", "c", "ab", "abc")],
        "rows": [{**rows[0], "high": None, "low": -big}],
    }
    release = protect(problem)
    assert audit(problem, release)["safe"]
    assert not Rows(np.array([0]), np.array([0]), np.array([big]), np.array([-np.inf]), np.array([np.inf])).bears(
        np.array([2**60])
    )


def test_tables_of_a_large_release_leave_out_what_is_as_in_truth(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = region(0, kommuner=4, codes=5, periods=2)
    whole = protect(problem)
    counts = {atom["id"]: atom["count"] for atom in problem["atoms"]}
    assert all(len(witness["low"]) == len(counts) for witness in whole["witnesses"])
    monkeypatch.setattr("varde.protect.release.WRITTEN_OUT", 0)
    small = protect(problem)
    assert all(count != counts[atom] for each in small["witnesses"] for atom, count in each["low"].items())
    assert [{**each, "low": counts | each["low"], "high": counts | each["high"]} for each in small["witnesses"]] == (
        whole["witnesses"]
    )
    verdict = audit(problem, small, seconds=0.0, intervals=False)
    assert verdict["safe"]
    assert verdict["checked"]["by_additions"] == verdict["checked"]["targets"]
