"""Choosing who carries a matter, and a service's receipt. Each is a new row."""

from datetime import date

from django.db import transaction

from tenants.inbox.models import Concern
from tenants.triage import carry, carry_queries
from tenants.triage.carry import Choice
from tenants.triage.carry_models import Accepted, Carried
from tenants.triage.said import check_seen, lay, newest_of, take_going
from varde.access import Reader
from varde.clock import now
from varde.refusal import Refused
from varde.ui.dates import date_and_time, day_of


@transaction.atomic
def choose(*, concern: Concern, choice: Choice, seen: str | None, by: Reader) -> Carried:
    """From now on this is who carries it.

    Raises Refused for what is missing and for a matter that is over, Overtaken when somebody else chose.
    """
    held = take_going(concern, by)
    newest = newest_of(carry_queries.carried(held))
    check_seen(newest, seen, newest.said if newest else "")
    carry.check(choice)
    row = Carried(
        concern=held, carrier=choice.carrier, service=choice.service, applied_for=choice.applied_for,
        reason=choice.reason, waits=choice.carrier in carry.HANDED_OVER,
    )  # fmt: skip
    return lay(row, what="triage.carry", by=by)


@transaction.atomic
def accept(*, concern: Concern, accepted_by: str, accepted_on: date, by: Reader) -> Accepted:
    """The service has said that it has the matter.

    Raises Refused when no service was asked, when it has answered already, for a day that cannot be, and for a matter
    that is over.
    """
    held = take_going(concern, by)
    newest = newest_of(carry_queries.carried(held))
    if newest is None or not newest.handed_over:
        raise Refused("Saken er ikke gitt til noen tjeneste.")
    earlier = carry_queries.receipt_of(newest)
    if earlier is not None:
        raise Refused(f"{earlier.by_name} skrev {date_and_time(earlier.at)} at tjenesten har tatt imot.")
    if not accepted_by:
        raise Refused("Skriv hvem i tjenesten som tok imot.")
    carry.check_accepted(accepted_on, day_of(newest.at), day_of(now()))
    row = Accepted(concern=held, carried=newest, accepted_by=accepted_by, accepted_on=accepted_on)
    return lay(row, what="triage.carry", by=by, reason="tjenesten har tatt imot")
