"""How an order to the platform moves, who may move it, and what must be in it. Pure."""

import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from varde.refusal import Refused

Kind = Literal["create_kommune", "create_region", "new_link", "close_office", "merge"]
KINDS: dict[str, str] = {
    "create_kommune": "Opprette en kommune",
    "create_region": "Opprette en region",
    "new_link": "Sende ny lenke til den første administratoren",
    "close_office": "Avslutte og slette et kontor",
    "merge": "Slå sammen to kommuner",
}
STATES = [
    ("asked", "Venter på drift"),
    ("yes", "Kommunene svarer"),
    ("declined", "En av kommunene sa nei"),
    ("approved", "Godkjent, venter på tur"),
    ("working", "Under arbeid"),
    ("ready", "Filen er klar til å hentes"),
    ("opened", "Filen er åpnet, venter på en til"),
    ("agreed", "Godkjent av to, venter på sletting"),
    ("done", "Ferdig"),
    ("refused", "Avslått"),
    ("withdrawn", "Trukket"),
    ("failed", "Gikk ikke"),
]
# `working` goes on where it was: to `ready` when the file is made, to `done` when all is done.
MOVES: dict[str, frozenset[str]] = {
    # The platform may look ahead while nobody has answered yet.
    "asked": frozenset({"asked", "approved", "refused", "withdrawn", "yes", "declined"}),
    # Only where two kommuner are to become one (`shared.merging`).
    "yes": frozenset({"yes", "declined", "approved", "refused", "withdrawn"}),
    "declined": frozenset(),
    "approved": frozenset({"working", "withdrawn"}),
    "working": frozenset({"working", "ready", "done", "failed"}),
    "ready": frozenset({"opened", "withdrawn"}),
    "opened": frozenset({"agreed", "withdrawn"}),
    "agreed": frozenset({"working"}),
    "failed": frozenset({"approved", "refused", "withdrawn", "declined"}),
    "done": frozenset(),
    "refused": frozenset(),
    "withdrawn": frozenset(),
}
# Whose word each move is. Whoever holds the owner's secret says the rest, and nobody else can.
BY_DRIFT = frozenset({"approved", "refused"})
BY_ASKER = frozenset({"opened", "agreed", "withdrawn"})
# Those that the order is about say these, and nobody asks for them.
BY_NAMED = frozenset({"yes", "declined"})
# Of two kommuner, which the facts `one` and `two` name; the new one is born of them.
NAMING = frozenset({"merge"})
# What belongs to one kind alone.
OF_KIND = {"yes": "merge", "declined": "merge", "opened": "close_office", "agreed": "close_office"}
COLORS = {"done": "success", "failed": "danger", "refused": "neutral", "withdrawn": "neutral", "asked": "warning",
          "declined": "neutral"}  # fmt: skip
OVER = frozenset({"done", "refused", "withdrawn", "declined"})
WORD = dict(STATES)
# What one office said, where the state is of more than its word.
SAID = {**WORD, "approved": "Godkjent", "yes": "Sa ja", "declined": "Sa nei"}
# The platform's own stages.
DONE = {
    "ahead": "Sett etter hva som må gjøres først",
    "begun": "Begynt",
    "office": "Kontoret er opprettet",
    "person": "Den første administratoren har fått konto",
    "mail": "Engangslenken er sendt",
    "look": "Sjekket at ingenting er underveis",
    "file": "Den låste filen er laget",
    "same": "Sjekket at ingenting er kommet til",
    "closed": "Kontoret er stengt",
    "log": "Innsynsloggen er kontrollert",
    "certificate": "Attesten er skrevet, og tabellene er slettet",
    "keys": "Nøklene er slettet",
    "tidy": "Filen er slettet hos oss",
    "born": "Det nye kontoret er opprettet, og ikke åpnet",
    "shut": "De to kontorene er stengt, og alt er talt",
    "copied": "Alle rader, nøkler og logger er lagt over",
    "anew": "Søkeregistrene er laget på nytt",
    "checked": "Alt er sammenlignet rad for rad, og åpnet",
    "reopened": "De to kontorene er åpnet igjen",
    "joined": "Det nye kontoret er åpnet",
    "ended": "De to gamle er slettet, og rapporten er skrevet",
}
# The facts that an order of a kind carries; no person is among them.
NEEDS: dict[str, tuple[str, ...]] = {
    "create_kommune": ("number", "name", "slug", "region"),
    "create_region": ("name", "slug"),
    "new_link": ("office",),
    "close_office": ("public", "salt"),
    "merge": ("number", "name", "slug", "one", "two"),
}
ALSO: dict[str, tuple[str, ...]] = {
    "create_kommune": (
        "host", "population", "population_as_of", "ordinary_name", "ordinary_phone", "ordinary_url",
        "accessibility_url", "theme", "phone", "phone_hours",
    ),
    "create_region": ("theme",),
    "new_link": (),
    "close_office": (),
    "merge": (),
}  # fmt: skip
PERSON = ("administrator_name", "administrator_email")
WITH_PERSON = frozenset({"create_kommune", "create_region", "new_link"})
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}")


