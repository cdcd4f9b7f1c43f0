"""Bots and honest senders at one office, all behind one address: `flooders PORT HOST BOTS HONEST`.

Bots send through the API as fast as they are answered. An honest sender opens the form, does the work that is asked
for as the browser does, sends, and rests. Answers {"bots", "honest", "tried", "seconds", "refused": {status: count}}.
"""

import http.client
import json
import sys
import threading
import time
import urllib.parse
from collections import Counter
from dataclasses import dataclass, field

from tests.benchmarks.players.turns import serve
from tests.tenants.flood import key_on, payload, solution_of

REST = 0.5  # seconds between two reports of an honest sender; the same people do not report without end
BOT = json.dumps({"reporter_kind": "privat", "anonymous": True, "what": "Kjøp billig"}).encode()


@dataclass
class Sender:
    """One keep-alive connection."""

    port: int
    host: str
    done: int = 0
    tried: int = 0
    refused: Counter[str] = field(default_factory=Counter)

    def run(self, act: str, limit: float) -> None:
        """Send until the round is over."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        while time.perf_counter() < limit:
            self.tried += 1
            try:
                self._count(getattr(self, act)(line))
            except (OSError, http.client.HTTPException) as error:
                self._count(type(error).__name__)
                line.close()
        line.close()

    def _count(self, said: object) -> None:
        if said == 201:
            self.done += 1
        else:
            self.refused[str(said)] += 1

    def bot(self, line: http.client.HTTPConnection) -> int:
        """A report without any work."""
        return self._ask(line, "POST", "/api/v1/reports", BOT, "application/json")[0]

    def honest(self, line: http.client.HTTPConnection) -> int:
        """Form, challenge when there is one, report."""
        key = key_on(self._ask(line, "GET", "/meld/privat")[1])
        asked = json.loads(self._form(line, "/meld/oppgave", key=key)[1])["challenge"]
        proof = payload(solution_of(asked)) if asked else ""
        line.close()  # the server ends a line that is idle for so long; a browser opens a new one
        status = self._form(line, "/meld/privat", what="Naboen er redd", idempotency_key=key, altcha=proof)[0]
        time.sleep(REST)
        return status

    def _form(self, line: http.client.HTTPConnection, path: str, **fields: str) -> tuple[int, str]:
        body = urllib.parse.urlencode(fields).encode()
        return self._ask(line, "POST", path, body, "application/x-www-form-urlencoded")

    def _ask(
        self, line: http.client.HTTPConnection, method: str, path: str, body: bytes = b"", kind: str = ""
    ) -> tuple[int, str]:
        line.request(method, path, body or None, {"Host": self.host} | ({"Content-Type": kind} if kind else {}))
        answer = line.getresponse()
        return answer.status, answer.read().decode()


def main() -> None:
    port, host, bots, honest = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])

    def play(seconds: float) -> dict[str, object]:
        began = time.perf_counter()
        crowd = [(Sender(port, host), "bot") for _ in range(bots)]
        crowd += [(Sender(port, host), "honest") for _ in range(honest)]
        running = [threading.Thread(target=sender.run, args=(act, began + seconds)) for sender, act in crowd]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join()
        counts = {kind: sum(sender.done for sender, act in crowd if act == kind) for kind in ("bot", "honest")}
        tried = sum(sender.tried for sender, act in crowd if act == "honest")
        refused = sum((sender.refused for sender, _ in crowd), Counter[str]())
        taken = time.perf_counter() - began
        return {"bots": counts["bot"], "honest": counts["honest"], "tried": tried, "seconds": taken, "refused": refused}

    serve(play)
