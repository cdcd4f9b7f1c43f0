"""Run beside the demo: what lies in each kommune's inbox, as JSON {id of the kommune: [text of what was told, …]}."""

import json
import os
from pathlib import Path

from varde.embedded import load_env


def main() -> None:
    """Print it; the running platform is found through VARDE_HOME."""
    load_env(Path(os.environ["VARDE_HOME"]))
    import django

    django.setup()
    from shared.registry.queries import all_offices
    from tenants.inbox.models import Concern
    from varde.tenancy.work import work

    found = {}
    for ref in all_offices("kommune"):
        with work(ref, "intake"):
            found[str(ref.id)] = list(Concern.objects.values_list("what", flat=True))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
