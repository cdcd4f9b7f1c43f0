"""`varde disclosure`, as it is called from outside."""

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.disclosure.small import region
from varde import disclosure_cli
from varde.cli_errors import Complaint

ROOT = Path(__file__).resolve().parents[2]
PROBLEM = region(0, kommuner=4, codes=5, periods=2)


def called(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], given: Any, *args: str) -> Any:
    text = given if isinstance(given, bytes) else json.dumps(given).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert disclosure_cli.main(args) == 0
    return json.loads(capsys.readouterr().out)


def test_the_command_starts_in_two_seconds_and_prints_nothing_but_the_release() -> None:
    path = os.pathsep.join([str(ROOT / "platform"), str(ROOT)])
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "varde.cli", "disclosure", "protect"],
        input=json.dumps(PROBLEM), capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": path},
    )  # fmt: skip
    assert time.perf_counter() - began < 6  # two on a machine that does nothing else
    assert json.loads(done.stdout)["method"] == "suppress"
    assert done.stderr == ""


def test_what_protect_makes_audit_passes(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    release = called(monkeypatch, capsys, PROBLEM, "protect")
    verdict = called(monkeypatch, capsys, {"problem": PROBLEM, "release": release}, "audit")
    assert verdict["safe"]
    everything = {**release, "show": release["show"] + release["hide"], "hide": []}
    assert not called(monkeypatch, capsys, {"problem": PROBLEM, "release": everything}, "audit")["safe"]


def test_the_threshold_of_the_command_beats_the_files(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    costs = [called(monkeypatch, capsys, PROBLEM, "protect", "--threshold", str(k))["cost"] for k in (5, 10, 40)]
    assert costs == sorted(costs)
    assert costs[0] < costs[-1]


def test_rounding_is_for_comparison(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    made = called(monkeypatch, capsys, PROBLEM, "protect", "--compare", "--method", "round", "--base", "5")
    assert made["values"].keys() == {cell["id"] for cell in PROBLEM["cells"]}


WRONG: list[tuple[tuple[str, ...], Any, str]] = [
    (("protect",), b"{", "JSON"),
    (("protect",), [], "objekt"),
    (("protect",), {"atoms": []}, "cells"),
    (("protect",), PROBLEM | {"rule": {"threshold": 4}}, "minst 5"),
    (("protect", "--threshold", "3"), PROBLEM, "minst 5"),
    (("protect",), PROBLEM | {"rule": {"min_contributors": 5}}, "for få"),
    (("protect", "--method", "round"), PROBLEM, "--compare"),
    (("protect", "--seconds", "x"), PROBLEM, "--seconds"),
    (("protect", "--seconds", "nan"), PROBLEM, "--seconds"),
    (("audit",), PROBLEM, "release"),
    ((), PROBLEM, "kan ikke leses"),
]


@pytest.mark.parametrize("place", range(len(WRONG)))
def test_what_is_wrong_is_one_sentence_and_nothing_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], place: int
) -> None:
    args, given, word = WRONG[place]
    with pytest.raises(Complaint, match=word) as said:
        called(monkeypatch, capsys, given, *args)
    assert "\n" not in str(said.value)
    assert capsys.readouterr().out == ""


def test_a_release_that_the_auditor_does_not_pass_is_not_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    everything = {"show": [cell["id"] for cell in PROBLEM["cells"]], "hide": []}
    monkeypatch.setattr(disclosure_cli, "protect", lambda *_, **__: everything)
    with pytest.raises(Complaint, match="slapp ikke"):
        called(monkeypatch, capsys, PROBLEM, "protect")
    assert capsys.readouterr().out == ""


def test_somebody_who_waits_sees_how_far_it_has_come(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(PROBLEM).encode())))
    disclosure_cli.main(["protect"])
    assert "runde 1" in capsys.readouterr().err
