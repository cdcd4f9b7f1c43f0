"""Norwegian numbers in words as digits, so that what knows numbers by their form knows these too. Pure."""

import re

_SMALL = {
    "null": 0, "en": 1, "ett": 1, "én": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "sju": 7, "syv": 7,
    "åtte": 8, "ni": 9, "ti": 10, "elleve": 11, "tolv": 12, "tretten": 13, "fjorten": 14, "femten": 15, "seksten": 16,
    "sytten": 17, "atten": 18, "nitten": 19,
}  # fmt: skip
_TENS = {
    "tjue": 20, "tyve": 20, "tretti": 30, "tredve": 30, "førti": 40, "førr": 40, "femti": 50, "seksti": 60,
    "sytti": 70, "åtti": 80, "nitti": 90,
}  # fmt: skip
_ORDERS = {
    "første": 1, "andre": 2, "tredje": 3, "fjerde": 4, "femte": 5, "sjette": 6, "sjuende": 7, "syvende": 7,
    "åttende": 8, "niende": 9, "tiende": 10, "ellevte": 11, "tolvte": 12, "trettende": 13, "fjortende": 14,
    "femtende": 15, "sekstende": 16, "syttende": 17, "attende": 18, "nittende": 19, "tjuende": 20, "trettiende": 30,
}  # fmt: skip
_ONES = {word: number for word, number in _SMALL.items() if 0 < number < 10}
_LATER = {word: number for word, number in _ORDERS.items() if number < 10}
_WORD = re.compile(r"[a-zæøåé]+", re.IGNORECASE)
_CENTURY = re.compile(r"(?P<first>[a-zæøå]+?)hundre(?:og)?(?P<rest>[a-zæøåé]*)")
_DIGITS = re.compile(r"\b\d(?: \d){3,}\b")


def _below_hundred(word: str) -> int | None:
    if word in _SMALL or word in _TENS:
        return _SMALL.get(word, _TENS.get(word))
    for tens, number in _TENS.items():
        rest = word.removeprefix(tens)
        if rest != word and rest.removeprefix("og") in _ONES:
            return number + _ONES[rest.removeprefix("og")]
    # The older way: «femogåtti».
    first, _, last = word.partition("og")
    return _ONES[first] + _TENS[last] if first in _ONES and last in _TENS else None


def _number(word: str) -> int | None:
    if (century := _CENTURY.fullmatch(word)) is not None:
        first = _below_hundred(century["first"])
        rest = _below_hundred(century["rest"]) if century["rest"] else 0
        return None if first is None or rest is None else first * 100 + rest
    return _below_hundred(word)


def _order(word: str) -> int | None:
    if word in _ORDERS:
        return _ORDERS[word]
    return next(
        (number + _LATER[word.removeprefix(tens)] for tens, number in _TENS.items()
         if word.removeprefix(tens) in _LATER and word != word.removeprefix(tens)),
        None,
    )  # fmt: skip


def in_digits(text: str) -> str:
    """The text with its numbers in digits; digits that stand one by one are put together."""
    made = _WORD.sub(_digits_of, text)
    return _DIGITS.sub(lambda match: match.group().replace(" ", ""), made)


def _digits_of(match: re.Match[str]) -> str:
    word = match.group().lower()
    if (number := _number(word)) is not None:
        return str(number)
    order = _order(word)
    return match.group() if order is None else f"{order}."
