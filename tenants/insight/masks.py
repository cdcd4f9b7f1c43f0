"""Where a text names other people: proposals for what to take out before somebody gets to read it. Pure.

Nothing here decides. What is marked is shown to whoever goes through the text, and what is not found they must find.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from tenants.insight.states import OTHER_PERSON
from varde.privacy import normal

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_DIGITS = re.compile(r"(?<![\w-])\+?\d(?:[ .]?\d){7,13}(?![\w-])")
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_NAME = re.compile(r"[A-ZÆØÅ][\w'’-]+(?: +(?:van|von|der|den|de))*(?: +[A-ZÆØÅ][\w'’-]+)+")
# Words that stand in names and addresses and are everybody's.
_COMMON = frozenset(
    {"van", "von", "der", "den", "de", "av", "og", "fra", "ved", "mor", "far", "ukjent", "mann", "kvinne"}
)
_SHORTEST = 2
# Words that begin a sentence before a name, and what somebody writes in the place of one that was taken out.
_BEGINNING = frozenset(
    {"da", "de", "den", "der", "det", "en", "et", "for", "fra", "før", "han", "hun", "hos", "i", "jeg", "men",
    "mens", "med", "mot", "når", "og", "også", "om", "på", "så", "til", "vi", "ved", "at", "etter", "hva",
    "hvem", "hvis", "fordi", "denne", "dette", "du", "dere", "ja", "nei", "nå", "her", "ikke", "er", "var", "har",
    "kan", "skal", "vil", "må", "hvor", "hvordan", "hvorfor"}
)  # fmt: skip
_INSTEAD = frozenset(
    {"noen", "en", "et", "den", "de", "andre", "annen", "person", "personen", "navn", "navnet", "tatt", "ut"}
)  # fmt: skip
_PIECE = re.compile(r"[^\W\d_]+|\d+")
_ENDS = ".!?:;\n"
_QUOTES = '«"“”'
_BETWEEN = " \t'(–-•*"


@dataclass(frozen=True, slots=True)
class Someone:
    """What is known of a person: everything by which a text could name them."""

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """Whom it is about, everybody else, and, apart, who reported: that is never given."""

    own: Someone = field(default_factory=Someone)
    others: tuple[Someone, ...] = ()
    reporter: Someone = field(default_factory=Someone)
    # Names of no person: the kommune, its services and whom it works with.
    nobody: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text, and whether it is proposed to be taken out."""

    text: str
    marked: bool = False


def parts(text: str, known: Known, *, looked: bool = False, labels: Collection[str] = ()) -> list[Part]:
    """The text cut where something is marked; the parts put together are the text. `labels` stand first in its lines.

    What is written as a name is marked alike, whoever it is: a mark of its own would tell who reported. Where only the
    reporter's card knows it as one, it is marked for those who have `looked`, that is, said why they must know.
    """
    ours = [*_of_labels(text, labels), *(span for name in known.nobody for span in _of_phrase(text, name.split()))]
    looks_so = (span for span in _as_names(text, known.own) if not any(_within(span, each) for each in ours))
    spans = [*_spans(text, known, known.reporter if looked else Someone()), *looks_so]
    found, at = [], 0
    for start, end in _merged(spans, text):
        if start > at:
            found.append(Part(text[at:start]))
        found.append(Part(text[start:end], marked=True))
        at = end
    if at < len(text):
        found.append(Part(text[at:]))
    return found


def without(cut: Iterable[Part]) -> str:
    """The parts with what is marked taken out."""
    return "".join(OTHER_PERSON if part.marked else part.text for part in cut)


def masked(text: str, known: Known) -> str:
    """The text, for somebody outside, with everybody taken out who is known of."""
    out, at = [], 0
    for start, end in _merged(_spans(text, known, known.reporter), text):
        out.append(text[at:start] + OTHER_PERSON)
        at = end
    return "".join(out) + text[at:]


def is_of(masked_text: str, text: str) -> bool:
    """Is it the text with something taken out? Words like «noen» may stand in the place of a name, others may not."""
    there = iter(_pieces(text))
    return all(piece in _INSTEAD or piece in there for piece in _pieces(masked_text))


def _pieces(text: str) -> list[str]:
    return [piece.casefold() for piece in _PIECE.findall(text.replace(OTHER_PERSON, " "))]


def tells_who_reported(text: str, known: Known) -> bool:
    """Does the text hold the name, the number or the address of whoever reported?"""
    return any(True for _ in _of_person(text, known.reporter, known.own))


def mentions(text: str, someone: Someone) -> bool:
    """Does the text name this person?"""
    return any(True for _ in _of_person(text, someone, Someone()))


