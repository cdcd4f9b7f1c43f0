"""The text of every concern in the first practice kommune, as JSON."""

import json

from shared.registry.queries import office_by_slug
from tenants.inbox.models import Concern
from varde.tenancy.work import work


def main() -> None:
    """Print it."""
    ref = office_by_slug("benk-0")
    assert ref is not None
    with work(ref, "intake"):
        print(json.dumps(list(Concern.objects.values_list("what", flat=True))))
