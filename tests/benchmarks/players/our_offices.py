"""Ours made ready: a region and as many practice kommuner as asked for."""

import sys

from shared.registry.provision import Wish, provision


def main() -> None:
    """`our_offices COUNT`."""
    provision(Wish("region", "benkregionen", "Benkregionen"))
    for number in range(int(sys.argv[1])):
        provision(Wish("kommune", f"benk-{number}", f"Benk {number}", f"{9900 + number}", "benkregionen"))
