"""Which class a closed matter is kept by, the classes as we propose them, and what stops an end. Pure.

The years are a proposal: nothing is deleted by a class before somebody in the kommune has decided on it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from varde.refusal import Refused
from varde.retention.rules import ARCHIVE, DELETE, Rule

__all__ = ["ENDS", "REGRET", "STARTS", "Class", "Facts", "Refused", "Standing", "class_of", "newest", "stops"]

ENDS = [(ARCHIVE, "Arkiv først, så sletting"), (DELETE, "Slettes uten å arkiveres")]
STARTS = {
    "closed": "Da saken ble lukket",
    "last_contact": "Siste kontakt om saken",
    "ended": "Da innholdet ble slettet her",
    "advice": "Da rådet ble gitt",
    "done": "Da de var ferdige med å ringe",
    "answered": "Da kravet ble besvart eller trukket",
}
_OF_MATTERS = ("closed", "last_contact")
# Between the confirmation and the end: somebody can still think again, and what was being written runs out.
REGRET = timedelta(days=7)
_STORAGE = "Personvernforordningen artikkel 5 nr. 1 bokstav e. Kommunens bevarings- og kassasjonsplan avgjør tiden."
TALK, CALLBACK, INQUIRY = LOOSE = "talk", "callback", "inquiry"
# Sealed under a key of their own, which goes with them.
KEYED = (TALK, INQUIRY)


@dataclass(frozen=True, slots=True)
class Class:
    """A class of what is kept. `decided_at` is None for a proposal."""

    code: str
    name: str
    ground: str
    starts: str
    months: int
    then: str
    possible: tuple[str, ...] = _OF_MATTERS
    decided_at: datetime | None = None
    decided_by: str = ""

    @property
    def rule(self) -> Rule:
        """For the engine."""
        return Rule(self.code, self.starts, self.months, self.then)

    @property
    def decided(self) -> bool:
        """Has somebody in the kommune decided on it?"""
        return self.decided_at is not None

    @property
    def archives(self) -> bool:
        """Must the archive have it first?"""
        return self.then == ARCHIVE

    @property
    def time(self) -> str:
        """«10 år», «1 år og 6 måneder»"""
        years, months = divmod(self.months, 12)
        parts = ([f"{years} år"] if years else []) + ([f"{months} måned{'er' * (months > 1)}"] if months else [])
        return " og ".join(parts)

    @property
    def starts_in_words(self) -> str:
        """What starts the clock."""
        return STARTS[self.starts]

    @property
    def then_in_words(self) -> str:
        """What happens when the time is over."""
        return dict(ENDS)[self.then]


PROPOSED = (
    Class("case", "Avsluttet sak", _STORAGE, "closed", 120, ARCHIVE),
    Class("short", "Sak uten grunnlag, eller misbruk", _STORAGE, "closed", 12, ARCHIVE),
    Class("no_case", "Bekymring som ikke ble sak", _STORAGE, "closed", 36, ARCHIVE),
    Class("moved", "Overført til en annen kommune", _STORAGE, "closed", 12, ARCHIVE),
    Class("returned", "Sendt tilbake til vakttelefonen", _STORAGE, "ended", 12, DELETE, ("ended",)),
    Class(TALK, "Drøfting", _STORAGE, "advice", 24, DELETE, ("advice",)),
    Class(CALLBACK, "Ring tilbake uten sak", _STORAGE, "done", 3, DELETE, ("done",)),
    Class(INQUIRY, "Krav om innsyn uten sak", _STORAGE, "answered", 12, DELETE, ("answered",)),
)
_SHORTER = frozenset({"unfounded", "misuse"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules need of a matter: no name, no text."""

    has_case: bool
    closed_on: date
    last_contact_on: date
    received_on: date
    ending: str = ""
    moved: bool = False
    category: str = ""
    held_until: date | None = None


def class_of(facts: Facts) -> str:
    """The code of the class that a closed matter is kept by."""
    if facts.ending == "returned":
        return "returned"
    if facts.moved:
        return "moved"
    if not facts.has_case:
        return "no_case"
    return "short" if facts.ending in _SHORTER else "case"


def newest(rows: Iterable[Class]) -> dict[str, Class]:
    """The class of each code that holds: the last one decided, else the proposal. `rows` come oldest first."""
    held = {each.code: each for each in PROPOSED}
    for row in rows:
        if row.code in held:
            held[row.code] = row
    return held


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a matter stands on its way out."""

    chosen: Class
    due_on: date | None
    is_due: bool
    archived: bool
    changed_since: bool
    others: tuple[str, ...] = ()


def stops(standing: Standing) -> list[str]:
    """The sentences that say why a matter may not be deleted now; none when it may."""
    found = []
    if not standing.is_due:
        found.append("Oppbevaringstiden er ikke ute.")
    if not standing.chosen.decided:
        found.append("Kommunen har ikke vedtatt tiden for denne klassen ennå. Det gjøres under Oppsett, Lagringstider.")
    if standing.chosen.archives and not standing.archived:
        found.append("Arkivet har ikke fått saken ennå.")
    elif standing.chosen.archives and standing.changed_since:
        found.append("Saken er endret etter at arkivpakken ble laget. Lag en ny pakke til arkivet først.")
    return [*found, *standing.others]


def check_hold(day: date, today: date) -> None:
    """Raise Refused with a sentence for a day that is over, or further off than anybody can answer for."""
    if day <= today:
        raise Refused("Velg en dag etter i dag.")
    if day.year > today.year + 50:
        raise Refused("Datoen er mer enn 50 år fram. Velg en nærmere dato.")
