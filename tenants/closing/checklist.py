"""What stands between a case and its closing. Pure.

Two things stop it: no word on what was done, and no outcome («det fikk ingen følger» is one). A third stops it only
when there are measures that have not been ended: then somebody must be named who carries them on. Everything else is
shown and may be left: a case must never stay open because a form has gaps.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

OUTCOME = "utfall"
"""The question of the registration form that closing answers."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the checklist."""

    text: str
    ready: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """What stops the closing: the field, and a sentence to show there."""

    field: str
    sentence: str


def items(*, open_measures: int, gaps: Sequence[str], open_step: bool) -> list[Item]:
    """What is ready and what is not. `gaps` are labels of unanswered questions, the outcome apart."""
    return [
        Item(
            f"{open_measures} tiltak er ikke avsluttet." if open_measures else "Alle tiltak er avsluttet.",
            not open_measures,
        ),
        Item(
            f"Ubesvart i registreringsskjemaet: {', '.join(gaps)}." if gaps else "Registreringsskjemaet er fylt ut.",
            not gaps,
        ),
        Item(
            "Neste steg er ikke meldt gjort. Det avsluttes sammen med saken." if open_step else "Ingen steg står åpne.",
            not open_step,
        ),
    ]


def missing(*, done: str, outcomes: Collection[str], open_measures: int, carried_on: str) -> list[Missing]:
    """What stops the closing; empty when nothing does."""
    found = []
    if not done:
        found.append(Missing("done", "Skriv hva som ble gjort, også når ingenting ble løst."))
    if not outcomes:
        found.append(Missing("outcomes", "Kryss av for utfallet. «Det fikk ingen følger» er også et utfall."))
    if open_measures and not carried_on:
        found.append(Missing("carried_on", "Skriv hvem som følger opp tiltakene videre, eller avslutt dem først."))
    return found
