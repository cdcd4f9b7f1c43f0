"""The rules of the screening, each over one text. Pure.

Strong rules know their finding by its form (numbers, addresses). Names are known by capitals and by lists. The weak
signs (a small place, an age, a rare trait …) are findings only together, within one sentence.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from shared.codes.data_files import read
from shared.codes.kommuner import kommuner
from shared.codes.screening import FILE, Hit, Words
from shared.codes.screening_fold import Folded, folded

_UPPER, _WORD = "A-ZÆØÅÁČĐŊŠŦŽÖÄÜÉ", r"[\w'’-]"
_MONTH = r"(?:jan|feb|mars|april|mai|juni|juli|aug|sept?|okt|nov|des)[a-z]*\.?"
_YEARS = r"(?:19|20)\d{2}"
_DATE = (
    rf"(?:\d{{1,2}}[./-] ?\d{{1,2}}[./-] ?(?:19|20)?\d{{2}}|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|\d{{1,2}}\.? ?{_MONTH} (?:i )?{_YEARS})"
)
_BORN = (
    r"(?:født|fødd|f\.|fødselsdato|fødselsår|fødselsdag(?:en)?|bursdag(?:en)?|årskull|årgang)[ :]{0,3}"
    r"(?:(?:den|i|dato|år|ca\.?) ){0,2}"
)
# After a word that says that somebody was born: a day, a year, or the six digits that a number begins with.
_WHEN = (
    rf"(?:{_DATE}|\d{{1,2}}\.? ?{_MONTH}(?: (?:i )?\d{{2}}(?!\d))?|{_MONTH} {_YEARS}|{_YEARS}"
    r"|[0-7]\d[ .]?\d{2}[ .]?\d{2}|(?:på )?\d0-tallet)"
)
_NO_AGE = (
    r"[-/:%\d]|[.,]\d|timer|uker|dager|døgn|minutter|måneder|ganger|prosent|kr|mill|meter|km|kilo|stillinger|personer"
    r"|og eldre|og yngre|eller eldre|eller yngre"
)
# Of what is found twice the first of these stands.
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("reference", re.compile(r"\bV-?[2-9A-Z]{4}-?[2-9A-Z]{2}\b(?<=[2-9A-Z]{2})")),
    ("reference", re.compile(r"\b(?:[Ss]ak(?:en)?(?: nr\.?)? \d{4}-|[Bb]ekymring(?:en)? )[0-9A-F]{6}\b")),
    ("reference", re.compile(r"\b(?:[Kk]vittering(?:en)?(?: nr\.?)?:? )?\d{4} \d{4} \d{4} \d{4}\b")),
    ("reference", re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE)),
    (
        "email",
        re.compile(
            r"(?<![\w.+-])[\w.+-]+(?: ?@ ?| ?[(\[](?:at|alfa)[)\]] ?| (?:snabela|krøllalfa) )[\w-]+(?: ?\.[\w-]+)+",
            re.IGNORECASE,
        ),
    ),
    (
        "birth",
        re.compile(
            rf"\b{_BORN}{_WHEN}\b|\b(?:f\.? ?|født i )(?:19|20)?\d{{2}}\b(?! ?(?:{_NO_AGE}))|\b19\d{{2}}-modell",
            re.IGNORECASE,
        ),
    ),
    ("plate", re.compile(r"\b[A-HJ-NP-PR-VX-Z]{2} ?\d{5}\b")),
)
# However it is grouped; or as a day of birth and five digits, with up to three signs between them.
_ELEVEN = re.compile(
    r"(?<![\d.+])(?:\d(?:[ ./-]?\d){10}|\d{2}[ ./-]?\d{2}[ ./-]?(?:19|20)?\d{2}[ ./-]{0,3}\d{3}[ ./-]?\d{2})(?!\d)"
)
# Not as amounts are grouped (91 234 567), nor as two years or numbers with a dash between (2026-2027).
_PHONE = re.compile(
    r"(?<![\d.,-])(?:(?:\+|00)47 ?)?[2-9](?:\d{7}|\d{3}[ .]\d{4}|\d(?P<a>[ .-])\d{2}(?P=a)\d{2}(?P=a)\d{2}"
    r"|\d{2}(?P<b>[ .-])\d{2}(?P=b)\d{3}|\d(?P<c>[.-])\d{3}(?P=c)\d{3}|\d{2}[ .-]\d{5}|\d[ .-]\d{6}|(?: \d){7})"
    r"(?!\d|-\d)(?! ?(?:kr|mill|NOK))"
)
_NO_PHONE = re.compile(rf"20[0-4]\d(?:0[1-9]|1[0-2])[0-3]\d|{_YEARS}[ .]{_YEARS}")
_FOREIGN = re.compile(r"(?<!\d)\+(?!47)\d(?:[ ./()-]{0,2}\d){7,13}(?!\d)")
_ANY_DATE = re.compile(rf"\b{_DATE}\b", re.IGNORECASE)
_YEAR = re.compile(_YEARS)
# Nothing coming is written with such a year: «12.03.45».
_SHORT_YEAR = re.compile(r"[./-] ?[4-9]\d$")
_PLAN = re.compile(r"\b(?:gnr|bnr|gårdsnr|bruksnr|seksjon|H0\d)\.? ?\d+", re.IGNORECASE)
_ENDING = r"(?:en|et|ene|ne|na|n|e|a|er|s|t)?"
_TENS = "(?:tjue|tretti|førti|femti|seksti|sytti|åtti|nitti)"
_GROUP = re.compile(r"\b(?:alle|noen|flere|mange|andre|unge|eldre|over|under|fra|minst|mellom)\W+$", re.IGNORECASE)
_PAIR = re.compile(rf"\b(?P<first>\w{_WORD}*)(?= (?P<last>\w{_WORD}*))")
# «K. Nordmann»: the full stop ends no sentence.
_INITIAL_NAME = re.compile(rf"\b[{_UPPER}]\.? ?(?P<last>[{_UPPER}]{_WORD}+)")
_LONG_PLACE = 7  # letters: a shorter name without a capital is often another word
_INITIALS = re.compile(rf"\b(?!N\.? ?N\.)(?:[{_UPPER}]\. ?){{2,3}}(?!\w)")
_TOKEN = re.compile(rf"[{_UPPER}a-zæøåáčđŋšŧžöäüé]{_WORD}*")
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\d|[a-zæøå])[^.!?\n]*)*")
_BOUNDARY = re.compile(r"[.!?:\n•–«“\"(]\s*$|^\s*$|\n\s*[-*•\d.)]+\s*$")


@dataclass(frozen=True, slots=True)
class _Lists:
    given: frozenset[str]
    both: frozenset[str]
    surnames: frozenset[str]
    first_words: frozenset[str]
    not_people: frozenset[str]
    titles: frozenset[str]
    age: re.Pattern[str]
    only_one: re.Pattern[str]
    persons: re.Pattern[str]
    uncommon: re.Pattern[str]
    institutions: re.Pattern[str]
    address: re.Pattern[str]
    born_before: int


def hits_in(text: str, words: Words) -> tuple[Hit, ...]:
    """Every finding, in the order of the text; no two overlap."""
    found: list[Hit] = []
    read_as = folded(text)
    for rule in _RULES:
        for hit in rule(read_as.text, words):
            if hit.words.strip() and not any(hit.start < one.end and one.start < hit.end for one in found):
                found.append(hit)
    return tuple(as_written(hit, read_as, text) for hit in sorted(found))


def as_written(hit: Hit, read_as: Folded, text: str) -> Hit:
    """The finding in the text as it was typed."""
    start, end = read_as.place(hit.start, hit.end)
    return Hit(start, end, hit.kind, text[start:end])


def _hit(kind: str, match: re.Match[str]) -> Hit:
    return Hit(match.start(), match.end(), kind, match.group())


def _forms(text: str, words: Words) -> Iterator[Hit]:
    for kind, pattern in _FORMS:
        yield from (_hit(kind, match) for match in pattern.finditer(text))


def _numbers(text: str, words: Words) -> Iterator[Hit]:
    for match in _ELEVEN.finditer(text):
        digits = "".join(sign for sign in match.group() if sign.isdigit())
        yield _hit("id_number" if _could_be_born(int(digits[:2]), int(digits[2:4])) else "account", match)
    for match in [*_PHONE.finditer(text), *_FOREIGN.finditer(text)]:
        if not _NO_PHONE.fullmatch(match.group()):
            yield _hit("phone", match)


def _could_be_born(day: int, month: int) -> bool:
    """Also a D-number (day + 40) and a synthetic one (month + 40, 65 or 80). A slip in the rest is still a number."""
    day -= 40 if day > 40 else 0
    return 1 <= day <= 31 and any(1 <= month - added <= 12 for added in (0, 40, 65, 80))


def _births(text: str, words: Words) -> Iterator[Hit]:
    """A day so long ago that somebody grown up was born then; a meeting was not."""
    for match in _ANY_DATE.finditer(text):
        year = _YEAR.search(match.group())
        if _SHORT_YEAR.search(match.group()) if year is None else int(year.group()) < _lists().born_before:
            yield _hit("birth", match)


def _addresses(text: str, words: Words) -> Iterator[Hit]:
    for pattern in (_lists().address, _PLAN):
        yield from (_hit("address", match) for match in pattern.finditer(text))


def _institutions(text: str, words: Words) -> Iterator[Hit]:
    for match in _lists().institutions.finditer(text):
        first = match.group().split()[0]
        opens = _opens(text, match.start())
        if not (opens and first in _lists().first_words) and first.casefold() not in words.known:
            yield _hit("institution", match)


def _ages(text: str, words: Words) -> Iterator[Hit]:
    """Of one person. «Alle over 67 år» and «80-åringer» are groups."""
    for match in _lists().age.finditer(text):
        if not _GROUP.search(text[: match.start()]):
            yield _hit("age", match)


def _initials(text: str, words: Words) -> Iterator[Hit]:
    yield from (_hit("initials", match) for match in _INITIALS.finditer(text))
    for match in _INITIAL_NAME.finditer(text):
        last = match["last"].removesuffix("s")
        if last in _lists().surnames or last.endswith("sen"):
            yield _hit("name", match)


def _small_letters(text: str, words: Words) -> Iterator[Hit]:
    """«kari nordmann»: a given name and a surname after each other, however they are written."""
    lists = _lists()
    for match in _PAIR.finditer(text):
        first, last = match["first"].title(), match["last"].title()
        surname = last in lists.surnames or last.removesuffix("s") in lists.surnames
        if first in lists.given and surname and (first not in lists.both or last.endswith("sen")):
            end = match.end("last")
            yield Hit(match.start(), end, "name", text[match.start() : end])


def _only_one(text: str, words: Words) -> Iterator[Hit]:
    yield from (_hit("combination", match) for match in _lists().only_one.finditer(text))


@dataclass(frozen=True, slots=True)
class _Token:
    """A word with a capital, and whether it stands where every word has one."""

    start: int
    end: int
    word: str
    opens: bool

    @property
    def bare(self) -> str:
        """Without the genitive: «Karis», «Hansens»."""
        return self.word[:-1] if self.word.endswith("s") and len(self.word) > 3 else self.word

    @property
    def parts(self) -> list[str]:
        """«Kari-Ann», «Hansen-saken»."""
        return [part for part in self.word.split("-") if len(part) > 2] if "-" in self.word else []


def _names(text: str, words: Words) -> Iterator[Hit]:
    for run in _runs(text):
        while run and run[0].opens and _says_nothing(run[0]):
            run = run[1:]
        yield from _of_run(text, run, words)


def _of_run(text: str, run: list[_Token], words: Words) -> Iterator[Hit]:
    """A run of capitals is a name when it is two words or more that are not all known to be something else."""
    run = [token for token in _written_out(run) if not _acronym(token.word) or _in(token, words.register)]
    if not run or _is_known(run, words):
        return
    several = len(run) > 1 and not all(_is_known([token], words) for token in run)
    if several or _is_name(text, run[0]):
        register = any(_in(token, words.register) for token in run)
        kind = "register" if register and not several else "name"
        yield Hit(run[0].start, run[-1].end, kind, text[run[0].start : run[-1].end])
        return
    for token in run:
        if _in(token, words.register) and not _is_known([token], words):
            yield Hit(token.start, token.end, "register", token.word)


def _written_out(run: list[_Token]) -> list[_Token]:
    """«KARI NORDMANN» as «Kari Nordmann», where one of them is a given name and nothing else."""
    lists = _lists()
    plain = [replace(one, word=one.word.title()) if len(one.word) > 2 and one.word.isupper() else one for one in run]
    if not any(one.word in lists.given - lists.both for one in plain):
        return run
    named = lists.given | lists.surnames
    return [new if new.word in named else old for old, new in zip(run, plain, strict=True)]


def _in(token: _Token, among: Iterable[str]) -> bool:
    return any(word.casefold() in among for word in (token.word, token.bare, *token.parts))


def _says_nothing(token: _Token) -> bool:
    return token.word in _lists().first_words


def _acronym(word: str) -> bool:
    return len(word) < 6 and word.isupper()


def _is_known(run: list[_Token], words: Words) -> bool:
    """As a whole, or word by word where none is a given name."""
    first = [token.word for token in run[:-1]]
    if any(_stands_for_nobody(" ".join([*first, last]), words) for last in (run[-1].word, run[-1].bare)):
        return True
    each = all(_stands_for_nobody(token.word, words) or _stands_for_nobody(token.bare, words) for token in run)
    return each and not any(token.word in _lists().given for token in run)


def _stands_for_nobody(said: str, words: Words) -> bool:
    return said in _lists().not_people or said.casefold() in words.known or said.casefold() in _places()


def _is_name(text: str, token: _Token) -> bool:
    """One word alone: a given name, or a surname where no sentence opens; «Bo» and «Liv» are also other words."""
    lists = _lists()
    before = text[: token.start].rstrip().rsplit(maxsplit=1)
    titled = bool(before) and before[-1].casefold() in lists.titles
    for word in (token.word, token.bare, *token.parts):
        if word in lists.given and (not token.opens or word not in lists.both):
            return True
        if word in lists.surnames and (not token.opens or word.endswith("sen")):
            return True
    ends = not token.opens and re.fullmatch(r"[A-ZÆØÅ]\w{2,}sen", token.bare) is not None
    return titled or ends


def _runs(text: str) -> Iterator[list[_Token]]:
    """Words with a capital that follow each other with nothing but a blank between."""
    run: list[_Token] = []
    for match in _TOKEN.finditer(text):
        word = match.group().rstrip("-'’")
        if run and text[run[-1].end : match.start()] not in (" ", "  ", "\u00a0"):
            yield run
            run = []
        if word[:1].isupper():
            run.append(_Token(match.start(), match.start() + len(word), word, _opens(text, match.start())))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _opens(text: str, at: int) -> bool:
    """Does a sentence, a line or a point of a list begin here?"""
    return _BOUNDARY.search(text[max(0, at - 12) : at]) is not None or at == 0


def _together(text: str, words: Words) -> Iterator[Hit]:
    """Weak signs in one sentence: a small place or a house with something uncommon, or three of any sort."""
    for sentence in _SENTENCE.finditer(text):
        found = list(signs(sentence.group(), sentence.start(), words))
        sorts = {sort for sort, _ in found}
        if "place" in sorts and sorts & {"uncommon", "age"}:
            yield from (Hit(hit.start, hit.end, "small_place", hit.words) for sort, hit in found if sort != "person")
        elif len(sorts) > 2 or ("uncommon" in sorts and sorts & {"age", "house"}):
            yield from (Hit(hit.start, hit.end, "combination", hit.words) for _, hit in found)


def signs(sentence: str, at: int, words: Words) -> Iterator[tuple[str, Hit]]:
    """The weak ones, each with its sort; `at`: where the sentence begins in the text."""
    lists = _lists()
    searched = (
        ("uncommon", lists.uncommon),
        ("person", lists.persons),
        ("age", lists.age),
        ("house", lists.institutions),
    )
    for sort, pattern in searched:
        for match in pattern.finditer(sentence):
            yield sort, Hit(at + match.start(), at + match.end(), "", match.group())
    for match in _TOKEN.finditer(sentence):
        word = match.group()
        if (word.casefold() in words.small or word[:-1].casefold() in words.small) and (
            word[:1].isupper() or len(word) >= _LONG_PLACE
        ):
            yield "place", Hit(at + match.start(), at + match.end(), "", word)


_RULES: tuple[Callable[[str, Words], Iterator[Hit]], ...] = (
    _forms, _numbers, _births, _addresses, _institutions, _ages, _initials, _small_letters, _names,
    _only_one, _together,
)  # fmt: skip


@cache
def _places() -> frozenset[str]:
    """Names of kommuner and their places: not persons, though Lund and Strand are surnames too when alone."""
    told = {kommune.name.casefold() for kommune in kommuner()}
    told |= {place.place.casefold() for kommune in kommuner() if kommune.region for place in kommune.places}
    return frozenset(told | {part for name in told if " " in name for part in [name.replace(" ", "-")]})


@cache
def _lists() -> _Lists:
    data = read(FILE)
    streets = "|".join(map(re.escape, data["streets"]))
    houses = "|".join(map(re.escape, data["institutions"]))
    uncommon = "|".join(map(re.escape, [*data["only"], *data["roles"], *data["traits"]]))
    persons = "|".join(map(re.escape, [*data["persons"], *data["roles"], *data["traits"]]))
    traits = "|".join(map(re.escape, data["traits"]))
    one_person = "|".join(map(re.escape, data["persons"]))
    plain = ("given", "both", "surnames", "first_words", "not_people", "titles")
    return _Lists(
        **{name: frozenset(data[name]) for name in plain},
        age=re.compile(
            r"\b(?:\d{1,3}(?:-| )åring(?:en)?\b|\d{1,3} år(?:e)? gam(?:mel|mal|le)\b"
            rf"|(?:{persons}){_ENDING}(?: \(| på | i en alder av )\d{{1,3}}(?: år)?\)?"
            rf"|(?:{one_person}|hun|han|hen)(?:,? |, | (?:er|var|ble|blir|fylte|fyller|har fylt) )(?:\d{{2,3}}|\d{{6}})"
            rf"(?: år)?\b(?! ?(?:{_NO_AGE}))"
            rf"|(?:{one_person}) (?:midt |tidlig |sent )?i (?:\d0-|{_TENS})årene)",
            re.IGNORECASE,
        ),
        only_one=re.compile(
            rf"\beneste (?:(?:som (?:er|har|bruker)|med|i) )?(?:{traits}){_ENDING}\b(?: \w+)?", re.IGNORECASE
        ),
        persons=re.compile(rf"\b(?:{'|'.join(data['persons'])})\b", re.IGNORECASE),
        uncommon=re.compile(rf"\b(?:{uncommon}){_ENDING}\b", re.IGNORECASE),
        institutions=re.compile(rf"\b[{_UPPER}]{_WORD}+ (?:{houses})\b"),
        address=re.compile(
            rf"\b(?:[{_UPPER}]{_WORD}*(?:{streets}|gt\.?)|[{_UPPER}]{_WORD}+ (?:{streets}))"
            r"(?: nr\.?)? \d{1,4}(?: ?[A-Za-z])?\b"
            rf"|\b[a-zæøå]{{3,}}(?:veien|vegen|gata|gaten) \d{{1,4}}\b(?! ?(?:{_NO_AGE}))"
        ),
        born_before=int(data["born_before"]),
    )
