"""This room's part of «I dag»: reports that add to a matter and that nobody has opened."""

from collections.abc import Iterator
from datetime import datetime

from tenants.inbox.due import Due
from tenants.joined import added_queries
from varde.access import Permission, Reader


def additions(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """To whoever has the next step of the matter; whoever opens reports has them among the new ones."""
    if not reader.may(Permission.INBOX_READ):
        return
    for row in added_queries.unread_of(reader)[:most]:
        yield Due(
            "Tillegg til en sak", f"/innboks/{row.source_id}", "inbox.concern", row.source_id,
            akutt=row.source.acute, text="Noen har ringt om saken. Ingen har lest det", concern_id=row.concern_id,
        )  # fmt: skip
