"""What would go on by itself when a matter ends here, and what is decided about it. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from tenants.closing.checklist import Item
from varde.ui.dates import count

# What becomes of a call back; anything else is the id of whoever still calls.
TALKED, NOT_CALLED = "reached", "given_up"
CALLS = [(TALKED, "Vi har snakket sammen"), (NOT_CALLED, "Vi ringer ikke flere ganger")]
CHANGED = "Noe av det som venter, har endret seg mens du skrev. Se over listen og lagre på nytt."
CLOSED, MOVED = "Saken ble lukket.", "En annen kommune tok over."
NOTHING = "Ingen venter på svar eller oppringning, ingen lenker er åpne, og alle plikter er vurdert."


@dataclass(frozen=True, slots=True)
class Ends:
    """Keys of the requests and links that go on (the others end), what becomes of each call back by its key, and the
    print of what the page showed (None where there was no page)."""

    go_on: Collection[str] = ()
    calls: Mapping[str, str] = field(default_factory=dict)
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """How much of each there is; `duties` are the labels of those that nobody has weighed."""

    requests: int
    links: int
    calls: int
    unread: int
    duties: Sequence[str]
    asked: bool
    # What is to be told of a duty, and has not been.
    untold: Sequence[str] = ()


def items(left: Left) -> list[Item]:
    """Lines for the list before the end: each that is not settled, or one that says that nothing is left."""
    lines = [
        (left.requests, f"{count(left.requests, 'forespørsel', 'forespørsler')} er ikke besvart."),
        (left.links, f"{count(left.links, 'engangslenke', 'engangslenker')} kan fortsatt åpnes."),
        (left.calls, f"{count(left.calls, 'person', 'personer')} venter på å bli ringt."),
        (left.unread, f"{count(left.unread, 'melding', 'meldinger')} fra melderen er ikke åpnet."),
        (len(left.duties), f"Plikter som ikke er vurdert: {', '.join(left.duties)}."),
        (len(left.untold), f"Skal meldes, men er ikke meldt: {', '.join(left.untold)}."),
        (not left.asked, "Personen er ikke spurt om hva den selv ønsker."),
    ]
    found = [Item(text, ready=False) for waits, text in lines if waits]
    return found or [Item(NOTHING, ready=True)]
