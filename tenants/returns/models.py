"""What has been sent to the region: counts only, frozen as sent."""

from django.db import models

from tenants.cases.models import Case
from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import USER, RowRights
from varde.privacy.models import AppendOnly, Row

_SEES = holds(Permission.RETURNS_SEE)


class SentReturn(AppendOnly):
    """The counts of one period, as they left. What is sent later for the same period is a later row; the region takes
    the newest. What somebody ordered has the order's id."""

    row_rights = RowRights(
        people=_SEES, may_insert="false", purposes={"returns": "SELECT, INSERT", "retention": "SELECT"}
    )
    period = models.CharField(max_length=6)
    form = models.CharField(max_length=20)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    letter_id = models.UUIDField()
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=200)
    # The order in which they left: clocks go wrong. 0 of those from before they were numbered.
    number = models.BigIntegerField(default=0)
    # What the one who ordered it saw then, as a digest: whether *their* figures have changed since tells of no others.
    seen_by = models.UUIDField(null=True)
    seen_digest = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        db_table = "returns_sent"
        indexes = [models.Index(fields=["period", "sent_at"], name="returns_newest")]

    class Privacy:
        personal = ("sent_by", "seen_by")
        free_text = ()
        safe = ("id", "period", "form", "content", "digest", "letter_id", "sent_at", "number", "seen_digest")
        open_because = {
            "period": "Et kvartal, for eksempel 2019Q3.",
            "form": "Navnet på en utgave av skjemaet, fra en fast liste.",
            "content": "Antall i kommunen per svar på skjemaet, uten fritekst. Små tall kan forekomme: bare "
            "kommunens egen innlogging leser raden, og regionen viser tallene bare etter skjerming.",
            "digest": "Et fingeravtrykk av tallene som ble sendt.",
            "sent_by": "Navnet på den ansatte som sendte tallene, ikke på noen i en sak.",
            "seen_digest": "Et fingeravtrykk av tallene som den ansatte så.",
        }


class GoneCounts(Row):
    """What the cases of a quarter counted that have been deleted by the rules, added up: figures that were sent must
    not change because a case is gone. Never a case by itself, and read by no person."""

    row_rights = RowRights(purposes={"retention": "SELECT, INSERT, UPDATE", "returns": "SELECT"})
    period = models.CharField(max_length=6)
    content = models.JSONField()

    class Meta:
        db_table = "returns_gonecounts"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "period", "content")
        open_because = {
            "period": "Et kvartal, for eksempel 2019Q3.",
            "content": "Antall per svar i slettede saker fra et kvartal, lagt sammen. Leses bare når tall lages.",
        }


class EarlierCase(Row):
    """The person of this case had an earlier one that has been deleted by the rules: it stays no first case, so that
    figures that were sent stay what they were. Read by no person; it goes with its case."""

    row_rights = RowRights(purposes={"retention": "SELECT, INSERT", "returns": "SELECT"})
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "returns_earliercase"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "case")


class Order(Row):
    """Somebody asked for a quarter to be sent. A worker counts every case, also those the person may not see."""

    row_rights = RowRights(
        people=_SEES,
        may_insert=f"ordered_by = {USER} AND done_at IS NULL AND {holds(Permission.RETURNS_SEND)}",
        may_change="false",
        purposes={"returns": "SELECT, UPDATE"},
    )
    period = models.CharField(max_length=6)
    ordered_at = models.DateTimeField()
    ordered_by = models.UUIDField()
    ordered_by_name = models.CharField(max_length=200)
    seen_digest = models.CharField(max_length=64)
    done_at = models.DateTimeField(null=True)
    # What came of it, as a sentence without figures, and without saying whether they are other figures than before.
    said = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "returns_order"
        indexes = [models.Index(fields=["done_at"], name="returns_waiting")]

    class Privacy:
        personal = ("ordered_by", "ordered_by_name")
        free_text = ()
        safe = ("id", "period", "ordered_at", "seen_digest", "done_at", "said")
        open_because = {
            "period": "Et kvartal, for eksempel 2019Q3.",
            "ordered_by_name": "Navnet på den ansatte som ba om at tallene ble sendt, ikke på noen i en sak.",
            "seen_digest": "Et fingeravtrykk av tallene som den ansatte så.",
            "said": "En setning som programmet selv lager om hvordan det gikk, uten tall og uten navn.",
        }


from tenants.returns import leaders_models, received_models  # noqa: E402, F401  # further tables, in files of their own
