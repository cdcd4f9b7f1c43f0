"""Made-up regions, made safe half-year by half-year, under attack by everything that stands in `attackers`.

VARDE_SEEDS=1000 pytest tests/disclosure/test_regions.py -s      prints what was attacked and what was found: nothing.
"""

import os
from collections import Counter

import pytest

from tests.disclosure import paper
from tests.disclosure.siege import Found, siege
from tests.disclosure.simulated import Region
from varde.protect.engine import protect

SEEDS = int(os.environ.get("VARDE_SEEDS", "4"))
FEW = 25
"""A test of its own for each seed as long as they are few; beyond that in packs."""
PACKS = [range(start, min(start + FEW, SEEDS)) for start in range(0, SEEDS, FEW)] if SEEDS > FEW else \
    [range(seed, seed + 1) for seed in range(SEEDS)]  # fmt: skip


def region(seed: int, kommuner: int) -> Region:
    """Every other one changes on the way; every eighth one answers a second question."""
    change = ("", "joins", "", "leaves")[seed % 4]
    return Region(seed, kommuner=kommuner, change=change, second=6 if seed % 8 == 2 else 0)


def attacked(chosen: Region, *, ledger: bool = True, coalition: int = 1) -> tuple[Found, int]:
    """What is found out from everything printed after each half-year, and how many figures that was."""
    found: Found = Counter()
    *_, (problem, _) = chosen.publish(protect, ledger=ledger)
    said = paper.read(paper.sheets(problem, chosen.tables(chosen.halves - 1)))
    found += siege(problem, said, coalition=coalition)
    return found, sum(cell["state"] == "published" for cell in problem["cells"])


@pytest.mark.parametrize("kommuner", [5, 10])
@pytest.mark.parametrize("seeds", PACKS, ids=lambda pack: f"{pack.start}-{pack.stop - 1}")
def test_nobody_finds_out_anything(kommuner, seeds):
    """What is printed only grows, so whoever finds nothing at the end found nothing on the way."""
    shown = 0
    for seed in seeds:
        found, printed = attacked(region(seed, kommuner))
        assert not found, f"seed {seed}: {dict(found)}"
        shown += printed
    print(f"{len(seeds)} regions of {kommuner}, {shown} figures printed: 0 exact, 0 narrower than the rule")


def test_two_who_pool_what_they_know_need_a_release_that_is_made_for_it():
    def siege_of_two(coalition: int) -> Found:
        chosen = Region(0, halves=2)
        *_, (problem, _) = chosen.publish(lambda asked: protect(asked | {"rule": {"coalition": coalition}}))
        return siege(problem, paper.read(paper.sheets(problem, chosen.tables(1))), coalition=2)

    assert siege_of_two(1)["glpk", "narrow"]
    assert not siege_of_two(2)


def test_without_the_ledger_the_same_attackers_succeed():
    found, _ = attacked(Region(0, halves=4), ledger=False)
    assert found["glpk", "exact"] + found["glpk", "narrow"] > 0
