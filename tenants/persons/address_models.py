"""Who asked to see a protected address, and why."""

from uuid import UUID

from django.db import models

from tenants.inbox.models import IN_MATTER, Concern
from tenants.persons.models import Person
from tenants.persons.states import ADDRESS_REASONS
from varde.access.rows import RowRights
from varde.privacy.fields import SealedTextField
from varde.privacy.models import AppendOnly


class AddressLook(AppendOnly):
    """Somebody asked to see the protected address of a card: the code stands in the log too, the words only here."""

    row_rights = RowRights(people=IN_MATTER)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="address_looks")
    reason = models.CharField(max_length=10, choices=ADDRESS_REASONS)
    text = SealedTextField()
    at = models.DateTimeField()
    by_user = models.UUIDField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "persons_addresslook"

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ("text",)
        safe = ("id", "concern", "person", "reason", "at")
        open_because = {
            "reason": "En kode fra en fast liste over grunner.",
            "by_name": "Navn på den ansatte som så adressen. Står også i innsynsloggen.",
        }

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.concern_id
