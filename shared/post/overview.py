"""What the page about the post shows, worked out from the letters under way. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from shared.post.queries import UnderWay

# The sweep runs every minute: a letter older than a few minutes met something; an hour is an incident.
LATE, STUCK = timedelta(minutes=5), timedelta(hours=1)
KINDS = {
    "ConcernHandover": "Bekymring fra vakttelefonen",
    "Opened": "Melding om at noe er åpnet",
    "Return": "Tall til regionen",
    "Misrouted": "Sendt til feil kommune",
    "TestConcern": "Prøvemelding",
    "CaseTransfer": "Overføring mellom kommuner",
    "TransferPiece": "Vedlegg til en overføring",
    "TemplateOffer": "Mal for risikovurdering",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A letter under way, and the colour and word of its age."""

    letter: UnderWay
    kind: str
    color: str
    word: str


def lines(letters: Iterable[UnderWay]) -> list[Line]:
    """The letters in their order, with what their age means."""
    return [Line(one, KINDS.get(one.kind, one.kind), *_age(one.age)) for one in letters]


def per_recipient(letters: Iterable[UnderWay]) -> list[tuple[str, int, timedelta]]:
    """(recipient, letters, age of the oldest), the oldest first."""
    ages: dict[str, list[timedelta]] = {}
    for one in letters:
        ages.setdefault(one.recipient, []).append(one.age)
    return sorted(
        ((name, len(known), max(known)) for name, known in ages.items()), key=lambda row: row[2], reverse=True
    )


def _age(age: timedelta) -> tuple[str, str]:
    if age >= STUCK:
        return "danger", "står fast"
    return ("warning", "forsinket") if age >= LATE else ("neutral", "på vei")
