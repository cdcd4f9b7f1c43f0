"""What does not fit between what two offices say of the letters between them. Pure: rows and `at` are handed in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

# The sweep stores a letter within a minute, and a round comes every quarter: later than that is worth a look.
SOON = timedelta(minutes=15)
SILENT = timedelta(minutes=45)
CLOCKS = timedelta(minutes=1)
# Letters of which the recipient must still have what came of them, and says so in every round.
KEPT_KINDS = frozenset(
    {"ConcernHandover", "CaseTransfer", "Misrouted", "TestConcern", "SystemMatter", "SystemMatterAnswer"}
)
# What is counted apart, as a person must open it. Nobody opens the rest: counts, terms, how far somebody has come.
GROUPS = {
    "concern": frozenset({"ConcernHandover", "CaseTransfer", "Misrouted"}),
    "matter": frozenset({"SystemMatter", "SystemMatterAnswer"}),
    "test": frozenset({"TestConcern"}),
}
# What an office says of a letter at the recipient's end; the newest of these holds.
STANDING = frozenset({"kept", "lost", "twice", "ended"})


@dataclass(frozen=True, slots=True)
class Letter:
    """The outside of a letter."""

    id: UUID
    kind: str
    sender: UUID
    recipient: UUID
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Word:
    """An office's statement of a letter."""

    office: UUID
    other: UUID
    letter_id: UUID
    kind: str
    said: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """The newest round of an office: by its own clock, and by the database's."""

    office: UUID
    at: datetime
    heard_at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """Something that does not fit; `letter_id` is None where it is about an office as a whole."""

    code: str
    other: UUID
    letter_id: UUID | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """All that one office may see, for one comparison. `receipts`: letter -> (stored?, when)."""

    me: UUID
    letters: Mapping[UUID, Letter]
    receipts: Mapping[UUID, tuple[bool, datetime]]
    words: Iterable[Word]
    rounds: Mapping[UUID, Heard]
    watched: frozenset[UUID]
    since: datetime


def compare(seen: Seen, at: datetime) -> set[Found]:
    """Everything that does not fit, as `seen.me` can tell."""
    told = _by_letter(seen.words)
    found = set(_offices(seen, at))
    for letter_id in told.keys() | seen.letters.keys():
        found.update(_of_letter(seen, letter_id, told.get(letter_id, {}), at))
    return found


def _by_letter(words: Iterable[Word]) -> dict[UUID, dict[tuple[UUID, str], Word]]:
    """Per letter the newest statement of each kind by each office."""
    found: dict[UUID, dict[tuple[UUID, str], Word]] = {}
    for word in sorted(words, key=lambda each: each.at):
        found.setdefault(word.letter_id, {})[word.office, word.said] = word
    return found


def standing(told: Mapping[tuple[UUID, str], Word], office: UUID) -> str:
    """What the recipient said last of having it: "kept", "lost", "twice", "ended", or "" for nothing yet."""
    own = [word for (who, said), word in told.items() if who == office and said in STANDING]
    return max(own, key=lambda word: word.at).said if own else ""


def _offices(seen: Seen, at: datetime) -> Iterator[Found]:
    for office in seen.watched:
        known = seen.rounds.get(office)
        if at - (known.heard_at if known else seen.since) > SILENT:
            yield Found("silent", office)
        elif known and abs(known.at - known.heard_at) > CLOCKS:
            yield Found("clock", office)


def _of_letter(seen: Seen, letter_id: UUID, told: Mapping[tuple[UUID, str], Word], at: datetime) -> Iterator[Found]:
    letter = seen.letters.get(letter_id)
    if letter is None:
        yield from _without_letter(seen, letter_id, told)
        return
    other = letter.recipient if letter.sender == seen.me else letter.sender
    for code in (_receipt(seen, letter, at), _kept(seen, letter, told, at), _opened(letter, told, at)):
        if code:
            yield Found(code, other, letter.id, letter.kind)


def _without_letter(seen: Seen, letter_id: UUID, told: Mapping[tuple[UUID, str], Word]) -> Iterator[Found]:
    """Laid, but not in the post: gone too early, unless it has come so far that the post may let go of it."""
    laid = next((word for (_, said), word in told.items() if said == "laid"), None)
    if laid is not None and not any(said in ("opened", "ended") for _, said in told):
        other = laid.other if laid.office == seen.me else laid.office
        yield Found("no_letter", other, letter_id, laid.kind)


def _receipt(seen: Seen, letter: Letter, at: datetime) -> str:
    known = seen.receipts.get(letter.id)
    if known is None:
        return "no_receipt" if abs(at - letter.sent_at) > SOON else ""
    return "" if known[0] else "unreadable"


def _kept(seen: Seen, letter: Letter, told: Mapping[tuple[UUID, str], Word], at: datetime) -> str:
    known = seen.receipts.get(letter.id)
    if letter.kind not in KEPT_KINDS or known is None or not known[0] or (letter.sender, "moved") in told:
        return ""
    said = standing(told, letter.recipient)
    if said == "lost":
        return "gone" if (letter.recipient, "kept") in told else "lost"
    if said:
        return "twice" if said == "twice" else ""
    last = seen.rounds.get(letter.recipient)
    return "lost" if last is not None and last.heard_at - known[1] > SOON and at - known[1] > SOON else ""


def _opened(letter: Letter, told: Mapping[tuple[UUID, str], Word], at: datetime) -> str:
    """Both must know of it, a quarter after one did; only where the sender follows its letters."""
    opened, heard = told.get((letter.recipient, "opened")), told.get((letter.sender, "heard"))
    if (letter.sender, "laid") not in told or (opened is None) == (heard is None):
        return ""
    one = opened or heard
    return "one_opened" if one is not None and at - one.at > 2 * SOON else ""
