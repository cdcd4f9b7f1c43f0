"""An anonymous discussion (drøfting): its own object, without anybody's identity, sealed under a key of its own."""

from uuid import UUID

from django.db import models

from tenants.inbox.models import IN_MATTER, Concern
from tenants.triage.talk import ENDINGS
from varde.access.held import holds, is_a
from varde.access.permissions import Permission
from varde.access.roles import Role
from varde.access.rows import USER, RowRights
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


class TalkEnded(AppendOnly):
    """A coordinator deleted a drøfting for good, since it showed who it was about: what stands in its place."""

    row_rights = RowRights(people=holds(Permission.TRIAGE), may_insert=f"{is_a(Role.COORDINATOR)} AND by_user = {USER}")
    talk = models.ForeignKey(Talk, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=ENDINGS)
    at = models.DateTimeField()
    by_user = models.UUIDField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "triage_talkended"

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ()
        safe = ("id", "talk", "why", "at")
        open_because = {
            "why": "En kode fra en fast liste over grunner.",
            "by_name": "Navn på den ansatte som slettet drøftingen. Står også i innsynsloggen.",
        }
