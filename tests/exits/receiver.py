"""A receiver of error events on this machine: keeps every byte that reaches it, as it came and unpacked."""

import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


class Receiver:
    """`with Receiver() as receiver:` then give `receiver.dsn` to a process and look at `receiver.seen`."""

    def __init__(self) -> None:
        self.requests: list[bytes] = []
        bodies = self.requests

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                packed = self.headers.get("Content-Encoding") == "gzip"
                head = f"{self.requestline}\n{self.headers}".encode()
                bodies.append(head + (gzip.decompress(body) if packed else body))
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *args: object) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def dsn(self) -> str:
        """Where to send; as a Sentry address."""
        return f"http://offentlig@127.0.0.1:{self._server.server_port}/1"

    @property
    def seen(self) -> bytes:
        """Everything, headers too."""
        return b"\n".join(self.requests)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
