"""Run beside the demo: what its sessions hold, opened, one JSON object a line."""

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
    from django.contrib.sessions.models import Session

    from shared.registry.queries import all_offices
    from tests.owner import as_owner
    from varde.privacy.box import open_box

    for ref in all_offices():
        with as_owner(ref):
            for row in Session.objects.all():
                print(json.dumps(json.loads(open_box(row.session_data, purpose="session"))))


if __name__ == "__main__":
    main()
