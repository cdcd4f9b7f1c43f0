"""Stands for Varde where Varde is to fail: takes calls as the real one does, and does as it is told about faults."""

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.whole.demo import free_port


@dataclass
class Recorder:
    """`status` is what it says to everything (0: as it should be, -1: nothing at all); `hears` keeps what came."""

    port: int = field(default_factory=free_port)
    ring: tuple[str, ...] = ()
    status: int = 0
    hears: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    server: ThreadingHTTPServer | None = None

    def start(self) -> None:
        """Serve until `stop`."""
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self._answer("POST", body, 201, {"reference": "V-1", "state": "ringing", "answers": []})

            def do_GET(self) -> None:
                asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
                self._answer("GET", asked, 200, {"answer": "hotline", "ring": list(recorder.ring), "until": None})

            def _answer(self, method: str, asked: dict[str, Any], status: int, said: dict[str, Any]) -> None:
                recorder.tokens.add(self.headers.get("Authorization", ""))
                recorder.hears.append((method, asked))
                if recorder.status < 0:
                    time.sleep(15)
                body = json.dumps(said).encode()
                self.send_response(recorder.status or status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """As if the machine were gone: the port refuses."""
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    def told(self, event: str = "") -> list[dict[str, Any]]:
        """The events that came, or those of one kind."""
        return [body for method, body in list(self.hears) if method == "POST" and event in ("", body["event"])]
