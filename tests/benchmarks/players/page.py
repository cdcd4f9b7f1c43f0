"""One logged-in person who opens a page again and again: `page PORT HOST PATH COOKIE`. Answers milliseconds."""

import http.client
import sys
import time

from tests.benchmarks.players.turns import serve

PAUSE = 0.05


def main() -> None:
    port, host, path, cookie = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]

    def play(seconds: float) -> list[float]:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        taken, limit = [], time.perf_counter() + seconds
        while time.perf_counter() < limit:
            began = time.perf_counter()
            line.request("GET", path, headers={"Host": host, "Cookie": cookie})
            answer = line.getresponse()
            answer.read()
            assert answer.status == 200, f"{path}: {answer.status}"
            taken.append((time.perf_counter() - began) * 1000)
            time.sleep(PAUSE)
        line.close()
        return taken

    serve(play)
