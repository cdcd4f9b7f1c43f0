"""Asking for the words of cards: the kommune's own, or those that come with the platform."""

from collections.abc import Sequence
from dataclasses import dataclass

from tenants.outreach.cards import LANGUAGES, OWN_NAMES, Words, ours_in
from tenants.outreach.cards_models import CardText
from varde.refusal import print_of

FIELDS = ("title", "lead", "ring", "web", "code", "anonymous", "urgent", "lines")


@dataclass(frozen=True, slots=True)
class Card:
    """One language: what can be printed, whether the kommune has approved it, and a draft that is newer."""

    language: str
    words: Words | None
    approved: CardText | None
    newest: CardText | None

    @property
    def name(self) -> str:
        """In Bokmål."""
        return LANGUAGES[self.language]

    @property
    def has_draft(self) -> bool:
        """Somebody has written what nobody has approved."""
        return self.newest is not None and self.newest != self.approved


def cards() -> list[Card]:
    """Every language, also those that have no words yet."""
    rows = list(CardText.objects.order_by("at", "id"))
    return [_card(language, [row for row in rows if row.language == language]) for language in LANGUAGES]


def card(language: str) -> Card | None:
    """One language; None for one that no card is made in."""
    if language not in LANGUAGES:
        return None
    return _card(language, list(CardText.objects.filter(language=language).order_by("at", "id")))


def _card(language: str, rows: Sequence[CardText]) -> Card:
    approved = next((row for row in reversed(rows) if row.approved), None)
    newest = rows[-1] if rows else None
    return Card(language, approved.words if approved else ours_in(language), approved, newest)


def approved_in(language: str) -> Words | None:
    """What the kommune has approved, for the public page."""
    row = CardText.objects.filter(language=language, approved=True).order_by("at", "id").last()
    return row.words if row else None


def public_languages() -> list[tuple[str, str]]:
    """(code, the language's own name) of those that have approved words."""
    there = set(CardText.objects.filter(approved=True).values_list("language", flat=True))
    return [(code, name) for code, name in OWN_NAMES.items() if code in there]


def initial_of(found: Card) -> dict[str, str]:
    """What the form shows: what was written last, else ours, else nothing."""
    if found.newest is not None:
        return {name: str(getattr(found.newest, name)) for name in FIELDS}
    if found.words is None:
        return {}
    return {name: str(getattr(found.words, name)) for name in FIELDS[:-1]} | {"lines": "\n".join(found.words.lines)}


def as_seen(found: Card) -> str:
    """What stands, for the page to send back."""
    return print_of(found.newest, FIELDS) if found.newest else ""
