"""What somebody who asks for access is told of how long it is kept."""

from tenants.inbox.models import Concern
from tenants.inbox.states import OVER
from tenants.insight.said import texts
from tenants.insight.sources import Source
from tenants.kept import queries
from tenants.kept.models import KeptLonger, WithoutFile
from varde.ui.dates import short_date

FILE = Source(WithoutFile, "Saken", "Fil som slettes uten at arkivet har den", texts(reason="Hvorfor"), "at", "by_name")
LONGER = Source(KeptLonger, "Saken", "Lagres lenger", texts(reason="Hvorfor"), "at", "by_name")


def kept_for(concern: Concern) -> str:
    """The class of a closed matter, its time, day and ground; "" while the kommune has not decided on it."""
    found = queries.one(concern) if concern.progress in OVER else None
    if found is None or not found.standing.chosen.decided:
        return ""
    chosen, day = found.standing.chosen, found.standing.due_on
    until = f", til {short_date(day)}" if day else ""
    return f"{chosen.name}. Lagres i {chosen.time}{until}. Grunnlag: {chosen.ground}"
