"""Switches in the bridge between Asterisk and Varde. `take_away_here` is what a bridge of the tests does first."""

import os
from typing import Any

from tests.sabotage.switches import NAME, code, in_code, replace


def take_away_here() -> None:
    """In the bridge's own process: a switch of this file, if one is asked for."""
    code.get(os.environ.get(NAME, ""), lambda: None)()


@in_code
def withheld_numbers_are_told() -> None:
    """The number that the network asserts is taken, whatever the caller asked for."""
    replace("infra.telephony.numbers:withheld", lambda heard: False)


@in_code
def callers_wait_for_varde() -> None:
    """No fallback: without an answer from Varde nobody is rung."""
    from infra.telephony.bridge import Bridge
    from infra.telephony.varde import Answer

    whole = Bridge.who_answers

    async def nobody(self: Any, number: str) -> Answer:
        return await whole(self, number) or Answer(())

    replace("infra.telephony.bridge:Bridge.who_answers", nobody)


@in_code
def varde_is_told_once() -> None:
    """What Varde could not take is not told again."""
    from infra.telephony.varde import Away, No

    async def once(self: Any, happened: Any) -> None:
        try:
            await self.announce(happened.body(self.now()))
        except (Away, No):
            return

    replace("infra.telephony.teller:Teller._tell", once)


@in_code
def the_bridge_has_no_marks() -> None:
    """What has ended while the bridge was away is not known to anybody."""

    async def nothing(self: Any, call: Any, state: str) -> None:
        """No mark."""

    replace("infra.telephony.bridge:Bridge._mark", nothing)


@in_code
def errors_are_logged_as_they_come() -> None:
    """Python's own formatter: an exception's words and all that was called with them."""
    import logging

    replace("infra.telephony.log:Plain", lambda: logging.Formatter("%(message)s"))


@in_code
def the_replaced_bridge_is_deaf() -> None:
    """That another bridge has come is not heard, nor that one asks whether this one lives."""
    replace("infra.telephony.bridge:Bridge._other", lambda self, event: None)


@in_code
def calls_in_the_fallback_are_forgotten() -> None:
    replace("infra.telephony.standing:Standing.given_up", lambda self: set())


@in_code
def a_wrong_address_drops_calls() -> None:
    """Whatever answers there is taken for Varde's own no."""
    import asyncio

    async def announce(self: Any, event: Any) -> None:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self.telling, self._request, "POST", "/api/v1/calls", event, None)

    replace("infra.telephony.varde:Varde.announce", announce)
