"""What Varde could not hear waits in order, not without end, and loses its time when it is old."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from infra.telephony.teller import Happened, Teller
from infra.telephony.varde import Away, No

THEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Ear:
    """Varde as it hears: away for so many times first."""

    def __init__(self, away: int = 0, no: int = 0) -> None:
        self.away, self.no, self.heard = away, no, []

    async def announce(self, event: dict) -> None:
        await asyncio.sleep(0)
        if self.away:
            self.away -= 1
            raise Away
        if self.no:
            raise No(self.no)
        self.heard.append((event["call_id"], event["event"]))


def test_the_events_of_a_call_keep_their_order():
    ear = Ear(away=2)

    async def tell() -> bool:
        teller = Teller(ear.announce, lambda: THEN)
        for event in ("ringing", "answered", "ended"):
            teller.tell(Happened("a", event, THEN))
        return await teller.drained(10)

    assert asyncio.run(tell())
    assert ear.heard == [("a", "ringing"), ("a", "answered"), ("a", "ended")]


def test_what_varde_refuses_does_not_stand_in_the_way():
    ear = Ear(no=400)

    async def tell() -> bool:
        teller = Teller(ear.announce, lambda: THEN)
        teller.tell(Happened("a", "ringing", THEN))
        teller.tell(Happened("a", "ended", THEN))
        return await teller.drained(5)

    assert asyncio.run(tell())
    assert ear.heard == []


@pytest.mark.parametrize("wrong", ["at", "from"])
def test_a_call_of_which_varde_cannot_use_a_part_is_announced_without_it(wrong: str):
    heard = []

    async def announce(event: dict) -> None:
        if wrong in event:
            raise No(400)
        heard.append(event)

    async def tell() -> bool:
        teller = Teller(announce, lambda: THEN)
        teller.tell(Happened("a", "ringing", THEN, (("from", "+4741234567"),)))
        return await teller.drained(5)

    assert asyncio.run(tell())
    assert [(each["call_id"], each["event"]) for each in heard] == [("a", "ringing")]
    assert ("from" in heard[0]) is (wrong == "at")


def test_the_queue_has_an_end_and_the_oldest_goes():
    ear = Ear(away=10**6)

    async def tell() -> tuple[set[str], int]:
        teller = Teller(ear.announce, lambda: THEN, limit=3)
        for call in "abcde":
            teller.tell(Happened(call, "ringing", THEN))
            await asyncio.sleep(0)
        return set(teller.waiting), teller.forgotten

    assert asyncio.run(tell()) == ({"c", "d", "e"}, 2)


def test_an_event_that_is_old_is_told_without_its_time():
    happened = Happened("a", "ringing", THEN, (("from", "+4741234567"),))
    assert happened.body(THEN)["at"] == "2026-11-23T09:00:00.000+00:00"
    assert "at" not in happened.body(THEN + timedelta(minutes=5))
    assert happened.body(THEN + timedelta(minutes=5))["from"] == "+4741234567"
