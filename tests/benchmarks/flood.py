"""A flood of reports against the demo's web: honest senders get through, and the team can go on working.

The peer is the same house in a quiet hour: the share of honest reports received beside 100, and the 95th percentile of
a logged-in page during the flood beside the one just before it. Loopback on one machine: the ratio counts, not the
milliseconds; and bots, honest senders and server share its cores.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles
from typing import Any

from tests.benchmarks.result import Missing, Result
from tests.benchmarks.rig import PLAYERS, Rig, program

BOTS, HONEST = 8, 4
QUIET_SECONDS, FLOOD_SECONDS = 4.0, 12.0  # with start and end well under a minute
HOST, PAGE = "benk-0.localhost", "/innboks"


def measure(rig: Rig) -> list[Result]:
    """Before and during, and what lies in the inbox afterwards."""
    program("django", rig.ours, "collectstatic", "--noinput", "--verbosity", "0")
    port = rig.web("varde.wsgi:application", rig.ours)
    cookie = json.loads(program(PLAYERS, rig.ours, "our_coordinator"))
    person = rig.player("page", rig.ours, str(port), HOST, PAGE, cookie)
    crowd = rig.player("flooders", rig.ours, str(port), HOST, str(BOTS), str(HONEST))
    before = _sorting(rig)
    person.turn(1.0)
    quiet = person.turn(QUIET_SECONDS)
    with ThreadPoolExecutor() as both:
        flood = both.submit(crowd.turn, FLOOD_SECONDS)
        busy = person.turn(FLOOD_SECONDS)
        said = flood.result()
    _even(before, _sorting(rig), said)
    honest = 100 * said["honest"] / max(1, said["tried"])
    return [
        Result("flood_honest_received", honest, 100, "%", "higher"),
        Result("flood_page_p95", _p95(busy), _p95(quiet), "ms", "lower"),
    ]


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[-1]


def _sorting(rig: Rig) -> dict[str, list[int]]:
    found = json.loads(program(PLAYERS, rig.ours, "our_sorting"))
    return {channel: found.get(channel, [0, 0]) for channel in ("web", "api")}


def _even(before: dict[str, list[int]], after: dict[str, list[int]], said: dict[str, Any]) -> None:
    """What was acknowledged is stored: bots' and people's alike. Says how many of each were laid aside."""
    web, api = ([now - then for now, then in zip(after[c], before[c], strict=True)] for c in ("web", "api"))
    speed = (said["bots"] + said["honest"]) / said["seconds"]
    print(f"  {said['bots']} fra roboter ({api[1]} til sortering), {said['honest']} av {said['tried']} ærlige mottatt")
    print(f"  ({web[1]} av dem til sortering), {speed:.0f} meldinger/s, avvist: {said['refused']}")
    if web[0] < said["honest"] or api[0] < said["bots"]:
        raise Missing(f"kvittert, men ikke lagret: web {web[0]}/{said['honest']}, api {api[0]}/{said['bots']}")
