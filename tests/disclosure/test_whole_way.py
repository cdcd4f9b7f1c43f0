"""The pure way of the product under attack: closing, making and showing, as a reader meets the tables.

VARDE_WAYS=40 pytest tests/disclosure/test_whole_way.py -s      so many regions, every eighth of ten kommuner
"""

import os

import pytest

from tests.disclosure.print_out import printed_by
from tests.disclosure.siege import Found, siege
from tests.disclosure.whole_way import Region, released

WAYS = int(os.environ.get("VARDE_WAYS", "1"))
CHANGES = ("joins", "leaves", "merges", "")


def attacked(region: Region, *, ledger: bool = True) -> tuple[Found, int]:
    """What is found out, and how many figures were told."""
    given = released(region, ledger=ledger)
    problem, said = printed_by(given)
    found = siege(problem, said)
    if any(given.settled.values()):
        found += siege(*printed_by(given, outsiders=True), coalition=0)
    return found, len(said)


@pytest.mark.parametrize("seed", range(WAYS))
def test_nobody_finds_out_anything_from_the_tables_that_are_shown(seed):
    region = Region(seed, kommuner=10 if seed % 8 == 7 else 5, change=CHANGES[seed % 4])
    found, told = attacked(region)
    assert not found, f"seed {seed}: {dict(found)}"
    assert told > 20
    print(f"{region.kommuner} kommuner, {region.change or 'unchanged'}: {told} statements, nothing found")


def test_tables_that_are_made_without_the_ledger_give_somebody_away():
    found, _ = attacked(Region(1, change="leaves"), ledger=False)
    assert found["glpk", "exact"] + found["glpk", "narrow"] > 0
