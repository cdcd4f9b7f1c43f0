"""How far a kommune has come: what the platform knows and what people have said, judged step by step. Pure."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shared.codes.starting import Step
from shared.contracts import StepState

STATES: dict[StepState, tuple[str, str]] = {
    "done": ("Gjort", "success"),
    "under_way": ("I gang", "info"),
    "open": ("Ikke gjort", "warning"),
    "not_relevant": ("Ikke aktuelt", "neutral"),
}
# So few that one can be away. A proposal, like the list itself; services without a member are named beside it.
TEAM = 2
type Judged = tuple[StepState, str]


@dataclass(frozen=True, slots=True)
class Known:
    """What the platform knows of an office. Counts are of people in the team."""

    region: str = ""
    coordinators: int = 0
    team: int = 0
    placed: int = 0
    lacking: tuple[str, ...] = ()
    police: bool = False
    secrecy: int = 0
    certified: int = 0
    trained: int = 0
    mandate: date | None = None
    routines: int = 0
    classes: int = 0
    undecided: int = 0
    phone: str = ""
    hours: str = ""
    published: bool = False
    """The region has published the number, so its set-up answers it."""
    accessibility: str = ""
    opening: bool = False
    rota: bool = False
    asked_at: datetime | None = None
    came_at: datetime | None = None
    opened_at: datetime | None = None
    has_team: bool = False
    started_on: date | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """What a person has said of a step: the newest counts. "open" takes back what was said."""

    state: StepState
    text: str
    by_name: str
    at: datetime
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A step, how it stands, and why in a sentence."""

    step: Step
    state: StepState
    said: str
    word: Word | None = None

    @property
    def label(self) -> str:
        """The state in words."""
        return STATES[self.state][0]

    @property
    def color(self) -> str:
        """The colour of its tag."""
        return STATES[self.state][1]

    @property
    def over(self) -> bool:
        """Nothing more is to be done with it."""
        return self.state in ("done", "not_relevant")


def standings(
    steps: Sequence[Step], known: Known, words: Mapping[str, Word], documents: Collection[str]
) -> list[Standing]:
    """Every step, in the order of the list. `documents`: codes of steps with a document."""
    return [_standing(step, known, words.get(step.code), step.code in documents) for step in steps]


def _standing(step: Step, known: Known, word: Word | None, document: bool) -> Standing:
    if word and word.state == "not_relevant" and step.skip:
        return Standing(step, "not_relevant", f"Ikke aktuelt: {word.text}", word)
    if step.how == "known":
        return Standing(step, *_RULES[step.code](known), word)
    said = bool(word and word.state == "done")
    if step.how == "document" and said != document:
        missing = (
            "Vedtaket er bekreftet, men dokumentet mangler." if said else "Dokumentet er lagt ved. Bekreft vedtaket."
        )
        return Standing(step, "under_way", missing, word)
    if word and said:
        return Standing(step, "done", word.text, word)
    return Standing(step, "open", "Ingen har bekreftet steget.", word)


def next_step(found: Sequence[Standing]) -> Standing | None:
    """The one to do next: the first that must be done before the phone opens, then the first of the others."""
    left = [one for one in found if not one.over]
    return next((one for one in left if one.step.needed), next(iter(left), None))


def in_the_way(found: Sequence[Standing]) -> list[Standing]:
    """What must be done before the phone may open."""
    return [one for one in found if one.step.needed and not one.over]


def done(found: Sequence[Standing]) -> int:
    """How many are over and done with."""
    return sum(one.over for one in found)


def _agreement(known: Known) -> Judged:
    return ("done", f"Avtalen med {known.region} gjelder.") if known.region else ("open", "Ingen avtale gjelder nå.")


def _coordinator(known: Known) -> Judged:
    if known.coordinators:
        return "done", "Én koordinator." if known.coordinators == 1 else f"{known.coordinators} koordinatorer."
    return "open", "Ingen har rollen koordinator."


