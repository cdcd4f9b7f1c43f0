"""Where the person is said to live and where it happened, as keyed tokens: for the search, and for warnings of a place.

What a later room says must not be shown (`facts.hide`) has none: whoever searches for a place must not learn who is
hidden there.
"""

import secrets
from collections.abc import Collection

from django.db.models import Exists, OuterRef

from tenants.inbox.facts import hidden_in
from tenants.inbox.models import Concern
from tenants.inbox.places_models import PlaceTerm
from tenants.inbox.search import words_in
from varde.privacy import normal
from varde.privacy.fields import open_together, text_or
from varde.privacy.index import LENGTH, tokens

TOLD = ("where_lives", "where_happened")
_MOST = 60


def named(text: str) -> str:
    """The words of free text that may name a place: those with a capital letter, and those beside a house number."""
    numbered = [part for part in normal.places(text) if any(map(str.isdigit, part))]
    return " ".join([*numbered, *(word for word in text.split() if word[:1].isupper())])


def terms_of(lives: str, happened: str) -> list[tuple[str, bytes]]:
    """(kind, token) of everything in the two that is searched for, whole places first."""
    whole = {("place", token) for text in (lives, happened) for token in tokens("place", text)}
    parts = {("name", token) for text in (lives, named(happened)) for token in words_in(text)}
    return [*sorted(whole), *sorted(parts)][:_MOST]


def lay(concern: Concern, hidden: Collection[str] = ()) -> None:
    """Lay the tokens of a concern that is just being stored; of the fields in `hidden` there are none."""
    lives, happened = ("" if name in hidden else getattr(concern, name) for name in TOLD)
    terms = terms_of(lives, happened)
    _keep(concern, terms or ([("none", secrets.token_bytes(LENGTH))] if hidden else []))


def lay_again(concern: Concern) -> None:
    """The tokens of what may be shown now, in place of those that are there."""
    hidden = hidden_in(concern)
    lives, happened = ("" if name in hidden else text_or(concern, name, "") for name in TOLD)
    PlaceTerm.objects.filter(concern=concern).delete()
    _keep(concern, terms_of(lives, happened) or [("none", secrets.token_bytes(LENGTH))])


def lay_for_old(most: int) -> list[Concern]:
    """Lay the tokens of concerns from before there were any, at most so many; for the purpose that looks after keys."""
    laid = PlaceTerm.objects.filter(concern=OuterRef("pk"))
    rows = Concern.objects.exclude(where_lives="", where_happened="").exclude(Exists(laid))
    found = list(rows.order_by("received_at", "id")[:most])
    open_together(found)
    for concern in found:
        lay_again(concern)
    return found


def _keep(concern: Concern, terms: list[tuple[str, bytes]]) -> None:
    PlaceTerm.objects.bulk_create([PlaceTerm(concern=concern, kind=kind, token=token) for kind, token in terms])
