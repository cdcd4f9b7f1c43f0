"""Ours: a kommune from nothing, with roles, rights, tables and post key. Seconds for one."""

import time
from itertools import count

from shared.registry.provision import Wish, provision
from tests.benchmarks.players.turns import serve

numbers = count(9950)


def play(_: float) -> float:
    """One more kommune."""
    number = next(numbers)
    began = time.perf_counter()
    provision(Wish("kommune", f"ny-{number}", f"Ny {number}", f"{number}", "benkregionen"))
    return time.perf_counter() - began


def main() -> None:
    """Play."""
    serve(play)
