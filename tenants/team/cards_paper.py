"""An action card as a paper to hang up."""

from datetime import datetime

from shared.codes.action_cards import ActionCard
from varde.documents.paper import Heading, Items, Note, Paper, Piece
from varde.ui.dates import short_date


def paper_of(card: ActionCard, *, office: str, now: datetime) -> Paper:
    """When, step by step, and what to remember."""
    remember: list[Piece] = [Heading("Husk"), Items(card.remember)] if card.remember else []
    return Paper(
        title=card.title,
        office=f"TryggEst i {office}",
        made_at=now,
        lead=card.when,
        mark="Handlingskort",
        foot=f"Utgave {card.version}, {card.owner}, ses over {short_date(card.review_day)}",
        pieces=(
            Note("Er noen i fare nå? Ring 112. Er noen skadet? Ring 113."),
            Heading("Gjør dette"),
            Items(card.steps, numbered=True),
            *remember,
        ),
        large=True,
    )
