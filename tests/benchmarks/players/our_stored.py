"""The text of every concern in the first practice kommune, as JSON."""

import json

from shared.registry.queries import office_by_slug
from tenants.inbox.models import Concern
from tests.owner import as_owner


def main() -> None:
    """Print it."""
    ref = office_by_slug("benk-0")
    assert ref is not None
    with as_owner(ref):
        print(json.dumps([concern.what for concern in Concern.objects.all()]))
