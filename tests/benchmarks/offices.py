"""A kommune from nothing, and going from office to office, against stock django-tenants with the same apps."""

from statistics import median

from tests.benchmarks.result import Result
from tests.benchmarks.rig import OFFICES, Player, Rig, alternate

ROUNDS = 5
SWITCHES = 800  # a round: a hundred times into each of eight offices


def provisioning(rig: Rig) -> list[Result]:
    """Leaves as many tenants with the peer as ours has offices, so that `switching` meets the same number."""
    ours, other = rig.player("our_provisioning", rig.owner), rig.player("stock_provisioning", _stock(rig))
    ours.turn(1)
    other.turn(1)
    left, right = alternate(lambda: ours.turn(1), lambda: other.turn(1), ROUNDS)
    for _ in range(OFFICES - ROUNDS - 1):
        other.turn(1)
    return [Result("provisioning_kommune", median(left), median(right), "s", "lower")]


def switching(rig: Rig) -> list[Result]:
    """A switch and one query, round and round."""
    ours, other = rig.player("our_switching", rig.ours), rig.player("stock_switching", _stock(rig))
    _turn(ours)
    _turn(other)
    left, right = alternate(lambda: _turn(ours), lambda: _turn(other), ROUNDS)
    return [Result("switching_office", median(left), median(right), "ms", "lower")]


def _turn(player: Player) -> float:
    """Milliseconds per switch."""
    return float(player.turn(SWITCHES)) * 1000


def _stock(rig: Rig) -> dict[str, str]:
    return rig.peer | {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.peer.stock_settings"}
