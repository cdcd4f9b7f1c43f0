"""Many clients at once: `load.py PORT HOST THREADS`, a round of N seconds per line. The same for both sides.

Answers {"marks": [of the acknowledged], "seconds", "refused": {status or error: count}}.
"""

import http.client
import json
import sys
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks.players.turns import serve

PATH = "/api/v1/reports"


@dataclass
class Client:
    """One keep-alive connection that sends the next report as soon as the last one is acknowledged."""

    port: int
    host: str
    marks: list[str] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)

    def run(self, start: threading.Barrier, seconds: float) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        start.wait()
        limit = time.perf_counter() + seconds
        while time.perf_counter() < limit:
            self._report(line, limit)
        line.close()

    def _report(self, line: http.client.HTTPConnection, limit: float) -> None:
        """One report, sent again with the same key until it is acknowledged or the round is over."""
        mark = str(uuid.uuid4())
        told = {"reporter_kind": "privat", "anonymous": True, "what": f"Naboen har blåmerker og er redd. {mark}"}
        headers = {"Host": self.host, "Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}
        while not self._send(line, json.dumps(told).encode(), headers):
            if time.perf_counter() > limit:
                return
        self.marks.append(mark)

    def _send(self, line: http.client.HTTPConnection, body: bytes, headers: dict[str, str]) -> bool:
        try:
            line.request("POST", PATH, body=body, headers=headers)
            answer = line.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.refused[type(error).__name__] += 1
            line.close()
            return False
        if answer.status != 201:
            self.refused[str(answer.status)] += 1
            time.sleep(0.01)
        return answer.status == 201


def main() -> None:
    port, host, threads = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])

    def play(seconds: float) -> dict[str, Any]:
        clients = [Client(port, host) for _ in range(threads)]
        start = threading.Barrier(threads + 1)
        running = [threading.Thread(target=client.run, args=(start, seconds)) for client in clients]
        for thread in running:
            thread.start()
        start.wait()
        began = time.perf_counter()
        for thread in running:
            thread.join()
        taken = time.perf_counter() - began
        marks = [mark for client in clients for mark in client.marks]
        return {"marks": marks, "seconds": taken, "refused": sum((c.refused for c in clients), Counter())}

    serve(play)
