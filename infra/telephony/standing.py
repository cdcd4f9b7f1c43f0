"""What stands in Asterisk when the bridge comes (back) to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from infra.telephony.ari import APP, Ari, Event
from infra.telephony.call import ROOM, owner

MARK = "Stasis:"  # what Asterisk keeps for us over a restart: ids of calls, no number


@dataclass(frozen=True, slots=True)
class Standing:
    """Channels by id, rooms by id with who is in them, and the calls that Varde has not heard the end of."""

    channels: Mapping[str, Event]
    rooms: Mapping[str, Sequence[str]]
    marked: frozenset[str]

    def callers(self) -> Iterator[Event]:
        """Those who rang and whom the dialplan has given to us."""
        return (
            each for each in self.channels.values()
            if each["dialplan"].get("app_data", "").startswith(f"{APP},incoming")
        )  # fmt: skip

    def given_up(self) -> set[str]:
        """Callers whom the dialplan has again, and of whom Varde has not heard the end."""
        return {*self.marked & self.channels.keys()} - {each["id"] for each in self.callers()}

    def legs(self) -> set[str]:
        """Apparatus that we rang."""
        return {channel for channel in self.channels if owner(channel)}

    def ours(self) -> set[str]:
        """Rooms that we made."""
        return {room for room in self.rooms if room.startswith(ROOM)}

    def lifted(self, caller: str) -> str:
        """The apparatus that answered this caller; empty when none has."""
        up = [leg for leg in self.legs() if owner(leg) == caller and self.channels[leg]["state"] == "Up"]
        return next((leg for leg in up if self.talk(caller, leg)), up[0] if up else "")

    def talk(self, caller: str, leg: str) -> bool:
        """Are both in the caller's room?"""
        return {caller, leg} <= set(self.rooms.get(ROOM + caller, []))


async def look(ari: Ari) -> Standing:
    """Ask for all of it; raises Refused."""
    marks = [each["name"].removeprefix(MARK) for each in await ari.ask("GET", "deviceStates")]
    rooms = {each["id"]: each["channels"] for each in await ari.ask("GET", "bridges")}
    channels = {each["id"]: each for each in await ari.ask("GET", "channels")}
    return Standing(channels, rooms, frozenset(marks))
