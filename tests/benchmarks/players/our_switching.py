"""Ours: through the door into one office after the other, one query in each. Seconds per switch."""

import time
from itertools import cycle, islice

from tenants.inbox.models import Concern
from tests.benchmarks.players.turns import serve
from varde.tenancy.directory import offices
from varde.tenancy.door import office

KOMMUNER = [ref for ref in offices() if ref.kind == "kommune" and ref.slug.startswith("benk-")][:8]


def play(switches: float) -> float:
    """`switches` times into the next office."""
    began = time.perf_counter()
    for ref in islice(cycle(KOMMUNER), int(switches)):
        with office(ref):
            Concern.objects.exists()
    return (time.perf_counter() - began) / switches


def main() -> None:
    """Play."""
    serve(play)
