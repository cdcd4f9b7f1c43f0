"""Action cards that the office has loaded: every version stays."""

from django.db import models

from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import USER, RowRights
from varde.privacy.models import AppendOnly

_OURS = "Om teamets egen drift, ikke om noen i en sak."


class CardVersion(AppendOnly):
    """One version of a card (`shared.codes.action_cards`); the newest that was loaded is in use."""

    row_rights = RowRights(people=holds(Permission.TEAM_READ), may_insert=f"team_sets_up({USER})")
    code = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    content = models.JSONField()
    loaded_at = models.DateTimeField()
    loaded_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "team_cardversion"
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="team_card_once")]

    class Privacy:
        personal = ("loaded_by_name",)
        free_text = ()
        safe = ("id", "code", "version", "content", "loaded_at")
        open_because = {
            "code": "Navnet på et handlingskort.",
            "version": "Utgaven av et handlingskort.",
            "content": _OURS,
            "loaded_by_name": "Navnet på en ansatt. Står også i innsynsloggen.",
        }
