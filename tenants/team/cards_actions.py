"""Loading action cards."""

from django.db import IntegrityError, transaction

from shared.codes.action_cards import ActionCard, load_cards
from tenants.team import cards_queries
from tenants.team.cards_models import CardVersion
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused


@transaction.atomic
def load(*, text: str, by: Reader) -> list[ActionCard]:
    """Take the cards of a file into use; those that are there already are left as they are.

    Raises BadList, and Refused for a version that is there with other words, or when nothing is new.
    """
    require(by, Permission.SETTINGS)
    known = {
        (each.card.code, each.card.version): each.card for own in cards_queries.versions().values() for each in own
    }
    fresh = []
    for card in load_cards(text):
        there = known.get((card.code, card.version))
        if there is None:
            fresh.append(card)
        elif there != card:
            raise Refused(
                f"«{card.title}», utgave {card.version}, finnes fra før med et annet innhold. "
                "Gi kortet et nytt nummer i filen."
            )
    if not fresh:
        raise Refused("Alle kortene i filen er lagt inn fra før.")
    for card in fresh:
        row = CardVersion(code=card.code, version=card.version, content=card.content())
        row.loaded_at, row.loaded_by_name = now(), by.name[:200]
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:
            raise Refused("Noen andre la inn kortene samtidig. Se over listen.") from error
        record(by=by, action=Action.CREATE, what="team.card", ids=[row.id], reason=card.title)
    return fresh
