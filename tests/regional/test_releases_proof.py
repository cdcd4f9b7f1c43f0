"""What the worker keeps beside the ledger proves each draft to the checker that anybody can run: put together with the
frozen figures and what had been said before it, additions alone show that it gives nobody away."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from regional.releases import keeping
from regional.releases.areas import holder
from regional.releases.ledger import Entry, ledger
from regional.releases.models import KeptKind
from regional.releases.problem import Stated, World, problem
from regional.releases.queries import became, entries, frozen, true_facts
from tests.cast import ref
from tests.regional.released import H1, H2, KOMMUNER, REGION, best, cases_of, closed, given_out, send
from varde.tenancy.work import work

CHECKER = Path(__file__).parents[2] / "platform/varde/auditor/check_release.py"


@pytest.fixture
def drafts(house) -> list[dict[str, Any]]:
    """Two half-years given out, one after the other; each draft with its problem and the tables that were kept."""
    for at, kommune in enumerate(KOMMUNER):
        for half, women in ((H1, 11), (H2, 9)):
            mixed = [*cases_of(women + at, half, kjonn="woman"), *cases_of(at, half, kjonn="man")]
            send(kommune, mixed, f"{half[:4]}Q{1 if half == H1 else 3}", f"{half[:4]}Q{2 if half == H1 else 4}")
    for half in (H1, H2):
        closed(half)
        given_out(half, best)
    with work(ref(REGION), "returns"):
        rows = list(entries())
        return [put_together(rows, row) for row in rows if row.kind == "drafted"]


def put_together(rows: list[Entry], row: Entry) -> dict[str, Any]:
    """The file of one draft, of what was closed and said before it and of what was kept of it."""
    told, after = ledger(rows[: row.number - 1]), ledger(rows[: row.number])
    known, gone = {each.period for each in told.closed}, became()
    parts = tuple(each for each in frozen(ledger(rows)) if each.id in known)
    world = World(parts, {one.kommune: holder(one.kommune, gone) for each in parts for one in each.parts})
    history = told.history.with_facts(true_facts(told, world))
    said = after.drafted[-1].statements
    stated = [*(Stated(each.cell, "open") for each in said), *history.stated()]
    proof = keeping.kept(KeptKind.PROOF, row.content["proof"])
    made = problem(world, stated, rule=told.rule, facts=history.known())
    assert {atom["id"]: atom["count"] for atom in made["atoms"]} == proof["truth"]
    shown = {name: [each.cell.id for each in said if (each.value is None) == hides] for name, hides in SIDES.items()}
    return {"problem": made, "release": {"method": "suppress", **shown, "witnesses": proof["witnesses"]}}


SIDES = {"show": False, "hide": True}


def checked(file: Path, content: dict[str, Any]) -> tuple[int, str]:
    """As somebody else would: no packages and no environment."""
    file.write_text(json.dumps(content), "utf-8")
    ran = subprocess.run(
        [sys.executable, "-I", "-S", str(CHECKER), file.name], cwd=file.parent, env={"PYTHONIOENCODING": "utf-8"},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    return ran.returncode, ran.stdout + ran.stderr


def test_what_is_kept_proves_every_draft_to_the_checker_that_anybody_can_run(drafts, tmp_path):
    assert len(drafts) == 2
    for each in drafts:
        code, said = checked(tmp_path / "utgivelse.json", each)
        assert (code, said.splitlines()[-1]) == (0, "Alle tall er bevist trygge.")
        assert each["release"]["witnesses"]


def test_without_one_of_its_tables_a_draft_is_not_proved(drafts, tmp_path):
    for each in drafts:
        each["release"]["witnesses"] = []
        code, said = checked(tmp_path / "utgivelse.json", each)
        assert (code, "IKKE BEVIST" in said) == (1, True)
