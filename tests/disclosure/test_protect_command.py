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
from varde.protect.engine import Wish, protect

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
    (("protect", "--compare", "--method", "round", "--base", "9" * 30), PROBLEM, "for stor"),
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


@pytest.mark.parametrize("text", [
    b'{"atoms":[{"id":"a","count":2,"count":9}],"cells":[]}', b'{"atoms":[],"atoms":[],"cells":[]}',
])  # fmt: skip
def test_the_same_key_twice_is_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: bytes
) -> None:
    for verb, given in (("protect", text), ("audit", b'{"problem":' + text + b',"release":{}}')):
        with pytest.raises(Complaint, match="står to ganger i det samme objektet"):
            called(monkeypatch, capsys, given, verb)


def test_a_number_that_json_does_not_have_is_not_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Complaint, match="ikke JSON"):
        called(monkeypatch, capsys, b'{"atoms":[],"cells":[],"note":NaN}', "protect")


@pytest.mark.parametrize("letters", ["ascii", "latin-1", "utf-16"])
def test_what_is_printed_is_utf_8_whatever_the_terminal_speaks(letters: str) -> None:
    problem = {"atoms": [{"id": "å", "count": 9}], "cells": [{"id": "Øye", "atoms": ["å"]}]}
    path = os.pathsep.join([str(ROOT / "platform"), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-m", "varde.cli", "disclosure", "protect"], input=json.dumps(problem).encode(),
        capture_output=True, check=True, env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": letters},
    )  # fmt: skip
    assert json.loads(done.stdout.decode())["show"] == ["Øye"]


def test_a_file_that_lies_of_itself_is_not_safe(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    release = called(monkeypatch, capsys, PROBLEM, "protect")
    assert called(monkeypatch, capsys, {"problem": PROBLEM, "release": release}, "audit")["safe"]
    for lie in ({"hash": "0" * 64}, {"hash": None}, {"cost": release["cost"] + 1}):
        verdict = called(monkeypatch, capsys, {"problem": PROBLEM, "release": release | lie}, "audit")
        assert verdict["errors"]
        assert verdict["safe"] is False


def test_a_time_limit_holds_or_says_what_was_spent(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter([0.0, 7.25, 8.0])
    monkeypatch.setattr(
        disclosure_cli, "time", type("Clock", (), {"monotonic": staticmethod(lambda: next(clock, 8.0))})
    )
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(PROBLEM).encode())))
    disclosure_cli.main(["protect", "--seconds", "2"])
    said = capsys.readouterr()
    assert json.loads(said.out)["method"] == "suppress"
    assert said.err == "varde: Brukte 7,2 s på utgivelsen og 0,8 s på revisjonen; det ble bedt om 2 s.\n"


def test_hundreds_of_overlapping_figures_in_two_seconds_take_no_more_than_about_twice_that() -> None:
    """Processor time, since the clock of a machine that others use says nothing of the program."""
    problem = region(1, kommuner=10, codes=9, periods=20, mean=0.9)
    problem["cells"] += [
        {"id": f"k{a}-{b}|{c}", "atoms": [f"k{k}t{t}c{c}" for k in range(10) for t in range(a, b)]}
        for a in range(0, 18, 2) for b in range(a + 2, 20, 3) for c in range(9)
    ]  # fmt: skip
    assert len(problem["cells"]) > 600
    began = time.process_time()
    release = protect(problem, wish=Wish(seconds=2))
    assert time.process_time() - began < 6
    assert len(json.dumps(release)) < 8_000_000
