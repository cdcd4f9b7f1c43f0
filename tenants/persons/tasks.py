"""Nightly: warnings from before a place was seen across matters get the tokens of theirs."""

from django.db.models import Exists, OuterRef

from tenants.persons.spoken import SafetyWarning, WarningTerm
from tenants.persons.spoken_actions import lay_place
from varde.audit.actions import Action, record
from varde.celery import office_task
from varde.privacy.fields import open_together
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

_MOST = 500


@office_task("persons.places", every=24 * 3600, kinds=("kommune",))
def lay_for_old(ref: OfficeRef) -> None:
    """Some each night, the newest first; each is looked at once."""
    with work(ref, "keys") as by:
        laid = WarningTerm.objects.filter(warning=OuterRef("pk"))
        rows = SafetyWarning.objects.filter(ended_at=None).exclude(place="").exclude(Exists(laid))
        found = list(rows.order_by("-at", "id")[:_MOST])
        open_together(found)
        for row in found:
            lay_place(row)
        if found:
            record(by=by, action=Action.CHANGE, what="inbox.places", ids=[row.concern_id for row in found])