def both(facts: Mapping[str, Any]) -> tuple[UUID, UUID]:
    """The two that an order of `NAMING` names, the leading one first."""
    return UUID(str(facts["one"])), UUID(str(facts["two"]))


def check_move(now: str, to: str) -> None:
    """Raise Refused unless the table allows it; when somebody else was first, say so."""
    if to not in MOVES.get(now, frozenset()):
        raise Refused(f"Bestillingen er «{WORD[now]}» nå, og kan ikke bli «{WORD.get(to, to)}». Last siden på nytt.")


def check_story(steps: Sequence[tuple[str, str, object]], drift: str) -> None:
    """Raise Refused unless drift has approved and, before anything is destroyed, two different persons have confirmed.

    `steps`: (state, office by name, person). Asked again by whoever carries it out: the database lets an office say its
    own part only, and this holds the parts together.
    """
    now, opened = "asked", None
    for state, who, person in steps:
        check_move(now, state)
        if state in BY_DRIFT and who != drift:
            raise Refused("Bestillingen er ikke godkjent av driften.")
        if state == "opened":
            opened = person
        if state == "agreed" and (person is None or person == opened):
            raise Refused("To forskjellige personer må godkjenne at alt slettes.")
        now = state


# Nobody is made a leader for the occasion (as with a broken glass, tenants/cases/glass.py).
SETTLED = timedelta(hours=72)
NEW_HERE = (
    "De to som bekrefter slettingen, må ha hatt rollen sin da kommunen ba om den, og i minst tre døgn. "
    "Er dere ikke to, så trekk bestillingen, gi en til rollen og be om avslutningen igjen."
)


def settled_before(asked_at: datetime, at: datetime) -> datetime:
    """Whoever helps to end an office must have held the role since this moment."""
    return min(asked_at, at - SETTLED)


def proves(code: str, proof: str) -> bool:
    """Is this the code that opening the file showed?"""
    return hmac.compare_digest(hashlib.sha256(code.strip().lower().encode()).hexdigest(), proof)


def sort_out(kind: str, content: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """(facts, person): what may stand open, and what must be sealed. Refused with a sentence for what is missing."""
    if kind not in KINDS:
        raise Refused("Velg hva som skal gjøres.")
    person = {name: str(content.get(name, "")).strip() for name in PERSON} if kind in WITH_PERSON else {}
    if person and not (person["administrator_name"] and _EMAIL.fullmatch(person["administrator_email"])):
        raise Refused("Skriv navnet og e-posten til den første administratoren.")
    unknown = set(content) - set(NEEDS[kind]) - set(ALSO[kind]) - set(PERSON)
    if unknown:
        raise ValueError(f"an order does not carry {', '.join(sorted(unknown))}")
    missing = [name for name in NEEDS[kind] if not content.get(name)]
    if missing:
        raise Refused("Noe mangler i bestillingen: " + ", ".join(_WORDS[name] for name in missing) + ".")
    facts = {name: content[name] for name in (*NEEDS[kind], *ALSO[kind]) if content.get(name) not in (None, "")}
    return facts, person


_WORDS = {
    "number": "nummeret",
    "name": "navnet",
    "slug": "adressen",
    "region": "regionen",
    "office": "kontoret",
    "public": "nøkkelen",
    "salt": "nøkkelen",
    "one": "den første kommunen",
    "two": "den andre kommunen",
}


def title(kind: str, facts: Mapping[str, Any]) -> str:
    """«Opprette en kommune: Løten (3412)»"""
    name, number = facts.get("name", ""), facts.get("number", "")
    about = f"{name} ({number})" if number else name
    return f"{KINDS.get(kind, kind)}: {about}" if about else KINDS.get(kind, kind)
