"""What was given on when somebody left, and what stayed: a line per matter and kind."""

from django.db import models

from tenants.inbox.models import IN_MATTER, Concern
from tenants.team.register_models import HandOver
from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import RowRights, said_now
from varde.privacy.models import AppendOnly

_SEEN = f"CASE WHEN concern_id IS NULL THEN {holds(Permission.CASES)} ELSE {IN_MATTER} END"


class Handed(AppendOnly):
    """Seen by those who see the matter; what is about no matter, by those who work with matters."""

    row_rights = RowRights(people=_SEEN, may_insert=f"{_SEEN} AND {said_now()}")
    handover = models.ForeignKey(HandOver, on_delete=models.PROTECT, related_name="+")
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=12)
    given = models.PositiveIntegerField()
    stays = models.PositiveIntegerField()
    # To whom, then: the hand-over may get another heir.
    heir_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "inbox_handed"

    class Privacy:
        personal = ("heir_name", "by_name")
        free_text = ()
        safe = ("id", "handover", "concern", "kind", "given", "stays", "at")
        open_because = {
            "kind": "Kode fra en fast liste: hva slags oppgave det er.",
            "heir_name": "Navn på den ansatte som tar over.",
            "by_name": "Navn på den ansatte som ga det videre. Står også i innsynsloggen.",
        }
