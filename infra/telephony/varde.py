"""Varde's two doors for a telephone system: what happened to a call, and who answers a number now."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import urllib3

from infra.telephony.numbers import e164

PATIENCE = 2.0  # seconds a caller may wait for us to hear whom to ring
MOST = 20  # apparatus rung at once
LARGEST = 64 * 1024


class Away(Exception):
    """Varde could not be asked, or had trouble of its own: it may be tried again."""


class No(Exception):
    """Varde understood and refused: asking again gives the same answer."""

    def __init__(self, status: int) -> None:
        super().__init__(f"Varde: {status}")
        self.status = status


@dataclass(frozen=True, slots=True)
class Answer:
    """Who answers a number now. Nobody in `ring` means that no apparatus is to ring."""

    ring: tuple[str, ...]


class Varde:
    """One region's office."""

    def __init__(self, address: str, token: str, region: str) -> None:
        parts = urlsplit(address)
        self.headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        host = parts.hostname or ""
        if host.endswith(".localhost"):  # always this machine (RFC 6761), which not every resolver knows
            self.headers["Host"] = parts.netloc
            address = f"{parts.scheme}://127.0.0.1:{parts.port or 80}"
        self.address, self.region = address, region
        limit = urllib3.Timeout(connect=2, read=10)
        self.pool = urllib3.PoolManager(maxsize=16, timeout=limit, retries=False)
        self.asked: dict[str, asyncio.Task[Answer | None]] = {}
        # Apart: announcements that wait for a slow server must not keep a caller waiting for whom to ring.
        self.telling, self.asking = ThreadPoolExecutor(8, "tell"), ThreadPoolExecutor(8, "ask")

    async def announce(self, event: dict[str, str | None]) -> None:
        """POST /api/v1/calls; raises Away or No."""
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self.telling, self._request, "POST", "/api/v1/calls", event, None)
        except No as no:
            # Varde sends nobody elsewhere, and takes a new call whatever it knows: this is somebody else's answer.
            if no.status < 400 or (no.status == 404 and event["event"] == "ringing"):
                raise Away(str(no.status)) from no
            raise

    async def who_answers(self, number: str) -> Answer | None:
        """GET /api/v1/lines; None when Varde does not say, so that the fallback is rung."""
        asked = self.asked.get(number)
        if asked is None:  # many who ring at once are one question
            asked = self.asked[number] = asyncio.create_task(self._who(number))
            asked.add_done_callback(lambda _: self.asked.pop(number))
        with suppress(TimeoutError):
            return await asyncio.wait_for(asyncio.shield(asked), PATIENCE)
        return None

    async def _who(self, number: str) -> Answer | None:
        loop = asyncio.get_running_loop()
        query = {"number": number}
        try:
            return self._answer(
                await loop.run_in_executor(self.asking, self._request, "GET", "/api/v1/lines", None, query)
            )
        except (Away, No):
            return None

    def _answer(self, found: Any) -> Answer | None:
        ring = found.get("ring") if isinstance(found, dict) else None
        if not isinstance(ring, list):
            return None
        numbers = [e164(each, self.region) for each in ring if isinstance(each, str)]
        return Answer(tuple(dict.fromkeys(number for number in numbers if number))[:MOST])

    def _request(self, method: str, path: str, body: object, query: dict[str, str] | None) -> Any:
        try:
            answer = self.pool.request(
                method, f"{self.address}{path}", headers=self.headers, fields=query, json=body, redirect=False,
                preload_content=False,
            )  # fmt: skip
            said = answer.read(LARGEST)
            answer.drain_conn()
            answer.release_conn()
        except urllib3.exceptions.HTTPError as error:
            raise Away from error
        # A token may be mended while calls wait, and 429 says itself that it is a matter of time.
        if answer.status in {401, 403, 408, 425, 429} or answer.status >= 500:
            raise Away(str(answer.status))
        if answer.status >= 300:
            raise No(answer.status)
        try:
            return json.loads(said) if said else None
        except ValueError as error:
            raise Away from error
