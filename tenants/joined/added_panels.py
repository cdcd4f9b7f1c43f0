"""Reports that add to a matter, before everything else on its page; and on the report's page, which matter it is."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tenants.cases.models import Case
from tenants.inbox.home import home_of
from tenants.inbox.models import Concern
from tenants.inbox.panels import Panel
from tenants.joined import added_queries, queries
from tenants.joined.access import note_listed, note_read
from tenants.joined.models import Addition
from varde.access import Permission, Reader, Role
from varde.identity.models import User


def on_concern(concern: Concern, reader: Reader) -> Panel | None:
    """For a matter that lives in the inbox, and for the report itself."""
    shown = _shown(concern, reader) if queries.case_of(concern) is None else {}
    return Panel("joined/_added.html", shown, top=True) if shown else None


def on_case(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """For a case."""
    shown = _shown(case.concern, reader)
    return SafeString(render_to_string("joined/_added.html", {"panel": shown}, request).strip() if shown else "")


def _shown(concern: Concern, reader: Reader) -> dict[str, Any]:
    if not reader.may(Permission.INBOX_READ):
        return {}
    rows, named = added_queries.to_matter(concern), added_queries.named_by(concern)
    if not rows and named is None:
        return {}
    if named is not None:
        note_listed(reader, [named.concern])
    takers = User.objects.in_bulk([row.source.registered_by for row in rows if row.source.registered_by])
    return {
        "rows": [_row(row, takers, reader) for row in rows],
        "named": home_of(named.concern) if named else None,
        "named_id": named.concern_id if named else None,
        "concern_id": concern.pk,
        "joins": reader.has(Role.COORDINATOR),
    }


def _row(row: Addition, takers: dict[Any, User], reader: Reader) -> dict[str, Any]:
    """The words only once somebody has opened it; then they are shown, and so logged as read."""
    unread = row.source.progress == "received"
    if unread:
        note_listed(reader, [row.source])
    else:
        note_read(reader, row.source_id)
    taker = takers.get(row.source.registered_by)
    return {"source": row.source, "by": taker.name if taker else row.source.reference, "unread": unread}
