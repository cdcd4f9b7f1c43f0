"""Thirteen secrets made at run time, where each is planted, and how they are counted."""

import http.client
import secrets
import socket
from dataclasses import dataclass, field
from urllib.parse import urlencode

PLACES = (
    "user agent", "body", "database error", "exception text", "local variable", "log line", "query string", "referer",
    "path", "remote address", "forwarded-for", "SQL parameter", "cookie",
)  # fmt: skip


def _address(first: int) -> str:
    return ".".join(map(str, (first, *(secrets.randbelow(200) + 20 for _ in range(3)))))


def _made(place: str) -> str:
    if place == "remote address":
        return _address(127)  # all of 127/8 is this machine
    return _address(203) if place == "forwarded-for" else f"hemmelig{secrets.token_hex(8)}"


@dataclass
class Planted:
    """The secrets of one trial by place."""

    secret: dict[str, str] = field(default_factory=lambda: {place: _made(place) for place in PLACES})

    def hits(self, seen: bytes) -> list[str]:
        """The places whose secret stands in these bytes."""
        return [place for place, secret in self.secret.items() if secret.encode() in seen]

    def send(self, port: int, path: str, **fields: str) -> int:
        """One POST that carries them all in its head; the status."""
        secret = self.secret
        headers = {
            "Host": f"gjovik.localhost:{port}",
            "User-Agent": secret["user agent"],
            "Referer": f"http://gjovik.localhost/{secret['referer']}",
            "X-Forwarded-For": secret["forwarded-for"],
            "Cookie": f"varde={secret['cookie']}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Baggage": f"sentry-trace_id={'a' * 32},sentry-transaction={secret['path']}",
            "Sentry-Trace": f"{'a' * 32}-{'b' * 16}-1",
        }
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=(secret["remote address"], 0))
        try:
            line.request("POST", path, urlencode(fields | {"body": secret["body"]}), headers)
            return line.getresponse().status
        finally:
            line.close()

    def send_all(self, port: int) -> list[int]:
        """The three faults of the web; what the answers were."""
        secret = self.secret
        query = urlencode({"q": secret["query string"]})
        told = {"text": secret["exception text"], "local": secret["local variable"], "line": secret["log line"]}
        return [
            self.send(port, f"/planted/broken/{secret['path']}?{query}", **told),
            self.send(port, f"/planted/doubled?{query}", email=f"{secret['database error']}@example.org"),
            self.send(port, f"/planted/unfit?{query}", parameter=secret["SQL parameter"]),
        ]

    def send_garbage(self, port: int) -> None:
        """What is not HTTP at all, from the secret address: the web server itself has something to say about it."""
        source = (self.secret["remote address"], 0)
        with socket.create_connection(("127.0.0.1", port), timeout=10, source_address=source) as line:
            line.sendall(f"{self.secret['body']} / {self.secret['path']}\r\n\r\n".encode())
            line.recv(1000)
