"""The checker that anybody can run alone: forty lines, Python and nothing else, additions and nothing else."""

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.disclosure.simulated import Region
from tests.disclosure.test_auditor_verdict import THREE, problem, showing
from varde.auditor.verdict import audit
from varde.protect.engine import protect

CHECKER = Path(__file__).parents[2] / "platform/varde/auditor/check_release.py"


def check(tmp_path: Path, asked: dict[str, Any], release: dict[str, Any]) -> tuple[int, str]:
    """Run it as somebody else would: another folder, no packages, no environment."""
    file = tmp_path / "utgivelse.json"
    file.write_text(json.dumps({"problem": asked, "release": release}), "utf-8")
    ran = subprocess.run(
        [sys.executable, "-I", "-S", str(CHECKER), file.name], cwd=tmp_path, env={"PYTHONIOENCODING": "utf-8"},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert not (ran.stdout and ran.stderr)
    assert "Traceback" not in ran.stderr
    return ran.returncode, ran.stdout or ran.stderr


def test_it_is_forty_lines_of_the_standard_library():
    text = CHECKER.read_text("utf-8")
    assert len(text.splitlines()) <= 40
    imports = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in imports for alias in node.names}
    assert names <= {"itertools", "json", "sys"}


@pytest.mark.parametrize("seed", range(2))
def test_every_target_of_a_real_release_is_proved_and_the_auditor_agrees(tmp_path, seed):
    *_, (before, _), _ = Region(seed, halves=3, second=4 * seed, change="leaves" if seed else "").publish(protect)
    states = {cell["id"]: cell["state"] for cell in before["cells"]}
    asked = Region(seed, halves=3, second=4 * seed, change="leaves" if seed else "").problem(2, states)
    release = protect(asked)
    code, said = check(tmp_path, asked, release)
    assert code == 0, said
    verdict = audit(asked, release, seconds=0.0)
    assert said.count("\nbevist: ") + said.startswith("bevist: ") == verdict["checked"]["targets"]
    assert verdict["checked"]["by_additions"] == verdict["checked"]["targets"]
    assert verdict["safe"]


def test_a_cell_that_is_shown_after_all_is_not_proved(tmp_path):
    asked = Region(3, halves=1).problem(0, {})
    release = protect(asked)
    for name in release["hide"]:
        shown = {"show": [*release["show"], name], "hide": [one for one in release["hide"] if one != name]}
        code, said = check(tmp_path, asked, release | shown)
        assert code == 1
        assert "IKKE BEVIST" in said


@pytest.mark.parametrize("low", [
    {"a": 0, "b": 6, "c": 6}, {"a": -1, "b": 6, "c": 6}, {"a": 0, "b": 5, "c": 6, "x": 0},
    {"a": 0.0, "b": 5.0, "c": 6.0},
])  # fmt: skip
def test_a_false_table_proves_nothing(tmp_path, low):
    asked = problem({name[0]: count for name, count in THREE.items()}, {"all": "abc", "a": "a"}, threshold=5)
    good = {"attacker": [], "cell": "a", "low": {"a": 0, "b": 5, "c": 6}, "high": {"a": 11, "b": 0, "c": 0}}
    assert check(tmp_path, asked, showing(asked, "all", witnesses=[good]))[0] == 0
    assert check(tmp_path, asked, showing(asked, "all", witnesses=[good | {"low": low}]))[0] == 1


def test_facts_of_the_form_hold_in_every_table(tmp_path):
    rows = [{"atoms": {"a": 1, "b": -1}, "low": -5, "high": None}]
    asked = problem({"a": 2, "b": 3, "c": 6}, {"all": "abc", "a": "a"}, rows, threshold=5)
    tables = {"attacker": [], "cell": "a", "low": {"a": 0, "b": 5, "c": 6}, "high": {"a": 11, "b": 0, "c": 0}}
    assert check(tmp_path, asked, showing(asked, "all", witnesses=[tables]))[0] == 0
    outside = tables | {"low": {"a": 0, "b": 6, "c": 5}}
    assert check(tmp_path, asked, showing(asked, "all", witnesses=[outside]))[0] == 1


def test_a_kommunes_own_count_stays_as_it_is_in_its_tables(tmp_path):
    asked = problem(THREE, {"all": "abc", "b": "b"}, threshold=5, min_contributors=1)
    tables = {"attacker": ["Gjøvik"], "cell": "b", "low": {"a": 5, "b": 0, "c": 6}, "high": {"a": 0, "b": 5, "c": 6}}
    code, said = check(tmp_path, asked, showing(asked, "all", witnesses=[tables]))
    assert code == 1
    assert "IKKE BEVIST: Gjøvik om b" in said
    assert "\nbevist: Toten om b" in said


TWO: dict[str, Any] = {
    "rule": {"threshold": 5, "coalition": 1, "zeros": "hide"},
    "atoms": [{"id": "a", "count": 2}, {"id": "b", "count": 9, "holder": "B"}],
    "cells": [{"id": "a", "atoms": ["a"]}, {"id": "ab", "atoms": ["a", "b"]}],
}
GOOD: dict[str, Any] = {
    "show": [], "hide": ["a", "ab"], "witnesses": [{"attacker": [], "cell": "a", "low": {"a": 0}, "high": {"a": 9}}],
}  # fmt: skip
WRONG: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {"values": {"a": 2}}),
    ({}, {"method": "round", "values": {"a": 2}}),
    ({}, {"method": "round"}),
    ({"cells": [{"id": "a", "atoms": ["a"]}, {"id": "a", "atoms": ["b"]}]}, {"show": ["a"], "hide": []}),
    ({"atoms": [{"id": "a", "count": 2}, {"id": "a", "count": 9}]}, {}),
    ({"cells": [{"id": "a", "atoms": ["a", "a", "a"]}, {"id": "ab", "atoms": ["a", "b"]}]}, {"witnesses": []}),
    ({"cells": [{"id": "a", "atoms": ["a"]}, {"id": "ab", "atoms": ["a", "x"]}]}, {}),
    ({"cells": [{"id": "a", "atoms": ["a"]}, {"id": "ab", "atoms": []}]}, {}),
    ({"rule": {"coalition": -1}}, {}),
    ({"rule": {"threshold": 1}}, {}),
    ({"rule": None}, {}),
    ({"cells": [{"id": "a", "atoms": ["a"], "state": "Published"}, {"id": "ab", "atoms": ["a", "b"]}]}, {}),
    ({"rows": [{"atoms": {"a": 1}, "low": 3}]}, {}),
    ({}, {"show": ["x"]}),
    ({}, {"show": ["a"]}),
    ({}, {"hide": ["a"]}),
    ({}, {"show": None}),
    ({}, {"witnesses": None}),
    ({}, {"witnesses": [{"low": [1]}]}),
    ({"atoms": [{"id": "a"}, {"id": "b", "count": 9}]}, {}),
]


def test_a_file_that_says_two_things_or_asks_for_too_little_is_refused_in_a_sentence(tmp_path):
    assert check(tmp_path, TWO, GOOD)[0] == 0
    for problem_, release in WRONG:
        code, said = check(tmp_path, TWO | problem_, GOOD | release)
        assert code == 1, (problem_, release)
        assert said.startswith("Filen kan ikke kontrolleres"), (problem_, release, said)
        assert said.count("\n") == 1
