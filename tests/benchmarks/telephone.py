"""From the moment somebody rings until the call stands where the console reads it, beside a bare POST of the same.

A real Asterisk, the bridge, and the demo's web server. The peer is the API alone, in the same run: what is above one is
what the exchange and the bridge cost.
"""

import json
import re
import shutil
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from statistics import median

import psycopg
import urllib3

from tests.benchmarks.result import Missing, Result
from tests.benchmarks.rig import PLAYERS, Rig, program
from tests.telephony.exchange import FIRST, LINE, Exchange, fetched, free_udp
from tests.telephony.phones import Phone, Phones
from varde.clock import now
from varde.embedded.process import wait_until

CALLS, AT_ONCE = 20, 50
STAMP = re.compile(r"^-+ (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+)\r?\nUDP message sent[^\n]*\n\s*INVITE ", re.MULTILINE)


def measure(rig: Rig) -> list[Result]:
    """One after the other, then many at once."""
    if shutil.which("sipp") is None:
        raise Missing("sipp finnes ikke")
    fetched()
    token = json.loads(program(PLAYERS, rig.ours, "our_telephone", LINE, FIRST).splitlines()[-1])
    address = f"http://127.0.0.1:{rig.web('varde.wsgi:application', rig.ours)}"
    bare = Bare(address, token)
    bare.post("warm-up")
    with standing(rig, address.replace("127.0.0.1", "benkregionen.localhost"), token) as phones:
        with Watch(rig) as watch:
            one = _delays(_rings(phones, CALLS, 4), watch.all(CALLS))
        with Watch(rig) as watch:
            many = _delays(_rings(phones, AT_ONCE, 1000), watch.all(AT_ONCE))
    alone = [bare.post(f"alone-{number}") for number in range(CALLS)]
    crowd = bare.at_once(AT_ONCE)
    return [
        Result("call_announced", 1000 * median(one), 1000 * median(alone), "ms", "lower"),
        Result("fifty_calls_announced", max(many), crowd, "s", "lower"),
    ]


@contextmanager
def standing(rig: Rig, address: str, token: str) -> Iterator[Phones]:
    """Asterisk and the bridge, and one apparatus that only rings."""
    at, port = rig.home / "telephone", free_udp()
    exchange = Exchange(at / "exchange", address, token, dial={FIRST: f"PJSIP/linje/sip:{FIRST}@127.0.0.1:{port}"})
    phones = Phones(at / "phones", exchange.sip)
    exchange.lay()
    try:
        exchange.start()
        exchange.start_bridge()
        phones.apparatus(port, answers_after=60, calls=CALLS + AT_ONCE)
        yield phones
    finally:
        phones.stop()
        exchange.stop()


def _rings(phones: Phones, calls: int, rate: int) -> list[float]:
    """When each INVITE left (seconds since 1970), by sipp's own clock."""
    caller: Phone = phones.caller(LINE, patience=6, calls=calls, rate=rate)
    if not caller.done(60):
        raise Missing("sipp kom ikke gjennom samtalene")
    found = [datetime.fromisoformat(stamp).timestamp() for stamp in STAMP.findall(caller.heard)]
    return sorted(found)[:calls]


def _delays(left: list[float], seen: list[float]) -> list[float]:
    if len(left) != len(seen):
        raise Missing(f"{len(left)} ringte, {len(seen)} ble meldt")
    return [came - went for went, came in zip(left, seen, strict=True)]


class Watch:
    """When each new call could be read by others, asked of the database every other millisecond."""

    def __init__(self, rig: Rig) -> None:
        self.dsn, self.over = rig.dsn, threading.Event()
        self.seen: list[float] = []
        self.thread = threading.Thread(target=self._watch)

    def _watch(self) -> None:
        with psycopg.connect(self.dsn, dbname="varde", autocommit=True) as line:
            count = "SELECT count(*) FROM region_benkregionen.hotline_call"
            before = line.execute(count).fetchone()[0]  # type: ignore[index]
            while not self.over.is_set():
                more = line.execute(count).fetchone()[0] - before - len(self.seen)  # type: ignore[index]
                self.seen += [time.time()] * more
                time.sleep(0.002)

    def all(self, calls: int) -> list[float]:
        """The times of so many, as soon as they are there; fewer when half a minute was not enough."""
        wait_until(lambda: len(self.seen) >= calls, seconds=30)
        return self.seen

    def __enter__(self) -> "Watch":
        self.thread.start()
        time.sleep(0.2)
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()


class Bare:
    """The API without a telephone."""

    def __init__(self, address: str, token: str) -> None:
        self.address, self.pool = f"{address}/api/v1/calls", urllib3.PoolManager(maxsize=8)
        self.headers = {"Authorization": f"Bearer {token}", "Host": "benkregionen.localhost"}

    def post(self, call: str) -> float:
        """Announce one; seconds until it was acknowledged."""
        began = time.perf_counter()
        body = {"call_id": call, "event": "ringing", "from": "+4741234567", "to": LINE, "at": now().isoformat()}
        answer = self.pool.request("POST", self.address, json=body, headers=self.headers)
        if answer.status != 201:
            raise Missing(f"POST /api/v1/calls svarte {answer.status}")
        return time.perf_counter() - began

    def at_once(self, calls: int) -> float:
        """As many from eight lines; seconds until the last was acknowledged."""
        began = time.perf_counter()
        with ThreadPoolExecutor(8) as crowd:
            list(crowd.map(self.post, (f"crowd-{number}" for number in range(calls))))
        return time.perf_counter() - began
