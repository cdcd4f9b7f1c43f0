"""Finding matters by name, phone or id number: exact words only, among those that are there for the one who asks.

Nothing readable is stored: a told name becomes keyed tokens (varde.privacy.index), and so does what is searched for.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from tenants.inbox.models import Concern, SearchTerm
from tenants.inbox.told import Told
from varde.audit import hooks
from varde.audit.models import Rule
from varde.identity.models import User
from varde.privacy.index import tokens

# A phone number of eight digits or an id number of eleven, as people write them, with blanks in between.
_NUMBERS = re.compile(r"(?<!\d)\d(?:[ .]?\d){7}(?:[ .]?\d{3})?(?!\d)")
_MOST = 60
_SHORTEST = 2

Terms = Callable[[], QuerySet[Any]]
_rooms: list[Terms] = [SearchTerm.objects.all]


def also_in(terms: Terms) -> None:
    """A later room's rows with `concern_id` and `token` are searched too; called once per room in AppConfig.ready()."""
    if terms not in _rooms:
        _rooms.append(terms)


def words_in(text: str) -> list[bytes]:
    """The tokens of the words of a name or a place, as a search makes them."""
    return list(_tokens([text], []))


def numbers_in(text: str) -> list[bytes]:
    """The tokens of the phone and id numbers in a text, as a search makes them."""
    return list(_tokens([], [text]))


def terms_of(told: Told) -> set[bytes]:
    """The tokens of those whom it is about and of every number beside them.

    Nothing of the reporter: who reported is shown for a reason that is kept, and a hit would tell without one.
    """
    return tokens_of(told.who, told.suspected)


def tokens_of(who: str, suspected: str) -> set[bytes]:
    """The same of the two texts."""
    named = [who, suspected]
    return set(list(_tokens(named, named))[:_MOST])


def keep_terms(concern: Concern, told: Told) -> None:
    """Lay the tokens beside the concern, in the order of nothing."""
    for token in sorted(terms_of(told)):
        SearchTerm(concern=concern, token=token).save()


def wanted(typed: str) -> list[bytes]:
    """The tokens of a search; empty when there is nothing to search for."""
    return list(_tokens([_NUMBERS.sub(" ", typed)], [typed]))


def found(wanted_tokens: list[bytes]) -> QuerySet[Concern]:
    """Concerns that hold every token, in whichever room, the newest first."""
    held: dict[UUID, set[bytes]] = defaultdict(set)
    for terms in _rooms:
        for matter, token in terms().filter(token__in=wanted_tokens).values_list("concern_id", "token"):
            held[matter].add(bytes(token))
    return these([matter for matter, tokens_there in held.items() if tokens_there >= set(wanted_tokens)])


def there(wanted_tokens: Collection[bytes]) -> set[bytes]:
    """Those of them that stand in a matter which the reader sees, in whichever room."""
    return {
        bytes(token)
        for terms in _rooms
        for token in terms().filter(token__in=wanted_tokens).values_list("token", flat=True)
    }


def these(matters: Collection[UUID]) -> QuerySet[Concern]:
    """Those of them that the reader sees, the newest first."""
    return Concern.objects.filter(id__in=matters).order_by("-received_at", "id")


def _tokens(names: Iterable[str], numbers: Iterable[str]) -> Iterable[bytes]:
    for text in names:
        words = [word for word in text.split() if len(word) >= _SHORTEST and not any(map(str.isdigit, word))]
        yield from tokens("name", " ".join(words))
    for text in numbers:
        for number in _NUMBERS.findall(text):
            yield from tokens("id_number", number) or tokens("phone", number)


def own_names(pairs: Collection[hooks.Pair]) -> dict[hooks.Pair, frozenset[Rule]]:
    """For the log's control: in which of these (user, matter) does the matter hold the user's own whole name?"""
    names = dict(User.objects.filter(id__in={user for user, _ in pairs}).values_list("id", "name"))
    wanted_of = {user: set(tokens("name", name)) for user, name in names.items()}
    held: dict[UUID, set[bytes]] = defaultdict(set)
    for terms in _rooms:
        rows = terms().filter(concern__in={matter for _, matter in pairs})
        for matter, token in rows.values_list("concern_id", "token"):
            held[matter].add(bytes(token))
    own = frozenset({Rule.OWN_NAME})
    return {
        (user, matter): own
        for user, matter in pairs
        if len(wanted_of.get(user, ())) > 1 and wanted_of[user] <= held[matter]
    }
