"""Services in the kommune and who sits in the team for them. People themselves are `identity.User`."""

from django.db import models

from tenants.team.partners_models import Partner, PartnerContact
from tenants.team.register_models import HandOver, Mandate, ModuleList, RoleHours, Routine, Training
from tenants.team.rota_models import Absence, DatedShift, OpeningHours, OtherDay, ShiftFeed, ShiftSwap, WeeklyShift
from varde.access.rows import USER, RowRights
from varde.identity.models import User
from varde.privacy.models import Row

__all__ = [
    "Absence", "DatedShift", "HandOver", "Mandate", "ModuleList", "OpeningHours", "OtherDay", "Partner",
    "PartnerContact", "RoleHours", "Routine", "ShiftFeed", "ShiftSwap", "TeamMember", "Training", "WeeklyShift",
]  # fmt: skip


class TeamMember(Row):
    """A person's place in the operative team. Cases seldom come from a service without a member.

    Deny rows and cover look at service and deputy: so only those who set up the team write them.
    """

    row_rights = RowRights(
        people="true",
        may_insert=f"team_sets_up({USER})",
        may_change=f"team_sets_up({USER})",
        purposes={"setup": "INSERT, UPDATE, DELETE"},
    )
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="team_place")
    service = models.CharField("tjeneste", max_length=120, blank=True)
    deputy = models.BooleanField("stedfortreder for koordinator", default=False)
    rite_until = models.DateField("RITE-sertifisert til", null=True, blank=True)
    since = models.DateField("med siden")
    phone = models.CharField("arbeidstelefon", max_length=40, blank=True, default="", db_default="")

    class Meta:
        db_table = "team_member"

    class Privacy:
        personal = ("user", "phone")
        free_text = ("service",)
        safe = ("id", "deputy", "rite_until", "since")
        open_because = {
            "service": "Navn på en tjeneste, ikke en person. Radreglene må kunne sammenligne det.",
            "phone": "Nummeret den ansatte har i arbeidet. Kollegene skal kunne ringe.",
        }
