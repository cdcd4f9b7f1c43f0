"""What the protections cost: a page with everything on, beside the same build without sealing, log and row rights.

Each variant has a process and a practice kommune of its own, filled alike, on one server. They play in turn, so that a
busy moment of the machine hits all. The same build means the same page: what was shown is compared too, and that a
protection is really on or off is counted in the database. The promise is 1.5 at most for the first two.
"""

from statistics import quantiles
from typing import Any

from tests.benchmarks.result import Missing, Result
from tests.benchmarks.rig import Player, Rig, program

PARTS = ("sealing", "log", "rows")
VARIANTS: dict[str, tuple[str, ...]] = {
    "on": (),
    "off": PARTS,
    **{f"without_{part}": (part,) for part in PARTS},
}
CASES, LOG_ROWS = 50, 100_000
ROUNDS, TIMES = 12, 10
BROKEN_DOWN = ("case_page", "acknowledged_concern")

Round = dict[str, Any]


def compare(rig: Rig) -> list[Result]:
    """Lower quartiles of milliseconds over all rounds: what else the machine does only adds, and adds unevenly."""
    program("django", rig.ours, "collectstatic", "--noinput", "--verbosity", "0")
    players = {
        variant: rig.player("guarded", rig.owner, f"benk-{number}", str(CASES), str(LOG_ROWS), *parts)
        for number, (variant, parts) in enumerate(VARIANTS.items(), 1)
    }
    for player in players.values():
        player.turn(TIMES / 4)
    rounds: dict[str, list[Round]] = {variant: [] for variant in players}
    for number in range(ROUNDS):
        _one(players, rounds, backwards=bool(number % 2))
    for variant, parts in VARIANTS.items():
        _even(variant, parts, rounds)
    return _results(rounds)


def _one(players: dict[str, Player], rounds: dict[str, list[Round]], *, backwards: bool) -> None:
    for variant in reversed(players) if backwards else players:
        rounds[variant].append(players[variant].turn(TIMES))


def _even(variant: str, off: tuple[str, ...], rounds: dict[str, list[Round]]) -> None:
    """Missing when a variant showed something else than the house does, or was not what it is called."""
    last, ours = rounds[variant][-1], rounds["on"][-1]
    for name in ("case_page", "case_list", "acknowledged_concern"):
        if last["pages"][name] != ours["pages"][name]:
            raise Missing(f"{name} viste noe annet i «{variant}» enn med alt på")
    for part, (before, after) in last["counted"].items():
        lives = after > 0 if part == "rows" else after > before
        if lives == (part in off):
            raise Missing(f"«{variant}» er ikke det den heter: {part} gikk fra {before} til {after}")


def _results(rounds: dict[str, list[Round]]) -> list[Result]:
    found = []
    for name in rounds["on"][0]["ms"]:
        ours = _typical(rounds["on"], name)
        found.append(Result(f"{name}_protected", ours, _typical(rounds["off"], name), "ms", "lower"))
        if name in BROKEN_DOWN:
            found += [
                Result(f"{name}_without_{part}", ours, _typical(rounds[f"without_{part}"], name), "ms", "lower")
                for part in PARTS
            ]
    return found


def _typical(rounds: list[Round], name: str) -> float:
    return float(quantiles([ms for each in rounds for ms in each["ms"][name]], n=4)[0])
