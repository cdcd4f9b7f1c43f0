"""What Varde is still to be told: in memory alone and not without end, in the order of each call, until it is heard."""

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from infra.telephony.log import log
from infra.telephony.varde import Away, No

LIMIT = 1000  # calls that wait to be told of; the oldest goes when there is one more
LONGEST_PAUSE = 15.0
OLD = timedelta(minutes=4)  # Varde takes an older `at` for a replay; such an event is told without one
Announce = Callable[[dict[str, str | None]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing about one call."""

    call: str
    event: str
    at: datetime
    numbers: tuple[tuple[str, str | None], ...] = ()

    def body(self, now: datetime, less: int = 0) -> dict[str, str | None]:
        """As Varde is told: the same each time, until it is old. `less`: 1 without time, 2 also without numbers."""
        when = {} if less or now - self.at > OLD else {"at": self.at.isoformat(timespec="milliseconds")}
        numbers = {} if less > 1 else dict(self.numbers)
        return {"call_id": self.call, "event": self.event, **numbers, **when}


class Teller:
    """`tell` returns at once; what was told of a call goes before what happens to it later."""

    def __init__(self, announce: Announce, now: Callable[[], datetime], limit: int = LIMIT) -> None:
        self.announce, self.now, self.limit = announce, now, limit
        self.waiting: dict[str, deque[Happened]] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}
        self.turns = asyncio.Semaphore(8)
        self.forgotten = 0

    def tell(self, happened: Happened) -> "asyncio.Task[None]":
        """Put it behind what waits; the task is done when all that waits of this call is heard or refused."""
        self.waiting.setdefault(happened.call, deque()).append(happened)
        if len(self.waiting) > self.limit:
            self._forget(next(iter(self.waiting)))
        if happened.call not in self.tasks:
            task = asyncio.create_task(self._tell_all(happened.call))
            self.tasks[happened.call] = task
        return self.tasks[happened.call]

    async def drained(self, seconds: float) -> bool:
        """Wait so long for everything to be heard; whether it was."""
        if self.tasks:
            await asyncio.wait(self.tasks.values(), timeout=seconds)
        return not self.tasks

    def _forget(self, call: str) -> None:
        self.forgotten += 1
        log.error("Varde har vært borte for lenge: anrop %s blir ikke meldt (%d i alt)", call, self.forgotten)
        del self.waiting[call]
        self.tasks.pop(call).cancel()

    async def _tell_all(self, call: str) -> None:
        waiting = self.waiting[call]
        try:
            while waiting:
                await self._tell(waiting[0])
                waiting.popleft()
        finally:
            if self.tasks.get(call) is asyncio.current_task():
                del self.tasks[call], self.waiting[call]

    async def _tell(self, happened: Happened) -> None:
        pause, first, less = 0.25, True, 0
        while True:
            try:
                async with self.turns:
                    return await self.announce(happened.body(self.now(), less))
            except No as no:
                if no.status == 400 and less < 2:  # two clocks apart, an odd number: better half a call than none
                    less += 1
                    continue
                if no.status != 409:  # known already
                    log.error("Varde tok ikke imot %s for anrop %s: %d", happened.event, happened.call, no.status)
                return None
            except Away as away:
                if first:
                    log.warning("Varde kan ikke nås for anrop %s (%s); prøver igjen", happened.call, away)
                first = False
            await asyncio.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311 (spreads, hides nothing)
            pause = min(pause * 2, LONGEST_PAUSE)
