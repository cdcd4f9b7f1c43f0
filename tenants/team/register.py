"""When training ends, what must be handed over before a coordinator leaves, and what others know of the workload.

Pure rules; later rooms register at start what a person holds, and this room knows none of them.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from varde.refusal import Refused

SOON_DAYS = 60
KINDS = [
    ("rite", "RITE-sertifisering"),
    ("module", "E-læring"),
    ("course", "Kurs"),
    ("secrecy", "Taushetserklæring"),
]
ROLES = [
    ("coordinator", "Koordinator"),
    ("deputy", "Stedfortreder"),
    ("member", "Teammedlem"),
    ("leader", "Leder"),
]
# What must be done before a coordinator leaves.
CHECKLIST = [
    ("matters", "Alle åpne saker er gått gjennom med den som tar over"),
    ("owners", "Neste steg og tiltak har fått ny eier"),
    ("covered", "Skjermede saker har fått ny ansvarlig og stedfortreder"),
    ("phone", "Telefonen og vaktlisten er overført"),
    ("mail", "Tilgang til felles postkasse og kalender er overført"),
    ("partners", "Samarbeidspartene vet hvem de ringer"),
    ("keys", "Nøkler, utstyr og papirer er levert"),
    ("account", "Administratoren vet når rollen skal tas bort"),
]


def standing(until: date | None, today: date) -> str:
    """ "over", "soon" (60 days), "ok", or "" for what never ends."""
    if until is None:
        return ""
    left = (until - today).days
    return "over" if left < 0 else "soon" if left <= SOON_DAYS else "ok"


def months_later(day: date, months: int) -> date | None:
    """The day so many months later, the last of the month where there is no such day; None for 0 months."""
    if months == 0:
        return None
    year, month = divmod(day.month - 1 + months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(day.year + year, month + 1, number)
        except ValueError:
            continue
    return date(day.year + year, month + 1, day.day)


def missing(done: Collection[str]) -> list[str]:
    """What of the checklist is not done, in words."""
    return [sentence for code, sentence in CHECKLIST if code not in done]


def check_done(done: Collection[str], held: Sequence[str]) -> None:
    """Raise Refused while anything is left on the checklist or in the person's hands."""
    left = missing(done)
    if left:
        raise Refused(f"{len(left)} punkter er ikke gjort: {'; '.join(left)}.")
    if held:
        raise Refused(f"Personen har fortsatt {', '.join(held)}. Gi det til en annen først.")


# --- what later rooms know -----------------------------------------------------------------------------------------
Counts = Callable[[Collection[UUID]], Mapping[UUID, int]]
InWords = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Load:
    """A column of the workload: what it counts, in few words, how much of it each person has, and a number of it in
    words."""

    label: str
    counts: Mapping[UUID, int]
    words: InWords
    where: str = ""

    def address(self, user_id: UUID) -> str:
        """The list of what is counted, of this person; "" where there is none."""
        return self.where.format(user_id)


_loads: dict[int, tuple[str, Counts, InWords, str]] = {}


def on_workload(order: int, label: str, counts: Counts, words: InWords, where: str = "") -> None:
    """What people hold, counted among what the one who asks sees. Named by `inbox.handing.also` alone, so that what is
    counted here and what is given on when somebody leaves are the same.

    `where` is the address of a list of it, with {} where the person's id stands.
    """
    _loads[order] = (label, counts, words, where)


def loads(users: Collection[UUID]) -> list[Load]:
    """Every column; a constant number of queries each."""
    ordered = (_loads[order] for order in sorted(_loads))
    return [Load(label, counts(users), words, where) for label, counts, words, where in ordered]


def holding(user_id: UUID) -> list[tuple[str, str]]:
    """What a person still holds, in words: «2 neste steg», and where it is listed ("" for nowhere)."""
    found = [(load, load.counts.get(user_id, 0)) for load in loads([user_id])]
    return [(load.words(number), load.address(user_id)) for load, number in found if number]


def held_by(user_id: UUID) -> list[str]:
    """The same in words alone."""
    return [said for said, _ in holding(user_id)]
