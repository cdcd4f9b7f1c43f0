"""What somebody says of a matter and is never changed: the base of such rows, and how one is laid."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import models, transaction

from tenants.inbox.models import IN_MATTER, Concern
from tenants.triage.states import check_going
from varde import refusal
from varde.access import Permission, Reader, require
from varde.access.rows import RowRights
from varde.audit.actions import Action, record
from varde.clock import now
from varde.privacy.errors import Destroyed
from varde.privacy.models import AppendOnly

WHO_SAID = "Navn på den ansatte som skrev det. Står også i innsynsloggen."


class OfMatter(AppendOnly):
    """A row of a matter with who laid it and when. What is new replaces what is old; the old stays visible."""

    row_rights = RowRights(people=IN_MATTER)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_user = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        abstract = True

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.concern_id


def take(concern: Concern, by: Reader) -> Concern:
    """The concern as it is now, held until the end of the transaction; PermissionDenied for whoever does not triage."""
    require(by, Permission.TRIAGE)
    return Concern.objects.select_for_update().get(pk=concern.pk)


def take_going(concern: Concern, by: Reader) -> Concern:
    """The same of a matter that goes on; Refused for one that nobody has opened, or that is over."""
    held = take(concern, by)
    check_going(held.progress)
    return held


@transaction.atomic
def lay[R: OfMatter](row: R, *, what: str, by: Reader, reason: str = "") -> R:
    """Store the row in the reader's name, and say so in the log under the matter's id."""
    row.at, row.by_user, row.by_name = now(), by.user_id, by.name[:200]
    row.save()
    record(by=by, action=Action.CREATE, what=what, ids=[row.concern_id], reason=reason)
    return row


def check_seen(newest: OfMatter | None, seen: str | None, said: str) -> None:
    """Raise Overtaken when somebody has laid another row than the one that was `seen` (its id, "" for none).

    None asks nothing: there was no page that showed one.
    """
    if newest is not None:
        refusal.check_seen(seen, str(newest.id), refusal.overtaken(newest.by_name, newest.at, said))


def newest_of[R: OfMatter](rows: Sequence[R]) -> R | None:
    """The first of rows in the order of the newest first."""
    return rows[0] if rows else None


def told(row: OfMatter, name: str) -> dict[str, Any]:
    """What a sealed object holds; nothing when it has been deleted for good."""
    try:
        return dict(getattr(row, name))
    except Destroyed:
        return {}
