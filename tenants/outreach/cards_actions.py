"""Writing the kommune's own words of a card, and approving them."""

from collections.abc import Mapping

from django.db import transaction

from tenants.outreach import cards_queries
from tenants.outreach.cards_models import CardText
from varde import turn
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused, check_seen


@transaction.atomic
def write(*, language: str, told: Mapping[str, str], approved: bool, seen: str | None, by: Reader) -> CardText:
    """A draft, or with `approved` what is printed and shown from now on; what stood before is kept.

    Raises Refused for a language that no card is made in, Overtaken when somebody else wrote meanwhile.
    """
    require(by, Permission.OUTREACH)
    turn.wait_for(f"outreach.card.{language}")
    found = cards_queries.card(language)
    if found is None:
        raise Refused("Det lages ikke kort på dette språket.")
    check_seen(seen, cards_queries.as_seen(found))
    row = CardText(language=language, approved=approved, at=now(), by_name=by.name[:200], **told)
    row.save(force_insert=True)
    action = Action.CHANGE if approved else Action.CREATE
    record(by=by, action=action, what="outreach.card", ids=[row.id], reason="godkjent" if approved else "")
    return row
