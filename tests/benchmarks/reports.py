"""Acknowledged concerns per second through HTTP, against a bare DRF view that inserts one row."""

import json
from collections import Counter
from statistics import median
from typing import Any

from tests.benchmarks.result import Missing, Result
from tests.benchmarks.rig import PLAYERS, Player, Rig, alternate, program
from tests.whole.tally import tally

CLIENTS = 8  # as many as the demo's web has threads
ROUNDS, SECONDS, WARM_UP = 5, 3.0, 1.5


def compare(rig: Rig) -> list[Result]:
    """Both under the demo's web server, on the same PostgreSQL, loaded by the same program."""
    plain = rig.peer | {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.peer.plain_settings"}
    program(PLAYERS, plain, "plain_table")
    ours = _client(rig, rig.web("varde.wsgi:application", rig.ours), "benk-0.localhost")
    other = _client(rig, rig.web("tests.benchmarks.peer.wsgi:application", plain), "localhost")
    warm = [_round(ours, "vi", WARM_UP)]
    _round(other, "den andre", WARM_UP)
    left, right = alternate(lambda: _round(ours, "vi"), lambda: _round(other, "den andre"), ROUNDS)
    _even(rig, [*warm, *left])
    return [Result("reports_acknowledged", _speed(left), _speed(right), "req/s", "higher")]


def _client(rig: Rig, port: int, host: str) -> Player:
    return rig.player("load", rig.peer, str(port), host, str(CLIENTS))


def _round(client: Player, who: str, seconds: float = SECONDS) -> Any:
    answer = client.turn(seconds)
    if not answer["marks"]:
        raise Missing(f"POST /api/v1/reports ({who}) ga ingen 201, bare {answer['refused']}")
    if answer["refused"]:
        print(f"  ({who} avviste underveis: {answer['refused']})")
    return answer


def _speed(rounds: list[Any]) -> float:
    return median(len(answer["marks"]) / answer["seconds"] for answer in rounds)


def _even(rig: Rig, rounds: list[Any]) -> None:
    """Every acknowledged report lies in the inbox once; a fast answer to a lost report is worth nothing."""
    told = [mark for answer in rounds for mark in answer["marks"]]
    stored = Counter(text.split()[-1] for text in json.loads(program(PLAYERS, rig.owner, "our_stored")))
    found = tally(told, stored.elements())
    print(f"  meldinger: {found}")
    if not found.even:
        raise Missing(f"kvitterte meldinger stemmer ikke med innboksen: {found}")
