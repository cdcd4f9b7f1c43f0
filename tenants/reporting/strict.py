"""What no anonymous registration may say in words, beyond what the screening asks about elsewhere. Pure.

There a person answers for each finding before anything is sent. Here nobody does: what is found is left out until it
is written anew, so the net is finer, and a word too many is no harm. Names without a capital, numbers and dates in
words, initials however they are written, and every small place.
"""

import re
from collections.abc import Iterator
from functools import cache

from shared.codes.data_files import read
from shared.codes.screening import FILE, Kind, Words, kind_of, look
from shared.codes.screening_fold import folded
from tenants.reporting.number_words import in_digits

DATE, NUMBER, SIGNS, LINK, PLACE, ROLE = "date", "number", "signs", "link", "place", "role"
AGE, BIRTH = "age", "birth"  # kinds of the screening
_KINDS = {
    DATE: Kind(DATE, "Dato", "Registreringen har kvartal i stedet for dato.", "Ta ut dagen og måneden."),
    NUMBER: Kind(NUMBER, "Nummer", "Et langt tall kan vise til noen eller til en sak.", "Ta det ut."),
    SIGNS: Kind(SIGNS, "Spredte eller fremmede bokstaver", "Varde kan ikke lese teksten.", "Skriv vanlige ord."),
    LINK: Kind(LINK, "Lenke eller brukernavn", "En lenke kan vise hvem det er.", "Ta den ut."),
    PLACE: Kind(PLACE, "Sted", "På et lite sted er det få.", "Ta ut stedet."),
    ROLE: Kind(ROLE, "Stilling i bygda", "Det er bare én eller få som har den.", "Skriv «en ansatt» eller «en annen»."),
}
_MONTH = (
    r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|des)\b"
)
_FORMS = (
    (DATE, re.compile(rf"\b\d{{1,2}}\.? ?{_MONTH}|\b{_MONTH}\.? (?:i )?(?:19|20)\d{{2}}\b", re.IGNORECASE)),
    (AGE, re.compile(r"\b(?:tjue|tretti|førti|femti|seksti|sytti|åtti|nitti|hundre)\w*åring", re.IGNORECASE)),
    (AGE, re.compile(r"\b1[01]\d år\b", re.IGNORECASE)),
    (BIRTH, re.compile(r"\bfødselsår", re.IGNORECASE)),
    (DATE, re.compile(r"\b\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2}(?:\d{2})?\b|\b\d{1,2}/\d{1,2}\b")),
    (NUMBER, re.compile(r"\b\d{4,}\b(?<!\b19\d\d)(?<!\b20\d\d)(?! ?(?:kr|kroner|NOK)\b)")),
    (NUMBER, re.compile(r"\b(?:19|20)\d{2}[/-]\d+|\b[A-ZÆØÅ]{2,}-?\d{3,}")),
    (LINK, re.compile(r"https?:|www\.|(?<![\w.])@\w|\b\w+\.(?:no|com|org|net)\b", re.IGNORECASE)),
    (SIGNS, re.compile(r"(?<!\w)(?:[^\W\d_] ){3,}[^\W\d_](?!\w)|[\u0370-\u1cff]")),
)
_INITIALS = re.compile(r"(?<![\w.])(?:[a-zæøå]\. ?){1,2}[a-zæøå]\.?(?![\w.])", re.IGNORECASE)
_ONE_LETTER = re.compile(r"(?<![\w.])[A-HJ-UW-ZÆØÅ]\.(?=\s+[a-zæøå])")
_TWO_LETTERS = re.compile(r"(?<![\w.-])[A-ZÆØÅ]{2}(?![\w-])")
_SHORT = frozenset({"a.m.k", "f.eks", "m.m", "m.v", "o.l", "d.v.s", "p.g.a", "o.s.v", "t.o.m", "f.o.m", "i.h.t",
                    "m.h.t", "s.u", "e.l", "b.l.a", "p.t", "d.d", "o.a", "n.n"})  # fmt: skip
_TWO = frozenset({"BT", "EU", "IT", "PC", "PU", "TE", "TV", "VG"})
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Names that are other words too where they have no capital.
_OTHER_WORDS = frozenset({"elle", "hans", "helle", "jo", "kristen", "line", "loke", "lykke", "mari", "sander", "siv",
                          "sverre", "tom", "ulf", "una", "vilja"})  # fmt: skip


def kind(code: str) -> Kind:
    """A kind of this list, or of the screening's."""
    return _KINDS.get(code) or kind_of(code)


def found(texts: dict[str, str], words: Words) -> dict[str, tuple[str, ...]]:
    """The kinds of what was found in each text, each once; "()" for a text that may leave."""
    plain = look(texts, words).hits
    spoken = look({name: in_digits(folded(text).text) for name, text in texts.items()}, words).hits
    return {
        name: tuple(dict.fromkeys([*(hit.kind for hit in (*plain[name], *spoken[name])), *_more(text, words)]))
        for name, text in texts.items()
    }


def _more(text: str, words: Words) -> Iterator[str]:
    read_as = folded(text).text
    spoken = in_digits(read_as)
    for code, pattern in _FORMS:
        if pattern.search(read_as) or pattern.search(spoken):
            yield code
    if _initials(read_as):
        yield "initials"
    yield from _names(read_as, words)


def _initials(text: str) -> bool:
    dotted = (match.group().replace(" ", "").rstrip(".").lower() for match in _INITIALS.finditer(text))
    if any(each not in _SHORT for each in dotted) or _ONE_LETTER.search(text):
        return True
    return any(match.group() not in _TWO for match in _TWO_LETTERS.finditer(text))


def _names(text: str, words: Words) -> Iterator[str]:
    given, surnames, both, roles = _lists()
    for match in _WORD.finditer(text):
        for said in {match.group(), *match.group().split("-")}:
            word = said.casefold()
            bare = word.removesuffix("s")
            for each in (word, bare):
                if each in words.register and each not in both:
                    yield "register"
                elif each in given or (each in surnames and (said[:1].isupper() or each.endswith("sen"))):
                    yield "name"
                elif each in words.small:
                    yield PLACE
                elif each in roles:
                    yield ROLE


@cache
def _lists() -> tuple[frozenset[str], ...]:
    """Given names that are no other words, surnames, words that are both, and what only few are; casefolded."""
    data = read(FILE)
    given, surnames, both, roles = (
        frozenset(word.casefold() for word in data[name]) for name in ("given", "surnames", "both", "roles")
    )
    other = both | _OTHER_WORDS
    return given - other, surnames, other, roles
