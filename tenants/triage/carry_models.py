"""Who carries a matter, and a service's word that it has taken it over. Sealed under the matter's key."""

from django.db import models

from tenants.inbox.models import IN_MATTER
from tenants.triage.carry import CARRIERS, HANDED_OVER
from tenants.triage.said import WHO_SAID, OfMatter
from varde.access.rows import RowRights
from varde.privacy.fields import SealedTextField
from varde.ui.gone import words

# Told of once a day while no service has said that it has the matter.
_RIGHTS = RowRights(people=IN_MATTER, purposes={"reminders": "SELECT"})


class Carried(OfMatter):
    """From now on the matter is carried by the team, a service, or both; the newest row counts."""

    row_rights = _RIGHTS
    carrier = SealedTextField()
    service = SealedTextField(blank=True)
    applied_for = SealedTextField(blank=True)
    reason = SealedTextField()
    # Is a service to confirm that it has the matter? Open, so that a list can ask; None in rows from before that.
    waits = models.BooleanField(null=True, blank=True)

    class Meta:
        db_table = "triage_carried"
        indexes = [
            models.Index(fields=["concern", "at"], name="triage_carried_newest"),
            models.Index(fields=["waits", "at"], name="triage_carried_waits"),
        ]

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ("service", "applied_for", "reason")
        safe = ("id", "concern", "at", "carrier", "waits")
        open_because = {"by_name": WHO_SAID}

    @property
    def said(self) -> str:
        """Who carries it, in words."""
        given, service = words(self, "carrier"), words(self, "service")
        label = dict(CARRIERS).get(given, given)
        return f"{label}: {service}" if service else label

    @property
    def handed_over(self) -> bool:
        """Is a service's receipt waited for?"""
        return words(self, "carrier") in HANDED_OVER


class Accepted(OfMatter):
    """Somebody in the service said that they have it."""

    row_rights = _RIGHTS
    carried = models.ForeignKey(Carried, on_delete=models.PROTECT, related_name="+")
    accepted_by = SealedTextField()
    accepted_on = models.DateField()

    class Meta:
        db_table = "triage_accepted"

    class Privacy:
        personal = ("by_user", "by_name", "accepted_by")
        free_text = ()
        safe = ("id", "concern", "at", "carried", "accepted_on")
        open_because = {"by_name": WHO_SAID}
