"""When two kommuner may become one: two people of each have said so, and drift. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from shared.orders.states import both
from varde.refusal import Refused

KIND = "merge"
# How many people of each kommune say yes.
ENOUGH = 2
_WAITS = "Bestillingen kan ikke godkjennes ennå: to personer i hver av kommunene må ha sagt ja."
NEW_HERE = (
    "De to som sier ja, må ha hatt rollen sin da sammenslåingen ble bestilt, og i minst tre døgn. "
    "Er dere ikke to, så si fra til driften: den trekker bestillingen og bestiller igjen når dere er det."
)
_TWICE = "Du har alt sagt ja. En annen i kommunen må si ja også."


def yes_of(steps: Iterable[tuple[str, UUID | None, UUID | None]], office: UUID) -> set[UUID]:
    """Who of an office has said yes; `steps` are (state, office, person)."""
    return {who for state, said_by, who in steps if state == "yes" and said_by == office and who is not None}


def check_agreed(steps: Iterable[tuple[str, UUID | None, UUID | None]], facts: Mapping[str, Any]) -> None:
    """Refused until enough people of both have said yes."""
    known = list(steps)
    if any(len(yes_of(known, office)) < ENOUGH for office in both(facts)):
        raise Refused(_WAITS)


def check_yes(
    steps: Iterable[tuple[str, UUID | None, UUID | None]], facts: Mapping[str, Any], office: UUID, who: UUID | None
) -> None:
    """Refused for a third office, for nobody, and for one who has said it."""
    if office not in both(facts) or who is None:
        raise Refused("Bare kommunene selv kan svare på dette.")
    if who in yes_of(steps, office):
        raise Refused(_TWICE)
