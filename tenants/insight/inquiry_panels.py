"""On «I dag» and in the list: requests in no matter for the coordinators, and matches for whoever sees the matter."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tenants.inbox.due import Due, end_of
from tenants.inbox.home import homes_of
from tenants.insight import inquiry_access as access
from tenants.insight import inquiry_queries as queries
from tenants.insight.inquiry_models import Inquiry
from tenants.insight.inquiry_queries import Waiting
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.audit.extract import GROUND
from varde.privacy.fields import open_together
from varde.ui.dates import day_of

# Of those that are over; older ones are reached by their address until they are deleted.
_ENDED = 20


def on_today(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """Requests that are due, for those who answer; and where the person may stand in a matter that this reader sees."""
    rows = queries.listed().filter(due_on__lte=day_of(until))[:most] if access.answers(reader) else ()
    for row in rows:
        yield Due(
            kind="Innsyn", url=f"/innsyn/uten-sak/{row.pk}", what="insight.inquiry", log_id=row.pk,
            at=end_of(row.due_on), whole_day=True, text="Svar på krav om innsyn som ikke er knyttet til noen sak",
        )  # fmt: skip
    for each in _for(reader)[:most]:
        yield Due(
            kind="Innsyn", url=f"/innsyn/uten-sak/{each.inquiry_id}", what="insight.inquiry", log_id=each.concern_id,
            at=end_of(each.due_on), whole_day=True, text="Noen ber om innsyn, og kan stå i saken",
            concern_id=each.concern_id,
        )  # fmt: skip


def on_list(reader: Reader) -> dict[str, Any]:
    """For the list of requests: those in no matter that are open or over, and the matches that wait for this reader."""
    answers, waiting = access.answers(reader), _for(reader)
    opened, over = (list(queries.listed()), list(queries.ended()[:_ENDED])) if answers else ([], [])
    asked = Inquiry.objects.in_bulk([each.inquiry_id for each in waiting])
    open_together([*opened, *over, *asked.values()])
    if answers:
        access.note_listed(reader, [*opened, *over])
    matters = [each.concern_id for each in waiting]
    if matters:
        record(by=reader, action=Action.LIST, what="insight.inquiry", ids=matters, ground=GROUND)
    homes = homes_of(matters)
    lines = [
        {"row": asked[each.inquiry_id], "home": homes[each.concern_id]}
        for each in waiting
        if each.inquiry_id in asked and each.concern_id in homes
    ]
    return {"answers": answers, "inquiries": opened, "over": over, "matches": lines}


def _for(reader: Reader) -> list[Waiting]:
    """A coordinator meets the matches of an open request on its own page."""
    return [each for each in queries.waiting() if each.answered or not access.answers(reader)]
