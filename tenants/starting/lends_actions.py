"""The kommune's own word on lends: yes with the answer to the terms, yes or no to each beside it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from shared.contracts import AgreementNotice
from shared.registry import lends_actions
from tenants.starting import lends_queries
from varde import turn
from varde.access import Permission, Reader, require
from varde.clock import now
from varde.refusal import Refused

GONE = "Utlånet står ikke i avtalen lenger, eller er besvart. Se listen slik den er nå."


def with_the_yes(letter: AgreementNotice, region: UUID, since: datetime, by: Reader) -> None:
    """Whoever says yes to terms says yes to the lends in them that are about the kommune."""
    for lend, story in lends_queries.stories(letter, region, since, by):
        lends_actions.say(lend=lend, story=story, by=by)


@transaction.atomic
def say_yes(*, key: str, by: Reader) -> None:
    """Yes to what the agreement says of a lend. Raises Refused when it does not wait for us."""
    row = _row(key, by)
    if not row.asked:
        raise Refused(GONE)
    lends_actions.say(lend=row.lend, story=row.story, by=by)


@transaction.atomic
def say_no(*, key: str, by: Reader) -> None:
    """No, from now: nobody is lent by it. Raises Refused when we have not said yes."""
    row = _row(key, by)
    if not row.ours:
        raise Refused(GONE)
    lends_actions.say(lend=row.lend, story=[(now(), False)], by=by)


def _row(key: str, by: Reader) -> lends_queries.Row:
    require(by, Permission.AGREEMENT_SAY)
    turn.wait_for("starting.agreement")
    found = next((row for row in lends_queries.rows(by) if row.key == key), None)
    if found is None:
        raise Refused(GONE)
    return found
