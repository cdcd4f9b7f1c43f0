"""A call about a matter that is here already: written into it by the room that has it, as a note.

    calls_known.writes(write)    write(concern, text, by) -> has this room written it? Raises Refused
    calls_known.on_named(tie)    tie(concern_id=…, number=…, by=…): the new concern of this transaction named a matter

Whoever may not read matters never asks which there are; see `calls_views`. A room that ties answers nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from tenants.inbox.calls_states import Fields
from tenants.inbox.models import Concern
from varde.access import Reader
from varde.refusal import Refused
from varde.ui.dates import date_and_time

Write = Callable[[Concern, str, Reader], bool]
_writers: list[Write] = []


class Tie(Protocol):
    """A later room ties the concern to the matter of that number, and answers nothing."""

    def __call__(self, *, concern_id: UUID, number: str, by: Reader) -> None: ...


_ties: list[Tie] = []

# What speaks of whoever rang is kept sealed beside the matter, and stands in no note.
OF_THE_CALLER = (
    "reporter_name", "reporter_phone", "reporter_relation", "reporter_kind", "anonymous", "safe_contact",
    "first_teller",
)  # fmt: skip
# How the exposed is safely reached: it stands in the note, and beside whoever rang for the top of the pages.
SAFE_OF_PERSON = ("safe_person", "listening", "interpreter")
# Beside them: the call asked for the two apart.
APART = "safe_apart"
NUMBER = "names_matter"
# Chosen from a list, and filled in from the start.
_CHOSEN = ("reporter_kind", "anonymous", "first_teller")


def writes(write: Write) -> None:
    """Register; called once per room in AppConfig.ready(). The last one registered is asked first."""
    if write not in _writers:
        _writers.append(write)


def on_named(tie: Tie) -> None:
    """Register; called once per room in AppConfig.ready()."""
    if tie not in _ties:
        _ties.append(tie)


def tie_to_named(concern_id: UUID, number: str, by: Reader) -> None:
    """Whoever rang said that this new concern is about a matter with a number."""
    for tie in _ties if number.strip() else ():
        tie(concern_id=concern_id, number=" ".join(number.split()), by=by)


def write(concern: Concern, text: str, by: Reader) -> None:
    """The text becomes a note in the matter. Raises Refused where nothing can be written."""
    if concern.progress == "received":
        raise Refused("Bekymringen er ikke åpnet ennå. Åpne den først, eller registrer samtalen som en ny bekymring.")
    if concern.progress == "returned":
        raise Refused("Bekymringen er sendt tilbake til vakttelefonen. Registrer samtalen som en ny bekymring.")
    if concern.progress == "closed":
        raise Refused("Saken er lukket. Gjenåpne den først, eller registrer samtalen som en ny bekymring.")
    if not any(each(concern, text, by) for each in reversed(_writers)):
        raise Refused("Det kan ikke skrives i denne saken. Registrer samtalen som en bekymring.")


def sentence(number: str) -> str:
    """What a concern says of the number that was named."""
    return f"Den som ringte, sa at det gjelder en sak vi har: {' '.join(number.split())}"


# One field as it was written: its name, its label, and what it says in words.
Written = tuple[str, str, str]


def as_note(windows: Iterable[Sequence[Written]], begun: datetime) -> str:
    """All that was written of the matter under its labels, each once; nothing of whoever rang, nor the number."""
    parts = [f"Fra en samtale {date_and_time(begun)}."]
    for window in windows:
        parts += [f"{label}\n{words.strip()}" for name, label, words in window if _is_of_the_matter(name, words)]
    return "\n\n".join(dict.fromkeys(parts))


def says_something(windows: Iterable[Sequence[Written]]) -> bool:
    """Is there a word for a note, or of whoever rang?"""
    return any(
        words.strip() and name not in (NUMBER, *_CHOSEN, "acute") for window in windows for name, _, words in window
    )


def _is_of_the_matter(name: str, words: str) -> bool:
    return name not in (*OF_THE_CALLER, NUMBER) and bool(words.strip())


def of_the_caller(windows: Iterable[Fields]) -> Fields:
    """What speaks of whoever rang, and how the exposed is reached; two windows that say different things are both
    kept."""
    found: Fields = {}
    for typed in windows:
        for name in (*OF_THE_CALLER, *SAFE_OF_PERSON):
            text, before = typed.get(name, "").strip(), found.get(name, "")
            if text and not (before and (name in _CHOSEN or text in before)):
                found[name] = f"{before} / {text}" if before else text
    return found | {APART: "ja"} if set(found) - set(_CHOSEN) else {}
