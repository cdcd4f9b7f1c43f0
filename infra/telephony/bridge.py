"""Listens to Asterisk, keeps a `Call` for every caller, and finds them again when either of the two was away."""

import asyncio
import json
import random
import secrets
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from websockets.exceptions import WebSocketException

from infra.telephony.ari import APP, Ari, Event, Refused
from infra.telephony.call import ROOM, Call, owner
from infra.telephony.log import log
from infra.telephony.numbers import Heard, caller, e164
from infra.telephony.settings import Settings
from infra.telephony.standing import MARK, Standing, look
from infra.telephony.teller import Happened, Teller
from infra.telephony.varde import Answer, Varde

LEAVING_SECONDS = 5.0
STANDBY_SECONDS = 2.0  # that a bridge has to show that it is there
THERE = ROOM + "there-"  # a room that one bridge makes and the one that has the calls takes away: it lives


def now() -> datetime:
    """The one clock of the bridge."""
    return datetime.now(UTC)


class Replaced(Exception):
    """Another bridge is given the events now, and Asterisk gives them to one alone."""


class Bridge:
    """One Asterisk, one Varde."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.ari = Ari(settings.ari, settings.user, settings.password)
        self.varde = Varde(settings.varde, settings.token, settings.region)
        self.teller = Teller(self.varde.announce, now)
        self.calls: dict[str, Call] = {}
        self.loose: set[asyncio.Task[Any]] = set()

    async def run(self) -> None:
        """Until it is cancelled; then what rings goes to the dialplan, and who talk go on talking."""
        pause = 0.2
        try:
            while True:
                try:
                    async with self.ari.listening() as line:
                        pause = 0.2
                        await self._listen(line)
                except Replaced:
                    await self._stand_by()
                except (OSError, WebSocketException, Refused) as error:
                    log.warning("Asterisk kan ikke nås (%s); prøver igjen", type(error).__name__)
                except Exception:
                    log.exception("Hendelser fra Asterisk ble ikke forstått; kobler til på nytt")
                await asyncio.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311
                pause = min(pause * 2, 3.0)
        finally:
            await self._leave()

    async def _listen(self, line: Any) -> None:
        """Events are read without waiting for what they lead to: Asterisk drops a listener that is slow."""
        events: asyncio.Queue[Event | None] = asyncio.Queue()

        async def read() -> None:
            try:
                with suppress(WebSocketException, OSError):
                    async for message in line:
                        events.put_nowait(json.loads(message))
            finally:
                events.put_nowait(None)

        reading = asyncio.create_task(read())
        try:
            await self._find_again()
            log.info("Forbundet med Asterisk; %d anrop i gang", len(self.calls))
            while event := await events.get():
                self._hear(event)
        finally:
            reading.cancel()

    async def _stand_by(self) -> None:
        """Until the other is gone: it has taken up the calls, and two that took turns would serve nobody."""
        log.error("En annen bro har overtatt samtalene; venter til den er borte")
        for call in self.calls.values():
            if call.task is not None:
                call.task.cancel()
        self.calls.clear()
        with suppress(Refused):  # Asterisk knows of no such listener, or is away itself
            while await self._other_is_there():
                pass

    async def _other_is_there(self) -> bool:
        """Asked of itself: while a call stands, Asterisk says that there is a listener though it is dead."""
        room = THERE + secrets.token_hex(4)
        await self.ari.ask("POST", "bridges", bridgeId=room, type="mixing")
        await self.ari.ask("POST", "events", "user", room, application=APP)
        await asyncio.sleep(STANDBY_SECONDS)
        return not await self.ari.quietly("DELETE", "bridges", room)

    def _hear(self, event: Event) -> None:
        channel = event.get("channel", {})
        match event["type"]:
            case "StasisStart" if event["args"][:1] == ["incoming"]:
                self._take(channel, event["args"][1])
            case "StasisStart" if event["args"][:1] == ["leg"]:
                self._pass(event["args"][1], ("up", channel["id"]))
            case "ChannelDestroyed" | "StasisEnd" if channel["id"] in self.calls:
                self._end(self.calls[channel["id"]], stays=event["type"] == "StasisEnd")
            case "ChannelDestroyed":
                self._pass(owner(channel["id"]), ("gone", channel["id"]))
            case "ChannelStateChange" if owner(channel["id"]):
                self._rings(channel["id"])
            case "PlaybackFinished":
                target = event["playback"]["target_uri"].removeprefix("channel:")
                self._pass(target, ("said", target))
            case "ChannelUserevent" | "ApplicationReplaced":
                self._other(event)

    def _other(self, event: Event) -> None:
        """Another bridge has come, or asks whether this one lives."""
        if event["type"] == "ApplicationReplaced":
            raise Replaced
        if event["eventname"].startswith(THERE):
            self._start(self.ari.quietly("DELETE", "bridges", event["eventname"]))

    def _rings(self, leg: str) -> None:
        """A leg came to ring just as its caller hung up: nobody is to lift for nobody."""
        if owner(leg) not in self.calls:
            self._start(self.ari.quietly("DELETE", "channels", leg))

    def _pass(self, call: str, happened: Any) -> None:
        """To the call it is about. A leg that answers for nobody is hung up."""
        if call in self.calls and not self.calls[call].given_up:
            self.calls[call].happened.put_nowait(happened)
        elif happened[0] == "up":
            self._start(self.ari.quietly("DELETE", "channels", happened[1]))

    def _call(self, channel: Event, line: str) -> Call:
        heard = channel.get("channelvars", {})
        words = (str(heard.get(f"VARDE_{name}") or "") for name in ("NUMBER", "PRES", "FROM", "PRIVACY", "RPID"))
        region = self.settings.region
        return Call(
            id=channel["id"], line=line, to=e164(line, region), sender=caller(Heard(*words), region),
            since=datetime.fromisoformat(channel["creationtime"]), voice=self,
        )  # fmt: skip

    def _take(self, channel: Event, line: str, leg: str = "", *, joined: bool = False) -> None:
        """A caller: new, or found again with a `leg` that has answered, `joined` in a room already or not."""
        if channel["id"] in self.calls:
            return
        call = self.calls[channel["id"]] = self._call(channel, line)
        self._start(self._mark(call, "INUSE"))
        call.legs.update({leg} - {""})
        call.task = self._start(self._carry(call, leg, joined))

    async def _carry(self, call: Call, leg: str, joined: bool) -> None:
        try:
            await (call.resume(leg, joined=joined) if leg else call.carry())
        except Exception:
            log.exception("Anrop %s går til reserven", call.id)
            await call.give_up()

    def _end(self, call: Call, *, stays: bool) -> None:
        """The caller is gone; when only our app is done with it (`stays`), that is known already."""
        if stays and call.given_up:
            return
        del self.calls[call.id]
        if call.task is not None:
            call.task.cancel()
        self._start(call.clear())
        self._start(self._tell_end(call.id))

    async def _tell_end(self, call: str) -> None:
        """The mark goes when Varde has heard it, so that a bridge that dies now is not the last to know."""
        with suppress(asyncio.CancelledError):
            await asyncio.shield(self.teller.tell(Happened(call, "ended", now())))
            await self.ari.quietly("DELETE", "deviceStates", MARK + call)

    async def _mark(self, call: Call, state: str) -> None:
        await self.ari.quietly("PUT", "deviceStates", MARK + call.id, deviceState=state)

    def told(self, call: Call, event: str) -> None:
        """Varde is to hear it. The first thing told of a call carries the numbers; nothing else does."""
        at = call.since if event == "ringing" else now()
        numbers = (("from", call.sender), ("to", call.to)) if event == "ringing" else ()
        self.teller.tell(Happened(call.id, event, at, tuple(n for n in numbers if n != ("to", None))))

    async def who_answers(self, number: str) -> Answer | None:
        """Whom to ring, as Varde says."""
        answer = await self.varde.who_answers(number)
        if answer is None:
            log.warning("Varde sier ikke hvem som svarer; reserven ringes")
        return answer

    async def _find_again(self) -> None:
        """After either was away: end what has ended, take up who talks and who rings, sweep what nobody owns."""
        standing = await look(self.ari)
        ended = [call for call in self.calls.values() if call.id not in standing.channels]
        told = {*self.calls, *self.teller.waiting}
        for call in ended:
            self._end(call, stays=False)
        for call_id in standing.marked - standing.channels.keys() - told:
            self._start(self._tell_end(call_id))
        for channel in standing.callers():
            self._find(channel, standing)
        for call_id in standing.given_up() - self.teller.waiting.keys():
            await self._wait_for(standing.channels[call_id])
        legs = standing.legs() - {leg for call in self.calls.values() for leg in call.legs}
        rooms = standing.ours() - {call.bridge for call in self.calls.values()}
        for leg in legs:
            await self.ari.quietly("DELETE", "channels", leg)
        for room in rooms:
            await self.ari.quietly("DELETE", "bridges", room)

    def _find(self, channel: Event, standing: Standing) -> None:
        call = self.calls.get(channel["id"])
        if call is None:
            leg = standing.lifted(channel["id"])
            self._take(channel, channel["dialplan"]["exten"], leg, joined=standing.talk(channel["id"], leg))
        else:
            for leg in call.legs - standing.channels.keys():
                call.happened.put_nowait(("gone", leg))

    async def _wait_for(self, channel: Event) -> None:
        """A caller whom the dialplan has from us or from a bridge before us: only the end is ours to tell."""
        call = self.calls.get(channel["id"]) or self._call(channel, channel["dialplan"]["exten"])
        if channel["id"] in self.calls and not call.given_up:
            return
        call.given_up, self.calls[call.id] = True, call
        if not await call.follow() and call.id in self.calls:  # gone since we looked
            self._end(call, stays=False)

    async def _leave(self) -> None:
        """Who talk go on without us; who ring are rung on by the dialplan; Varde hears what it can in a few seconds."""
        for call in self.calls.values():
            if call.task is not None:
                call.task.cancel()
        rooms = {each["id"] for each in await self._rooms()}
        await asyncio.gather(*(call.give_up() for call in self.calls.values() if call.bridge not in rooms))
        await self.teller.drained(LEAVING_SECONDS)
        log.info("Broen er stanset; %d anrop pågår uten den", len(self.calls))

    async def _rooms(self) -> list[Event]:
        try:
            return list(await self.ari.ask("GET", "bridges"))
        except Refused:
            return []

    def _start(self, coroutine: Any) -> "asyncio.Task[Any]":
        task = asyncio.create_task(coroutine)
        self.loose.add(task)
        task.add_done_callback(self.loose.discard)
        return task
