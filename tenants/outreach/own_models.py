"""Matters that a service handled itself, without the team: counted apart. Holds nobody's name and no text."""

from django.db import models

from tenants.outreach.own import OUTCOMES
from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import RowRights
from varde.privacy.models import Row


class OwnMatter(Row):
    """One matter: which service, when, what kinds, how it went. Whoever registers need not be able to read it."""

    office_rights = "SELECT, INSERT, DELETE"
    row_rights = RowRights(
        people=holds(Permission.CASES),
        deposit=holds(Permission.CONCERN_REGISTER),
    )
    service = models.CharField(max_length=120)
    handled_on = models.DateField()
    # Codes of the registration form's question «overgrep».
    kinds = models.JSONField()
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    advised = models.BooleanField()
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "outreach_ownmatter"
        indexes = [models.Index(fields=["handled_on"], name="outreach_own_when")]

    class Privacy:
        personal = ("made_by_name",)
        free_text = ()
        safe = ("id", "service", "handled_on", "kinds", "outcome", "advised", "made_at")
        open_because = {
            "service": "Navnet på en tjeneste. Ingen person står her.",
            "kinds": "Koder fra registreringsskjemaet. Ingen person står her.",
            "outcome": "En kode fra en fast liste.",
            "made_by_name": "Navnet på den ansatte som registrerte, ikke på noen det gjelder.",
        }
