"""Takes each mechanism away in turn and demands that the promise's own test goes red. `make sabotage` runs all.

    python -m tests.sabotage.run [--short] [--jobs 2] [switch ...]

Caught means: green without the switch, and with it a failure in the body of the named test that says what it missed. An
error in set-up or collection, a time-out or a failure for another reason is not a catch. Writes var/sabotage.json.
"""

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests.sabotage.seed import LEFT, SOWN
from tests.sabotage.switches import NAME
from tests.sabotage.table import NOT_BUILT, TABLE, Sabotage

ROOT = Path(__file__).resolve().parents[2]
RESULT = ROOT / "var" / "sabotage.json"
SECONDS, GREEN_SECONDS = 180, 900
STEPS = "1000"  # of the game of tests/matters, which stops at the first thing it finds
# What pytest writes of a test whose promise was not kept.
BROKEN = re.compile(r"\A(AssertionError|assert |Failed: DID NOT RAISE)")


@dataclass(frozen=True, slots=True)
class Case:
    """One test as the report of a run has it: "passed", "failed" (in its body), "error" (around it) or "skipped"."""

    node: str
    state: str
    said: str = ""

    def is_of(self, test: str) -> bool:
        """Is it this test, or one of its parameters?"""
        return test in (self.node, self.node.partition("[")[0])


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one sabotage."""

    sabotage: Sabotage
    green: bool
    red: bool
    said: str
    seconds: float

    @property
    def caught(self) -> bool:
        """Green without, red with."""
        return self.green and self.red


def cases_of(report: Path) -> list[Case]:
    """The tests in a JUnit report."""
    if not report.exists():
        return []
    return [_case(each) for each in ElementTree.parse(report).iter("testcase")]


def _case(each: ElementTree.Element) -> Case:
    node = f"{each.get('classname', '').replace('.', '/')}.py::{each.get('name', '')}"
    for tag, state in (("failure", "failed"), ("error", "error"), ("skipped", "skipped")):
        found = each.find(tag)
        if found is not None:
            return Case(node, state, found.get("message") or found.text or "")
    return Case(node, "passed")


def pytest(tests: Iterable[str], seed: Path, *, without: str = "", seconds: int = SECONDS) -> tuple[int, list[Case]]:
    """Exit status and cases of one run; -1 when it was cut short."""
    with tempfile.TemporaryDirectory(prefix="varde-sabotage-") as place:
        report = Path(place) / "report.xml"
        argv = [sys.executable, "-m", "pytest", "-q", "--tb=short", f"--junitxml={report}", *tests]
        env = {name: value for name, value in os.environ.items() if name not in (NAME, LEFT, SOWN)}
        env |= {NAME: without, "VARDE_STEPS": STEPS} if without else {}
        status = _run(argv, env | {SOWN: str(seed)}, Path(place) / "said", seconds)
        return status, cases_of(report)


def _run(argv: list[str], env: dict[str, str], said: Path, seconds: int) -> int:
    with said.open("wb") as out:
        process = subprocess.Popen(argv, cwd=ROOT, env=env, stdout=out, stderr=out, start_new_session=True)
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)  # the servers are stopped by the fixtures
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            return -1


def sow(place: Path) -> Path:
    """The offices, built once."""
    place.chmod(0o711)
    env = {name: value for name, value in os.environ.items() if name not in (NAME, SOWN)} | {LEFT: str(place)}
    status = _run([sys.executable, "-m", "pytest", "-q", "tests/isolation/test_door.py"], env, Path(os.devnull), 300)
    if status or not (place / "keys").exists():
        raise SystemExit("Kontorene lot seg ikke bygge: kjør tests/isolation/test_door.py.")
    return place


def greens(wanted: Iterable[Sabotage], seed: Path, jobs: int) -> set[str]:
    """The named tests that are green when nothing is taken away; in as many runs as there are jobs."""
    tests = sorted({sabotage.test for sabotage in wanted})
    with ThreadPoolExecutor(jobs) as pool:
        parts = [tests[start::jobs] for start in range(jobs) if tests[start::jobs]]
        runs = list(pool.map(lambda part: pytest(part, seed, seconds=GREEN_SECONDS)[1], parts))
    cases = [case for run in runs for case in run]
    for case in cases:
        if case.state != "passed":
            print(f"      uten sabotasje: {case.node} {case.state}: {_line(case.said)}", flush=True)
    states = {test: {case.state for case in cases if case.is_of(test)} for test in tests}
    return {test for test, found in states.items() if found == {"passed"}}


def try_one(sabotage: Sabotage, green: set[str], seed: Path) -> Verdict:
    """One sabotage, in processes of its own."""
    began = time.monotonic()
    status, cases = pytest([sabotage.test], seed, without=sabotage.switch)
    red, said = judge(sabotage, status, cases)
    return Verdict(sabotage, sabotage.test in green, red, said, round(time.monotonic() - began, 1))


def judge(sabotage: Sabotage, status: int, cases: list[Case]) -> tuple[bool, str]:
    """Did the named test fail because of what was taken away? And what it said."""
    if status == -1:
        return False, f"ikke ferdig på {SECONDS} s"
    mine = [case for case in cases if case.is_of(sabotage.test)]
    failed = [case for case in mine if case.state == "failed"]
    wanted = re.compile(sabotage.says) if sabotage.says else BROKEN
    for case in failed:
        if wanted.search(case.said):
            return status == 1, _line(case.said)
    if failed:
        return False, f"rød av en annen grunn: {_line(failed[0].said)}"
    states = ", ".join(sorted({case.state for case in mine or cases})) or "ingen test kjørt"
    return False, f"{states} (pytest sluttet med {status})"


def _line(said: str) -> str:
    return " ".join(said.strip().split("\n")[0].split())[:160]


def run(wanted: list[Sabotage], jobs: int) -> list[Verdict]:
    """All of them; a line is printed as each is done."""
    place = Path(tempfile.mkdtemp(prefix="varde-seed-"))
    try:
        seed = sow(place)
        green = greens(wanted, seed, jobs)
        with ThreadPoolExecutor(jobs) as pool:
            verdicts = []
            for verdict in pool.map(lambda sabotage: try_one(sabotage, green, seed), wanted):
                print(line(verdict), flush=True)
                verdicts.append(verdict)
        return verdicts
    finally:
        shutil.rmtree(place, ignore_errors=True)


def line(verdict: Verdict) -> str:
    """A line of the table: row, mechanism, green without, red with, seconds; what was said when it was not caught."""
    rows = ",".join(map(str, verdict.sabotage.rows))
    yes = {True: "ja", False: "NEI"}
    text = f"{rows:>4}  {verdict.sabotage.switch:<34}{verdict.sabotage.mechanism:<42}"
    text += f"{yes[verdict.green]:>4} {yes[verdict.red]:>4} {verdict.seconds:>6.1f}"
    return text if verdict.caught else f"{text}\n      {verdict.sabotage.test}\n      {verdict.said}"


def write(verdicts: list[Verdict], seconds: float) -> None:
    """The figures, for whoever reports them."""
    RESULT.parent.mkdir(exist_ok=True)
    covered = {row for verdict in verdicts if verdict.caught for row in verdict.sabotage.rows}
    content = {
        "caught": sum(verdict.caught for verdict in verdicts),
        "of": len(verdicts),
        "plan_rows_covered": sorted(covered),
        "seconds": round(seconds, 1),
        "sabotages": [asdict(verdict) | {"caught": verdict.caught} for verdict in verdicts],
        "not_built": [asdict(each) for each in NOT_BUILT],
    }
    RESULT.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def main(argv: list[str]) -> int:
    """0 when all were caught."""
    parser = argparse.ArgumentParser(description="Tar bort ett vern om gangen og krever at løftets egen test blir rød.")
    parser.add_argument("switch", nargs="*", help="bare disse")
    parser.add_argument("--short", action="store_true", help="bare de raske")
    parser.add_argument("--jobs", type=int, default=2, choices=(1, 2))
    asked = parser.parse_args(argv)
    wanted = [each for each in TABLE if (not asked.switch or each.switch in asked.switch)]
    wanted = [each for each in wanted if each.short or not asked.short]
    began = time.monotonic()
    print(f"{'rad':>4}  {'bryter':<34}{'mekanisme':<42}{'grønn':>5}{'rød':>4} {'sek':>6}")
    verdicts = run(wanted, asked.jobs)
    for each in NOT_BUILT:
        print(f"{each.row:>4}  ikke bygd: {each.promise} ({each.reason})")
    caught = sum(verdict.caught for verdict in verdicts)
    if not (asked.switch or asked.short):
        write(verdicts, time.monotonic() - began)
    print(f"{caught} av {len(verdicts)} fanget")
    return 0 if wanted and caught == len(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
