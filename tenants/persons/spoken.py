"""Tables of the person's own voice, of the plan for a first contact, and of warnings to those who visit."""

from uuid import UUID

from django.db import models

from tenants.inbox.models import IN_MATTER, Concern
from tenants.persons.models import Person
from tenants.persons.voice import STAGES
from varde.access.rows import RowRights
from varde.privacy.fields import SealedJSONField, SealedTextField
from varde.privacy.models import AppendOnly, Row


class VoiceEntry(AppendOnly):
    """What the person said, or could not be asked, at one time. `given` is a `voice.Said`."""

    row_rights = RowRights(people=IN_MATTER)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="voices")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="voices")
    stage = models.CharField(max_length=8, choices=STAGES)
    # Has the person been asked? Open, so that a page can say that nobody has, without opening every entry.
    asked = models.BooleanField()
    given = SealedJSONField()
    at = models.DateTimeField()
    by_user = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "persons_voice"

    class Privacy:
        personal = ("given", "by_user", "by_name")
        free_text = ()
        safe = ("id", "concern", "person", "stage", "asked", "at")
        open_because = {
            "stage": "Kode fra en fast liste med tre verdier.",
            "by_name": "Navnet på den ansatte som skrev. Står også i innsynsloggen.",
        }

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.concern_id


class ContactPlan(AppendOnly):
    """How the team first meets somebody. A new plan is a new row; the newest counts. `given` is a `voice.Contact`."""

    row_rights = RowRights(people=IN_MATTER)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="contact_plans")
    given = SealedJSONField()
    at = models.DateTimeField()
    by_user = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "persons_contactplan"

    class Privacy:
        personal = ("given", "by_user", "by_name")
        free_text = ()
        safe = ("id", "concern", "at")
        open_because = {"by_name": "Navnet på den ansatte som skrev. Står også i innsynsloggen."}

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.concern_id


class SafetyWarning(Row):
    """A danger to those who visit: about a person of the matter, or a place; until it is ended with a reason.

    What it says is frozen, by a trigger too: only its end is written later, and once.
    """

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(people=IN_MATTER, purposes={"keys": "SELECT"})
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="warnings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="warnings")
    kind = SealedTextField()
    text = SealedTextField()
    place = SealedTextField(blank=True)
    # How we know: empty for warnings from before it was asked.
    ground = SealedTextField(blank=True)
    review_on = models.DateField()
    at = models.DateTimeField()
    by_user = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_reason = SealedTextField(blank=True)

    class Meta:
        db_table = "persons_warning"

    class Privacy:
        personal = ("kind", "place", "by_user", "by_name", "ended_by_name")
        free_text = ("text", "ground", "ended_reason")
        safe = ("id", "concern", "person", "review_on", "at", "ended_at")
        open_because = {
            "by_name": "Navnet på den ansatte som la inn advarselen. Står også i innsynsloggen.",
            "ended_by_name": "Navnet på den ansatte som avsluttet advarselen. Står også i innsynsloggen.",
        }

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.concern_id


class WarningTerm(AppendOnly):
    """The place of a warning as a keyed token, so that it is seen in another matter about the same place."""

    row_rights = RowRights(people=IN_MATTER, purposes={"keys": "SELECT, INSERT"})
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    warning = models.ForeignKey(SafetyWarning, on_delete=models.PROTECT, related_name="terms")
    token = models.BinaryField()

    class Meta:
        db_table = "persons_warningterm"
        indexes = [models.Index(fields=["token"], name="persons_warning_token")]

    class Privacy:
        personal = ("token",)
        free_text = ()
        safe = ("id", "concern", "warning")
        open_because = {"token": "Nøklet avtrykk (HMAC) under kontorets søkenøkkel, kuttet til 10 byte."}
