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
