"""The told places as keyed tokens, in a table of their own: they go when an address becomes protected."""

from django.db import models

from tenants.inbox.models import IN_MATTER, Concern
from varde.access.rows import RowRights
from varde.privacy.models import Row

# «none» says that a matter has been looked at and holds nothing to find.
KINDS = [("name", "ord i et sted"), ("place", "sted"), ("none", "ingen")]


class PlaceTerm(Row):
    """A word of a told place, or the place itself, as a keyed token."""

    office_rights = "SELECT, INSERT, DELETE"
    row_rights = RowRights(
        people=IN_MATTER,
        purposes={"verify": "SELECT", "keys": "SELECT, INSERT, DELETE"},
        deposit="matter_newborn(concern_id)",
    )
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=KINDS)
    token = models.BinaryField()

    class Meta:
        db_table = "inbox_placeterm"
        indexes = [models.Index(fields=["token"], name="inbox_place_token")]

    class Privacy:
        personal = ("token",)
        free_text = ()
        safe = ("id", "concern", "kind")
        open_because = {
            "kind": "Kode fra en fast liste: om avtrykket er av et helt sted eller av et ord i det.",
            "token": "Nøklet avtrykk (HMAC) under kontorets søkenøkkel, kuttet til 10 byte.",
        }
