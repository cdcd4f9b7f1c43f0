"""Asking about action cards: those of the office, else those that come with Varde."""

from dataclasses import dataclass
from datetime import datetime

from shared.codes.action_cards import ActionCard, card_of, shipped_cards
from tenants.team.cards_models import CardVersion


@dataclass(frozen=True, slots=True)
class Shown:
    """A card, and when and by whom it was loaded; None for one that comes with Varde."""

    card: ActionCard
    loaded_at: datetime | None = None
    loaded_by: str = ""


def versions() -> dict[str, list[Shown]]:
    """Every version of every card by code, the one in use first."""
    found: dict[str, list[Shown]] = {}
    for row in CardVersion.objects.order_by("-loaded_at", "-id"):
        found.setdefault(row.code, []).append(Shown(card_of(row.content), row.loaded_at, row.loaded_by_name))
    for card in shipped_cards():
        own = found.setdefault(card.code, [])
        if all(each.card.version != card.version for each in own):
            own.append(Shown(card))
    return found


def in_use() -> list[Shown]:
    """The cards as they are now, by title."""
    return sorted((each[0] for each in versions().values()), key=lambda shown: shown.card.title.casefold())


def versions_of(code: str) -> list[Shown]:
    """The versions of one card, the one in use first; none for an unknown code."""
    return versions().get(code, [])
