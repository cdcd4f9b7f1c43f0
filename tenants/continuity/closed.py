"""Who reported is on no paper: what is known of them in a matter, to know them again in what else was written. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# A name and a number.
Someone = tuple[str, str]
_NUMBER = re.compile(r"\d(?:[\s.-]?\d){7,}")


@dataclass(frozen=True, slots=True)
class Closed:
    """Names, numbers and what was said of whoever reported."""

    names: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    said: str = ""

    def is_in(self, *texts: str) -> bool:
        """Does any of these name them, or a number of theirs?"""
        return any(
            any(name in text.casefold() for name in self.names) or bool(self.numbers & _numbers(text)) for text in texts
        )

    def is_partner(self, name: str, *others: str) -> bool:
        """Did a partner of this name report, as itself or as where somebody works?"""
        plain = name.strip().casefold()
        named = bool(plain) and re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", self.said) is not None
        return named or self.is_in(name, *others)


def closed(reporter: Iterable[Someone], relation: str, others: Iterable[Someone]) -> Closed:
    """Of what was told of them and stands on their cards; not what is another's in the matter too, such as that of
    somebody who reported for themselves: that stands on the paper all the same."""
    own, theirs = list(reporter), list(others)
    said = " ".join([*(name for name, _ in own), relation]).casefold()
    return Closed(_names(own) - _names(theirs), _phones(own) - _phones(theirs), said)


def _names(people: Iterable[Someone]) -> frozenset[str]:
    return frozenset(name.strip().casefold() for name, _ in people) - {""}


def _phones(people: Iterable[Someone]) -> frozenset[str]:
    return frozenset(number for _, phone in people for number in _numbers(phone))


def _numbers(text: str) -> frozenset[str]:
    """The phone numbers in it, without what is before the last eight digits."""
    return frozenset(re.sub(r"\D", "", found)[-8:] for found in _NUMBER.findall(text))
