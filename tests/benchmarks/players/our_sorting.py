"""How many concerns the first practice kommune holds by channel, and how many of them are laid aside, as JSON."""

import json

from django.db.models import Count

from shared.registry.queries import office_by_slug
from tenants.inbox.models import Concern
from varde.tenancy.work import work


def main() -> None:
    """Print {"web": [all, laid aside], …}."""
    ref = office_by_slug("benk-0")
    assert ref is not None
    found: dict[str, list[int]] = {}
    with work(ref, "reminders"):
        for row in Concern.objects.values("channel", "sorted_later").annotate(count=Count("id")).order_by():
            counts = found.setdefault(row["channel"], [0, 0])
            counts[0] += row["count"]
            counts[1] += row["count"] * row["sorted_later"]
    print(json.dumps(found))
