"""Returns of the kommuner as they came: counts per period. Never shown raw, and read by the worker alone."""

from django.db import models

from varde.access.rows import RowRights
from varde.privacy.models import AppendOnly


class PooledReturn(AppendOnly):
    """One kommune's counts of one quarter; a later one for the same quarter replaces it in the pool.

    Who has sent for which quarter, without what, is `queries.sent`.
    """

    row_rights = RowRights(purposes={"returns": "SELECT", "post": "INSERT"})
    kommune = models.UUIDField()
    kommune_number = models.CharField(max_length=6)
    period = models.CharField(max_length=6)
    form = models.CharField(max_length=20)
    content = models.JSONField()
    sent_at = models.DateTimeField()
    letter_id = models.UUIDField(unique=True)
    # The letter's number among the kommune's, by the post: the newest is the one that was laid last, whatever the
    # sender's clock said and in whatever order they were opened. 0 of those from before letters were numbered.
    number = models.BigIntegerField(default=0)

    class Meta:
        db_table = "statistics_return"
        indexes = [models.Index(fields=["period", "kommune", "sent_at"], name="statistics_newest")]

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "kommune", "kommune_number", "period", "form", "content", "sent_at", "letter_id", "number")
        open_because = {
            "kommune_number": "Kommunenummeret, som er offentlig.",
            "period": "Et kvartal, for eksempel 2019Q3.",
            "form": "Navnet på en utgave av skjemaet, fra en fast liste.",
            "content": "Antall i en kommune per svar på skjemaet, uten fritekst. Små tall kan forekomme: bare "
            "oppgaven som lager utgivelser, leser raden, og tallene vises bare etter skjerming.",
        }
