"""What becomes of what was written here when a concern from the phone is sent back: it follows, it is in the way, or it
is deleted with the copy here, and then it is said before. Rooms tell their part at start:

    returned_added.follows(notes)    notes(concern) -> what the letter carries
    returned_added.stays(laid)       laid(concern) -> what it cannot carry, by what it is called
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from shared.contracts import AcuteAction, EarlierNote
from shared.contracts.fields import from_json
from tenants.inbox.models import Concern
from tenants.inbox.returned_models import FromPhone
from varde.refusal import Refused


@dataclass(frozen=True, slots=True)
class Laid:
    """A thing that the letter cannot carry. `ends`: it is of this kommune alone, and goes with the copy."""

    title: str
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """What follows (the oldest first), what is in the way, and what is deleted; the last two in words."""

    follows: tuple[EarlierNote, ...]
    stops: tuple[str, ...]
    ends: tuple[str, ...]


_follows: list[Callable[[Concern], Iterable[EarlierNote]]] = []
_stays: list[Callable[[Concern], Iterable[Laid]]] = []


def follows(notes: Callable[[Concern], Iterable[EarlierNote]]) -> None:
    """Register; called once per room in AppConfig.ready()."""
    if notes not in _follows:
        _follows.append(notes)


def stays(laid: Callable[[Concern], Iterable[Laid]]) -> None:
    """Register; called once per room in AppConfig.ready()."""
    if laid not in _stays:
        _stays.append(laid)


def before(known: FromPhone | None) -> list[EarlierNote]:
    """What was written where the concern came back from before it came here."""
    return [from_json(EarlierNote, row, "noted") for row in known.noted.get("rows", [])] if known else []


def as_notes(concern: Concern) -> list[EarlierNote]:
    """What came from the phone beside the told words, for a letter that knows notes alone. Raises CannotOpen."""
    known = FromPhone.objects.filter(concern=concern).first()
    acts = [from_json(AcuteAction, row, "done") for row in known.done.get("rows", [])] if known else []
    done = (EarlierNote(at=act.at, text=_act(act)) for act in acts)
    return [*done, *before(known)]


def _act(act: AcuteAction) -> str:
    return ". ".join(filter(None, [f"Gjort av vakttelefonen med en gang: {act.what}", act.by_service, act.note]))


def weigh(concern: Concern) -> Weighed:
    """All of it. Raises CannotOpen."""
    known = FromPhone.objects.filter(concern=concern).first()
    notes = [*before(known), *(note for each in _follows for note in each(concern))]
    laid = [each for find in _stays for each in find(concern)]
    return Weighed(
        tuple(sorted(notes, key=lambda note: note.at)),
        _words(each.title for each in laid if not each.ends),
        _words(each.title for each in laid if each.ends),
    )


def _words(titles: Iterable[str]) -> tuple[str, ...]:
    """«Personkort (2)»"""
    return tuple(title if number == 1 else f"{title} ({number})" for title, number in Counter(titles).items())


def check_follows(weighed: Weighed) -> None:
    """Raise Refused with what is in the way: it would be deleted here, and be nowhere else."""
    if weighed.stops:
        raise Refused(
            f"Dette er lagt til her og kan ikke følge med tilbake til vakttelefonen: {', '.join(weighed.stops)}. "
            "Velg «Overfør til en annen kommune» i stedet, eller merk som feilført det som ikke hører til bekymringen."
        )
