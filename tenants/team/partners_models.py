"""The partner directory, and what has been said with partners in general. Nothing of any matter."""

from django.db import models

from shared.codes.partners import partner_kind
from tenants.team.partners import WAYS
from varde.access.rows import USER, RowRights
from varde.privacy.models import AppendOnly, Row

_KEEPS = f"team_keeps_partners({USER})"


class Partner(Row):
    """Somebody outside the team that it works with. Never deleted: requests in matters may point here."""

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(
        people="true", may_insert=_KEEPS, may_change=_KEEPS, purposes={"setup": "SELECT, INSERT", "reminders": "SELECT"}
    )
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    address = models.CharField(max_length=300, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    contact_person = models.CharField(max_length=200, blank=True)
    secrecy = models.CharField(max_length=20)
    notes = models.TextField(blank=True)
    reviewed_on = models.DateField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "team_partner"

    class Privacy:
        personal = ("phone", "email", "contact_person")
        free_text = ("name", "address", "hours", "notes")
        safe = ("id", "kind", "secrecy", "reviewed_on", "changed_at", "removed_at")
        open_because = {
            "kind": "En kode fra en fast liste.",
            "secrecy": "En kode fra en fast liste.",
            "phone": "Tjenestens nummer, som de selv gir ut.",
            "email": "Tjenestens adresse, som de selv gir ut.",
            "contact_person": "Navnet på en ansatt hos samarbeidsparten, ikke på noen i en sak.",
            "name": "Navnet på en tjeneste.",
            "address": "Adressen til en tjeneste.",
            "hours": "Åpningstiden til en tjeneste.",
            "notes": "Om tjenesten. Siden sier at ingenting om saker skal stå her.",
        }

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return partner_kind(self.kind).label


class PartnerContact(AppendOnly):
    """Contact with a partner in general: an agreement, a meeting, a try to get a police contact."""

    row_rights = RowRights(people=_KEEPS)
    # Empty for a try to get a partner that the office does not have yet.
    partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=20)
    held_on = models.DateField()
    way = models.CharField(max_length=10, choices=WAYS)
    reached = models.BooleanField()
    # Closed under a key of the office: there is no matter here to close it under.
    text = models.TextField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "team_partnercontact"

    class Privacy:
        personal = ("by_name",)
        free_text = ("text",)
        safe = ("id", "partner", "kind", "held_on", "way", "reached", "at")
        open_because = {
            "kind": "En kode fra en fast liste.",
            "way": "En kode fra en fast liste.",
            "text": "Lukket under kontorets nøkkel (varde.privacy.box).",
            "by_name": "Navnet på den ansatte som tok kontakt, ikke på noen i en sak.",
        }
