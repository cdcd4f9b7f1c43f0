"""A text as the screening reads it: one kind of blank, of dash and of digit, and nothing that is not seen. Pure.

A number with a hard blank, a long dash or an invisible sign in it is the same number.
"""

import unicodedata
from dataclasses import dataclass

_BLANKS = {"\n": "\n", "\u2028": "\n", "\u2029": "\n", "\u0085": "\n"}
_DASHES = "\u2212_"


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is what is read; `at` says for each place in it where that is in what was written."""

    text: str
    at: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """From and to (not included) in what was written."""
        return self.at[start], self.at[end]


def folded(text: str) -> Folded:
    """Sign for sign; invisible ones are left out, and a letter with its loose accent becomes one."""
    signs: list[str] = []
    at: list[int] = []
    for place, sign in enumerate(text):
        if signs and unicodedata.combining(sign):
            whole = unicodedata.normalize("NFC", signs[-1] + sign)
            if len(whole) == 1:
                signs[-1] = whole
                continue
        seen = _sign(sign)
        if seen:
            signs.append(seen)
            at.append(place)
    return Folded("".join(signs), (*at, len(text)))


def _sign(sign: str) -> str:
    """The one that is read for it; "" for one that is not seen."""
    if sign in _BLANKS:
        return _BLANKS[sign]
    kind = unicodedata.category(sign)
    if kind == "Cf":
        return ""
    if kind in ("Zs", "Cc"):
        return " "
    if kind == "Pd" or sign in _DASHES:
        return "-"
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign
