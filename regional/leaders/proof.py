"""Why a table is fair, in words: what the independent check found, sentence by sentence. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from regional.leaders import fairness
from regional.leaders.fairness import Facts
from regional.leaders.rotation_moves import Rotation

type Wish = tuple[str, str, int, int, bool]
"""(kommune, seat, number of the period, number of the first that may change, is it met)"""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the proof under a heading; `holds` is False for a fault, None for something to know."""

    about: str
    text: str
    holds: bool | None = True


def proof(
    decided: Mapping[str, Any], rotation: Rotation, *, before: Rotation | None = None, since: int = 0
) -> list[Said]:
    """The whole proof; with `before` also that the periods before number `since` are as they were there."""
    found = fairness.check(decided, rotation.holders)
    names = rotation.periods
    return [
        *(Said("Feil", fault, False) for fault in found.faults),
        *_rounds(found, names),
        *_loads(found),
        *_exclusions(found, rotation),
        *_wishes(found, rotation),
        *(_past(before, rotation, since) if before else []),
    ]


def is_fair(said: Sequence[Said]) -> bool:
    """No sentence is a fault."""
    return all(each.holds is not False for each in said)


def _span(names: Sequence[str], first: int, last: int) -> str:
    return f"{names[first].split('-')[0]}–{names[last].split('-')[-1]}"


def _rounds(found: Facts, names: Sequence[str]) -> list[Said]:
    about = "Hver plass én gang i hver runde"
    said = [
        Said(
            about,
            f"I runden {_span(names, first, last)} har hver av de {last - first + 1} kommunene hver plass én gang.",
        )
        for first, last in found.exact
    ]
    said += [
        Said(
            about,
            f"{name} har {seat} mer enn én gang i runden {_span(names, first, last)}. "
            "Det er fordi et unntak gjør at en annen ikke kan ha sin tur.",
            None,
        )
        for name, seat, first, last in found.twice
    ]
    whole = {number for first, last in found.rounds for number in range(first, last + 1)}
    rest = [number for number in range(len(names)) if number not in whole]
    if rest:
        listed = ", ".join(names[number] for number in rest)
        said.append(Said(about, f"Disse periodene er ikke en hel runde: {listed}. Runden stanset ved en endring, eller "
                         "fortsetter etter siste periode.", None))  # fmt: skip
    return said


def _loads(found: Facts) -> list[Said]:
    about = "Like mange plasser"
    low, high = found.loads
    if any("plasser, mens" in fault for fault in found.faults):
        return []
    same = f"I hver periode har alle {_seats(low)}." if low == high else (
        f"I hver periode er forskjellen høyst én plass: ingen har færre enn {low} eller flere enn {high}."
    )  # fmt: skip
    return [
        Said(about, same),
        Said(about, "Ingen har to plasser i en periode der en annen ikke har noen."),
    ]


def _seats(number: int) -> str:
    return "én plass" if number == 1 else f"{number} plasser"


def _exclusions(found: Facts, rotation: Rotation) -> list[Said]:
    said = []
    for name, seat, first, last in found.exclusions:
        until = "" if last is None else f" til og med {rotation.periods[last]}"
        broken = any(fault.startswith(f"{name} har {seat} fra") for fault in found.faults)
        words = "Unntaket er brutt" if broken else "Unntaket er holdt"
        said.append(
            Said("Unntak", f"{words}: {name} har ikke {seat} fra {rotation.periods[first]}{until}.", not broken)
        )
    return said


def _wishes(found: Facts, rotation: Rotation) -> list[Said]:
    return [_wish(found, rotation, wish) for wish in found.wishes]


def _wish(found: Facts, rotation: Rotation, wish: Wish) -> Said:
    name, seat, at, _, met = wish
    if met:
        return Said("Ønsker", f"Oppfylt: {name} har {seat} i {rotation.periods[at]}.")
    said = f"Ikke oppfylt: {name} ønsket {seat} i {rotation.periods[at]}. {_why(found, rotation, wish)}"
    return Said("Ønsker", said, None)


def _why(found: Facts, rotation: Rotation, wish: Wish) -> str:
    """Why a wish could not be met, found from the table."""
    name, seat, at, since, _ = wish
    if name not in found.members[at]:
        return f"{name} er ikke med i rulleringen da."
    if _is_excluded(found, name, seat, at):
        return f"{name} er selv unntatt fra plassen."
    others = [who for who, what, then, _, met in found.wishes if then == at and met and (who, what) != (name, seat)]
    if others:
        return (
            f"I samme periode er ønsket fra {others[0]} oppfylt, og begge kan ikke få sitt uten at noen mister en tur."
        )
    rest = [limits for limits in found.rounds if limits[0] <= at <= limits[1]]
    had = [
        rotation.periods[number]
        for first, last in rest
        for number in range(first, last + 1)
        if number < since and rotation.holders[seat][number] == name
    ]
    if had:
        return f"{name} har plassen i {had[0]} i samme runde, og å få den to ganger ville kostet en annen en tur."
    if any(_is_excluded(found, who, what, at) for who in found.members[at] for what in rotation.holders):
        return "Et unntak i samme periode går foran."
    return "Det kunne ikke gjøres ved å bytte om på periodene fra endringen og ut runden uten at noen mistet en tur."


def _is_excluded(found: Facts, name: str, seat: str, at: int) -> bool:
    return any(
        (who, what) == (name, seat) and first <= at and (last is None or at <= last)
        for who, what, first, last in found.exclusions
    )


def _past(before: Rotation, after: Rotation, since: int) -> list[Said]:
    about = "Det som har vært"
    changed = fairness.past(before.holders, after.holders, since)
    if changed:
        return [Said(about, sentence, False) for sentence in changed]
    if since == 0:
        return [Said(about, "Endringen gjelder fra første periode. Ingen tidligere perioder berøres.", None)]
    return [Said(about, f"De {since} periodene før {after.periods[since]} er som de var." if since > 1
                 else f"Perioden før {after.periods[since]} er som den var.")]  # fmt: skip
