"""A call while it goes on, and a call back: codes, and what becomes of two texts of the same call. No ORM, no clock."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from varde.ui.dates import day_of
from varde.worktime import exact

Fields = dict[str, str]
# «Ikke en sak», in one click.
NO_MATTER = [
    ("wrong_number", "Feil nummer"),
    ("advice", "Råd gitt"),
    ("spam", "Misbruk"),
    ("known", "Gjelder en sak vi har"),
]
# What came of trying to call back. The first and the last end it.
TRIES = [
    ("reached", "Fikk snakket sammen"),
    ("no_answer", "Ingen svarte, og vi la ikke igjen beskjed"),
    ("message", "La igjen beskjed"),
    ("not_safe", "Kunne ikke snakke trygt"),
    ("wrong_number", "Feil nummer"),
    ("given_up", "Vi ringer ikke flere ganger"),
]
ENDING = ("reached", "given_up")
LARGEST = 150_000  # characters of one call, with everything that was kept aside
AHEAD = timedelta(days=90)  # of a call back


# Words that say that nothing may be left: then «La igjen beskjed» needs what was said.
_NO_LIMIT = ("", "ingenting", "nei", "-")
# A call back: those after the owner are told so long after its time.
AFTER = timedelta(hours=2)
# A call that nobody writes on: its operator is told, then the coordinators.
LIES, LIES_LONG = timedelta(hours=1), timedelta(hours=24)


class TooMuch(ValueError):
    """More than one call can hold, as a Norwegian sentence."""


def filled(fields: Mapping[str, str]) -> bool:
    """Has anything been written?"""
    return any(value.strip() for value in fields.values())


def other_words(kept: Mapping[str, str], typed: Mapping[str, str]) -> Fields:
    """What was typed where something else is kept; where nothing is typed, nothing is lost."""
    return {name: text for name, text in typed.items() if text.strip() and text != kept.get(name, "")}


def not_yet_in(texts: Iterable[str], told: Iterable[str]) -> list[str]:
    """Those texts that stand in nothing of what is told already, each once and in order."""
    standing = list(told)
    fresh = [text.strip() for text in texts if not any(text.strip() in each for each in standing)]
    return list(dict.fromkeys(fresh))


def check_size(*parts: Mapping[str, str]) -> None:
    """TooMuch when there is no room for it all."""
    if sum(len(text) for part in parts for text in part.values()) > LARGEST:
        raise TooMuch("Det er skrevet mer enn det er plass til i én samtale. Kort ned, eller registrer det du har.")


def due_time(day: date, hour: time, now: datetime) -> datetime:
    """When somebody is to be called. ValueError with a sentence: past, too far off, or a lost hour."""
    if day > day_of(now) + AHEAD:
        raise ValueError("Datoen er mer enn 90 dager fram. Velg en nærmere dato.")
    due = exact(day, hour)
    if due <= now:
        raise ValueError("Tidspunktet er passert. Velg et som kommer.")
    return due


def check_try(result: str, note: str, not_on_voicemail: str) -> None:
    """ValueError with a sentence: unknown, given up without saying why, or a message that may not have been safe."""
    if result not in dict(TRIES):
        raise ValueError("Velg hva som skjedde da dere ringte.")
    if result == "given_up" and not note:
        raise ValueError("Skriv hvorfor dere ikke ringer flere ganger.")
    if result == "message" and not note and not_on_voicemail.strip(" .").casefold() not in _NO_LIMIT:
        raise ValueError("Noe må ikke legges igjen på telefonsvarer her. Skriv nøyaktig hva dere sa.")


def is_late(due_at: datetime, done_at: datetime | None, now: datetime) -> bool:
    """Should it have been done by now?"""
    return done_at is None and due_at < now
