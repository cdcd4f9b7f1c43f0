"""The words that the screening of this kommune knows: names in the register, as far as whoever writes may see them."""

import re
from collections.abc import Iterable

from shared.codes.kommuner import by_number
from shared.codes.screening import Look, Words, look
from shared.codes.screening_fold import folded
from shared.registry.models import Office
from tenants.inbox import search
from varde.access import Permission, Reader
from varde.audit.actions import Action, record
from varde.privacy.index import tokens

# A word with a capital, without the genitive.
_WORD = re.compile(r"\b[A-ZÆØÅÁČĐŊŠŦŽÖÄÜÉ][\w'’-]{2,}")


def looked(texts: dict[str, str], by: Reader) -> Look:
    """Screen these texts for this person; that the register was asked is logged, without the words."""
    return look(texts, words_for(texts.values(), by))


def words_for(texts: Iterable[str], by: Reader) -> Words:
    """What the screening knows of these texts."""
    offices = Office.objects.values_list("name", flat=True)
    return Words(
        register=names_in(texts, by),
        known=frozenset(name.casefold() for name in offices),
        small=small_places(by),
    )


def names_in(texts: Iterable[str], by: Reader) -> frozenset[str]:
    """Those of the words with a capital that are somebody's name in a matter which this person sees.

    Asked by keyed tokens under the reader's own row rights: a name in a hidden matter is no find, so that a warning
    tells nobody more than their own search would.
    """
    if not by.may(Permission.INBOX_READ):
        return frozenset()
    wanted = {
        token: word.casefold()
        for text in texts
        for said in set(_WORD.findall(folded(text).text))
        for word in {said, said.removesuffix("s"), *said.split("-")}
        for token in tokens("name", word)
    }
    if not wanted:
        return frozenset()
    record(by=by, action=Action.SEARCH, what="raising.names")
    return frozenset(wanted[token] for token in search.there(wanted))


def small_places(by: Reader) -> frozenset[str]:
    """The kommune's places but the one that it is named after."""
    number = Office.objects.values_list("number", flat=True).get(id=by.office.id)
    try:
        kommune = by_number(number or "")
    except ValueError:
        return frozenset()
    return frozenset(place.place.casefold() for place in kommune.places) - {kommune.name.casefold()}
