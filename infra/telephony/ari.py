"""Asterisk's REST interface (ARI): questions over HTTP, events over a websocket. Knows nothing of calls."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote

import urllib3
from websockets.asyncio.client import ClientConnection, connect

APP = "varde"
AT_ONCE = 16  # questions to Asterisk; each takes a few milliseconds on loopback
Event = dict[str, Any]


class Refused(Exception):
    """Asterisk said no, or could not be asked. `status` is 0 when there was no answer."""

    def __init__(self, status: int) -> None:
        super().__init__(f"Asterisk: {status}")
        self.status = status


class Ari:
    """One Asterisk."""

    def __init__(self, address: str, user: str, password: str) -> None:
        word = base64.b64encode(f"{user}:{password}".encode()).decode()
        self.address, self.headers = f"{address}/ari", {"Authorization": f"Basic {word}"}
        self.pool = urllib3.PoolManager(maxsize=AT_ONCE, timeout=urllib3.Timeout(connect=2, read=5), retries=False)
        self.threads = ThreadPoolExecutor(AT_ONCE, "ari")

    async def ask(self, method: str, *path: str, **body: object) -> Any:
        """The answer's JSON (None when it is empty); raises Refused. `body` goes as JSON, never in the address."""
        url = "/".join((self.address, *(quote(part, safe="") for part in path)))
        return await asyncio.get_running_loop().run_in_executor(self.threads, self._ask, method, url, body)

    def _ask(self, method: str, url: str, body: dict[str, object]) -> Any:
        try:
            answer = self.pool.request(method, url, headers=self.headers, json=body or None)
        except urllib3.exceptions.HTTPError as error:
            raise Refused(0) from error
        if answer.status >= 300:
            raise Refused(answer.status)
        return json.loads(answer.data) if answer.data else None

    async def quietly(self, method: str, *path: str, **body: object) -> bool:
        """The same where it does not matter that what is named is gone already; whether Asterisk did it."""
        try:
            await self.ask(method, *path, **body)
        except Refused:
            return False
        return True

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[ClientConnection]:
        """The events of our app, for as long as the block lasts. OSError or a websockets error when it cannot be."""
        url = f"{self.address.replace('http', 'ws', 1)}/events?app={APP}"
        async with connect(
            url, additional_headers=self.headers, open_timeout=5, close_timeout=1, ping_interval=5, ping_timeout=5,
            proxy=None, max_size=2**20, compression=None, user_agent_header=None,
        ) as line:  # fmt: skip
            yield line
