"""The application of this process behind the demo's kind of web server, on a port of loopback, in a child process."""

import http.client
import multiprocessing
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection
from gunicorn.app.base import BaseApplication

from tests.whole.demo import free_port
from varde.tenancy.backend.base import close_pools


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped
    """One worker with the demo's threads: what was changed in this process before the fork holds there too."""

    def __init__(self, application: Any, port: int) -> None:
        self.application, self.port = application, port
        super().__init__()

    def load_config(self) -> None:
        """As the demo's, with a worker fewer."""
        # Kept open for as long as the others play their turns.
        chosen = {"bind": f"127.0.0.1:{self.port}", "worker_class": "gthread", "threads": 4, "keepalive": 600,
                  "graceful_timeout": 1, "loglevel": "warning", "control_socket_disable": True}  # fmt: skip
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """What is served."""
        return self.application


class Line:
    """A browser's connection, kept open from one request to the next."""

    def __init__(self, port: int, host: str) -> None:
        self.host = host
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """(status, body)."""
        self._line.request(method, path, body, {"Host": self.host, **headers})
        answer = self._line.getresponse()
        return answer.status, answer.read()


@contextmanager
def served(application: Any, host: str) -> Iterator[Line]:
    """A line to the running server."""
    connection.close()
    close_pools()
    port = free_port()
    process = multiprocessing.get_context("fork").Process(target=Server(application, port).run, daemon=True)
    process.start()
    try:
        yield _line(port, host)
    finally:
        process.terminate()
        process.join(5)


def _line(port: int, host: str) -> Line:
    limit = time.perf_counter() + 20
    while True:
        line = Line(port, host)
        try:
            line.ask("GET", "/healthz", None, {})
        except ConnectionRefusedError:
            if time.perf_counter() > limit:
                raise
            time.sleep(0.05)
        else:
            return line
