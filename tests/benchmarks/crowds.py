"""A page among 20,000 cases beside the same page among 200: what the team looks at may not slow down with the years.

The number of queries must be the same, to the last one; that is no matter of speed and is refused here.
"""

from statistics import quantiles

from tests.benchmarks.result import Missing, Result
from tests.benchmarks.rig import Rig, alternate, program

FEW, MANY = 200, 20_000
ROUNDS, TIMES = 10, 10


def compare(rig: Rig) -> list[Result]:
    """Lower quartiles of milliseconds: many beside few."""
    program("django", rig.ours, "collectstatic", "--noinput", "--verbosity", "0")
    few = rig.player("crowded", rig.owner, "benk-6", str(FEW))
    many = rig.player("crowded", rig.owner, "benk-7", str(MANY), seconds=180)
    for player in (few, many):
        player.turn(TIMES / 2)
    crowded, quiet = alternate(lambda: many.turn(TIMES), lambda: few.turn(TIMES), ROUNDS)
    uneven = {name: (count, quiet[0]["queries"][name]) for name, count in crowded[0]["queries"].items()
              if count != quiet[0]["queries"][name]}  # fmt: skip
    if uneven:
        raise Missing(f"spørringene blir flere med sakene: {uneven}")
    return [
        Result(f"crowded_{name}", _typical(crowded, name), _typical(quiet, name), "ms", "lower")
        for name in crowded[0]["ms"]
    ]


def _typical(rounds: list[dict[str, dict[str, list[float]]]], name: str) -> float:
    return float(quantiles([ms for each in rounds for ms in each["ms"][name]], n=4)[0])
