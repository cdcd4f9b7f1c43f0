"""A card's numbers, name and place as keyed tokens: for the search, and to see that a person or a place comes again."""

import re
import unicodedata
from collections.abc import Iterator

from tenants.inbox.search import numbers_in, words_in
from tenants.persons.card import Card
from varde.privacy import normal
from varde.privacy.index import tokens

# What says «the same» of two cards; a single word of a name does not.
TELLING = ("id_number", "phone", "whole_name", "place")
# What stands as it is in what was told too, and so can be found there.
NUMBERS = ("id_number", "phone")


def terms_of(card: Card) -> set[tuple[str, bytes]]:
    """(kind, token) of everything in the card that is searched for.

    A protected address has none: whoever searches for a place must not learn who lives there. Neither has the name of
    an unknown person: «ukjent mann» is not somebody's name.
    """
    found = {("id_number", token) for token in tokens("id_number", card.id_number)}
    found |= {("phone", token) for token in numbers_in(card.phone) or tokens("phone", card.phone)}
    if card.known != "unknown":
        found |= {("name", token) for token in words_in(card.name)}
        found |= {("whole_name", token) for token in tokens("whole_name", card.name)}
    if not card.protected:
        found |= set(_place(card.address))
    return found


def _place(address: str) -> Iterator[tuple[str, bytes]]:
    for token in tokens("place", address):
        yield "place", token
    for part in normal.places(address):
        for token in words_in(part):
            yield "name", token


def same_place(one: str, other: str) -> bool:
    """Do two addresses name the same place?"""
    return bool(set(normal.places(one)) & set(normal.places(other)))


def names_place(text: str, address: str) -> bool:
    """Does a text name the place of this address, also in the middle of a sentence?"""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return same_place(text, address) or any(_said(place).search(plain) for place in normal.places(address))


def _said(place: str) -> re.Pattern[str]:
    """«storgata 77b», however it is written: with a comma or a line between, and the letter apart."""
    apart = (re.sub(r"(?<=\d)(?=[a-zæøå]$)", r"\\W*", re.escape(word)) for word in place.split())
    return re.compile(rf"(?<!\w){r'\W+'.join(apart)}(?!\w)")
