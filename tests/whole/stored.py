"""Run beside the demo: what lies in each kommune's inbox, as JSON {id of the kommune: [text of what was told, …]}."""

import json
import os
from pathlib import Path

from varde.embedded import load_env


def main() -> None:
    """Print it; the running platform is found through VARDE_HOME."""
    home = Path(os.environ["VARDE_HOME"])
    load_env(home)
    os.environ["VARDE_MIGRATOR_PASSWORD_FILE"] = str(home / "keys" / "migrator_password")
    import django

    django.setup()
    from shared.registry.queries import all_offices
    from tenants.inbox.models import Concern
    from tests.owner import as_owner

    found = {}
    for ref in all_offices("kommune"):
        with as_owner(ref):
            found[str(ref.id)] = [concern.what for concern in Concern.objects.all()]
    print(json.dumps(found))


if __name__ == "__main__":
    main()