def names_in(text: str) -> list[str]:
    """What is written as a name in a free text: two words or more with capitals after one another."""
    return [match[0] for match in _NAME.finditer(text)]


type Span = tuple[int, int]


def _of_labels(text: str, labels: Collection[str]) -> Iterator[Span]:
    """Where the words are ours, not of whoever wrote: «Melding til: …» at the beginning of a line."""
    for label in labels:
        yield from (match.span() for match in re.finditer(rf"^{re.escape(label)}:", text, re.MULTILINE))


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _as_names(text: str, own: Someone) -> Iterator[Span]:
    """Words with a capital that no sentence begins with, or that another follows; not one's own name and address."""
    mine = {word for each in (*own.names, *own.addresses) for word in normal.words(each)} | _BEGINNING | _COMMON
    rows = [match for match in _WORD.finditer(text) if _is_capital(match[0]) and not _bare(match[0]) & mine]
    starts = {match.start() for match in rows}
    for match in rows:
        before = _said_before(text[: match.start()])
        follows = match.end() + 1 in starts and text[match.end()] in " -"
        if follows or (before and before[-1] not in _ENDS):
            yield match.span()


def _said_before(text: str) -> str:
    """What a word follows on: the quotation mark that it stands behind begins no sentence by itself."""
    before = text.rstrip(_BETWEEN)
    return before[:-1].rstrip(f"{_BETWEEN}»{_QUOTES}") if before.endswith(tuple(_QUOTES)) else before


def _is_capital(word: str) -> bool:
    """Written as a name is: neither short nor an abbreviation in capitals."""
    return len(word) >= _SHORTEST and word[0].isupper() and not word.isupper()


def _spans(text: str, known: Known, reporter: Someone) -> Iterator[Span]:
    for someone in (*known.others, reporter):
        yield from _of_person(text, someone, known.own)
    own = {_digits(number) for number in known.own.numbers}
    for match in _DIGITS.finditer(text):
        if _is_number(match[0]) and _digits(match[0]) not in own:
            yield match.span()
    for match in _EMAIL.finditer(text):
        yield match.span()


def _of_person(text: str, someone: Someone, own: Someone) -> Iterator[Span]:
    own_words = {word for name in own.names for word in normal.words(name)}
    for name in someone.names:
        yield from _of_name(text, normal.words(name), own_words)
    own_numbers = {_digits(number) for number in own.numbers}
    numbers = {_digits(number) for number in someone.numbers} - own_numbers - {""}
    for match in _DIGITS.finditer(text):
        if _digits(match[0]) in numbers:
            yield match.span()
    own_places = {place for address in own.addresses for place in normal.places(address)}
    for address in someone.addresses:
        for place in normal.places(address):
            if place not in own_places:
                yield from _of_phrase(text, place.split())


def _of_name(text: str, words: list[str], own: set[str]) -> Iterator[Span]:
    """The whole name however it is written; each word of it where it is written as a name, unless it is one's own."""
    if len(words) > 1 and not set(words) <= own:
        yield from _of_phrase(text, words)
    wanted = {word for word in words if len(word) >= _SHORTEST} - own - _COMMON
    for match in _WORD.finditer(text):
        if match[0][0].isupper() and _bare(match[0]) & wanted:
            yield match.span()


def _of_phrase(text: str, words: list[str]) -> Iterator[Span]:
    """These words after one another, whatever stands between them but letters and digits."""
    if not words:
        return
    between = r"[\W_]{1,3}"
    # A house number and its letter may stand together or apart.
    pieces = [re.sub(r"(\d)(?=[^\W\d_])", r"\1 ?", re.escape(word)) for word in words]
    pattern = rf"(?<!\w){between.join(pieces)}(?:'?s|’s)?(?!\w)"
    for match in re.finditer(pattern, text, re.IGNORECASE):
        yield match.span()


def _bare(word: str) -> set[str]:
    """The word as names are compared, with and without the genitive's s, and its parts when it is put together."""
    found = set(normal.words(word))
    return found | {each[:-1] for each in found if each.endswith("s")}


def _is_number(text: str) -> bool:
    """A phone number or an id number, and not a date."""
    return not _DATE.match(text) and (text.startswith("+") or len(_digits(text)) in (8, 11))


def _digits(text: str) -> str:
    digits = normal.phone(text)
    return digits if len(digits) >= 8 else ""


def _merged(spans: Iterable[Span], text: str) -> list[Span]:
    """In order, those that touch or have only a space between them as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and (start <= found[-1][1] or (text[found[-1][1] : start].isspace() and start - found[-1][1] == 1)):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
