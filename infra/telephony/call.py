"""One call's way: announced, rung at every apparatus at once, joined with the first that answers, ended."""

import asyncio
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from infra.telephony.ari import APP, Ari, Refused
from infra.telephony.settings import Settings
from infra.telephony.varde import Answer

LEG, ROOM = "-leg-", "varde-room-"
PROMPT_SECONDS = 120.0
RESERVE = "varde-reserve"  # the dialplan's own way to the fallback
What = Literal["up", "gone", "said"]


class Voice(Protocol):
    """What a call needs of the rest of the bridge."""

    ari: Ari
    settings: Settings

    def told(self, call: "Call", event: str) -> None:
        """Varde is to hear it."""

    async def who_answers(self, number: str) -> Answer | None:
        """Whom to ring, as Varde says; None when it does not."""


def owner(channel: str) -> str:
    """The call that a leg belongs to; empty for a channel that is no leg."""
    return channel.rpartition(LEG)[0]


@dataclass(eq=False)
class Call:
    """Lives as long as its caller's channel. `line` is the number as it was dialled, `to` the same in E.164."""

    id: str
    line: str
    to: str | None
    sender: str | None
    since: datetime
    voice: Voice
    happened: "asyncio.Queue[tuple[What, str]]" = field(default_factory=asyncio.Queue)
    legs: set[str] = field(default_factory=set)
    given_up: bool = False  # the dialplan has it; we only wait for its end
    task: "asyncio.Task[None] | None" = None

    @property
    def bridge(self) -> str:
        """The id of the room where caller and operator talk."""
        return ROOM + self.id

    @property
    def ari(self) -> Ari:
        """Asterisk."""
        return self.voice.ari

    async def carry(self) -> None:
        """From the first ring to the end, or until it is cancelled because the caller is gone."""
        self.voice.told(self, "ringing")
        for numbers in await self._rounds():
            if leg := await self._ring(numbers):
                self.voice.told(self, "answered")
                await self._join(leg)
                return await self._stay(leg)
        return await self._say_nobody()

    async def resume(self, leg: str, *, joined: bool) -> None:
        """Found again by a new bridge, with somebody who has answered. What it tells was heard before, or lost."""
        self.voice.told(self, "ringing")
        self.voice.told(self, "answered")
        if not joined:
            await self.ari.quietly("DELETE", "bridges", self.bridge)
            await self._join(leg)
        await self._stay(leg)

    async def _stay(self, leg: str) -> None:
        """They talk; when the operator hangs up, so does the caller's phone."""
        while await self.happened.get() != ("gone", leg):
            pass
        await self.ari.quietly("DELETE", "channels", self.id)

    async def clear(self) -> None:
        """The caller is gone or somebody else's: no apparatus goes on ringing, no room stays."""
        legs, self.legs = self.legs, set()
        await asyncio.gather(
            *(self.ari.quietly("DELETE", "channels", leg) for leg in legs),
            self.ari.quietly("DELETE", "bridges", self.bridge),
        )

    async def give_up(self) -> None:
        """To the dialplan, which rings the fallback without us."""
        self.given_up = True
        await self.follow()
        await self.ari.quietly(
            "POST", "channels", self.id, "continue", context=RESERVE, extension=self.line, priority=1
        )
        await self.clear()

    async def follow(self) -> bool:
        """Hear of its end also when the dialplan has it; False when the channel is gone."""
        return await self.ari.quietly("POST", "applications", APP, "subscription", eventSource=f"channel:{self.id}")

    async def _rounds(self) -> list[tuple[str, ...]]:
        """Those who answer now, then the fallback; the fallback alone when Varde does not say who."""
        fallback = self.voice.settings.fallback
        answer = await self.voice.who_answers(self.to) if self.to else None
        if answer is None:
            return [fallback]
        if not answer.ring:
            return []
        rest = tuple(number for number in fallback if number not in answer.ring)
        return [answer.ring, rest] if rest else [answer.ring]

    async def _ring(self, numbers: Sequence[str]) -> str | None:
        """All at once; the leg that answered first, or None. The others stop."""
        # Names that were never given before: a bridge that died may have left some that still ring.
        legs = {f"{self.id}{LEG}{secrets.token_hex(4)}": number for number in numbers}
        self.legs |= legs.keys()
        first: str | None = None
        try:
            async with asyncio.timeout(self.voice.settings.ring_seconds):
                await asyncio.gather(*(self._originate(leg, number) for leg, number in legs.items()))
                first = await self._first(set(legs))
        except TimeoutError:
            first = None
        losers = legs.keys() - {first}
        self.legs -= losers
        await asyncio.gather(*(self.ari.quietly("DELETE", "channels", leg) for leg in losers))
        return first

    async def _first(self, ringing: set[str]) -> str | None:
        while ringing:
            what, channel = await self.happened.get()
            if channel in ringing and what == "up":
                return channel
            if channel in ringing and what == "gone":
                ringing.remove(channel)
        return None

    async def _originate(self, leg: str, number: str) -> None:
        """The apparatus shows TryggEst's number, never the caller's: a phone keeps lists of who rang."""
        try:
            await self.ari.ask(
                "POST", "channels",
                endpoint=self.voice.settings.endpoint(number), app=APP, appArgs=f"leg,{self.id}", channelId=leg,
                callerId=f'"TryggEst" <{re.sub(r"[^+0-9]", "", self.line)}>', originator=self.id,
                timeout=int(self.voice.settings.ring_seconds) + 1,
            )  # fmt: skip
        except Refused:
            self.happened.put_nowait(("gone", leg))

    async def _join(self, leg: str) -> None:
        await self.ari.ask("POST", "channels", self.id, "answer")
        await self.ari.ask("POST", "bridges", bridgeId=self.bridge, type="mixing")
        await self.ari.ask("POST", "bridges", self.bridge, "addChannel", channel=[self.id, leg])

    async def _say_nobody(self) -> None:
        """What the region has recorded: that nobody can answer, and where else to ring."""
        await self.ari.ask("POST", "channels", self.id, "answer")
        played = await self.ari.quietly(
            "POST", "channels", self.id, "play", media=f"sound:{self.voice.settings.prompt}"
        )
        while played:
            try:
                async with asyncio.timeout(PROMPT_SECONDS):
                    played = await self.happened.get() != ("said", self.id)
            except TimeoutError:
                break
        await self.ari.quietly("DELETE", "channels", self.id)