def _team(known: Known) -> Judged:
    lacking = f" Ingen fra {', '.join(known.lacking)}." if known.lacking else ""
    if known.team >= TEAM and known.placed >= TEAM:
        return "done", f"{known.team} i teamet, {known.placed} med plass skrevet inn.{lacking}"
    if known.team:
        return (
            "under_way",
            f"{known.team} i teamet, {known.placed} med plass skrevet inn. Det trengs minst {TEAM}.{lacking}",
        )
    return "open", "Ingen er i teamet ennå."


def _police(known: Known) -> Judged:
    return ("done", "Kontakten er ført.") if known.police else ("open", "Ingen kontakt i politiet er ført.")


def _all_of(count: Callable[[Known], int], verb: str) -> Callable[[Known], Judged]:
    def judge(known: Known) -> Judged:
        has = count(known)
        if not known.team:
            return "open", "Ingen er i teamet ennå."
        said = f"{has} av {known.team} i teamet {verb}."
        return ("done" if has >= known.team else "under_way" if has else "open"), said

    return judge


def _mandate(known: Known) -> Judged:
    return ("done", "Mandatet er skrevet inn.") if known.mandate else ("open", "Mandatet er ikke skrevet inn.")


def _routines(known: Known) -> Judged:
    return ("done", f"{known.routines} ført.") if known.routines else ("open", "Ingen rutiner er ført.")


def _retention(known: Known) -> Judged:
    if not known.undecided:
        return "done", "Alle lagringstidene er vedtatt."
    decided = known.classes - known.undecided
    return ("under_way" if decided else "open"), f"{decided} av {known.classes} lagringstider er vedtatt."


def _accessibility(known: Known) -> Judged:
    if known.accessibility:
        return "done", "Siden lenker til kommunens erklæring."
    return "open", "Siden lenker ikke til en erklæring."


def unanswered(known: Known) -> str:
    """Why nobody may answer the number that the page shows, in a sentence: no rota here, and no word of the region's.

    "" where somebody has said who answers.
    """
    if not known.phone or known.published or (known.rota and known.opening):
        return ""
    return (
        "Kommunen har skrevet inn nummeret selv og har ingen vaktliste, og regionen har ikke lagt ut noe nummer. "
        "Ring nummeret og hør at noen svarer."
    )


def _phone(known: Known) -> Judged:
    if known.phone and known.hours:
        said = "Nummer og telefontid står på siden." if known.has_team else "Nummer og telefontid er klare."
        return "done", " ".join(part for part in (said, unanswered(known)) if part)
    return ("under_way", "Telefontiden mangler.") if known.phone else ("open", "Det er ikke noe nummer ennå.")


def _rota(known: Known) -> Judged:
    if known.rota and known.opening:
        return "done", "Åpningstiden er satt, og vaktlisten er i bruk."
    if known.rota or known.opening:
        return "under_way", "Vaktlisten er tom." if known.opening else "Åpningstiden er ikke satt."
    return "open", "Åpningstid og vakter er ikke satt."


def _trial(known: Known) -> Judged:
    if known.opened_at:
        return "done", "En prøvemelding er åpnet av et menneske."
    if known.came_at:
        return "under_way", "Prøvemeldingen har kommet og venter på at noen i teamet åpner den fra forsiden sin."
    return ("under_way", "Dere har bedt om en. Den er på vei.") if known.asked_at else ("open", "Ingen er sendt ennå.")


_RULES: dict[str, Callable[[Known], Judged]] = {
    "agreement": _agreement,
    "coordinator": _coordinator,
    "team": _team,
    "police": _police,
    "secrecy": _all_of(lambda known: known.secrecy, "har ført taushetserklæring"),
    "rite": _all_of(lambda known: known.certified, "er sertifisert"),
    "elearning": _all_of(lambda known: known.trained, "har gjort alle modulene"),
    "mandate": _mandate,
    "routines": _routines,
    "retention": _retention,
    "accessibility": _accessibility,
    "phone": _phone,
    "rota": _rota,
    "trial": _trial,
}
