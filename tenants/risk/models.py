"""Risk assessments: templates that were loaded or sent here, drafts, what was signed, and texts that lost a race.

An assessment carries its own copy of the template, so that an old one is read by the questions it was asked.
"""

from uuid import UUID

from django.db import models

from tenants.cases.models import IN_CASE, Case
from varde.access.rows import USER, RowRights
from varde.privacy.fields import SealedJSONField
from varde.privacy.models import AppendOnly, Row


class RiskTemplate(AppendOnly):
    """A template that the office has taken into use; the newest counts for new drafts. Holds nothing of a matter."""

    row_rights = RowRights(people="true", may_insert=f"team_sets_up({USER})")
    key = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    content = models.JSONField()
    loaded_at = models.DateTimeField()
    loaded_by = models.UUIDField(null=True)
    loaded_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "risk_template"

    class Privacy:
        personal = ("loaded_by", "loaded_by_name")
        free_text = ()
        safe = ("id", "key", "version", "title", "content", "loaded_at")
        open_because = {
            "key": "Navnet på en mal, fra filen den ble lest fra.",
            "version": "Utgaven av en mal.",
            "title": "Tittelen på en mal. Ingen sak står i den.",
            "content": "Spørsmålene i en mal. Ingen svar og ingen sak står i den.",
            "loaded_by_name": "Navnet på den ansatte som la inn malen, ikke på noen i en sak.",
        }


class TemplateOffer(AppendOnly):
    """A template that the region has sent. It counts for nothing before somebody here takes it into use."""

    row_rights = RowRights(people="true", may_insert="false", purposes={"post": "SELECT, INSERT"})
    key = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    content = models.JSONField()
    region = models.CharField(max_length=200)
    sent_at = models.DateTimeField()
    letter_id = models.UUIDField(unique=True)

    class Meta:
        db_table = "risk_templateoffer"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "key", "version", "title", "content", "region", "sent_at", "letter_id")
        open_because = {
            "key": "Navnet på en mal, fra filen den ble lest fra.",
            "version": "Utgaven av en mal.",
            "title": "Tittelen på en mal. Ingen sak står i den.",
            "content": "Spørsmålene i en mal. Ingen svar og ingen sak står i den.",
            "region": "Navnet på regionen, som er offentlig.",
        }


class Assessment(Row):
    """A draft until somebody signs it; then it is frozen, by a trigger too, and a correction is a new one."""

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(people=IN_CASE, purposes={"reminders": "SELECT, UPDATE"})
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="risk_assessments")
    # As it was when the draft was begun.
    template = SealedJSONField()
    # {"items": {id: value}, "words": {section: text}, "level": value, "reason": text}; see `states.Given`.
    given = SealedJSONField()
    next_on = models.DateField(null=True, blank=True)
    # Counts the savings: whoever sends an older number was overtaken by somebody.
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)
    saved_at = models.DateTimeField()
    saved_by_name = models.CharField(max_length=200)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.UUIDField(null=True, blank=True)
    signed_by_name = models.CharField(max_length=200, blank=True)
    # Was the one who signed RITE-certified that day?
    certified = models.BooleanField(default=False)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "risk_assessment"
        indexes = [models.Index(fields=["case", "signed_at"], name="risk_of_case")]

    class Privacy:
        personal = ("made_by_name", "saved_by_name", "signed_by", "signed_by_name")
        free_text = ("given",)
        safe = (
            "id", "case", "template", "next_on", "version", "made_at", "saved_at", "signed_at", "certified",
            "reminded_at",
        )  # fmt: skip
        open_because = {
            "made_by_name": "Navnet på den ansatte som begynte på vurderingen, ikke på noen i saken.",
            "saved_by_name": "Navnet på den ansatte som lagret sist, ikke på noen i saken.",
            "signed_by_name": "Navnet på den ansatte som signerte, ikke på noen i saken.",
        }

    @property
    def key_id(self) -> UUID:
        """The matter."""
        return self.case.concern_id


class Overtaken(AppendOnly):
    """What somebody wrote in a draft while somebody else saved first: kept, so that both texts are there."""

    row_rights = RowRights(people=IN_CASE)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="overtaken")
    given = SealedJSONField()
    at = models.DateTimeField()
    by_user = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "risk_overtaken"

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ("given",)
        safe = ("id", "case", "assessment", "at")
        open_because = {"by_name": "Navnet på den ansatte som skrev teksten, ikke på noen i saken."}

    @property
    def key_id(self) -> UUID:
        """The matter."""
        return self.case.concern_id
