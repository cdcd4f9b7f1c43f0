"""An anonymous discussion (drøfting): its own object, without anybody's identity, sealed under a key of its own."""

from uuid import UUID

from django.db import models

from tenants.inbox.models import IN_MATTER, Concern
from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import RowRights
from varde.privacy.fields import SealedTextField
from varde.privacy.models import AppendOnly


class Talk(AppendOnly):
    """What was discussed and which advice was given. There for the whole team, whatever becomes of it."""

    row_rights = RowRights(people=holds(Permission.TRIAGE))
    at = models.DateTimeField()
    by_user = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)
    what = SealedTextField()
    advice = SealedTextField()
    partners = SealedTextField(blank=True)

    class Meta:
        db_table = "triage_talk"
        indexes = [models.Index(fields=["at"], name="triage_talks")]

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ("what", "advice", "partners")
        safe = ("id", "at")
        open_because = {"by_name": "Navn på den ansatte som skrev opp drøftingen. Står også i innsynsloggen."}

    @property
    def key_id(self) -> UUID:
        """Its own: a drøfting can be deleted for good without touching any matter."""
        return self.pk


class TalkBecame(AppendOnly):
    """A drøfting that became a concern. Seen by those who see the matter, and by nobody else in the team."""

    row_rights = RowRights(people=IN_MATTER, deposit="matter_newborn(concern_id)")
    talk = models.ForeignKey(Talk, on_delete=models.PROTECT, related_name="+")
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "triage_talkbecame"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "talk", "concern", "at")
