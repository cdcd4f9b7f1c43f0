"""A closed period's figures as they were given to the kommune's leaders: protected, and frozen."""

from django.db import models

from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import USER, RowRights, said_now
from varde.privacy.models import AppendOnly


class GivenFigures(AppendOnly):
    """What may be printed of a period. A hidden figure is not in the row; nothing is ever given anew, nor a year beside
    its halves: a trigger refuses what overlaps."""

    row_rights = RowRights(
        people=holds(Permission.FIGURES_SEE),
        may_insert=" AND ".join(
            (f"given_by = {USER}", holds(Permission.RETURNS_SEND), said_now("given_by_name", "given_at"))
        ),
    )
    period = models.CharField(max_length=6)
    form = models.CharField(max_length=20)
    content = models.JSONField()
    given_at = models.DateTimeField()
    given_by = models.UUIDField()
    given_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "returns_given"
        indexes = [models.Index(fields=["period"], name="returns_given_period")]

    class Privacy:
        personal = ("given_by", "given_by_name")
        free_text = ()
        safe = ("id", "period", "form", "content", "given_at")
        open_because = {
            "period": "Et år eller halvår, for eksempel 2019H1.",
            "form": "Navnet på en utgave av skjemaet, fra en fast liste.",
            "content": "Antall etter skjerming: små tall, og tall som kunne røpet dem, er ikke med.",
            "given_by_name": "Navnet på den ansatte som godkjente tallene, ikke på noen i en sak.",
        }
