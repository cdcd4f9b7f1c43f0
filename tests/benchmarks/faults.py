"""What is lost, doubled or said too early when something goes wrong between «send» and «a person has opened it»."""

from typing import Any

from tests.benchmarks.result import Missing, Result
from tests.benchmarks.rig import Rig

MOMENTS = 16
SECONDS = 480
FAULTS = ("killed", "database", "broker", "disk", "full", "clock", "twice")
WRONG = (("lost", "faults_lost"), ("doubled", "faults_doubled"), ("early", "screen_too_early"))
# Of none at all.
PROMISED = {f"{name}_{fault}": 0.0 for fault in FAULTS for _, name in WRONG}


def measure(rig: Rig) -> list[Result]:
    """Per fault how many of the trials went wrong, beside how many in which it struck."""
    player = rig.player("our_faults", rig.ours | {"FAULTS_DSN": rig.dsn})
    found: dict[str, Any] = player.turn(MOMENTS, seconds=SECONDS)
    missed = [fault for fault in FAULTS if not found.get(f"{fault} tried", 0)]
    if missed:
        raise Missing(f"feilen slo ikke til: {', '.join(missed)}")
    return [
        Result(f"{name}_{fault}", found.get(f"{fault} {what}", 0), found[f"{fault} tried"], "forsøk", "lower")
        for what, name in WRONG
        for fault in FAULTS
    ]
